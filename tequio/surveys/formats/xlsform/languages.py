"""Languages as forms name them: "Español (es)"."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale, UnknownLocaleError

UNNAMED = "und"  # a form that does not say in which language it is
OURS = {"pt": "pt-br"}  # the Portuguese of this platform
_CODED = re.compile(r"\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})?)\s*\)\s*$")
_PLAIN = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?\Z")


def heading_of(code: str) -> str:
    """Return a language as its own name and its code; forms know only the codes of whole languages."""
    code = next((short for short, ours in OURS.items() if ours == code), code)
    language, dash, region = code.partition("-")
    tag = f"{language}-{region.upper()}" if dash else language
    try:
        name = Locale.parse(language).get_language_name() or code
    except (UnknownLocaleError, ValueError):
        name = code
    return f"{name[:1].upper()}{name[1:]} ({tag})"


def code_of(heading: str) -> str:
    """Return the code of a language: in brackets, or by its name in itself or in English; empty when nobody knows it."""
    if found := _CODED.search(heading):
        return OURS.get(code := found[1].replace("_", "-").lower(), code)
    name = heading.strip().casefold()
    if name in _names():
        return OURS.get(_names()[name], _names()[name])
    return OURS.get(name, name) if _PLAIN.match(name) and _is_code(name) else ""


def _is_code(name: str) -> bool:
    return name.partition("-")[0] in set(_names().values())


@cache
def _names() -> dict[str, str]:
    english = Locale.parse("en").languages
    names = {
        str(name).casefold(): code for code, name in english.items() if code.isalpha() and len(code) <= 3
    }
    for code in (
        "es",
        "pt",
        "fr",
        "de",
        "it",
        "ca",
        "qu",
        "gn",
        "ay",
        "ht",
        "nl",
        "ar",
        "ru",
        "uk",
        "tr",
        "sw",
    ):
        name = Locale.parse(code).get_language_name() if code in _LOCALES else None
        if name:
            names[name.casefold()] = code
    return names


_LOCALES = frozenset(("es", "pt", "fr", "de", "it", "ca", "qu", "gn", "nl", "ar", "ru", "uk", "tr", "sw"))

"""What a network writes, in each of its languages: a mapping from language code to text."""

from collections.abc import Iterable, Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

Texts = Mapping[str, str]


def say(texts: Texts | None, language: str | None = None) -> str:
    """Return the text in this language (default: the reader's), else in the first one that has words."""
    texts = texts or {}
    wanted = language or get_language() or ""
    return texts.get(wanted) or next((text for text in texts.values() if text), "")


def language_of(texts: Texts | None, language: str | None = None) -> str:
    """Return the language in which ``say`` speaks, or an empty string when there is no text."""
    texts = texts or {}
    wanted = language or get_language() or ""
    if texts.get(wanted):
        return wanted
    return next((code for code, text in texts.items() if text), "")


def quoted(text: str) -> str:
    """Put a text between the quotation marks of the reader's language."""
    return _("“%(text)s”") % {"text": text}


def missing(texts: Texts | None, languages: Iterable[str]) -> list[str]:
    """Return the languages, of those asked for, in which there is no text yet."""
    return [code for code in languages if not (texts or {}).get(code)]

"""One cell as an answer to one question, or the reason why it is none."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from tequio.people.rules.words import fold
from tequio.surveys.rules.instrument import NO, YES

_YES = frozenset(
    {"1", "1 0", "true", "t", "yes", "y", "si", "s", "sim", "verdadero", "verdadeiro", "x", "v", "on", "checked", "selected",
     "marcado", "oui", "ja"}
)  # fmt: skip
_NO = frozenset(
    {"0", "0 0", "false", "f", "no", "n", "nao", "falso", "off", "unchecked", "not selected", "non", "nein"}
)
BROKEN = frozenset(
    {"#REF!", "#NAME?", "#VALUE!", "#N/A", "#DIV/0!", "#NULL!", "#NUM!", "#¡REF!", "#¿NOMBRE?", "#¡VALOR!"}
)
_NUMBER = re.compile(r"^[+-]?[0-9][0-9.,'\u00a0\u202f ]*(?:[eE][+-]?[0-9]{1,2})?$|^[+-]?[.,][0-9]+$")
_LARGEST = Decimal(10) ** 13


def yes_no(text: str) -> str:
    """Return ``YES`` or ``NO``, or "" when the text says neither; a ticked box is a yes."""
    if text in ("✓", "✔", "☑", "✅"):
        return YES
    word = fold(text)
    return YES if word in _YES else NO if word in _NO else ""


def number(text: str) -> Decimal | None:
    """Return the number that a text is, with its decimals after a point or a comma; None when it is none."""
    text = text.strip().removesuffix("%").strip()
    if not _NUMBER.match(text):
        return None
    text = re.sub(r"['\u00a0\u202f ]", "", text)
    last = max(text.rfind("."), text.rfind(","))
    if text.count(".") and text.count(","):
        text = "".join(
            "." if place == last else "" if mark in ".," else mark for place, mark in enumerate(text)
        )
    elif text.count(",") == 1 and not re.fullmatch(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}", text):
        text = text.replace(",", ".")
    elif text.count(",") or text.count(".") > 1:
        text = text.replace(",", "").replace(".", "")
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if abs(found) < _LARGEST else None


def day_first(cells: Iterable[str]) -> bool:
    """Say whether a column writes the day before the month: always, unless some second part is above twelve."""
    pairs = [found for cell in cells if (found := re.match(r"^\s*(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}", cell))]
    if any(int(found[1]) > 12 for found in pairs):
        return True
    return not any(int(found[2]) > 12 for found in pairs)


def day(text: str, *, first: bool = True) -> str:
    """Return the date that a text is in ISO 8601, or ""; ``first`` says that the day stands before the month."""
    if found := re.match(r"^\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?![0-9])", text):
        return _iso(int(found[1]), int(found[2]), int(found[3]))
    if found := re.match(r"^\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?![0-9])", text):
        one, two, year = int(found[1]), int(found[2]), int(found[3])
        year += 2000 if year < 100 else 0
        return _iso(year, two, one) if first else _iso(year, one, two)
    return ""


def _iso(year: int, month: int, number: int) -> str:
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return ""


def moment(text: str, *, first: bool = True) -> str:
    """Return the instant that a text is in ISO 8601, or ""; one without a zone is taken as UTC later on."""
    on = day(text, first=first)
    if not on:
        return ""
    found = re.search(
        r"[T\s](\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([ap]\.?\s?m\.?)?\s*(?:(Z)|(?:GMT\s?)?([+-])(\d{1,2}):?(\d{2})?)?",
        text,
        re.IGNORECASE,
    )
    if not found:
        return on
    hour = int(found[1]) % 12 + (12 if found[4].lower().startswith("p") else 0) if found[4] else int(found[1])
    if (
        hour > 23
        or int(found[2]) > 59
        or int(found[3] or 0) > 59
        or int(found[7] or 0) > 14
        or int(found[8] or 0) > 59
    ):
        return on
    zone = f"{found[6]}{int(found[7]):02}:{found[8] or '00'}" if found[6] else "+00:00" if found[5] else ""
    return f"{on}T{hour:02}:{found[2]}:{found[3] or '00'}{zone}"

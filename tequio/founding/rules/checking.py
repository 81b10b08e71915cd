"""Whether an answer that came from elsewhere is one that the catalogue knows."""

from collections.abc import Collection, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from tequio.founding.rules.questions import Kind, Part, PartKind, Question

LONGEST = 8_000
MOST_ROWS = 60


def is_answer(question: Question, value: Any, *, languages: Collection[str]) -> bool:
    """Say whether a value can be the answer to a question, in these languages; None leaves it open."""
    if value is None:
        return question.holds is None and not question.required_for_use and not question.shared
    return _CHECKS[question.kind](question, value, languages)


def _choice(question: Question, value: Any, _languages: Collection[str]) -> bool:
    return isinstance(value, str) and value in question.options


def _choices(question: Question, value: Any, _languages: Collection[str]) -> bool:
    return isinstance(value, list) and bool(value) and all(_choice(question, one, ()) for one in value)


def _number(question: Question, value: Any, _languages: Collection[str]) -> bool:
    low, high = question.bounds
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _money(_question: Question, value: Any, _languages: Collection[str]) -> bool:
    if not isinstance(value, str) or len(value) > 15:
        return False
    try:
        amount = Decimal(value)
    except InvalidOperation:
        return False
    return amount.is_finite() and 0 <= amount < 10**10 and amount == round(amount, 2)


def _texts(_question: Question, value: Any, languages: Collection[str]) -> bool:
    return isinstance(value, Mapping) and all(
        language in languages and is_text(text, LONGEST) for language, text in value.items()
    )


def _rows(question: Question, value: Any, languages: Collection[str]) -> bool:
    if not isinstance(value, list) or len(value) > MOST_ROWS:
        return False
    return all(_row(question, row, languages) for row in value)


def _row(question: Question, row: Any, languages: Collection[str]) -> bool:
    known = {part.code for part in question.parts} | {"id"}
    if not isinstance(row, Mapping) or not set(row) <= known or not is_text(row.get("id", ""), 40):
        return False
    return all(_part(part, row.get(part.code, ""), languages) for part in question.parts)


def _part(part: Part, value: Any, languages: Collection[str]) -> bool:
    if part.spoken:
        spoken = value or {}
        return isinstance(spoken, Mapping) and all(
            key in languages and is_text(text, part.longest) for key, text in spoken.items()
        )
    if part.kind is PartKind.MARK:
        return isinstance(value, bool) or value == ""
    if part.kind is PartKind.PICK:
        return value == "" or value in part.options
    return is_text(value, part.longest)


def is_text(value: Any, longest: int) -> bool:
    """Say whether a value is a text that can be stored, no longer than this."""
    if not isinstance(value, str) or len(value) > longest or "\0" in value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


_CHECKS = {
    Kind.TEXT: _texts,
    Kind.LIST: _texts,
    Kind.ROWS: _rows,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
}

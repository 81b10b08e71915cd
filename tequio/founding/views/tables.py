"""The rows of a table, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tequio.founding import forms, rules, texts
from tequio.founding.rules import Part, PartKind, Question
from tequio.founding.selectors import Path
from tequio.people.rules.countries import country_name

Others = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class RowSaid:
    """A row in words: what it is about, and the rest of it with its labels. ``plain`` are its parts as kept."""

    head: Any
    facts: Sequence[tuple[str, Any]]
    plain: Mapping[str, Any]


def rows_said(
    question: Question, rows: Sequence[Mapping[str, Any]], path: Path | None = None
) -> list[RowSaid]:
    """Return the rows of a table in the reader's language; ``path`` has the rows that others point to."""
    if not rows:
        return []
    head = next(part for part in question.parts if part.code in ("name", "text"))
    others = {part.of: path.settled.rows(part.of) for part in question.parts if part.of and path}
    return [RowSaid(_head(row, head), list(_facts(question, row, head, others)), row) for row in rows]


def _head(row: Mapping[str, Any], head: Part) -> Any:
    """Return what a row is about; a country by its name in the reader's language."""
    if row.get("level") == "COUNTRY" and row.get("country"):
        return as_texts(country_name(row["country"], get_language() or "en"))
    return as_texts(row.get(head.code))


def _facts(
    question: Question, row: Mapping[str, Any], head: Part, others: Others
) -> Iterator[tuple[str, Any]]:
    words = texts.QUESTIONS[question.code]
    for part in question.parts:
        value = row.get(part.code)
        if part is head or not value:
            continue
        said = part_said(question, part, value, others)
        if said:
            yield str(words.parts[part.code]), said


def part_said(question: Question, part: Part, value: Any, others: Others) -> Any:
    """Return a part of a row in words; ``others`` has the tables whose rows it may point to."""
    if part.kind is PartKind.PICK:
        option = texts.QUESTIONS[question.code].options.get(value)
        return as_texts(str(option)) if option else None
    if part.kind is PartKind.MARK:
        return as_texts(_("yes"))
    if part.kind is PartKind.DATE:
        locale = (get_language() or "en").replace("-", "_")
        return as_texts(format_date(date.fromisoformat(value), "long", locale=locale))
    if part.kind is PartKind.ROW:
        rows = others.get(part.of, ())
        return next((as_texts(forms.said_by(each)) for each in rows if each["id"] == value), None)
    return as_texts(value)


def as_texts(value: Any) -> Any:
    """Return words as a text per language: those of one language are the reader's."""
    if isinstance(value, Mapping):
        return value
    return {get_language() or "en": str(value or "")}


def table(path: Path, code: str) -> list[RowSaid]:
    """Return the rows of a question's table in words."""
    return rows_said(rules.BY_CODE[code], path.settled.rows(code), path)

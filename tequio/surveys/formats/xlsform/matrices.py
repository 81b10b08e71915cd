"""Grids: several questions with the same options, one below the other, as one question of rows."""

from __future__ import annotations

from collections.abc import Sequence

from tequio.surveys.formats.xlsform.book import Line
from tequio.surveys.formats.xlsform.choices import SURE
from tequio.surveys.formats.xlsform.conditions import Known
from tequio.surveys.formats.xlsform.questions import (
    Reader,
    base_in,
    condition_in,
    key_for,
    label_of,
    required_in,
)
from tequio.surveys.rules.faults import MOST_ROWS, OPTION_KEY
from tequio.surveys.rules.instrument import Kind, Option, Question


def matrix_of(reader: Reader, lines: Sequence[Line], *, headed: bool = False) -> Known | None:
    """Return the question that a group drawn as a table asks, or ``headed`` rows below one that shows the options.

    None where it is no such table: its rows have other options, conditions of their own, or are of other kinds.
    """
    head, rows = lines[0], list(lines[1:] if headed else lines[1:-1])
    rows = [row for row in rows if row.get("type") and row.get("disabled").casefold() not in SURE]
    if not headed and "table-list" not in head.get("appearance").split():
        return None
    name = _list_of(rows)
    options = tuple(reader.lists.options.get(name, ()))
    if len(options) < 2 or not 0 < len(rows) <= MOST_ROWS or (headed and _list_of([head]) != name):
        return None
    key = key_for(reader, head, fallback=f"question_{head.number}")
    made = tuple(_row(reader, key, row) for row in rows)
    if len({row.key for row in made}) < len(made):
        reader.keys.discard(key)
        return None
    return Known(_question(reader, key, head, rows, made, options))


def _question(
    reader: Reader,
    key: str,
    head: Line,
    rows: Sequence[Line],
    made: tuple[Option, ...],
    options: tuple[Option, ...],
) -> Question:
    hints = {code: head.get(f"tequio_hint_{code}") for code in reader.tongue.codes}
    return Question(
        key,
        Kind.MATRIX,
        label_of(reader, head),
        hint={code: text for code, text in hints.items() if text} or reader.tongue.texts(head, "hint"),
        required=all(required_in(reader, row) for row in rows),
        options=options,
        rows=made,
        base=base_in(head),
        condition=condition_in(reader, head),
    )


def _list_of(rows: Sequence[Line]) -> str:
    """Return the list that all of these choose one from, or nothing."""
    said = {" ".join(row.get("type").split()) for row in rows}
    free = all(not row.get("relevant") and not row.get("constraint") for row in rows)
    one = said.pop() if len(said) == 1 else ""
    return one.partition(" ")[2] if free and one.casefold().startswith("select_one ") else ""


def _row(reader: Reader, key: str, line: Line) -> Option:
    name = line.get("name")
    row = name.removeprefix(f"{key}.")
    row = row if OPTION_KEY.match(row) else f"row_{line.number}"
    reader.rows[(key, row)] = name
    return Option(row, label_of(reader, line))

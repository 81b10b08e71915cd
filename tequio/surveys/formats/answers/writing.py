"""Answers as a table: one row a respondent, one 0/1 column an option, what "other" is apart, and a codebook.

What is written here is read again as the same answers. Source: P4.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tequio.surveys.formats.answers.headings import TEXT
from tequio.surveys.rules.coded import SUFFIX
from tequio.surveys.rules.instrument import NATIONAL, Instrument, Kind, Question, Value, Values

Cell = str | int | Decimal
IDENTITY, BEGAN, SENT, LANGUAGE = "_uuid", "start", "_submission_time", "__language"
_FORMULA = re.compile(r"^'*[=+\-@\t\r]")
_NUMBER = re.compile(r"^-?[0-9]+(\.[0-9]+)?$")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DIGITS = 15  # as many as a spreadsheet keeps of a number
_HIDDEN = ("EMAIL",)  # never beside answers


@dataclass(frozen=True)
class Row:
    """What one respondent said, with when and in which language."""

    identity: str
    began: datetime
    sent: datetime
    language: str
    values: Values


@dataclass(frozen=True)
class _Column:
    """One column: its name, which never changes, its question, what it takes of the answer, and what it means."""

    name: str
    question: Question | None
    part: str
    take: Callable[[Row], Cell]


def table(instrument: Instrument, rows: Iterable[Row], *, cities: Mapping[str, str]) -> Iterator[list[Cell]]:
    """Yield the headings and then the answers; ``cities`` are the names of cities by their numbers."""
    columns = _columns(instrument, cities)
    yield [column.name for column in columns]
    for row in rows:
        yield [harmless(column.take(row)) for column in columns]


def codebook(instrument: Instrument) -> Iterator[list[Cell]]:
    """Yield what each column means: its name, the kind of the question, and the texts in every language."""
    languages = instrument.languages
    yield [
        "column",
        "kind",
        "what",
        *(f"question:{code}" for code in languages),
        *(f"option:{code}" for code in languages),
    ]
    for column in _columns(instrument, {}):
        question = column.question
        kind = question.kind.value if question else ""
        asked = [question.text.get(code, "") if question else "" for code in languages]
        parts = (*question.rows, *question.options) if question else ()
        part = next((one for one in parts if one.key == column.part), None)
        texts = [part.text.get(code, "") if part else "" for code in languages]
        yield [harmless(cell) for cell in (column.name, kind, _what(column), *asked, *texts)]
        if question and not column.part and question.kind is Kind.SINGLE:
            for one in question.options:
                said = [one.text.get(code, "") for code in languages]
                yield [harmless(cell) for cell in (column.name, kind, one.key, *asked, *said)]


def _what(column: _Column) -> str:
    if column.question is None:
        return "about"
    if column.part == TEXT:
        return "text"
    return "0/1" if column.question.kind is Kind.MULTI else column.part or "answer"


def _columns(instrument: Instrument, cities: Mapping[str, str]) -> list[_Column]:
    about = [
        _Column(IDENTITY, None, "", lambda row: row.identity),
        _Column(BEGAN, None, "", lambda row: row.began.isoformat()),
        _Column(SENT, None, "", lambda row: row.sent.isoformat()),
        _Column(LANGUAGE, None, "", lambda row: row.language),
    ]
    asked = [question for question in instrument.questions() if question.role not in _HIDDEN]
    keys = {question.key for question in asked}
    return [*about, *(column for question in asked for column in _of(question, cities, keys))]


def _of(question: Question, cities: Mapping[str, str], keys: set[str]) -> Iterator[_Column]:
    """Yield the columns of one question."""
    key = question.key

    def said(row: Row) -> Value:
        return row.values.get(key, Value())

    if question.kind is Kind.MATRIX:
        for one in question.rows:
            yield _Column(f"{key}/{one.key}", question, one.key, _row_of(key, one.key))
    elif question.kind is Kind.MULTI:
        for one in question.options:
            yield _Column(f"{key}/{one.key}", question, one.key, _tick_of(key, one.key))
    else:
        yield _Column(key, question, "", lambda row: _cell(said(row), question, cities))
    if question.kind in (Kind.SINGLE, Kind.MULTI) and not key.endswith(SUFFIX):
        name = f"{key}_other" if f"{key}_other" not in keys else f"{key}{TEXT}"
        yield _Column(name, question, TEXT, lambda row: said(row).text)


def _row_of(key: str, row: str) -> Callable[[Row], Cell]:
    return lambda one: one.values.get(key, Value()).rows.get(row, "")


def _tick_of(key: str, option: str) -> Callable[[Row], Cell]:
    def take(one: Row) -> Cell:
        value = one.values.get(key, Value())
        return "" if value.empty else int(option in value.chosen)

    return take


def _cell(value: Value, question: Question, cities: Mapping[str, str]) -> Cell:
    if question.kind is Kind.CITIES:
        named = [f"{cities.get(key, '')} [{key}]".strip() for key in value.chosen if key != NATIONAL]
        national = [NATIONAL] if NATIONAL in value.chosen else []
        return "; ".join([*national, *named, *filter(None, value.text.split("\n"))])
    if value.number is not None:
        return value.number
    if question.kind is Kind.SINGLE:
        return "".join(value.chosen[:1])
    return "".join(value.chosen[:1]) or value.date or value.text


def harmless(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula; ``plain`` takes the mark off again."""
    if isinstance(cell, str) and _FORMULA.match(cell) and not _NUMBER.match(cell):
        return f"'{cell}"
    return cell


def plain(text: str) -> str:
    """Return a cell without the mark that keeps it from being a formula."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def as_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a CSV that a spreadsheet opens with its accents right."""
    import csv

    text = io.StringIO()
    csv.writer(text).writerows([str(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_workbook(sheets: Mapping[str, Iterable[Sequence[Cell]]]) -> bytes:
    """Return a workbook of these sheets."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([_cell_of_book(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell_of_book(cell: Cell) -> Cell | None:
    if isinstance(cell, Decimal):
        return cell if len(cell.normalize().as_tuple().digits) <= _DIGITS else str(cell)
    if isinstance(cell, str):
        return _NOT_IN_XML.sub("", cell)[:32_000] or None
    return cell

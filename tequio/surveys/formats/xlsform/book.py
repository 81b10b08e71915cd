"""The sheets of a workbook as rows of named cells, however it was saved; nothing in it is run."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tequio.people.formats.tables import BYTES, Unreadable, refuse_bombs, refuse_others, tidy
from tequio.surveys.formats.xlsform.telling import Code, Outcome, Problem
from tequio.surveys.rules.faults import LONGEST_TEXT

ROWS, COLUMNS, EMPTY = 20_000, 300, 1_000
UNPACKED = 30_000_000
SHEETS = ("survey", "choices", "settings")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Unusable(ValueError):
    """No form can be read out of this; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Line:
    """One row of a sheet: its number as a spreadsheet shows it, and its filled cells by their headings."""

    number: int
    cells: dict[str, str]

    def get(self, column: str) -> str:
        """Return a cell, empty where there is none."""
        return self.cells.get(column, "")


@dataclass
class Book:
    """What the three sheets of a form say, and what was wrong with their cells."""

    sheets: dict[str, list[Line]] = field(default_factory=dict)
    headings: dict[str, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def writable(text: str) -> str:
    """Return a text without the marks that no workbook can hold."""
    return _UNWRITABLE.sub("", text)


def read_book(content: bytes) -> Book:
    """Return the sheets of a form; raise ``Unusable`` when these are none."""
    _refuse(content)
    try:
        found = _sheets(content, data_only=False)
        saved = _sheets(content, data_only=True) if _has_formulas(found) else {}
    except Exception as error:  # a broken workbook fails in many ways, all mean the same
        raise Unusable("broken") from error
    if "survey" not in found:
        raise Unusable("no_survey_sheet")
    book = Book()
    for name, rows in found.items():
        _lines(book, name, rows, saved.get(name, []))
    return book


def _refuse(content: bytes) -> None:
    if len(content) > BYTES:
        raise Unusable("too_large")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unusable("old_workbook")
    try:
        if content.startswith(b"PK"):
            refuse_bombs(content)
            return _refuse_large(content)
        refuse_others(content)
    except Unreadable as unreadable:
        raise Unusable(unreadable.code) from unreadable
    raise Unusable("another_kind")


def _refuse_large(content: bytes) -> None:
    """A form is small: what unpacks to a long book is one of answers."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist() if part.filename.endswith(".xml")) > UNPACKED:
            raise Unusable("bomb")


def _sheets(content: bytes, *, data_only: bool) -> dict[str, list[Sequence[Any]]]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
    names = {name.strip().casefold(): name for name in book.sheetnames if hasattr(book[name], "iter_rows")}
    return {name: list(_rows(book[names[name]])) for name in SHEETS if name in names}


def _rows(sheet: Any) -> Iterator[Sequence[Any]]:
    sheet.reset_dimensions()  # files by other programs claim a million empty rows
    empty = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True, max_col=COLUMNS), 1):
        empty = 0 if any(value is not None for value in values) else empty + 1
        if empty > EMPTY or number > ROWS:
            return
        yield values


def _is_formula(value: Any) -> bool:
    return (isinstance(value, str) and value.startswith("=") and len(value) > 1) or type(value).__name__ in (
        "ArrayFormula",
        "DataTableFormula",
    )


def _has_formulas(sheets: dict[str, list[Sequence[Any]]]) -> bool:
    return any(_is_formula(value) for rows in sheets.values() for row in rows for value in row)


def _lines(book: Book, sheet: str, rows: list[Sequence[Any]], saved: list[Sequence[Any]]) -> None:
    header = [_heading(value) for value in rows[0]] if rows else []
    book.headings[sheet] = [heading for heading in dict.fromkeys(header) if heading]
    book.sheets[sheet] = []
    for number, row in enumerate(rows[1:], 2):
        kept = saved[number - 1] if number <= len(saved) else row
        line = Line(number, {})
        for place, value in enumerate(row[: len(header)]):
            if header[place] and value is not None:
                _cell(book, sheet, line, header[place], value, kept[place] if place < len(kept) else None)
        if line.cells:
            book.sheets[sheet].append(line)


def _cell(book: Book, sheet: str, line: Line, column: str, value: Any, saved: Any) -> None:
    """A formula is never computed: what the program that wrote it last saw counts, and is told."""
    if _is_formula(value) and saved != value:
        told = str(value) if isinstance(value, str) else ""
        book.problems.append(Problem(Code.FORMULA, Outcome.KEPT, sheet, line.number, column, told[:80]))
        value = saved
    text = _text(value)
    if len(text) > LONGEST_TEXT:
        cut = Problem(Code.CELL_TOO_LONG, Outcome.SIMPLIFIED, sheet, line.number, column, text[:40])
        book.problems.append(cut)
        text = text[:LONGEST_TEXT].strip()
    if text and column not in line.cells:
        line.cells[column] = text


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return writable(value).replace("\xa0", " ").replace("\r\n", "\n").strip()
    return tidy(value, LONGEST_TEXT + 1)


def _heading(value: Any) -> str:
    """Return a heading as forms write it today: "label : English (en)" is "label::English (en)"."""
    text = " ".join(_text(value).split()) if value is not None else ""
    name, mark, language = text.partition("::")
    if not mark:
        name, mark, language = text.partition(":")
    name = name.strip().casefold().replace(" ", "_")
    return f"{name}::{language.strip(' :')}" if mark and language.strip(" :") else name

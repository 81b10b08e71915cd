"""CSV, XLSX and ODS as rows of texts, however they were saved. Unless told: up to 10 MB, 50,000 rows, 200 columns."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from tequio.people.formats import ods

BYTES = 10_000_000
ROWS = 50_000
COLUMNS = 200
CELL = 20_000
UNPACKED = 150_000_000
RATIO = 200
_SHEETS = 20  # among which a table is looked for
BOOK = "xl/workbook.xml"
DELIMITERS = (",", ";", "\t", "|")
_NO_TEXT = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))
_ASCII = bytes(range(128))
ENCODINGS = ("utf-8-sig", "utf-8", "utf-16", "cp1252", "mac-roman", "cp850")
_ACCENTED = frozenset("áéíóúüñçãõâêôàÁÉÍÓÚÜÑÇÃÕÂÊÔÀ")


class Unreadable(ValueError):
    """The file is no table that can be read; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Limits:
    """How much is read of a file, and of one cell of it."""

    bytes: int = BYTES
    rows: int = ROWS
    columns: int = COLUMNS
    cell: int = CELL


LIMITS = Limits()


@dataclass(frozen=True)
class Layout:
    """How a file is cut into cells. ``header`` is the row of the headings, counted from 1; 0 when there is none."""

    kind: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header: int = -1  # not yet known

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Row:
    """The cells of one row without the empty ones at its end, its number as a spreadsheet shows it, its whole width."""

    number: int
    cells: tuple[str, ...]
    width: int = 0

    @property
    def empty(self) -> bool:
        return not any(self.cells)


@dataclass(frozen=True)
class Grid:
    """Every row of the file, and how it was read; ``sheets`` are the names one can choose from."""

    layout: Layout
    rows: Sequence[Row]
    sheets: Sequence[str] = ()


def read_grid(content: bytes, *, layout: Layout | None = None, limits: Limits = LIMITS) -> Grid:
    """Cut a file into cells, as ``layout`` says or as it looks; raises ``Unreadable``."""
    if len(content) > limits.bytes:
        raise Unreadable("too_large")
    if content.startswith(b"PK"):
        return (_read_ods if ods.is_ods(content) else _read_xlsx)(content, layout, limits)
    refuse_others(content)
    return _read_csv(content, layout, limits)


def refuse_others(content: bytes) -> None:
    """Raise ``Unreadable`` when these are no letters of a table."""
    if not content.strip(b"\0 \r\n\t"):
        raise Unreadable("empty")
    if content.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8")):
        raise Unreadable("another_kind")
    if _is_json(content) or _is_binary(content):
        raise Unreadable("another_kind")


def _is_json(content: bytes) -> bool:
    if content.lstrip()[:1] not in (b"{", b"["):
        return False
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True


def _is_binary(content: bytes) -> bool:
    """Tell whether more than a fiftieth of it are signs that no text holds; UTF-16 is full of zeros."""
    if guess_encoding(content) == "utf-16":
        return False
    signs = len(content) - len(content.translate(None, _NO_TEXT))
    return signs > 3 and signs * 50 > len(content)


# CSV


def _read_csv(content: bytes, layout: Layout | None, limits: Limits) -> Grid:
    encoding = layout.encoding if layout and layout.encoding in ENCODINGS else guess_encoding(content)
    codec = codec_of(content, encoding)
    text = content.decode(codec, errors="replace").removeprefix("\ufeff").replace("\0", "")
    hint, text = split_hint(text)
    delimiter = (
        layout.delimiter if layout and layout.delimiter in DELIMITERS else hint or guess_delimiter(text)
    )
    rows = list(_rows(_records(text, delimiter), limits))
    header = layout.header if layout else -1
    return Grid(Layout("csv", encoding=encoding, delimiter=delimiter, header=header), rows)


def guess_encoding(content: bytes) -> str:
    """Return one of ``ENCODINGS``: by its mark, by its zeros, UTF-8 if it can be, else a western one."""
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if content[:400].count(0) > len(content[:400]) // 4:
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _western(content)
    return "utf-8"


def _western(content: bytes) -> str:
    """Return Windows' letters, or those of old Macs or of DOS where most marks beyond ASCII are letters only there."""
    beyond = content[:200_000].translate(None, _ASCII)
    found = "cp1252"
    most = max(len(beyond) * 6 // 10, _letters(beyond, found))
    for other in ("mac-roman", "cp850"):
        if (letters := _letters(beyond, other)) > most:
            found, most = other, letters
    return found


def _letters(beyond: bytes, encoding: str) -> int:
    return sum(letter in _ACCENTED for letter in beyond.decode(encoding, errors="replace"))


def codec_of(content: bytes, encoding: str) -> str:
    """Return by which codec letters are read: UTF-16 without its mark by where its zeros stand."""
    if encoding != "utf-16" or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return encoding
    start = content[:400]
    return "utf-16-be" if start[::2].count(0) > start[1::2].count(0) else "utf-16-le"


def split_hint(text: str) -> tuple[str, str]:
    """Take off the line ``sep=;`` by which Excel says what it used."""
    first, _end, rest = text.partition("\n")
    hint = first.strip().casefold()
    if hint.startswith("sep=") and len(hint) == 5 and hint[4] in DELIMITERS:
        return hint[4], rest
    return "", text


def guess_delimiter(text: str, *, among: Sequence[str] = DELIMITERS) -> str:
    """Return the mark that cuts the first rows most evenly into the most cells."""
    sample = text[:50_000]

    def score(delimiter: str) -> tuple[int, int]:
        widths = [
            len(cells)
            for _number, cells in zip(range(60), _records(sample, delimiter), strict=False)
            if any(cells)
        ]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        return (widths.count(usual) * 100 // max(len(widths), 1) if usual > 1 else 0, usual)

    return max(among, key=score)


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(2 * BYTES)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise Unreadable("broken") from error


def _rows(records: Iterable[Iterable[Any]], limits: Limits) -> Iterator[Row]:
    full = 0
    for number, record in enumerate(records, 1):
        cells = tuple(tidy(cell, limits.cell) for cell in record)
        width = len(cells)
        last = next((at for at in range(width, 0, -1) if cells[at - 1]), 0)
        cells = cells[:last]  # at once: rows are wide
        full += bool(cells)
        if full > limits.rows + 50:
            raise Unreadable("too_many_rows")
        if len(cells) > limits.columns:
            raise Unreadable("too_many_columns")
        yield Row(number, cells, width)


def tidy(cell: Any, longest: int = CELL) -> str:
    """Return a cell as text without marks that cannot be seen; numbers without ".0", dates as ISO 8601."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime) and not (cell.hour or cell.minute):
        cell = cell.date()
    text = cell.isoformat() if isinstance(cell, date | datetime) else str(cell)
    if not text.isprintable():
        text = "".join(mark for mark in text.replace("\xa0", " ") if mark.isprintable() or mark in "\n\t")
    return text.strip()[:longest]


# XLSX


def _read_xlsx(content: bytes, layout: Layout | None, limits: Limits) -> Grid:
    refuse_bombs(content)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheets = [
            name for name in book.sheetnames if getattr(book[name], "sheet_state", "visible") == "visible"
        ]
        sheets = [name for name in sheets if hasattr(book[name], "iter_rows")] or book.sheetnames
        name, rows = _sheet(book, sheets, layout.sheet if layout else "", limits)
    except Unreadable:
        raise
    except Exception as error:  # a broken workbook fails in many ways, all mean the same
        raise Unreadable("broken") from error
    return Grid(Layout("xlsx", sheet=name, header=layout.header if layout else -1), rows, sheets)


def _sheet(book: Any, names: Sequence[str], asked: str, limits: Limits) -> tuple[str, list[Row]]:
    """Return the sheet that is asked for with its rows, else the first that holds a table: notes often come before it."""
    first: tuple[str, list[Row]] | None = None
    for name in [asked] if asked in names else names[:_SHEETS]:
        rows = list(_rows(_unmerged(book[name], limits.columns), limits))
        filled = [row for row in rows if not row.empty]
        if name == asked or len(filled) > 2 or sum(len(row.cells) > 1 for row in filled) > 1:
            return name, rows
        first = first or (name, rows)
    assert first is not None
    return first


def _unmerged(sheet: Any, columns: int) -> Iterator[Sequence[Any]]:
    sheet.reset_dimensions()  # files by other programs claim a million empty rows
    empty = 0
    for values in sheet.iter_rows(values_only=True, max_col=columns + 1):
        empty = 0 if any(value is not None for value in values) else empty + 1
        if empty > 1_000:
            return
        yield values


def _read_ods(content: bytes, layout: Layout | None, limits: Limits) -> Grid:
    refuse_bombs(content, part=ods.PART)
    try:
        sheets = ods.sheets_of(content)
        name = layout.sheet if layout and layout.sheet in sheets else sheets[0]
        rows = list(_rows(ods.rows_of(content, sheet=name, columns=limits.columns), limits))
    except Unreadable:
        raise
    except ods.Locked as error:
        raise Unreadable("locked") from error
    except Exception as error:  # as of workbooks: whatever fails, the file is broken
        raise Unreadable("broken") from error
    return Grid(Layout("ods", sheet=name, header=layout.header if layout else -1), rows, sheets)


def refuse_bombs(content: bytes, *, part: str = BOOK) -> None:
    """Look at the archive before unpacking it, and at its texts for entities, which no spreadsheet has."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if not any(one.filename == part for one in parts):
                raise Unreadable("another_kind")
            size = sum(one.file_size for one in parts)
            if len(parts) > 2_000 or size > UNPACKED or size > RATIO * max(len(content), 5_000):
                raise Unreadable("bomb")
            for one in parts:
                with archive.open(one) as file:
                    start = file.read(4_096)
                if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                    raise Unreadable("bomb")
    except Unreadable:
        raise
    except Exception as error:  # a damaged archive fails in many ways too: its places, its packing, its names
        raise Unreadable("broken") from error


# Out


def with_header(grid: Grid, header: int) -> Grid:
    """Return the grid with another row of headings."""
    return replace(grid, layout=replace(grid.layout, header=header))


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a CSV that a spreadsheet opens with its accents right and runs nothing of."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([harmless(cell) for cell in header])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def harmless(cell: object) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = str(cell)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text

"""A file of answers as rows of texts: CSV however it was saved, also packed with gzip or xz, and XLSX."""

import csv
import gzip
import io
import lzma
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from tequio.people.formats.tables import (
    CELL,
    DELIMITERS,
    Limits,
    Unreadable,
    guess_delimiter,
    guess_encoding,
    read_grid,
    refuse_others,
    split_hint,
)

PAGE = Limits(columns=2_000, cell=CELL + 1)  # what a page takes
COMMAND = Limits(bytes=2_000_000_000, rows=20_000_000, columns=10_000)  # what the command line takes
_UNPACKED = 20  # a packed file may hold so many times what a plain one may, and at least this:
_AT_LEAST = 150_000_000
_REPEATED = frozenset(
    {"_parent_index", "_parent_table_name"}
)  # what Kobo writes on a sheet of repeated groups
_FIRST = 500  # rows by which columns are guessed
_SAMPLE = 200_000  # bytes from which letters and marks are guessed


@dataclass(frozen=True)
class Table:
    """The headings of a file, and its rows one after the other; each row is as wide as the headings at least.

    ``first`` are the first of the rows, to guess by.
    """

    headings: list[str]
    first: list[list[str]]
    rows: Iterator[list[str]]


@contextmanager
def open_table(content: bytes, *, limits: Limits = PAGE, encoding: str = "") -> Iterator[Table]:
    """Yield the table of a file; raises ``Unreadable`` for what is none, also while its rows are read.

    A CSV that turns out not to be in UTF-8 after many rows raises ``UnicodeDecodeError``: open it again with
    ``encoding="cp1252"``.
    """
    if len(content) > limits.bytes:
        raise Unreadable("too_large")
    try:
        yield _workbook(content, limits) if content.startswith(b"PK") else _text(content, limits, encoding)
    except (lzma.LZMAError, zlib.error, EOFError, csv.Error, OSError) as error:
        raise Unreadable("broken") from error


def _workbook(content: bytes, limits: Limits) -> Table:
    grid = read_grid(content, limits=limits)
    return _table(iter([list(row.cells) for row in grid.rows]), limits)


def _text(content: bytes, limits: Limits, encoding: str) -> Table:
    sample = unpacked(content, limits).read(_SAMPLE)
    refuse_others(sample)
    encoding = encoding or _encoding(sample)
    hint, start = split_hint(sample.decode(encoding, errors="replace").removeprefix("\ufeff"))
    strict = "replace" if encoding == "cp1252" else "strict"
    lines = io.TextIOWrapper(
        io.BufferedReader(unpacked(content, limits), 1 << 20), encoding, errors=strict, newline=""
    )
    if hint:
        lines.readline()
    csv.field_size_limit(2 * min(limits.bytes, 1_000_000_000))
    return _table(csv.reader(lines, delimiter=hint or _delimiter(start)), limits)


def _encoding(sample: bytes) -> str:
    """Guess by the beginning, whose last letter may be cut in two."""
    found = guess_encoding(sample)
    if found == "cp1252" and any(guess_encoding(sample[:-cut]) == "utf-8" for cut in (1, 2, 3)):
        return "utf-8"
    return found


def _delimiter(text: str) -> str:
    """Guess among the marks that cut the headings: those that only the answers hold part several answers."""
    headings = next((line for line in text.splitlines() if line.strip()), "")
    among = [mark for mark in DELIMITERS if mark in headings]
    return guess_delimiter(text, among=among) if among else ","


def _table(rows: Iterator[list[str]], limits: Limits) -> Table:
    headings = next((row for row in rows if any(cell.strip() for cell in row)), None)
    if headings is None:
        raise Unreadable("empty")
    headings = [" ".join(cell.removeprefix("\ufeff").split()) for cell in headings]
    while headings and not headings[-1]:
        headings.pop()
    if len(headings) > limits.columns:
        raise Unreadable("too_many_columns")
    if _REPEATED & set(headings):
        raise Unreadable("repeats")
    body = _rows(rows, len(headings), limits.rows)
    first = list(islice(body, _FIRST))
    return Table(_distinct(headings), first, chain(first, body))


def _distinct(headings: list[str]) -> list[str]:
    """Give a heading that comes again its number: "City", "City (2)"."""
    seen: dict[str, int] = {}
    for place, heading in enumerate(headings):
        seen[heading] = seen.get(heading, 0) + 1
        if heading and seen[heading] > 1:
            headings[place] = f"{heading} ({seen[heading]})"
    return headings


def _rows(rows: Iterator[list[str]], width: int, most: int) -> Iterator[list[str]]:
    """Yield rows of the full width; those without anything count unless they stand at the end."""
    empty = count = 0
    for row in rows:
        if not any(row):
            empty += bool(row)
            continue
        count += 1 + empty
        if count > most:
            raise Unreadable("too_many_rows")
        for _each in range(empty):
            yield [""] * width
        empty = 0
        yield row if len(row) >= width else row + [""] * (width - len(row))


def unpacked(content: bytes, limits: Limits = PAGE) -> "_Bounded":
    """Return the bytes of a file, unpacked while they are read; too many of them raise ``Unreadable``."""
    most = max(limits.bytes * _UNPACKED, _AT_LEAST)
    file: Any = io.BytesIO(content)
    if content.startswith(b"\x1f\x8b"):
        return _Bounded(gzip.GzipFile(fileobj=file), most)
    if content.startswith(b"\xfd7zXZ\x00"):
        return _Bounded(lzma.LZMAFile(file), most)
    return _Bounded(file, most)


class _Bounded(io.RawIOBase):
    """A file of which only so many bytes are read: a small packed one may unfold without end."""

    def __init__(self, file: Any, most: int) -> None:
        super().__init__()
        self._file = file
        self._left = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data: bytes = self._file.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise Unreadable("bomb")
        buffer[: len(data)] = data
        return len(data)

    def read(self, size: int | None = -1, /) -> bytes:
        """Read so many bytes, however few come at a time."""
        parts, left = [], size or 0
        while left > 0 and (data := super().read(left)):
            parts.append(data)
            left -= len(data)
        return b"".join(parts)

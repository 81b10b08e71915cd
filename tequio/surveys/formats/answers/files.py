"""A file of answers as rows of texts: CSV however it was saved, also packed with gzip or xz, XLSX and ODS."""

import codecs
import csv
import gzip
import io
import lzma
import re
import zipfile
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import chain, islice
from typing import Any

from tequio.people.formats.ods import PART as ODS
from tequio.people.formats.ods import is_ods
from tequio.people.formats.tables import (
    BOOK,
    CELL,
    DELIMITERS,
    ENCODINGS,
    Layout,
    Limits,
    Unreadable,
    codec_of,
    guess_delimiter,
    guess_encoding,
    read_grid,
    refuse_bombs,
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
_CODED = re.compile(r"([A-Za-z]\w*(?:\[[^\[\]]*\])*)\. (\S.*)")
_OF_LIMESURVEY = frozenset(
    "id submitdate lastpage startlanguage seed token startdate datestamp ipaddr refurl".split()  # noqa: SIM905
)
_FIRST = 500  # rows by which columns are guessed
_SAMPLE = 200_000  # bytes from which letters and marks are guessed
_TOP = 10  # lines among which the headings are looked for, and shown
_GUESS = Layout("")


@dataclass(frozen=True)
class Table:
    """The headings of a file, and its rows one after the other; each row is as wide as the headings at least.

    ``first`` are the first of the rows, to guess by; ``top`` the first lines of the file as they stand. ``layout``
    says how it was cut, ``sheets`` are the names one can choose from.
    """

    headings: list[str]
    first: list[list[str]]
    rows: Iterator[list[str]]
    layout: Layout
    sheets: Sequence[str] = ()
    top: Sequence[Sequence[str]] = ()
    begins: int = 2
    blanks: list[int] = field(default_factory=list)

    def number(self, place: int) -> int:
        """Return the number under which a spreadsheet shows a row that was read, counted from 0."""
        return self.begins + place + bisect_right(self.blanks, place)


@contextmanager
def open_table(content: bytes, *, limits: Limits = PAGE, layout: Layout = _GUESS) -> Iterator[Table]:
    """Yield the table of a file, cut as ``layout`` says or as it looks.

    Raises ``Unreadable`` for what is none, also while its rows are read.
    """
    if len(content) > limits.bytes:
        raise Unreadable("too_large")
    try:
        refuse_programs(content)
        yield (_workbook if content.startswith(b"PK") else _text)(content, limits, layout)
    except (lzma.LZMAError, zlib.error, EOFError, csv.Error, OSError) as error:
        raise Unreadable("broken") from error


def refuse_programs(content: bytes) -> None:
    """Raise ``Unreadable`` for files of office programs that hold no table we read, and say what they are."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("locked" if "EncryptedPackage".encode("utf-16-le") in content else "old_workbook")
    if content.startswith(b"PK") and b"xl/workbook.xml" not in content and not is_ods(content):
        raise Unreadable(next((code for sign, code in _OTHERS if sign in content), "another_kind"))
    if content.startswith((b"%PDF", b"{\\rtf")):
        raise Unreadable("document")


_OTHERS = (
    (b"word/document.xml", "document"),
    (b"opendocument.text", "document"),
)


def _workbook(content: bytes, limits: Limits, layout: Layout) -> Table:
    grid = read_grid(content, limits=limits, layout=layout)
    rows = iter([list(row.cells) for row in grid.rows])
    return _table(rows, limits, replace(grid.layout, header=layout.header), grid.sheets)


def _text(content: bytes, limits: Limits, layout: Layout) -> Table:
    sample = unpacked(content, limits).read(_SAMPLE)
    refuse_others(sample)
    encoding = layout.encoding if layout.encoding in ENCODINGS else _encoding(sample)
    codec = codec_of(sample, encoding)
    hint, start = split_hint(sample.decode(codec, errors="replace").removeprefix("\ufeff"))
    mend = _WESTERN if encoding.startswith("utf-8") else "replace"
    letters = "utf-8-sig" if encoding == "utf-8" else codec  # a mark at the beginning is no letter
    lines = io.TextIOWrapper(
        io.BufferedReader(unpacked(content, limits), 1 << 20), letters, errors=mend, newline=""
    )
    if hint:
        lines.readline()
    csv.field_size_limit(2 * min(limits.bytes, 1_000_000_000))
    delimiter = layout.delimiter if layout.delimiter in DELIMITERS else hint or _delimiter(start)
    clean: Iterator[str] = lines
    if encoding != "utf-16" and (limits.bytes <= PAGE.bytes or b"\0" in sample):  # no database keeps a NUL
        clean = (line.replace("\0", "") for line in lines)
    cut = Layout("csv", encoding=encoding, delimiter=delimiter, header=layout.header)
    return _table(csv.reader(clean, delimiter=delimiter), limits, cut)


def _as_western(error: UnicodeError) -> tuple[str, int]:
    """Read what is no UTF-8 in Windows' western letters: files that were put together hold both."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


_WESTERN = "tequio.western"
codecs.register_error(_WESTERN, _as_western)


def _encoding(sample: bytes) -> str:
    """Guess by the beginning, whose last letter may be cut in two; where both kinds are mixed, it is UTF-8."""
    found = guess_encoding(sample)
    if found != "cp1252":
        return found
    if any(guess_encoding(sample[:-cut]) == "utf-8" for cut in (1, 2, 3)):
        return "utf-8"
    good = sum(letter > "\x7f" for letter in sample.decode("utf-8", errors="ignore"))
    return "utf-8" if good > sample.decode("utf-8", errors="replace").count("\ufffd") else found


def _delimiter(text: str) -> str:
    """Guess among the marks that cut the headings: those that only the answers hold part several answers.

    Under a title alone in its line, it is the mark that every line after it holds equally often.
    """
    lines = [line for line in islice(text.splitlines(), 200) if line.strip()]
    among = [mark for mark in DELIMITERS if mark in lines[0]] if lines else []
    if not among and len(lines) > 3:
        counts = {mark: {line.count(mark) for line in lines[1:_TOP]} for mark in DELIMITERS}
        among = [mark for mark, found in counts.items() if len(found) == 1 and min(found) > 1]
    return guess_delimiter(text, among=among) if among else ","


def _table(rows: Iterator[list[str]], limits: Limits, layout: Layout, sheets: Sequence[str] = ()) -> Table:
    skipped, top = _top(rows, layout.header)
    place = _heading_row(top) if layout.header < 0 else layout.header - 1 - skipped if layout.header else -1
    if layout.header and not (0 <= place < len(top) and any(map(str.strip, top[place]))):
        raise Unreadable("no_headings")
    headings = [_heading(cell) for cell in top[place]] if place >= 0 else [""] * max(map(len, top))
    while place >= 0 and not headings[-1]:
        headings.pop()
    if len(headings) > limits.columns:
        raise Unreadable("too_many_columns")
    if _REPEATED & set(headings):
        raise Unreadable("repeats")
    blanks: list[int] = []
    body = _rows(chain(top[place + 1 :], rows), len(headings), limits.rows, blanks)
    first = list(islice(body, _FIRST))
    shown = [[""]] * min(skipped, _TOP) + top[: _TOP - min(skipped, _TOP)]
    layout = replace(layout, header=skipped + place + 1 if place >= 0 else 0)
    return Table(
        _distinct(_without_codes(headings)),
        first,
        chain(first, body),
        layout,
        sheets,
        shown,
        skipped + place + 2,
        blanks,
    )


def _top(rows: Iterator[list[str]], header: int) -> tuple[int, list[list[str]]]:
    """Return how many empty lines stand first, and the lines after them, as many as hold the headings at least."""
    for skipped, row in enumerate(rows):
        if any(cell.strip("\ufeff\0 \t\n\r") for cell in row):
            return skipped, [row, *islice(rows, max(_TOP, header) - 1)]
    raise Unreadable("empty")


def _heading_row(top: Sequence[Sequence[str]]) -> int:
    """Return the place of the headings: the first line, unless that is the title of the table under it."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in top]
    return next((place for place, cells in enumerate(filled) if cells > 2), 0) if filled[0] == 1 else 0


def _heading(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").replace("\0", "").split())


def _without_codes(headings: list[str]) -> list[str]:
    """Return the texts alone where LimeSurvey wrote "code. text"; its own columns keep their codes."""
    parted = [_CODED.match(heading) for heading in headings]
    if not any(found and found[1] == "submitdate" for found in parted):
        return headings
    return [
        heading if found is None else found[1] if found[1] in _OF_LIMESURVEY else found[2]
        for heading, found in zip(headings, parted, strict=True)
    ]


def _distinct(headings: list[str]) -> list[str]:
    """Give a heading that comes again its number: "City", "City (2)"."""
    seen: dict[str, int] = {}
    for place, heading in enumerate(headings):
        seen[heading] = seen.get(heading, 0) + 1
        if heading and seen[heading] > 1:
            headings[place] = f"{heading} ({seen[heading]})"
    return headings


def _rows(rows: Iterator[list[str]], width: int, most: int, blanks: list[int]) -> Iterator[list[str]]:
    """Yield rows of the full width; those without anything count unless they stand at the end.

    Lines without even a mark between cells are none: ``blanks`` learns before which row they stand.
    """
    empty = count = 0
    for row in rows:
        if not any(row):
            if row:
                empty += 1
            else:
                blanks.append(count + empty)
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


def holds(content: bytes, text: str) -> bool:
    """Say whether a text stands anywhere in a file, on whichever sheet; one that cannot be opened may hold it."""
    wanted = text.casefold()
    try:
        return any(wanted in part.casefold() for part in _texts(content))
    except (ValueError, zipfile.BadZipFile, lzma.LZMAError, zlib.error, EOFError, OSError, RuntimeError):
        return True


def _texts(content: bytes) -> Iterator[str]:
    if not content.startswith(b"PK"):
        whole = io.BufferedReader(unpacked(content)).read()
        yield from {whole.decode(encoding, errors="ignore") for encoding in ("utf-8", "utf-16", "cp1252")}
        return
    refuse_bombs(content, part=ODS if is_ods(content) else BOOK)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.infolist():
            marked = archive.read(part).decode("utf-8", errors="ignore")
            yield unescape(re.sub(r"<[^>]*>", "", marked))
            yield unescape(marked)


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

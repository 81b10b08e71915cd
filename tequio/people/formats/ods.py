"""Spreadsheets of LibreOffice (OpenDocument 1.3 part 3) as rows of texts: what a cell holds, not how it looks."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.sax.handler import ContentHandler, feature_namespaces

PART = "content.xml"
_MIME = b"application/vnd.oasis.opendocument.spreadsheet"
_OFFICE, _TABLE, _TEXT, _STYLE = (
    f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text", "style")
)
_SHEET, _ROW, _CELL, _COVERED = (
    (_TABLE, name) for name in ("table", "table-row", "table-cell", "covered-table-cell")
)
_PARAGRAPH, _NOTE = (_TEXT, "p"), (_OFFICE, "annotation")
_MARKS = {(_TEXT, "s"): " ", (_TEXT, "tab"): "\t", (_TEXT, "line-break"): "\n"}
_EXACT = {"float": "value", "percentage": "value", "currency": "value", "date": "date-value"}
_EMPTY_ROWS = 1_000  # so many in a row end the sheet: programs claim a million of them
_AT_ONCE = 1 << 16


class Locked(ValueError):
    """The file is encrypted."""


def is_ods(content: bytes) -> bool:
    """Say whether these bytes begin as a spreadsheet of LibreOffice does."""
    return content.startswith(b"PK") and _MIME in content[:200]


def sheets_of(content: bytes) -> list[str]:
    """Return the names of the sheets that are shown, or of all where none is; raises ``Locked``."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise Locked
    names = _Names()
    for _part in _parsed(content, names):
        pass
    return names.shown or names.all


def rows_of(content: bytes, *, sheet: str, columns: int) -> Iterator[list[str]]:
    """Yield the rows of a sheet, of each hardly more than so many cells."""
    handler = _Rows(sheet, columns)
    empty = 0
    for _part in _parsed(content, handler):
        for row, times in handler.found:
            if not row:
                empty += times
                continue
            if empty > _EMPTY_ROWS:
                return
            yield from ([] for _each in range(empty))
            yield from (row for _each in range(times))
            empty = 0
        handler.found.clear()


def _parsed(content: bytes, handler: ContentHandler) -> Iterator[None]:
    """Read the tables part by part; what is in them now is with the handler."""
    from defusedxml.expatreader import create_parser

    parser = create_parser(forbid_dtd=True)
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(handler)
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(PART) as file:
        while part := file.read(_AT_ONCE):
            parser.feed(part)
            yield
        parser.close()
    yield


class _Names(ContentHandler):
    """Learns the names of the sheets."""

    def __init__(self) -> None:
        super().__init__()
        self.all: list[str] = []
        self.shown: list[str] = []
        self.style, self.hidden = "", set[str]()

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:  # the parser's name for it
        if name == (_STYLE, "style"):
            self.style = attrs.get((_STYLE, "name"), "")
        elif name == (_STYLE, "table-properties") and attrs.get((_TABLE, "display")) == "false":
            self.hidden.add(self.style)
        elif name == _SHEET:
            self.all.append(attrs.get((_TABLE, "name"), ""))
            if attrs.get((_TABLE, "style-name"), "") not in self.hidden:
                self.shown.append(self.all[-1])


class _Rows(ContentHandler):
    """Collects the rows of one sheet, each with how often it stands there."""

    def __init__(self, sheet: str, columns: int) -> None:
        super().__init__()
        self.sheet, self.columns = sheet, columns
        self.found: list[tuple[list[str], int]] = []
        self.row: list[str] = []
        self.parts: list[str] = []
        self.row_times = self.times = 1
        self.inside = self.noted = self.over = False
        self.paragraphs = self.deep = self.empty = 0
        self.exact = ""

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:
        if name == _SHEET:
            self.inside = not self.over and attrs.get((_TABLE, "name"), "") == self.sheet
        elif not self.inside or self.noted:
            return
        elif name == _ROW:
            self.row, self.empty, self.row_times = [], 0, _times(attrs, "rows")
        elif name in (_CELL, _COVERED):
            self.parts, self.paragraphs, self.times = [], 0, _times(attrs, "columns")
            self.exact = _exact(attrs)
        elif name == _NOTE:
            self.noted = True
        elif name == _PARAGRAPH:
            self.parts += ["\n"] if self.paragraphs else []
            self.paragraphs += 1
            self.deep += 1
        elif name in _MARKS:
            self.parts.append(_MARKS[name] * min(_number(attrs.get((_TEXT, "c"))), 1_000))

    def characters(self, content: str) -> None:
        if self.deep and not self.noted:
            self.parts.append(content)

    def endElementNS(self, name: Any, qname: Any) -> None:
        if name == _NOTE:
            self.noted = False
        elif not self.inside or self.noted:
            return
        elif name == _PARAGRAPH:
            self.deep -= 1
        elif name in (_CELL, _COVERED):
            self._put(self.exact or "".join(self.parts) if name == _CELL else "")
        elif name == _ROW:
            self.found.append((self.row, self.row_times))
        elif name == _SHEET:
            self.inside, self.over = False, True

    def _put(self, text: str) -> None:
        """Add a cell; empty ones count once something stands after them."""
        if not text:
            self.empty += self.times
        elif len(self.row) <= self.columns:
            self.row += [""] * min(self.empty, self.columns) + [text] * min(self.times, self.columns + 1)
            self.empty = 0


def _exact(attrs: Any) -> str:
    """Return a number or a day as it is kept; of other cells, what is shown counts."""
    kind = attrs.get((_OFFICE, "value-type"), "")
    if kind == "boolean":
        return "True" if attrs.get((_OFFICE, "boolean-value")) == "true" else "False"
    said: str = attrs.get((_OFFICE, _EXACT[kind]), "") if kind in _EXACT else ""
    return said.removesuffix("T00:00:00")


def _times(attrs: Any, what: str) -> int:
    return _number(attrs.get((_TABLE, f"number-{what}-repeated")))


def _number(said: str | None) -> int:
    return int(said) if said and said.isdecimal() and len(said) < 9 else 1

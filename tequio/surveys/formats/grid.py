"""A table of counts as rows of cells, and as CSV or XLSX that no spreadsheet runs anything of."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tequio.people.formats.tables import write_csv
from tequio.surveys.formats.wording import SHARE_WITH_WEIGHTS, WITH_WEIGHTS, Voice, gettext_noop
from tequio.surveys.rules.asks import Found
from tequio.surveys.rules.crosstab import Group, Table
from tequio.surveys.rules.instrument import Base

Cell = str | int | Decimal | None
HEADS = {
    "count": gettext_noop("Count"),
    Base.RESPONDENTS: gettext_noop("% of respondents"),
    Base.ANSWERING: gettext_noop("% of those who answered"),
    Base.MENTIONS: gettext_noop("% of mentions"),
}
BASES = {
    Base.RESPONDENTS: gettext_noop("Respondents"),
    Base.ANSWERING: gettext_noop("Who answered"),
    Base.MENTIONS: gettext_noop("Mentions"),
}


def grid(found: Found, voice: Voice) -> Iterator[list[Cell]]:
    """Yield a header and a row for each option of each group, with every base beside it; then what weights make of it."""
    table, weighed = found.table, found.weighted
    heads = (WITH_WEIGHTS, SHARE_WITH_WEIGHTS) if weighed else ()
    yield [
        voice.title(table.rows),
        *[voice.title(column) for column in table.by],
        *[voice.say(head) for head in HEADS.values()],
        *[voice.say(head) for head in BASES.values()],
        *[voice.say(head) for head in heads],
    ]
    beside = {group.by: group for group in weighed.groups} if weighed else {}
    for group in table.groups:
        for row, category in enumerate(table.rows.categories):
            more = _weighed(beside[group.by], row, table.rows.base) if weighed else []
            yield [voice.name(category), *_names(table, group, voice), *_figures(group, row), *more]


def _weighed(group: Group, row: int, base: Base) -> list[Cell]:
    return [group.weighted[row], group.share(row, base=base)]


def _names(table: Table, group: Group, voice: Voice) -> list[str]:
    return [voice.name(column.categories[at]) for column, at in zip(table.by, group.by, strict=False)]


def _figures(group: Group, row: int) -> list[Cell]:
    shares = [group.share(row, base=base) for base in Base]
    return [group.counts[row], *shares, *[group.bases.of(base) for base in Base]]


def as_csv(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return a CSV with its accents right."""
    header, *body = rows
    return write_csv(
        [str(cell) for cell in header], [["" if cell is None else cell for cell in row] for row in body]
    )


def as_xlsx(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return a workbook whose numbers are numbers and whose texts are texts, whatever they begin with."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils.exceptions import IllegalCharacterError

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        line = []
        for value in row:
            cell = WriteOnlyCell(sheet)
            try:
                cell.value = value[:32_000] if isinstance(value, str) else value
            except IllegalCharacterError:
                cell.value = "".join(mark for mark in str(value) if mark.isprintable())
            if isinstance(value, str):
                cell.data_type = "s"
            line.append(cell)
        sheet.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

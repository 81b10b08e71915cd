"""The rows of somebody's table as organizations, and those that are none with the reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tequio.people.formats import values
from tequio.people.formats.columns import find_header, guess_columns
from tequio.people.formats.tables import ROWS, Grid, Layout, Row, Unreadable, read_grid, with_header
from tequio.people.rules.countries import find_country, is_region
from tequio.people.rules.organizations import Details
from tequio.people.rules.places import is_national
from tequio.people.rules.words import fold

_ERRORS = (
    "#REF!",
    "#NAME?",
    "#VALUE!",
    "#N/A",
    "#DIV/0!",
    "#NULL!",
    "#NUM!",
    "#¡REF!",
    "#¿NOMBRE?",
    "#¡VALOR!",
)


@dataclass(frozen=True)
class Reading:
    """One row read as an organization; ``unknown`` are (field, what was written) that no list holds."""

    row: int
    details: Details
    unknown: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Rejection:
    """One row that cannot be read; ``reason`` is a code."""

    row: int
    reason: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A whole table: how it was read, its headings, what each column is, and its rows."""

    layout: Layout
    sheets: Sequence[str]
    headings: Sequence[str]
    mapping: Mapping[int, str]
    readings: Sequence[Reading]
    rejections: Sequence[Rejection] = field(default=())

    @property
    def read(self) -> int:
        return len(self.readings) + len(self.rejections)


def read_sheet(
    content: bytes,
    *,
    language: str,
    layout: Layout | None = None,
    mapping: Mapping[int, str] | None = None,
    remembered: Mapping[str, str] | None = None,
) -> Sheet:
    """Read a file as a table of organizations; raises ``Unreadable``.

    ``mapping`` (column number -> field) is used as it is; without it, ``remembered`` (folded heading -> field)
    goes before guessing.
    """
    grid = read_grid(content, layout=layout)
    if grid.layout.header < 0:
        grid = with_header(grid, find_header(grid.rows))
    headings = _headings(grid)
    columns = dict(mapping) if mapping is not None else _columns(grid, headings, remembered or {}, language)
    body = [row for row in grid.rows if row.number > grid.layout.header and not row.empty]
    if len(body) > ROWS:
        raise Unreadable("too_many_rows")
    if not body:
        raise Unreadable("empty")
    read = [_read(row, columns, headings, grid.layout.delimiter) for row in body]
    return Sheet(
        grid.layout,
        grid.sheets,
        headings,
        columns,
        [row for row in read if isinstance(row, Reading)],
        [row for row in read if isinstance(row, Rejection)],
    )


def _headings(grid: Grid) -> list[str]:
    row = next((row for row in grid.rows if row.number == grid.layout.header), Row(0, ()))
    widest = max((len(each.cells) for each in grid.rows), default=0)
    width = max(row.width, len(row.cells)) if grid.layout.header else widest
    return [*row.cells, *[""] * (min(width, widest) - len(row.cells))]


def _columns(
    grid: Grid, headings: Sequence[str], remembered: Mapping[str, str], language: str
) -> dict[int, str]:
    known = {
        column: remembered[fold(text)] for column, text in enumerate(headings) if fold(text) in remembered
    }
    taken = {target for target in known.values() if target}
    guessed = guess_columns(grid, language=language)
    fresh = {
        column: target for column, target in guessed.items() if column not in known and target not in taken
    }
    return {column: target for column, target in sorted({**fresh, **known}.items()) if target}


def _read(row: Row, columns: Mapping[int, str], headings: Sequence[str], mark: str) -> Reading | Rejection:
    if reason := _swallowed(row, headings, mark) or _why_not(row, columns, headings):
        return Rejection(row.number, reason, row.cells)
    cells = {
        target: row.cells[column] for column, target in columns.items() if target and column < len(row.cells)
    }
    cells = {target: "" if text in _ERRORS else text for target, text in cells.items()}
    return Reading(row.number, *_details(cells))


def _swallowed(row: Row, headings: Sequence[str], mark: str) -> str:
    """Say whether a cell holds whole rows: its quotation mark opens and is closed by none, or by that of a later row."""
    least = max(len(headings) - 1, 1)
    lines = (line for cell in row.cells if mark and "\n" in cell for line in cell.split("\n")[1:])
    return "open_quote" if any(line.count(mark) >= least for line in lines) else ""


def _why_not(row: Row, columns: Mapping[int, str], headings: Sequence[str]) -> str:
    column = next((number for number, target in columns.items() if target == "name"), None)
    name = row.cells[column] if column is not None and column < len(row.cells) else ""
    if not name:
        return "no_name"
    if name in _ERRORS:
        return "broken_cell"
    if len(name) > 200:
        return "long_name"
    if not fold(name):
        return "no_letters"
    if any(headings) and len(row.cells) > len(headings):
        return "more_cells"
    if (
        any(headings)
        and [fold(cell) for cell in row.cells] == [fold(text) for text in headings][: len(row.cells)]
        and len(row.cells) > 1
    ):
        return "heading_again"
    return ""


def _details(cells: Mapping[str, str]) -> tuple[Details, tuple[tuple[str, str], ...]]:
    said = {name: cells.get(name, "") for name in _ONE}
    found = {name: test(said[name]) for name, test in _ONE.items()}
    scope = found["scope"] or ("REGIONAL" if is_region(said["country"]) else "")
    cities = values.cities_of(cells.get("cities", ""))
    unknown = [(name, text) for name, text in said.items() if text and not found[name]]
    unknown = [pair for pair in unknown if not (pair[0] == "country" and is_region(pair[1]))]
    about = {
        name.partition(":")[2]: text[:4_000]
        for name, text in cells.items()
        if name.startswith("about:") and text
    }
    details = Details(
        name=" ".join(cells["name"].split()),
        aliases=tuple(part[:200] for part in values.several(cells.get("aliases", ""))),
        kind=found["kind"],
        sector=found["sector"],
        country=found["country"],
        scope=scope,
        national_level=any(is_national(city) for city in cities),
        size=found["size"],
        cities=tuple(city[:200] for city in cities if not is_national(city)),
        themes=tuple(part[:80] for part in values.several(cells.get("themes", "")))[:20],
        populations=tuple(part[:80] for part in values.several(cells.get("populations", "")))[:20],
        languages=values.find_languages(cells.get("languages", "")),
        about=about,
        website=found["website"],
        email=found["email"],
        phone=" ".join(cells.get("phone", "").split())[:40],
    )
    return details, tuple(unknown)


def _country(written: str) -> str:
    return find_country(written) or next(
        (code for part in values.several(written) if (code := find_country(part))), ""
    )


def _mail(written: str) -> str:
    return next(
        (
            part.lower()
            for part in written.replace(",", " ").replace(";", " ").split()
            if values.looks_like_mail(part)
        ),
        "",
    )[:254]


_ONE = {
    "kind": values.find_kind,
    "sector": values.find_sector,
    "country": _country,
    "scope": values.find_scope,
    "size": values.find_size,
    "website": values.site,
    "email": _mail,
}


def lines_of(rejections: Sequence[Rejection]) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Yield each rejection as (row, reason's code, cells)."""
    for one in rejections:
        yield one.row, one.reason, one.cells

"""A file of answers as columns to be counted, for the commands: no database, one pass, only the wanted columns."""

from collections.abc import Callable, Sequence

from tequio.people.formats.tables import Limits, Unreadable, tidy
from tequio.people.rules.words import fold
from tequio.surveys.formats.answers.files import COMMAND, Table, open_table
from tequio.surveys.rules.columns import Category, Column, Sheet
from tequio.surveys.rules.instrument import Base, Instrument

Parting = Callable[[str], list[str]]  # a cell -> the keys of the categories that it ticks
_NO = frozenset({"0", "false", "n", "no", "0.0"})
_MARKS = _NO | {"", "1", "true", "y", "yes", "1.0"}
UNSAID = "und"  # the language of texts of which nobody said the language


class NoColumn(ValueError):
    """The file has no such column; ``wanted`` is what was asked for, ``headings`` are those that there are."""

    def __init__(self, wanted: str, headings: Sequence[str]) -> None:
        super().__init__(wanted)
        self.wanted = wanted
        self.headings = tuple(headings)


def read_sheet(
    content: bytes,
    *,
    name: str = "",
    instrument: Instrument | None = None,
    multi: str | None = None,
    columns: Sequence[str] | None = None,
    limits: Limits = COMMAND,
) -> Sheet:
    """Read a file of answers as columns; raises ``Unreadable`` and ``NoColumn``.

    The key of a column is the name by which ``columns`` asks for it, else its heading. ``multi`` parts every cell
    at this mark; a value counts once a respondent. A question that the file spreads over one column an option
    (``question/option``, ``question[option]``) can be asked for by its own name. With an instrument, its questions
    can be asked for by their keys or texts, and their options come in its order.
    """
    for encoding in ("", "cp1252"):
        try:
            with open_table(content, limits=limits, encoding=encoding) as table:
                return _sheet(table, instrument, multi, columns)
        except UnicodeDecodeError:
            continue
    raise Unreadable("another_kind")


def _sheet(
    table: Table, instrument: Instrument | None, multi: str | None, columns: Sequence[str] | None
) -> Sheet:
    wanted = list(
        dict.fromkeys(columns if columns is not None else [text for text in table.headings if text])
    )
    lanes = [_lane(name, table, instrument, multi) for name in wanted]
    size = _fill(table, lanes)
    return Sheet(size, tuple(lane.column() for lane in lanes))


def _fill(table: Table, lanes: Sequence["_Lane"]) -> int:
    """Read the rows once; each lane takes its cells."""
    simple = [(lane, lane.places[0], lane.ticks.append) for lane in lanes if len(lane.places) == 1]
    groups = [lane for lane in lanes if len(lane.places) > 1]
    size = 0
    for row in table.rows:
        size += 1
        for lane, place, put in simple:
            put(lane[row[place]])
        for lane in groups:
            lane.take([row[place] for place in lane.places])
    return size


class _Lane(dict[str, tuple[int, ...]]):
    """One column while it is read: a cell's text -> the indexes that it ticks, each text understood once."""

    def __init__(self, key: str, places: Sequence[int], parting: Parting, text: str = "") -> None:
        super().__init__()
        self.key, self.places, self.parting, self.text = key, places, parting, text or key
        self.ticks: list[tuple[int, ...]] = []
        self.asked: list[bool] | None = None
        self.categories: dict[str, Category] = {}
        self.numbers: dict[str, int] = {}
        self.several = False

    def __missing__(self, cell: str) -> tuple[int, ...]:
        keys = dict.fromkeys(self.parting(tidy(cell)))
        found = self[cell] = tuple(self.number(key) for key in keys)
        self.several = self.several or len(found) > 1
        return found

    def number(self, key: str) -> int:
        """Return the index of a category, making it where it is new."""
        if key not in self.numbers:
            self.numbers[key] = len(self.numbers)
            self.categories.setdefault(key, Category(key, {UNSAID: key}))
        return self.numbers[key]

    def take(self, cells: Sequence[str]) -> None:
        """Take the cells of a question that has a column for each option."""
        marks = [cell.strip().casefold() for cell in cells]
        self.ticks.append(tuple(place for place, mark in enumerate(marks) if mark and mark not in _NO))
        if self.asked is None:
            self.asked = []
        self.asked.append(any(marks))

    def column(self) -> Column:
        """Return what was read."""
        categories = tuple(self.categories[key] for key in self.numbers)
        asked = self.asked if self.asked is not None and not all(self.asked) else None
        return Column(
            self.key,
            {UNSAID: self.text},
            categories,
            self.ticks,
            several=self.several or len(self.places) > 1,
            base=Base.RESPONDENTS
            if len(self.places) > 1
            else Base.ANSWERING,  # a 0 is an answer, nothing is none
            asked=asked,
        )


def _lane(name: str, table: Table, instrument: Instrument | None, multi: str | None) -> _Lane:
    headings = table.headings
    parting = _parting(multi)
    group = {} if multi and name in headings else _group(name, table)
    if name in headings and not group:
        return _Lane(name, [headings.index(name)], parting)
    if group:
        lane = _Lane(name, list(group.values()), parting)
        for option in group:
            lane.number(option)
        lane.several = True
        return lane
    same = [place for place, heading in enumerate(headings) if fold(heading) == fold(name)]
    if len(same) == 1:
        return _Lane(name, same, parting)
    raise NoColumn(name, headings)


def _parting(multi: str | None) -> Parting:
    if not multi:
        return lambda cell: [cell] if cell else []
    return lambda cell: [part for each in cell.split(multi) if (part := each.strip())]


def _group(name: str, table: Table) -> dict[str, int]:
    """Return the columns that spread a question over its options: option -> place.

    A program that writes them beside a column of the question itself (its codes in one cell) says there less well
    what was ticked: the codes may part at spaces that other answers hold too.
    """
    for start, end in ((f"{name}/", ""), (f"{name}[", "]"), (f"{name} [", "]"), (f"{name}.", "")):
        found = {
            heading[len(start) : len(heading) - len(end)]: place
            for place, heading in enumerate(table.headings)
            if heading.startswith(start) and heading.endswith(end)
        }
        marks = {row[place].strip().casefold() for row in table.first for place in found.values()}
        if found and marks <= _MARKS and (len(found) > 1 or name not in table.headings):
            return found
    return {}

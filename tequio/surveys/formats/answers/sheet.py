"""A file of answers as columns to be counted, for the commands: no database, one pass, only the wanted columns."""

from collections.abc import Callable, Collection, Sequence

from tequio.people.formats.tables import Limits, tidy
from tequio.people.rules.countries import find_country
from tequio.people.rules.words import fold
from tequio.surveys.formats.answers.files import COMMAND, Table, open_table
from tequio.surveys.formats.answers.headings import Target, guess
from tequio.surveys.formats.answers.options import Known, best_mark
from tequio.surveys.formats.answers.values import yes_no
from tequio.surveys.rules.columns import Category, Column, Sheet
from tequio.surveys.rules.instrument import NO, YES, Base, Instrument, Kind, Option, Question, Texts

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
    whole: Collection[str] = (),
    limits: Limits = COMMAND,
) -> Sheet:
    """Read a file of answers as columns; raises ``Unreadable`` and ``NoColumn``.

    The key of a column is the name by which ``columns`` asks for it, else its heading. ``multi`` parts every cell
    at this mark; a value counts once a respondent. A question that the file spreads over one column an option
    (``question/option``, ``question[option]``) can be asked for by its own name. With an instrument, its questions
    can be asked for by their keys or texts, and their options come in its order. ``whole`` are columns of which no
    cell is parted.
    """
    with open_table(content, limits=limits) as table:
        return _sheet(table, instrument, multi, columns, whole)


def _sheet(
    table: Table,
    instrument: Instrument | None,
    multi: str | None,
    columns: Sequence[str] | None,
    whole: Collection[str] = (),
) -> Sheet:
    wanted = list(
        dict.fromkeys(columns if columns is not None else [text for text in table.headings if text])
    )
    finder = _Questions(table, instrument, multi) if instrument else None
    found = [finder.lane(name) if finder else None for name in wanted]
    lanes = [
        _lane(name, table, None if name in whole else multi) if lane is None or name in whole else lane
        for name, lane in zip(wanted, found, strict=True)
    ]
    size = _fill(table, lanes)
    return Sheet(size, tuple(lane.column() for lane in lanes), number=table.number)


def _fill(table: Table, lanes: Sequence["_Lane"]) -> int:
    """Read the rows once; each lane takes its cells."""
    simple = [(lane, lane.places[0], lane.ticks.append) for lane in lanes if not lane.spread]
    groups = [lane for lane in lanes if lane.spread]
    size = 0
    for row in table.rows:
        size += 1
        for lane, place, put in simple:
            put(lane[row[place]])
        for lane in groups:
            lane.take([row[place] if place >= 0 else "" for place in lane.places])
    return size


class _Lane(dict[str, tuple[int, ...]]):
    """One column while it is read: a cell's text -> the indexes that it ticks, each text understood once."""

    def __init__(
        self,
        key: str,
        places: Sequence[int],
        parting: Parting,
        *,
        text: Texts | None = None,
        options: Sequence[Category] = (),
        spread: bool = False,
        of_all: bool = False,
    ) -> None:
        """Begin a column. ``of_all``: everybody was asked, so that an empty line is no answer, not no question."""
        super().__init__()
        self.of_all = of_all
        self.key, self.places, self.parting, self.spread = key, places, parting, spread
        self.text = text or {UNSAID: key}
        self.ticks: list[tuple[int, ...]] = []
        self.asked: list[bool] | None = None
        self.categories = {category.key: category for category in options}
        self.numbers = {category.key: place for place, category in enumerate(options)}
        self.several = spread

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
        marks = [cell.strip().casefold() for cell in cells]  # those of columns that are missing stay empty
        self.ticks.append(tuple(place for place, mark in enumerate(marks) if mark and mark not in _NO))
        if self.asked is None:
            self.asked = []
        self.asked.append(any(marks))

    def column(self) -> Column:
        """Return what was read."""
        categories = tuple(self.categories[key] for key in self.numbers)
        gated = self.asked is not None and not self.of_all and not all(self.asked)
        asked = self.asked if gated else None
        return Column(
            self.key,
            self.text,
            categories,
            self.ticks,
            several=self.several,
            base=Base.RESPONDENTS if self.spread else Base.ANSWERING,  # a 0 is an answer, nothing is none
            asked=asked,
        )


def _lane(name: str, table: Table, multi: str | None) -> _Lane:
    headings = table.headings
    group = {} if multi and name in headings else _group(name, table)
    if group:
        options = [Category(option, {UNSAID: option}) for option in group]
        return _Lane(name, list(group.values()), _parting(None), options=options, spread=True)
    same = [place for place, heading in enumerate(headings) if heading == name]
    same = same or [place for place, heading in enumerate(headings) if fold(heading) == fold(name)]
    if len(same) != 1:
        raise NoColumn(name, headings)
    return _Lane(name, same, _parting(multi))


class _Questions:
    """The columns of a file as the questions of an instrument."""

    def __init__(self, table: Table, instrument: Instrument, multi: str | None) -> None:
        self.table, self.instrument, self.multi = table, instrument, multi
        self.targets = {place: Target.of(one) for place, one in guess(table.headings, instrument).items()}

    def lane(self, name: str) -> _Lane | None:
        """Return the column of a question (``question/row`` for one of a matrix) by its key, text or heading."""
        target = self._target(name)
        question = self.instrument.question(target.question) if target else None
        if target is None or question is None or question.kind not in _COUNTED:
            return None
        mine = {place: one.part for place, one in self.targets.items() if one.question == question.key}
        known, options = Known(_options(question)), _options(question)
        categories = [Category(option.key, option.text, option.group) for option in options]
        parts = {place: part for place, part in mine.items() if part in known.order}
        if question.kind is Kind.MATRIX:
            places = [place for place, part in mine.items() if part == target.part]
            return _Lane(name, places[:1], self._reads(question, known, places), options=categories)
        if parts:
            ordered = [
                next((place for place, part in parts.items() if part == key), -1) for key in known.order
            ]
            return _Lane(
                name,
                ordered,
                self._reads(question, known, []),
                text=question.text,
                options=categories,
                spread=True,
                of_all=self._of_all(question),
            )
        places = [place for place, part in mine.items() if not part]
        reads = self._reads(question, known, places)
        return _Lane(name, places, reads, text=question.text, options=categories) if places else None

    def _of_all(self, question: Question) -> bool:
        section = next(one for one in self.instrument.sections if question in one.questions)
        return question.condition is None and section.condition is None

    def _target(self, name: str) -> Target | None:
        keys = {one.question for one in self.targets.values()}
        if name in self.table.headings:
            return self.targets.get(self.table.headings.index(name))
        if name in keys:
            return Target(name)
        asked = Target.of(name)
        same = [
            one for one in self.targets.values() if (one.question, one.part) == (asked.question, asked.part)
        ]
        texts = [
            question.key
            for question in self.instrument.questions()
            if any(fold(text) == fold(name) for text in question.text.values())
        ]
        return same[0] if same else Target(texts[0]) if len(texts) == 1 else None

    def _reads(self, question: Question, known: Known, places: Sequence[int]) -> Parting:
        """Return how a cell of a question is read; what is no option counts as "other", else for itself."""
        mark = ""
        if question.kind is Kind.MULTI and places:
            mark = self.multi or best_mark([tidy(row[places[0]]) for row in self.table.first], known)

        def parted(cell: str) -> list[str]:
            if not cell:
                return []
            if question.kind is Kind.YES_NO:
                return [known.find(cell) or yes_no(cell) or cell]
            if question.kind is Kind.COUNTRY:
                return [known.find(cell) or find_country(cell) or cell]
            named = known.named(cell, mark)
            rest = [known.other.key] if known.other and named.rest else list(named.rest)
            return [*named.keys, *rest]

        return parted


_COUNTED = (Kind.SINGLE, Kind.MULTI, Kind.YES_NO, Kind.COUNTRY, Kind.MATRIX)


def _options(question: Question) -> tuple[Option, ...]:
    if question.kind is Kind.YES_NO and not question.options:
        return (
            Option(YES, {"en": "Yes", "es": "Sí", "pt-br": "Sim"}),
            Option(NO, {"en": "No", "es": "No", "pt-br": "Não"}),
        )
    return question.options


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

"""What a file of answers asked, guessed from its columns alone: the instrument, and which column is what."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tequio.people.formats.values import looks_like_mail
from tequio.people.rules.countries import find_country
from tequio.people.rules.words import fold
from tequio.surveys.formats.answers import values as cells
from tequio.surveys.formats.answers.headings import TEXT, Target, guess_about, writes_codes
from tequio.surveys.formats.answers.learning import Learned, learn, learn_codes
from tequio.surveys.rules.instrument import OTHER, Instrument, Kind, Option, Question, Section
from tequio.surveys.rules.roles import SIGNS

_LONG = 80  # letters in an answer above which the field is tall
_FEW = 40  # different answers up to which a column is a choice
_MOST_TEXT = 500
_SPECIFIED = re.compile(r"^(?P<name>.+?)(?:_other|/other_text|\[other\]|\s\[other\])$", re.IGNORECASE)
_NAMES_OF_OTHER = frozenset("other otro otra otros otras outro outra outros outras autre".split())  # noqa: SIM905
_ASKS_COUNTRY = re.compile(r"\b(pais|country|pays)\b")
_NAMED = ("ORGANIZATION", "CITIES")
_KIND_OF_ROLE = {"ORGANIZATION": Kind.OPEN, "EMAIL": Kind.OPEN, "CITIES": Kind.CITIES}


@dataclass(frozen=True)
class Guess:
    """An instrument made from a file, which column is what, and what parts several answers of its questions."""

    instrument: Instrument
    targets: dict[int, str]
    marks: dict[str, str]


@dataclass(frozen=True)
class _Group:
    """Columns that are parts of one question: place -> the text of the part."""

    name: str
    parts: dict[int, str]


def guess_instrument(
    *, headings: Sequence[str], rows: Sequence[Sequence[str]], title: str, language: str
) -> Guess:
    """Return what a file seems to have asked; people correct it afterwards."""
    columns = {place: _column(rows, place) for place in range(len(headings))}
    maker = _Maker(language, codes=writes_codes(headings))
    made = guess_about(headings)
    targets = {place: target for place, target in made.items() if target}
    taken = set(made)
    groups = {min(group.parts): group for group in _groups(headings, columns) if not taken & set(group.parts)}
    grouped = {place for group in groups.values() for place in group.parts}
    sums = {group.name for group in groups.values()}
    for place, heading in enumerate(headings):
        if place in groups:
            targets |= maker.group(groups[place], columns)
        elif place not in taken | grouped and heading not in sums and any(columns[place]):
            targets |= maker.single(place, heading, columns[place])
    section = Section("answers", {}, tuple(maker.questions))
    return Guess(Instrument((language,), {language: title}, (section,)), targets, maker.marks)


def _column(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    found = (row[place].strip() for row in rows if place < len(row))
    return ["" if cell in cells.BROKEN else cell for cell in found]


def _groups(headings: Sequence[str], columns: dict[int, list[str]]) -> list[_Group]:
    """Return the questions that a file spreads over several columns: one an option, or one a row of a grid."""
    found: dict[str, dict[int, str]] = {}
    for place, heading in enumerate(headings):
        parted = _parted(heading)
        if parted:
            found.setdefault(parted[0], {})[place] = parted[1]
    return [
        _Group(name, parts)
        for name, parts in found.items()
        if len(parts) > 1 and (_are_ticks(parts, columns) or _are_a_grid(parts, columns))
    ]


def _parted(heading: str) -> tuple[str, str] | None:
    if found := re.match(r"^(.*\S)\s*\[(.+)\]$", heading, re.DOTALL):
        return found[1], found[2].strip()
    for mark in ("/", " | ", ".", ": "):
        left, _mark, right = heading.rpartition(mark)
        if left.strip() and right.strip():
            return left.strip(), right.strip()
    return None


def _are_ticks(parts: dict[int, str], columns: dict[int, list[str]]) -> bool:
    """Say whether a column an option holds nothing but ticks; that of "other" may hold words."""
    plain = [place for place, text in parts.items() if fold(text) not in _NAMES_OF_OTHER]
    return bool(plain) and all(
        all(not cell or cells.yes_no(cell) for cell in columns[place]) for place in plain
    )


def _are_a_grid(parts: dict[int, str], columns: dict[int, list[str]]) -> bool:
    """Say whether the columns share a few answers, as the rows of a grid do."""
    said = [{cell for cell in columns[place] if cell} for place in parts]
    together = set().union(*said)
    total = sum(bool(cell) for place in parts for cell in columns[place])
    return 1 < len(together) <= 12 and total >= 2 * len(together) and sum(map(len, said)) > len(together)


class _Maker:
    """Makes questions one after the other, each with a key of its own."""

    def __init__(self, language: str, *, codes: bool) -> None:
        self.language, self.codes = language, codes
        self.questions: list[Question] = []
        self.marks: dict[str, str] = {}
        self.keys: set[str] = set()

    def key(self, text: str) -> str:
        """Return a key that no question has yet, made of the first words of a text."""
        return _new_key(text, self.keys, "q")

    def text(self, text: str) -> dict[str, str]:
        return {self.language: text[:_MOST_TEXT]}

    def options(self, texts: Sequence[str], *, other: bool = False) -> tuple[Option, ...]:
        """Return options with keys of their own; ``other`` adds the one that asks which."""
        keys: set[str] = set()
        made = []
        for text in texts:
            is_other = fold(text) in _NAMES_OF_OTHER and OTHER not in keys
            key = OTHER if is_other else _new_key(text, keys | {OTHER}, "o")
            keys.add(key)
            made.append(Option(key, self.text(text), other=is_other))
        if other and OTHER not in keys:
            made.append(Option(OTHER, {"es": "Otro", "pt-br": "Outro", "en": "Other"}, other=True))
        return tuple(made)

    def group(self, group: _Group, columns: dict[int, list[str]]) -> dict[int, str]:
        """Make a question of several columns."""
        key = self.key(group.name)
        parts = self.options(list(group.parts.values()))
        if _are_ticks(group.parts, columns):
            self.questions.append(Question(key, Kind.MULTI, self.text(_heading(group.name)), options=parts))
        else:
            said = dict.fromkeys(cell for place in group.parts for cell in columns[place] if cell)
            options = self.options(list(said))
            question = Question(
                key, Kind.MATRIX, self.text(_heading(group.name)), options=options, rows=parts
            )
            self.questions.append(question)
        return {place: str(Target(key, part.key)) for place, part in zip(group.parts, parts, strict=True)}

    def role(self, heading: str, kind: Kind, column: Sequence[str]) -> str:
        """Return what a column feeds, as far as that can be told: addresses are never shown with answers."""
        said = [cell for cell in column if cell]
        found = next((role for role in _NAMED if SIGNS[role].search(fold(heading))), "")
        if _mostly(said, looks_like_mail):
            found = "EMAIL"
        elif kind is Kind.COUNTRY:
            found = "COUNTRY"
        elif kind is Kind.YES_NO and SIGNS["JOINS"].search(fold(heading)):
            found = "JOINS"
        elif kind not in (Kind.OPEN, Kind.SINGLE, Kind.MULTI):
            found = ""
        return "" if any(question.role == found for question in self.questions) else found

    def single(self, place: int, heading: str, column: Sequence[str]) -> dict[int, str]:
        """Make a question of one column, or take it as the text of "other" of the one before."""
        if (found := _SPECIFIED.match(heading)) and self.questions:
            last = self.questions[-1]
            if last.text.get(self.language, "") == _heading(found["name"]) and any(
                one.other for one in last.options
            ):
                return {place: str(Target(last.key, TEXT))}
        key = self.key(heading)
        kind, learned = _kind(heading, column, codes=self.codes)
        options = self.options(learned.options, other=learned.other) if learned else ()
        long = kind is Kind.OPEN and max(map(len, column)) > _LONG
        role = self.role(heading, kind, column)
        kind = _KIND_OF_ROLE.get(role, kind)
        options = options if kind not in (Kind.OPEN, Kind.CITIES) else ()
        text = self.text(_heading(heading))
        self.questions.append(Question(key, kind, text, options=options, long=long, role=role))
        if options and learned and learned.mark:
            self.marks[key] = learned.mark
        return {place: key}


def _heading(text: str) -> str:
    """Return the text of a question without the groups and numbers before it."""
    bare = text.rsplit("/", 1)[-1] if re.fullmatch(r"[\w./-]+", text) else text
    return re.sub(r"^\s*[0-9]{1,3}\s*[.)\-]\s+", "", bare)


def _new_key(text: str, taken: set[str], letter: str) -> str:
    words = fold(text).replace(" ", "_")
    ascii_only = re.sub(r"[^a-z0-9_]", "", words)[:40].strip("_")
    start = ascii_only if ascii_only and not ascii_only[0].isdigit() else f"{letter}_{ascii_only}".strip("_")
    key, number = start, 2
    while key in taken:
        key, number = f"{start}_{number}", number + 1
    taken.add(key)
    return key


def _kind(heading: str, column: Sequence[str], *, codes: bool) -> tuple[Kind, Learned | None]:
    """Guess what a column takes: yes or no, a number, a date, a country, a choice, several, or an open answer."""
    said = [cell for cell in column if cell]
    different = set(said)
    marks = {cells.yes_no(cell) for cell in different}
    if len(different) <= 4 and "" not in marks and (len(different) > 1 or not different & {"0", "1"}):
        return Kind.YES_NO, None
    if _mostly(said, cells.day):
        return Kind.DATE, None
    if all(isinstance(cells.number(cell), Decimal) for cell in different):
        few = len(different) <= 5 and len(said) >= 50 and all(cell.isdigit() for cell in different)
        return (Kind.SINGLE, Learned(tuple(sorted(different)))) if few else (Kind.NUMBER, None)
    if _countries(heading, said):
        return Kind.COUNTRY, None
    learned = (learn_codes(column) if codes else None) or learn(column)
    if learned is None or len(learned.options) < 2 or (not learned.mark and len(learned.options) > _FEW):
        return Kind.OPEN, None
    return (Kind.MULTI if learned.mark else Kind.SINGLE), learned


def _countries(heading: str, said: Sequence[str]) -> bool:
    """Say whether a column holds countries: all of them, or most where it asks for one: the rest are typos."""
    known = sum(len(cell) > 2 and bool(find_country(cell)) for cell in said)
    return known == len(said) or (2 * known > len(said) and bool(_ASKS_COUNTRY.search(fold(heading))))


def _mostly(said: Sequence[str], reads: object) -> bool:
    return bool(said) and sum(bool(reads(cell)) for cell in said) * 20 >= 19 * len(said)  # type: ignore[operator]

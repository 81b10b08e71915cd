"""A form of XLSForm as an instrument, and row by row what could not be taken over as it is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tequio.surveys.formats.xlsform.book import Book, Line, Unusable, read_book
from tequio.surveys.formats.xlsform.choices import Tongue, lists_of, tongue_of
from tequio.surveys.formats.xlsform.conditions import Known, both
from tequio.surveys.formats.xlsform.languages import UNNAMED
from tequio.surveys.formats.xlsform.matrices import matrix_of
from tequio.surveys.formats.xlsform.questions import (
    Reader,
    condition_in,
    key_for,
    question_of,
    tell,
    tell_columns,
)
from tequio.surveys.formats.xlsform.telling import Code, Outcome, Problem
from tequio.surveys.rules.instrument import Condition, Instrument, Question, Section

ORDER = {Outcome.LEFT_OUT: 0, Outcome.SIMPLIFIED: 1, Outcome.KEPT: 2}
SHEETS = {"survey": 0, "choices": 1, "settings": 2}


@dataclass(frozen=True)
class Reading:
    """An instrument, and what of the form is not in it, or not as it was; in the order of the sheets."""

    instrument: Instrument
    problems: tuple[Problem, ...]


@dataclass
class _Open:
    """A group that has begun: its key, its own condition, and whether it was told apart from the one around it."""

    key: str
    title: dict[str, str]
    condition: Condition | None
    line: Line


@dataclass
class _Part:
    """A section being filled."""

    key: str
    title: dict[str, str] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    condition: Condition | None = None
    questions: list[Question] = field(default_factory=list)


def read(content: bytes, *, language: str = UNNAMED, name: str = "") -> Reading:
    """Return what a workbook asks; ``language`` is that of texts that name none, ``name`` of a form without a title.

    Raises ``Unusable``.
    """
    book = read_book(content)
    lines = book.sheets["survey"]
    if "type" not in book.headings["survey"]:
        raise Unusable("no_type_column")
    tongue = tongue_of(book, language)
    reader = Reader(book, tongue, lists_of(book, tongue))
    tell_columns(reader)
    sections, about = _sections(reader, lines)
    title = _title(book, tongue) or {tongue.codes[0]: name or "?"}
    instrument = Instrument(tongue.codes, title, tuple(sections), about)
    return Reading(instrument, tuple(sorted(book.problems, key=lambda p: (SHEETS.get(p.sheet, 3), p.row))))


def _title(book: Book, tongue: Tongue) -> dict[str, str]:
    rows = book.sheets.get("settings") or [Line(1, {})]
    found = {code: rows[0].get(f"tequio_title_{code}") for code in tongue.codes}
    found[tongue.default] = rows[0].get("form_title") or found[tongue.default]
    return {code: text for code, text in found.items() if text}


def _sections(reader: Reader, lines: list[Line]) -> tuple[list[Section], dict[str, str]]:
    parts: list[_Part] = []
    groups: list[_Open] = []
    about: dict[str, str] = {}
    place = 0
    while place < len(lines):
        line = lines[place]
        kind = _kind(line)
        if kind in ("begin_repeat", "begin_group"):
            end = _end_of(reader, lines, place, kind)
            if kind == "begin_repeat":
                _leave_out(reader, lines[place : end + 1])
                place = end + 1
                continue
            found = matrix_of(reader, lines[place : end + 1])
            if found is not None:
                _put(reader, parts, groups, found)
                place = end + 1
                continue
            _begin(reader, parts, groups, line)
        elif kind in ("end_group", "end_repeat"):
            _end(reader, parts, groups, line)
        elif kind == "note" and not groups and line.get("name") == "about.form":
            about = reader.tongue.texts(line, "label")
        elif kind == "note":
            _note(reader, parts, groups, line)
        else:
            place = _ask(reader, parts, groups, lines, place)
        place += 1
    return [_section(part) for part in parts if part.questions], about


def _kind(line: Line) -> str:
    """Return the type of a row as one word, the name of its list not included."""
    words = line.get("type").casefold().split()
    if words[:1] in (["begin"], ["end"]) and len(words) > 1:
        return f"{words[0]}_{words[1]}"
    return words[0] if words else ""


def _end_of(reader: Reader, lines: list[Line], place: int, kind: str) -> int:
    """Return where a group ends; one that never ends goes on to the last row."""
    ending, depth = kind.replace("begin", "end"), 0
    for number in range(place, len(lines)):
        found = _kind(lines[number])
        depth += (found == kind) - (found == ending)
        if depth == 0:
            return number
    tell(reader, Code.UNBALANCED, Outcome.KEPT, lines[place], "type", lines[place].get("type"))
    return len(lines) - 1


def _leave_out(reader: Reader, lines: list[Line]) -> None:
    for line in lines:
        if _kind(line) not in ("end_repeat", "end_group", "begin_group", ""):
            tell(reader, Code.REPEAT, Outcome.LEFT_OUT, line, "type", line.get("name") or line.get("type"))
            reader.gone.add(line.get("name"))


def _begin(reader: Reader, parts: list[_Part], groups: list[_Open], line: Line) -> None:
    """A group inside a group becomes a section of its own, which is asked when both are."""
    key = key_for(reader, line, fallback=f"section_{len(parts) + 1}")
    condition = condition_in(reader, line)
    if groups:
        tell(reader, Code.NESTED, Outcome.SIMPLIFIED, line, "type", key)
        condition = both(groups[-1].condition, condition)
    one = _Open(key, reader.tongue.texts(line, "label"), condition, line)
    groups.append(one)
    parts.append(_Part(key, one.title, condition=condition))


def _end(reader: Reader, parts: list[_Part], groups: list[_Open], line: Line) -> None:
    if not groups or _kind(line) == "end_repeat":
        return tell(reader, Code.UNBALANCED, Outcome.KEPT, line, "type", line.get("type"))
    groups.pop()
    if groups:  # what follows in the group around goes on as a section of its own
        parts.append(_Part(_free(reader, groups[-1].key), condition=groups[-1].condition))
    return None


def _free(reader: Reader, key: str) -> str:
    number = 2
    while f"{key[:55]}_{number}" in reader.keys:
        number += 1
    reader.keys.add(f"{key[:55]}_{number}")
    return f"{key[:55]}_{number}"


def _part(reader: Reader, parts: list[_Part], groups: list[_Open]) -> _Part:
    """Return the section that is being filled; questions outside of groups have one of their own."""
    if not groups and (not parts or parts[-1].key not in reader.loose):
        key = _free(reader, "section")
        reader.loose.add(key)
        parts.append(_Part(key))
    return parts[-1]


def _note(reader: Reader, parts: list[_Part], groups: list[_Open], line: Line) -> None:
    """The first note of a section says what it is about; others belong to no question."""
    part = _part(reader, parts, groups)
    texts = reader.tongue.texts(line, "label")
    reader.gone.add(line.get("name"))
    if part.questions or part.about or line.get("relevant") or not texts:
        return tell(reader, Code.NOTE, Outcome.LEFT_OUT, line, "label", next(iter(texts.values()), ""))
    part.about = texts
    return None


def _ask(reader: Reader, parts: list[_Part], groups: list[_Open], lines: list[Line], place: int) -> int:
    """Take the question of a row, or a grid that begins there; return the last row that belongs to it."""
    run = _grid(lines, place)
    if run > place:
        found = matrix_of(reader, lines[place : run + 1], headed=True)
        if found is not None:
            _put(reader, parts, groups, found)
            return run
    found = question_of(reader, lines[place])
    if found is not None:
        _put(reader, parts, groups, found)
    return place


def _grid(lines: list[Line], place: int) -> int:
    """Return the last row of a grid: a row that only shows the options, and rows without their names."""
    if "label" not in lines[place].get("appearance").split():
        return place
    end = place
    while end + 1 < len(lines) and "list-nolabel" in lines[end + 1].get("appearance").split():
        end += 1
    return end


def _put(reader: Reader, parts: list[_Part], groups: list[_Open], known: Known) -> None:
    question = known.question
    part = _part(reader, parts, groups)
    part.questions.append(question)
    for row in question.rows:
        reader.known[reader.rows.get((question.key, row.key), "")] = Known(question, row.key)
    reader.known.setdefault(question.key, replace(known, row=""))


def _section(part: _Part) -> Section:
    return Section(part.key, part.title, tuple(part.questions), part.about, part.condition)

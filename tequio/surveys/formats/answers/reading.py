"""The rows of a file of answers as what each respondent said, and everything in it that was not understood."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from tequio.people.formats.tables import CELL, tidy
from tequio.people.formats.values import cities_of
from tequio.people.rules.countries import find_country
from tequio.people.rules.places import is_national
from tequio.surveys.formats.answers import values as cells
from tequio.surveys.formats.answers.doubts import (
    AS,
    FIRST,
    KEPT,
    OUT,
    WRONG,
    Decisions,
    Misread,
    Reading,
    Respondent,
    Unasked,
    decision_key,
)
from tequio.surveys.formats.answers.headings import (
    ABOUT,
    BEGAN,
    IDENTITY,
    LANGUAGE,
    SENT,
    SENT_IN_LIMESURVEY,
    TEXT,
    Target,
)
from tequio.surveys.formats.answers.options import Known, best_mark
from tequio.surveys.formats.answers.writing import plain
from tequio.surveys.rules.checking import cleaned
from tequio.surveys.rules.instrument import NATIONAL, NO, YES, Instrument, Kind, Question, Value, Values

_WHOLE = frozenset(
    {"no_number", "no_date", "several"}
)  # about a whole cell, whatever else is decided of its parts


def read_answers(
    *,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    targets: Mapping[int, str],
    instrument: Instrument,
    decisions: Decisions | None = None,
    marks: Mapping[str, str] | None = None,
    number: Callable[[int], int] = lambda place: place + 2,
) -> Reading:
    """Read rows of cells as answers to an instrument; ``targets`` says what the columns are (place -> target).

    ``marks`` tells what parts several answers of a question where it is known; ``number`` how a spreadsheet numbers
    the rows.
    """
    reading = Reading()
    takers = [
        _Taker(
            question, headings, targets, rows, (decisions or {}).get(question.key, {}), marks or {}, reading
        )
        for question in instrument.questions()
    ]
    takers = [taker for taker in takers if taker.used]
    about = {target: place for place, target in targets.items() if target in ABOUT}
    first = cells.day_first(row[about[SENT]] for row in rows[:500]) if SENT in about else True
    unasked = Unasked(instrument, {one.question.key: one.heading for one in takers}, decisions or {})
    seen: set[str] = set()
    beyond = _beyond(len(headings), rows)
    finished = _finished(headings, rows, about.get(SENT))
    for place, row in enumerate(rows):
        if not any(row):
            continue
        reading.read += 1
        at = number(place)
        if place in beyond:
            reading.misread.append(Misread(at, "", beyond[place], "no_heading"))
        if not finished(row):
            reading.misread.append(Misread(at, headings[about[SENT]], "", "unfinished"))
            continue
        values = {taker.question.key: value for taker in takers if not (value := taker.value(at, row)).empty}
        values = dict(unasked.settled(at, values, reading))
        identity = _cell(row, about.get(IDENTITY))[:200]
        if _says_something(values, identity, seen, reading, at, headings, about):
            sent, began = (cells.moment(_cell(row, about.get(one)), first=first) for one in (SENT, BEGAN))
            language = _cell(row, about.get(LANGUAGE))[:10]
            reading.respondents.append(Respondent(at, values, identity, sent, began, language))
    return reading


def _beyond(width: int, rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """Return what stands after the last heading, by place: a text that a mark cut, or once a column of notes."""
    found = {
        place: " · ".join(cells)
        for place, row in enumerate(rows)
        if (cells := [cell.strip() for cell in row[width:] if cell.strip()])
    }
    first = dict(list(found.items())[:1])
    return found if 2 * len(found) < len(rows) else first


def _finished(
    headings: Sequence[str], rows: Sequence[Sequence[str]], sent: int | None
) -> Callable[[Sequence[str]], bool]:
    """Return what tells a row that was sent: LimeSurvey also hands out what people only began, without its day."""
    if (
        sent is None
        or headings[sent].casefold() not in SENT_IN_LIMESURVEY
        or not any(_cell(row, sent) for row in rows)
    ):
        return lambda _row: True
    return lambda row: bool(_cell(row, sent))


def _says_something(
    values: Values,
    identity: str,
    seen: set[str],
    reading: Reading,
    number: int,
    headings: Sequence[str],
    about: Mapping[str, int],
) -> bool:
    if not values:
        reading.misread.append(Misread(number, "", "", "empty_row"))
        return False
    if identity and identity in seen:
        reading.misread.append(Misread(number, headings[about[IDENTITY]], identity, "twice"))
        return False
    seen.add(identity)
    return True


def _cell(row: Sequence[str], place: int | None) -> str:
    return tidy(row[place]) if place is not None and place < len(row) else ""


class _Taker:
    """Reads the columns of one question."""

    def __init__(
        self,
        question: Question,
        headings: Sequence[str],
        targets: Mapping[int, str],
        rows: Sequence[Sequence[str]],
        decided: Mapping[str, str],
        marks: Mapping[str, str],
        reading: Reading,
    ) -> None:
        mine = {place: Target.of(one) for place, one in targets.items() if one not in ABOUT}
        mine = {place: target for place, target in mine.items() if target.question == question.key}
        self.question, self.headings, self.reading = question, headings, reading
        self.whole = next((place for place, target in mine.items() if not target.part), None)
        self.text = next((place for place, target in mine.items() if target.part == TEXT), None)
        self.parts = {place: target.part for place, target in mine.items() if target.part not in ("", TEXT)}
        self.used = bool(mine)
        self.decided = {decision_key(text): choice for text, choice in decided.items()}
        options = {option.key for option in question.options}
        also = {text: choice for text, choice in decided.items() if choice in options}
        self.known = Known(question.options, also=also)
        self.memo: dict[tuple[int, str], tuple[Value, tuple[tuple[str, str], ...]]] = {}
        places = [place for place in (self.whole, *self.parts) if place is not None]
        self.heading = headings[min(places)] if places else question.key
        column = [] if self.whole is None else [tidy(row[self.whole]) for row in rows[:5_000]]
        self.mark = ""
        if question.kind is Kind.MULTI and column:
            self.mark = marks.get(question.key) or best_mark(column, self.known)
        self.first = cells.day_first(column) if question.kind is Kind.DATE else True

    def value(self, number: int, row: Sequence[str]) -> Value:
        """Return what a row says to the question."""
        if self.question.kind is Kind.MATRIX:
            return self._matrix(number, row)
        if not self.parts:
            return self._said(number, row)
        value, problems = self._fitting(self._said(number, row))
        for text, reason in problems:
            self._say(number, min(self.parts), text, reason)
        return value

    def _said(self, number: int, row: Sequence[str]) -> Value:
        value = self._once(number, self.whole, row) if self.whole is not None else Value()
        if self.parts:
            value = self._ticked(number, row, value)
        return self._with_text(value, plain(_cell(row, self.text))) if self.text is not None else value

    def _once(self, number: int, place: int, row: Sequence[str]) -> Value:
        """Understand a text of a column once, however many rows hold it."""
        raw = row[place]
        if not raw:
            return Value()
        if (place, raw) not in self.memo:
            self.memo[place, raw] = self._understood(raw)
        value, problems = self.memo[place, raw]
        for text, reason in problems:
            self._say(number, place, text, reason)
        return value

    def _say(self, number: int, place: int, text: str, reason: str) -> None:
        heading = self.headings[place] or self.heading
        self.reading.say(self.question.key, Misread(number, heading, text[:200], reason))

    def _understood(self, raw: str) -> tuple[Value, tuple[tuple[str, str], ...]]:
        text = plain(unicodedata.normalize("NFC", tidy(raw)))
        if text in cells.BROKEN:
            return Value(), ((text, "broken_cell"),)
        decision = self._decision(text)
        if decision.startswith(AS):
            text = decision[1:]
        value, problems = _READERS[self.question.kind](self, text)
        if decision and any(reason in _WHOLE for _text, reason in problems):
            return (Value() if decision == OUT else value), ()
        value, more = self._fitting(value, text)
        problems = (*problems, *(one for one in more if one[0] not in dict(problems)))
        if len(raw) > CELL:
            problems = (*(one for one in problems if one[1] != "longer"), (text, "too_long"))
        return value, problems

    def _decision(self, text: str) -> str:
        return self.decided.get(decision_key(text), "") if self.decided else ""

    def _fitting(self, value: Value, text: str = "") -> tuple[Value, tuple[tuple[str, str], ...]]:
        """Name what the question does not take as it is, unless somebody decided about it."""
        _kept, wrong = cleaned(self.question, value)
        if wrong not in WRONG:
            return value, ()
        text = text or self._in_words(value)
        decision = self._decision(text)
        if decision == OUT:
            return Value(), ()
        if decision == FIRST:
            return replace(value, chosen=value.chosen[: self.question.at_most]), ()
        return value, (() if decision else ((text, WRONG[wrong]),))

    def _in_words(self, value: Value) -> str:
        """Say what was ticked in columns of their own."""
        texts = {one.key: next(iter(one.text.values()), one.key) for one in self.question.options}
        return "; ".join([*(texts.get(key, key) for key in value.chosen), *filter(None, [value.text])])

    def _ticked(self, number: int, row: Sequence[str], value: Value) -> Value:
        chosen, texts = [*value.chosen], [value.text] if value.text else []
        for place, key in self.parts.items():
            cell = tidy(row[place])
            mark = cells.yes_no(cell) if cell else NO
            if mark == YES or (mark == "" and self.known.find(cell) == key):
                chosen.append(key)
            elif mark == "":
                if self.known.other and self.known.other.key == key:
                    chosen.append(key)
                    texts.append(cell)
                else:
                    self._say(number, place, cell, "no_tick")
        order = self.known.order
        chosen = sorted(dict.fromkeys(chosen), key=lambda key: order.get(key, len(order)))
        return Value(chosen=tuple(chosen), text="; ".join(texts))

    def _with_text(self, value: Value, text: str) -> Value:
        """Put beside the ticks what "other" specified; where no column ticks "other", the text does so."""
        other = self.known.other
        told = self.whole is not None or (other is not None and other.key in self.parts.values())
        if not text or (not told and cells.yes_no(text) == NO):
            return value
        chosen = value.chosen if told or other is None else (*value.chosen, other.key)
        return Value(chosen=tuple(dict.fromkeys(chosen)), text="; ".join(filter(None, (value.text, text))))

    def _matrix(self, number: int, row: Sequence[str]) -> Value:
        chosen = {}
        for place, key in self.parts.items():
            value = self._once(number, place, row)
            if value.chosen:
                chosen[key] = value.chosen[0]
        return Value(rows=chosen)

    @property
    def _unknown(self) -> str:
        """Why a text that is no option stays in doubt: a grid has no place for it."""
        if self.question.kind is Kind.MATRIX:
            return "not_in_grid"
        return "kept_as_other" if self.known.other else "unknown_option"

    # what each kind takes

    def chosen(self, text: str) -> tuple[Value, tuple[tuple[str, str], ...]]:
        named = self.known.named(text, self.mark)
        if self.question.kind is not Kind.MULTI and len(named.keys) > 1:
            return Value(text=text), ((text, "several"),)
        keys, kept, problems = list(named.keys), [], []
        for rest in named.rest:
            decision = self._decision(rest)
            if decision == OUT:
                continue
            if decision in self.known.order:
                keys.append(decision)
                continue
            specified = self.known.specified(rest)
            if self.known.other and self.known.other.key not in keys:
                keys.append(self.known.other.key)
            kept.append(specified)
            if decision != KEPT and specified == rest:
                problems.append((rest, self._unknown))
        return Value(chosen=tuple(keys), text="; ".join(kept)), tuple(problems)

    def said(self, text: str) -> tuple[Value, tuple[tuple[str, str], ...]]:
        return Value(text=text), ()

    def yes_or_no(self, text: str) -> tuple[Value, tuple[tuple[str, str], ...]]:
        found = self.known.find(text) or cells.yes_no(text) or self._decision(text)
        if found in (YES, NO):
            return Value(chosen=(found,)), ()
        return _as_written(text, found, "no_yes_or_no")

    def number(self, text: str) -> tuple[Value, tuple[tuple[str, str], ...]]:
        found = cells.number(text)
        if found is None:
            return Value(text=text), ((text, "no_number"),)
        return Value(number=found), ()

    def date(self, text: str) -> tuple[Value, tuple[tuple[str, str], ...]]:
        found = cells.day(text, first=self.first)
        return (Value(date=found), ()) if found else (Value(text=text), ((text, "no_date"),))

    def country(self, text: str) -> tuple[Value, tuple[tuple[str, str], ...]]:
        found = self.known.find(text) or find_country(text)
        decision = self._decision(text)
        if len(decision) == 2 and decision.isalpha():
            return Value(chosen=(decision,)), ()
        if found:
            return Value(chosen=(found,)), ()
        return _as_written(text, decision, "unknown_country")

    def cities(self, text: str) -> tuple[Value, tuple[tuple[str, str], ...]]:
        parts = [_numbered(part) for part in (_ours(text) or cities_of(text))]
        choices = [(self.decided.get(decision_key(part), KEPT), part) for part in parts]
        recoded = [part if choice == KEPT else choice for choice, part in choices]
        named = [part for part in recoded if part != OUT and not part.isdigit()]
        numbers = [part for part in recoded if part.isdigit()]
        written = dict.fromkeys(part[:200] for part in named if not is_national(part) and part != NATIONAL)
        national = [NATIONAL] if any(is_national(part) or part == NATIONAL for part in named) else []
        return Value(chosen=(*national, *dict.fromkeys(numbers)), text="\n".join(written)), ()


def _ours(text: str) -> list[str]:
    """Return the cities of a cell that gives their numbers: "Cali [3687925]; Aldea"."""
    return [part.strip() for part in text.split(";") if part.strip()] if re.search(r"\[\d+\]", text) else []


def _numbered(part: str) -> str:
    found = re.search(r"\[(\d{1,12})\]$", part)
    return found[1] if found else part


def _as_written(text: str, decision: str, reason: str) -> tuple[Value, tuple[tuple[str, str], ...]]:
    """Keep a text that fits no option beside the ticks, unless it was decided to leave it out."""
    if decision == OUT:
        return Value(), ()
    return Value(text=text), (() if decision == KEPT else ((text, reason),))


_READERS = {
    Kind.SINGLE: _Taker.chosen,
    Kind.MULTI: _Taker.chosen,
    Kind.MATRIX: _Taker.chosen,
    Kind.YES_NO: _Taker.yes_or_no,
    Kind.OPEN: _Taker.said,
    Kind.NUMBER: _Taker.number,
    Kind.DATE: _Taker.date,
    Kind.COUNTRY: _Taker.country,
    Kind.CITIES: _Taker.cities,
}

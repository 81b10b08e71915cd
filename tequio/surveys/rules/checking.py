"""Whether an instrument can be asked, and whether what somebody said answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tequio.surveys.rules.conditions import UNSAID, asked
from tequio.surveys.rules.faults import Code, Fault, can_choose, faults, operators
from tequio.surveys.rules.instrument import Instrument, Kind, Option, Question, Value, Values

__all__ = ["Code", "Fault", "Wrong", "checked", "cleaned", "faults", "operators"]

SHORT, LONG = 500, 20_000  # letters of an open answer
MOST_CITIES = 200
LARGEST = Decimal(10) ** 14  # what a number's column holds, with six decimals


class Wrong(StrEnum):
    """What is wrong with an answer; pages say it in a sentence beside the question."""

    MISSING = "MISSING"
    UNKNOWN_QUESTION = "UNKNOWN_QUESTION"
    UNKNOWN_OPTION = "UNKNOWN_OPTION"
    TOO_MANY = "TOO_MANY"
    ALONE = "ALONE"
    TOO_LONG = "TOO_LONG"
    NO_NUMBER = "NO_NUMBER"
    TOO_LOW = "TOO_LOW"
    TOO_HIGH = "TOO_HIGH"
    NO_DATE = "NO_DATE"
    NO_EMAIL = "NO_EMAIL"


def checked(
    instrument: Instrument, values: Values, *, whole: bool = True
) -> tuple[Values, Mapping[str, Wrong]]:
    """Return what was said as it is kept, and what is wrong with it, by the key of its question.

    Answers to questions that are not asked are left out, and what a question does not take; options come in the order
    of the instrument, each once. ``whole=False`` is for answers still being given: nothing is missing yet.
    """
    questions = {question.key: question for question in instrument.questions()}
    wrong = {key: Wrong.UNKNOWN_QUESTION for key in values if key not in questions}
    first = {key: cleaned(questions[key], values[key]) for key in values if key in questions}
    kept: dict[str, Value] = {}
    for question in asked(instrument, {key: value for key, (value, _) in first.items()}):
        value, fault = first.get(question.key, (UNSAID, None))
        if fault is None and whole and question.required and missing(question, value):
            fault = Wrong.MISSING
        if fault is not None:
            wrong[question.key] = fault
        if not value.empty:
            kept[question.key] = value
    return kept, wrong


def cleaned(question: Question, value: Value) -> tuple[Value, Wrong | None]:
    """Return an answer as its question takes it, whether or not it is asked, and what is wrong with it."""
    return _CLEANERS[question.kind](question, value)


def missing(question: Question, value: Value) -> bool:
    """Say whether a question is not answered in full."""
    if question.kind is Kind.MATRIX:
        return any(row.key not in value.rows for row in question.rows)
    return value.empty


def _chosen(question: Question, value: Value) -> tuple[Value, Wrong | None]:
    keys = _in_order(value.chosen, question.options)
    kept = Value(chosen=keys, text=_specified(question.options, keys, value.text))
    if any(not can_choose(question, key) for key in keys):
        return kept, Wrong.UNKNOWN_OPTION
    if len(keys) > _most(question):
        return kept, Wrong.TOO_MANY
    if len(keys) > 1 and any(option.alone for option in question.options if option.key in keys):
        return kept, Wrong.ALONE
    return kept, Wrong.TOO_LONG if len(kept.text) > SHORT else None


def _most(question: Question) -> int:
    if question.kind is not Kind.MULTI:
        return 1
    return question.at_most if question.at_most is not None else max(len(question.options), 1)


def _in_order(chosen: Sequence[str], options: Sequence[Option]) -> tuple[str, ...]:
    places = {option.key: place for place, option in enumerate(options)}
    return tuple(sorted(dict.fromkeys(chosen), key=lambda key: places.get(key, len(places))))


def _specified(options: Sequence[Option], chosen: Sequence[str], text: str) -> str:
    """What "other" specifies goes only with the option that asks for it."""
    asks = any(option.other for option in options if option.key in chosen)
    return _text(text) if asks else ""


def _text(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").strip()


def _open(question: Question, value: Value) -> tuple[Value, Wrong | None]:
    kept = Value(text=_text(value.text))
    if len(kept.text) > (LONG if question.long else SHORT):
        return kept, Wrong.TOO_LONG
    if question.role == "EMAIL" and kept.text and not _looks_like_email(kept.text):
        return kept, Wrong.NO_EMAIL
    return kept, None


def _looks_like_email(text: str) -> bool:
    name, at, host = text.rpartition("@")
    return (
        bool(name and at) and "." in host.strip(".") and len(text) <= 254 and not any(map(str.isspace, text))
    )


def _number(question: Question, value: Value) -> tuple[Value, Wrong | None]:
    number = value.number
    if number is None:
        return (
            (Value(text=_text(value.text)[:SHORT]), Wrong.NO_NUMBER) if _text(value.text) else (UNSAID, None)
        )
    if not number.is_finite() or abs(number) >= LARGEST or round(number, 6) != number:
        return UNSAID, Wrong.NO_NUMBER
    if question.lowest is not None and number < question.lowest:
        return Value(number=number), Wrong.TOO_LOW
    if question.highest is not None and number > question.highest:
        return Value(number=number), Wrong.TOO_HIGH
    return Value(number=number), None


def _date(question: Question, value: Value) -> tuple[Value, Wrong | None]:
    said = value.date.strip()
    if not said:
        return UNSAID, None
    try:
        return Value(date=date.fromisoformat(said).isoformat()), None
    except ValueError:
        return Value(text=said[:SHORT]), Wrong.NO_DATE


def _cities(question: Question, value: Value) -> tuple[Value, Wrong | None]:
    lines = dict.fromkeys(line for line in map(str.strip, _text(value.text).split("\n")) if line)
    kept = Value(chosen=tuple(dict.fromkeys(value.chosen)), text="\n".join(lines))
    if any(not can_choose(question, key) for key in kept.chosen):
        return kept, Wrong.UNKNOWN_OPTION
    if len(kept.chosen) + len(lines) > MOST_CITIES:
        return kept, Wrong.TOO_MANY
    return kept, Wrong.TOO_LONG if any(len(line) > SHORT for line in lines) else None


def _matrix(question: Question, value: Value) -> tuple[Value, Wrong | None]:
    rows = {row.key: value.rows[row.key] for row in question.rows if value.rows.get(row.key)}
    strange = {row for row, option in value.rows.items() if option} - rows.keys()
    known = {option.key for option in question.options}
    if strange or not known.issuperset(rows.values()):
        return Value(rows=rows), Wrong.UNKNOWN_OPTION
    text = _specified(question.options, tuple(rows.values()), value.text)
    return replace(Value(rows=rows), text=text), Wrong.TOO_LONG if len(text) > SHORT else None


_CLEANERS: Mapping[Kind, Callable[[Question, Value], tuple[Value, Wrong | None]]] = {
    Kind.SINGLE: _chosen,
    Kind.MULTI: _chosen,
    Kind.YES_NO: _chosen,
    Kind.COUNTRY: _chosen,
    Kind.OPEN: _open,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.CITIES: _cities,
    Kind.MATRIX: _matrix,
}

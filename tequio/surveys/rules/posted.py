"""The fields of a form for answering: what they are called, and answers out of what was posted and back.

Nothing typed is lost: a number that is none stays as ``Value.text``, a date that is none as ``Value.date``, for
``checking.checked`` to name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from tequio.surveys.rules.instrument import NATIONAL, NO, YES, Instrument, Kind, Question, Value, Values

Posted = Mapping[str, list[str]]
_NUMBER = re.compile(r"[+-]?\d{1,14}(?:[.,]\d{1,6})?")
_COUNTRY = re.compile(r"[A-Z]{2}")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def name_of(question: Question) -> str:
    """Return the name of the field of a question."""
    return f"q:{question.key}"


def which_of(question: Question) -> str:
    """Return the name of the field that asks which other."""
    return f"q:{question.key}:which"


def row_of(question: Question, row: str) -> str:
    """Return the name of the field of one row of a matrix."""
    return f"q:{question.key}:row:{row}"


def national_of(question: Question) -> str:
    """Return the name of the field that says "in the whole country"."""
    return f"q:{question.key}:{NATIONAL}"


def read(instrument: Instrument, posted: Posted) -> Values:
    """Return what was said to each question; questions to which nothing was said are left out."""
    values = {question.key: _read(question, posted) for question in instrument.questions()}
    return {key: value for key, value in values.items() if not value.empty}


def written(instrument: Instrument, values: Values) -> Posted:
    """Return the fields that ``read`` reads as these answers."""
    posted: dict[str, list[str]] = {}
    for question in instrument.questions():
        if value := values.get(question.key):
            posted |= _written(question, value)
    return {name: texts for name, texts in posted.items() if texts}


def _read(question: Question, posted: Posted) -> Value:
    texts = [_plain(text) for text in posted.get(name_of(question), ())]
    first = next((text for text in texts if text), "")
    if question.kind is Kind.OPEN:
        return Value(text=first)
    if question.kind is Kind.NUMBER:
        return _number(first)
    if question.kind is Kind.DATE:
        return _date(first)
    if question.kind is Kind.CITIES:
        return _cities(texts, national=bool(posted.get(national_of(question))))
    if question.kind is Kind.MATRIX:
        return _matrix(question, posted)
    return _choice(question, texts, _which(question, posted))


def _which(question: Question, posted: Posted) -> str:
    return _plain(next(iter(posted.get(which_of(question), ())), ""))


def _other(question: Question) -> str | None:
    return next((option.key for option in question.options if option.other), None)


def _plain(text: str) -> str:
    """Return a text without marks that PostgreSQL cannot hold, its lines as they are stored."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _number(typed: str) -> Value:
    if _NUMBER.fullmatch(typed.replace(" ", "")):
        return Value(number=Decimal(typed.replace(" ", "").replace(",", ".")))
    return Value(text=typed)


def _date(typed: str) -> Value:
    try:
        return Value(date=date.fromisoformat(typed).isoformat())
    except ValueError:
        return Value(date=typed)


def _cities(texts: Iterable[str], *, national: bool) -> Value:
    lines = [" ".join(line.split()) for text in texts for line in text.split("\n")]
    lines = list(dict.fromkeys(line for line in lines if line))
    known = [line for line in lines if _is_id(line)]
    unknown = [line for line in lines if not _is_id(line)]
    return Value(chosen=((NATIONAL,) if national else ()) + tuple(known), text="\n".join(unknown))


def _is_id(line: str) -> bool:
    return line.isascii() and line.isdigit() and len(line) <= 18 and not line.startswith("0")


def _matrix(question: Question, posted: Posted) -> Value:
    keys = {option.key for option in question.options}
    said = {row.key: next(iter(posted.get(row_of(question, row.key), ())), "") for row in question.rows}
    rows = {row: option for row, option in said.items() if option in keys}
    return Value(rows=rows, text=_which(question, posted) if _other(question) in rows.values() else "")


def _choice(question: Question, ticked: list[str], which: str) -> Value:
    several = question.kind is Kind.MULTI
    chosen = [key for key in _keys(question, ticked) if key in ticked]
    if not several:
        chosen = chosen[:1]
    other = _other(question)
    if which and other and other not in chosen and (several or not chosen):
        chosen = [key for key in _keys(question, ticked) if key in (*chosen, other)]
    return Value(chosen=tuple(chosen), text=which if other in chosen else "")


def _keys(question: Question, ticked: list[str]) -> list[str]:
    """Return what can be chosen, in order; a question of countries without options takes any."""
    if question.kind is Kind.YES_NO:
        return [YES, NO]
    if question.kind is Kind.COUNTRY and not question.options:
        return [text for text in ticked if _COUNTRY.fullmatch(text)]
    return [option.key for option in question.options]


def _written(question: Question, value: Value) -> dict[str, list[str]]:
    if question.kind is Kind.MATRIX:
        fields = {row_of(question, row): [option] for row, option in value.rows.items()}
        return {**fields, which_of(question): [value.text] if value.text else []}
    if question.kind is Kind.CITIES:
        known = [key for key in value.chosen if key != NATIONAL]
        lines = [*known, *value.text.split("\n")] if value.text else known
        return {name_of(question): lines, national_of(question): [YES] if NATIONAL in value.chosen else []}
    if question.kind in (Kind.OPEN, Kind.NUMBER, Kind.DATE):
        typed = value.date or value.text or ("" if value.number is None else f"{value.number:f}")
        return {name_of(question): [typed] if typed else []}
    return {name_of(question): list(value.chosen), which_of(question): [value.text] if value.text else []}

"""Answers to an instrument as columns that can be counted, whichever version they answered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from tequio.people.rules.countries import country_name
from tequio.surveys.rules.columns import Category, Column, Sheet
from tequio.surveys.rules.conditions import asked
from tequio.surveys.rules.instrument import (
    CHOOSING,
    NATIONAL,
    NO,
    YES,
    Instrument,
    Kind,
    Option,
    Question,
    Section,
    Texts,
    Values,
)

YES_AND_NO = (
    Category(YES, {"en": "Yes", "es": "Sí", "pt-br": "Sim"}),
    Category(NO, {"en": "No", "es": "No", "pt-br": "Não"}),
)
NATIONWIDE: Texts = {"en": "In the whole country", "es": "En todo el país", "pt-br": "No país inteiro"}


@dataclass(frozen=True)
class Places:
    """What the table of cities says of those that were answered: a category a number, its group the country."""

    cities: Mapping[str, Category] = field(default_factory=dict)


def sheet_of(
    instrument: Instrument,
    replies: Sequence[Values],
    *,
    places: Places | None = None,
    weights: Sequence[Decimal] | None = None,
    known: Mapping[str, Collection[str]] | None = None,
) -> Sheet:
    """Return a column for each question that can be counted; a matrix gives one for each of its rows.

    ``known`` are options that answers chose, by question, where these replies are only a part of all.
    """
    shown = _shown(instrument, replies)
    columns: list[Column] = []
    for question in instrument.questions():
        if question.kind in CHOOSING:
            gate = None if shown is None else [question.key in keys for keys in shown]
            said = None if known is None else known.get(question.key, ())
            columns += _columns(question, replies, gate, places or Places(), said)
    return Sheet(len(replies), tuple(columns), weights)


def _shown(instrument: Instrument, replies: Sequence[Values]) -> list[frozenset[str]] | None:
    """The keys of the questions that each respondent was asked; None where everybody is asked everything."""
    conditional = any(section.condition for section in instrument.sections) or any(
        question.condition for question in instrument.questions()
    )
    if not conditional:
        return None
    return [frozenset(question.key for question in asked(instrument, values)) for values in replies]


def _columns(
    question: Question,
    replies: Sequence[Values],
    gate: Sequence[bool] | None,
    places: Places,
    chosen: Collection[str] | None,
) -> Iterator[Column]:
    if question.kind is Kind.MATRIX:
        for row in question.rows:
            said = [_row(values, question.key, row.key) for values in replies]
            text = {tongue: f"{question.text.get(tongue, '')}: {word}" for tongue, word in row.text.items()}
            yield _column(f"{question.key}/{row.key}", text, question, _categories(question), said, gate)
        return
    said = [values[question.key].chosen if question.key in values else () for values in replies]
    known = _categories(question)
    found = known + _unknown(known, said if chosen is None else [tuple(chosen)], question.kind, places)
    yield _column(question.key, question.text, question, found, said, gate)


def _row(values: Values, question: str, row: str) -> tuple[str, ...]:
    value = values.get(question)
    chosen = value.rows.get(row) if value else None
    return (chosen,) if chosen else ()


def _column(
    key: str,
    text: Texts,
    question: Question,
    categories: list[Category],
    said: Sequence[tuple[str, ...]],
    gate: Sequence[bool] | None,
) -> Column:
    """What was said to a question that was not asked is kept with the answer, and counts nowhere."""
    places = {category.key: at for at, category in enumerate(categories)}
    ticks = [
        tuple(sorted({places[one] for one in chosen if one in places})) if gate is None or gate[at] else ()
        for at, chosen in enumerate(said)
    ]
    several = question.kind in (Kind.MULTI, Kind.CITIES)
    whole = None if gate is None or all(gate) else tuple(gate)
    return Column(key, text, tuple(categories), ticks, several, question.base, whole)


def _categories(question: Question) -> list[Category]:
    if question.kind is Kind.YES_NO:
        return list(YES_AND_NO)
    if question.kind is Kind.CITIES:
        return []
    return [Category(option.key, option.text, option.group) for option in question.options]


def _unknown(
    known: Sequence[Category], said: Iterable[tuple[str, ...]], kind: Kind, places: Places
) -> list[Category]:
    """Categories that only answers know: cities, countries, and options that an earlier version had."""
    have = {category.key for category in known}
    found = sorted({one for chosen in said for one in chosen} - have)
    if kind is Kind.CITIES:
        found.sort(key=lambda key: key == NATIONAL)
        return [_city(key, places) for key in found]
    if kind is Kind.COUNTRY:
        return [Category(key, _country(key)) for key in found]
    return [Category(key, {}) for key in found]


def _city(key: str, places: Places) -> Category:
    if key == NATIONAL:
        return Category(NATIONAL, NATIONWIDE)
    return places.cities.get(key) or Category(key, {})


def _country(code: str) -> Texts:
    return {tongue: country_name(code, written) for tongue, written in _TONGUES}


_TONGUES = (("en", "en"), ("es", "es"), ("pt-br", "pt"))


def merged(versions: Sequence[Instrument]) -> Instrument:
    """Return one instrument over all versions, the newest first: its questions and options, then what it dropped.

    A question is the same while its key and kind are: an answer to an earlier version counts under it.
    """
    newest, *older = versions
    for instrument in older:
        newest = _with(newest, instrument)
    return newest


def _with(newest: Instrument, older: Instrument) -> Instrument:
    olds = {question.key: question for question in older.questions()}
    sections = [
        replace(section, questions=tuple(_joined(one, olds.get(one.key)) for one in section.questions))
        for section in newest.sections
    ]
    have = {question.key for question in newest.questions()}
    for section in older.sections:
        gone = tuple(question for question in section.questions if question.key not in have)
        if gone:
            sections.append(Section(f"{section.key}~", section.title, gone, section.about, section.condition))
    return replace(newest, sections=tuple(sections))


def _joined(question: Question, old: Question | None) -> Question:
    if old is None or old.kind is not question.kind:
        return question
    return replace(
        question,
        options=_more(question.options, old.options),
        rows=_more(question.rows, old.rows),
    )


def _more(options: tuple[Option, ...], old: tuple[Option, ...]) -> tuple[Option, ...]:
    have = {option.key for option in options}
    return options + tuple(option for option in old if option.key not in have)

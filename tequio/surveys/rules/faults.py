"""What keeps an instrument from being asked, and what is still missing from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tequio.surveys.rules.conditions import number_of
from tequio.surveys.rules.instrument import (
    CHOOSING,
    NATIONAL,
    NO,
    ROLES,
    WITH_OPTIONS,
    YES,
    Clause,
    Condition,
    Instrument,
    Kind,
    Operator,
    Option,
    Question,
    Section,
    Texts,
)

QUESTION_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,59}\Z")
OPTION_KEY = re.compile(r"[\w.-]{1,60}\Z")
ISO_COUNTRY = re.compile(r"[A-Z]{2}\Z")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?\Z")
GEONAME = re.compile(r"[0-9]{1,12}\Z")
LONGEST_TEXT = 5_000
MOST_QUESTIONS, MOST_OPTIONS, MOST_ROWS, MOST_LANGUAGES = 300, 500, 60, 12

FEWEST = {Kind.SINGLE: 2, Kind.MATRIX: 2, Kind.MULTI: 1}

ROLE_KINDS = {
    "ORGANIZATION": (Kind.OPEN,),
    "EMAIL": (Kind.OPEN,),
    "COUNTRY": (Kind.COUNTRY, Kind.SINGLE),
    "CITIES": (Kind.CITIES,),
    "KIND": (Kind.SINGLE,),
    "POPULATIONS": (Kind.MULTI,),
    "THEMES": (Kind.MULTI,),
    "PILLAR": (Kind.SINGLE,),
    "IN_NETWORK": (Kind.YES_NO,),
    "LED_NETWORK": (Kind.YES_NO,),
    "JOINS": (Kind.YES_NO,),
    "NEEDS": (Kind.MULTI,),
    "OFFERS": (Kind.MULTI,),
    "CHALLENGES": (Kind.MULTI,),
    "PUBLISH": (Kind.YES_NO,),
}


class Code(StrEnum):
    """What is wrong; pages say it in a sentence."""

    NO_LANGUAGE = "NO_LANGUAGE"
    BAD_LANGUAGE = "BAD_LANGUAGE"
    LANGUAGE_TWICE = "LANGUAGE_TWICE"
    NO_QUESTION = "NO_QUESTION"
    BAD_KEY = "BAD_KEY"
    KEY_TWICE = "KEY_TWICE"
    NO_TEXT = "NO_TEXT"
    NOT_TRANSLATED = "NOT_TRANSLATED"
    TEXT_TOO_LONG = "TEXT_TOO_LONG"
    TOO_MANY = "TOO_MANY"
    TOO_FEW_OPTIONS = "TOO_FEW_OPTIONS"
    NO_ROWS = "NO_ROWS"
    TAKES_NO_OPTIONS = "TAKES_NO_OPTIONS"
    NO_COUNTRY = "NO_COUNTRY"
    OTHER_TWICE = "OTHER_TWICE"
    AT_MOST = "AT_MOST"
    BOUNDS = "BOUNDS"
    UNKNOWN_ROLE = "UNKNOWN_ROLE"
    ROLE_TWICE = "ROLE_TWICE"
    ROLE_KIND = "ROLE_KIND"
    CONDITION_EMPTY = "CONDITION_EMPTY"
    CONDITION_QUESTION = "CONDITION_QUESTION"
    CONDITION_FORWARD = "CONDITION_FORWARD"
    CONDITION_OPTION = "CONDITION_OPTION"
    CONDITION_OPERATOR = "CONDITION_OPERATOR"
    CONDITION_NUMBER = "CONDITION_NUMBER"


@dataclass(frozen=True)
class Fault:
    """One thing to mend: what, and where; ``about`` names the other thing it collides with or misses."""

    code: Code
    section: str = ""
    question: str = ""
    option: str = ""
    language: str = ""
    about: str = ""

    @property
    def blocks(self) -> bool:
        """Say whether nobody can be asked before it is mended; a missing translation falls back to the first language."""
        return self.code is not Code.NOT_TRANSLATED

    @property
    def where(self) -> str:
        """The path to it: section, question, option."""
        return "/".join(part for part in (self.section, self.question, self.option) if part)


@dataclass(frozen=True)
class _Place:
    section: str = ""
    question: str = ""
    option: str = ""

    def fault(self, code: Code, *, language: str = "", about: str = "") -> Fault:
        return Fault(code, self.section, self.question, self.option, language, about)


def faults(instrument: Instrument) -> tuple[Fault, ...]:
    """Return everything that is wrong with an instrument or missing from it, in the order in which it is asked."""
    return (
        *_languages(instrument.languages),
        *_texts(_Place(), instrument.title, instrument.languages),
        *_optional(_Place(), instrument.about, instrument.languages),
        *_size(instrument),
        *_keys(instrument),
        *_sections(instrument),
        *_roles(instrument),
    )


def _languages(languages: Sequence[str]) -> Iterator[Fault]:
    if not languages:
        yield Fault(Code.NO_LANGUAGE)
    if len(languages) > MOST_LANGUAGES:
        yield Fault(Code.TOO_MANY, about="languages")
    for language in languages:
        if not LANGUAGE.match(language):
            yield Fault(Code.BAD_LANGUAGE, language=language)
    for language in _twice(languages):
        yield Fault(Code.LANGUAGE_TWICE, language=language)


def _size(instrument: Instrument) -> Iterator[Fault]:
    count = sum(1 for _ in instrument.questions())
    if not count:
        yield Fault(Code.NO_QUESTION)
    if count > MOST_QUESTIONS:
        yield Fault(Code.TOO_MANY, about="questions")


def _keys(instrument: Instrument) -> Iterator[Fault]:
    """Sections and questions share one space of names, as groups and questions of a form do."""
    named = [_Place(section.key) for section in instrument.sections]
    named += [_Place(s.key, question.key) for s in instrument.sections for question in s.questions]
    seen: set[str] = set()
    for place in named:
        key = place.question or place.section
        if not QUESTION_KEY.match(key):
            yield place.fault(Code.BAD_KEY, about=key[:80])
        if key in seen:
            yield place.fault(Code.KEY_TWICE, about=key)
        seen.add(key)


def _sections(instrument: Instrument) -> Iterator[Fault]:
    before: dict[str, Question] = {}
    every = {question.key: question for question in instrument.questions()}
    for section in instrument.sections:
        yield from _section(section, instrument.languages)
        yield from _condition(_Place(section.key), section.condition, before, every)
        for question in section.questions:
            place = _Place(section.key, question.key)
            yield from _question(place, question, instrument.languages)
            yield from _condition(place, question.condition, before, every)
            before[question.key] = question


def _section(section: Section, languages: Sequence[str]) -> Iterator[Fault]:
    place = _Place(section.key)
    yield from _optional(place, section.title, languages)
    yield from _optional(place, section.about, languages)


def _question(place: _Place, question: Question, languages: Sequence[str]) -> Iterator[Fault]:
    yield from _texts(place, question.text, languages)
    yield from _optional(place, question.hint, languages)
    yield from _choices(place, question)
    for option in (*question.options, *question.rows):
        here = _Place(place.section, place.question, option.key)
        yield from _texts(here, option.text, languages)
    yield from _limits(place, question)


def _choices(place: _Place, question: Question) -> Iterator[Fault]:
    yield from _listed(place, question.options, MOST_OPTIONS)
    yield from _listed(place, question.rows, MOST_ROWS)
    if question.options and question.kind not in WITH_OPTIONS:
        yield place.fault(Code.TAKES_NO_OPTIONS)
    if question.rows and question.kind is not Kind.MATRIX:
        yield place.fault(Code.TAKES_NO_OPTIONS)
    if question.kind is Kind.MATRIX and not question.rows:
        yield place.fault(Code.NO_ROWS)
    if len(question.options) < FEWEST.get(question.kind, 0):
        yield place.fault(Code.TOO_FEW_OPTIONS)
    if question.kind is Kind.COUNTRY:
        yield from _countries(place, question.options)
    if sum(option.other for option in question.options) > 1:
        yield place.fault(Code.OTHER_TWICE)


def _listed(place: _Place, options: Sequence[Option], most: int) -> Iterator[Fault]:
    if len(options) > most:
        yield place.fault(Code.TOO_MANY, about="options")
    for option in options:
        if not OPTION_KEY.match(option.key):
            yield place.fault(Code.BAD_KEY, about=option.key[:80])
    for key in _twice(option.key for option in options):
        yield place.fault(Code.KEY_TWICE, about=key)


def _countries(place: _Place, options: Sequence[Option]) -> Iterator[Fault]:
    for option in options:
        if not option.other and not ISO_COUNTRY.match(option.key):
            yield place.fault(Code.NO_COUNTRY, about=option.key)


def _limits(place: _Place, question: Question) -> Iterator[Fault]:
    if question.at_most is not None and not (
        question.kind is Kind.MULTI and 1 <= question.at_most <= max(len(question.options), 1)
    ):
        yield place.fault(Code.AT_MOST, about=str(question.at_most))
    low, high = question.lowest, question.highest
    bounded = low is not None or high is not None
    if (bounded and question.kind is not Kind.NUMBER) or (None not in (low, high) and low > high):  # type: ignore[operator]
        yield place.fault(Code.BOUNDS, about=f"{low}..{high}")


def _roles(instrument: Instrument) -> Iterator[Fault]:
    seen: set[str] = set()
    for section in instrument.sections:
        for question in section.questions:
            if question.role:
                yield from _role(_Place(section.key, question.key), question, seen)
                seen.add(question.role)


def _role(place: _Place, question: Question, seen: set[str]) -> Iterator[Fault]:
    if question.role not in ROLES:
        yield place.fault(Code.UNKNOWN_ROLE, about=question.role)
    elif question.kind not in ROLE_KINDS[question.role]:
        yield place.fault(Code.ROLE_KIND, about=question.role)
    elif question.role in seen:
        yield place.fault(Code.ROLE_TWICE, about=question.role)


def _condition(
    place: _Place, condition: Condition | None, before: dict[str, Question], every: dict[str, Question]
) -> Iterator[Fault]:
    """What looks forward would go in circles; so nothing does."""
    if condition is None:
        return
    if not list(condition.comparisons()):
        yield place.fault(Code.CONDITION_EMPTY)
    for clause in condition.comparisons():
        if clause.question not in every:
            yield place.fault(Code.CONDITION_QUESTION, about=clause.question)
        elif clause.question not in before:
            yield place.fault(Code.CONDITION_FORWARD, about=clause.question)
        else:
            yield from _clause(place, clause, before[clause.question])


def _clause(place: _Place, clause: Clause, question: Question) -> Iterator[Fault]:
    if clause.operator not in operators(question):
        yield place.fault(Code.CONDITION_OPERATOR, about=question.key)
    elif clause.operator in (Operator.AT_LEAST, Operator.AT_MOST):
        if number_of(clause.value) is None:
            yield place.fault(Code.CONDITION_NUMBER, about=clause.value)
    elif clause.operator is not Operator.ANSWERED and not can_choose(question, clause.value):
        yield place.fault(Code.CONDITION_OPTION, about=clause.value)


def operators(question: Question) -> tuple[Operator, ...]:
    """Return what a condition can ask of the answer to a question."""
    if question.kind is Kind.NUMBER:
        return (Operator.AT_LEAST, Operator.AT_MOST, Operator.ANSWERED)
    if question.kind not in CHOOSING:
        return (Operator.ANSWERED,)
    if question.kind in (Kind.MULTI, Kind.CITIES):
        return tuple(Operator)
    return (Operator.IS, Operator.IS_NOT, Operator.ANSWERED)


def can_choose(question: Question, key: str) -> bool:
    """Say whether this option can be chosen there; of a matrix it is written ``row/option``."""
    if question.kind is Kind.MATRIX:
        row, slash, option = key.partition("/")
        return bool(slash) and row in _keys_of(question.rows) and option in _keys_of(question.options)
    if question.kind is Kind.YES_NO:
        return key in (YES, NO)
    if question.kind is Kind.CITIES:
        return key == NATIONAL or bool(GEONAME.match(key))
    if question.kind is Kind.COUNTRY and not question.options:
        return bool(ISO_COUNTRY.match(key))
    return key in _keys_of(question.options)


def _keys_of(options: Sequence[Option]) -> set[str]:
    return {option.key for option in options}


def _texts(place: _Place, texts: Texts, languages: Sequence[str]) -> Iterator[Fault]:
    """A text is there in the first language; in the others its absence is only said."""
    for language in languages[:1]:
        if not texts.get(language, "").strip():
            yield place.fault(Code.NO_TEXT, language=language)
    yield from _optional(place, texts, languages[1:] if texts.get(next(iter(languages), "")) else ())
    yield from _long(place, {language: texts.get(language, "") for language in languages[:1]})


def _optional(place: _Place, texts: Texts, languages: Sequence[str]) -> Iterator[Fault]:
    """A text that may be absent altogether; where it is in one language, the others miss it."""
    if any(text.strip() for text in texts.values()):
        for language in languages:
            if not texts.get(language, "").strip():
                yield place.fault(Code.NOT_TRANSLATED, language=language)
    yield from _long(place, {language: texts.get(language, "") for language in languages})


def _long(place: _Place, texts: Texts) -> Iterator[Fault]:
    for language, text in texts.items():
        if len(text) > LONGEST_TEXT:
            yield place.fault(Code.TEXT_TOO_LONG, language=language)


def _twice(keys: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    again: dict[str, None] = {}
    for key in keys:
        if key in seen:
            again[key] = None
        seen.add(key)
    return list(again)

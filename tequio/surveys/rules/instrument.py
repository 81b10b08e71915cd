"""An instrument: sections of questions, with conditions and a text per language. Source: SUR-02."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

Texts = Mapping[str, str]


class Kind(StrEnum):
    """What a question takes."""

    SINGLE = "SINGLE"
    MULTI = "MULTI"
    YES_NO = "YES_NO"
    OPEN = "OPEN"
    NUMBER = "NUMBER"
    DATE = "DATE"
    COUNTRY = "COUNTRY"
    CITIES = "CITIES"
    MATRIX = "MATRIX"


CHOOSING = (Kind.SINGLE, Kind.MULTI, Kind.YES_NO, Kind.COUNTRY, Kind.CITIES, Kind.MATRIX)
WITH_OPTIONS = (Kind.SINGLE, Kind.MULTI, Kind.COUNTRY, Kind.MATRIX)
YES, NO = "yes", "no"
OTHER = "other"  # the key of the option that asks which, when an instrument does not name another
NATIONAL = "national"  # a question of cities: "we work in the whole country"


class Base(StrEnum):
    """Of what a published percentage is a share; every table prints it. Source: SUR-09, SUR-13."""

    RESPONDENTS = "RESPONDENTS"
    ANSWERING = "ANSWERING"
    MENTIONS = "MENTIONS"


class Operator(StrEnum):
    """What one clause of a condition asks of another question's answer."""

    IS = "IS"
    IS_NOT = "IS_NOT"
    ANSWERED = "ANSWERED"
    AT_LEAST = "AT_LEAST"
    AT_MOST = "AT_MOST"


@dataclass(frozen=True)
class Clause:
    """One comparison. ``value`` is the key of an option (IS: it is among those chosen) or a number in digits."""

    question: str
    operator: Operator
    value: str = ""


@dataclass(frozen=True)
class Condition:
    """When something is asked: all of its clauses hold, or, with ``any_of``, at least one.

    A clause may be a condition of its own: "this, and one of those".
    """

    clauses: tuple[Clause | Condition, ...]
    any_of: bool = False

    def comparisons(self) -> Iterator[Clause]:
        """Yield every comparison, however deep it lies."""
        for one in self.clauses:
            if isinstance(one, Condition):
                yield from one.comparisons()
            else:
                yield one

    @property
    def nested(self) -> bool:
        """Say whether it mixes "and" and "or"."""
        return any(isinstance(one, Condition) for one in self.clauses)


@dataclass(frozen=True)
class Option:
    """One thing to choose, or one row of a matrix. ``other`` asks which; ``alone`` excludes all else ("none")."""

    key: str
    text: Texts
    group: str = ""
    other: bool = False
    alone: bool = False


@dataclass(frozen=True)
class Question:
    """One question. ``options`` of a matrix are its columns and ``rows`` its rows; ``at_most`` limits a MULTI.

    ``lowest`` and ``highest`` bound a NUMBER. ``long`` gives an OPEN one a tall field. ``role`` says what an answer
    feeds when answers become a network: see ``ROLES``.
    """

    key: str
    kind: Kind
    text: Texts
    hint: Texts = field(default_factory=dict)
    required: bool = False
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    at_most: int | None = None
    lowest: Decimal | None = None
    highest: Decimal | None = None
    long: bool = False
    base: Base = Base.RESPONDENTS
    condition: Condition | None = None
    role: str = ""


# What an answer feeds besides the tables (Question.role). Each role at most once in an instrument. Source: SUR-17..22.
ROLES = (
    "ORGANIZATION",  # OPEN: the name of the organization that answers
    "EMAIL",  # OPEN: where whoever answers can be written to; never shown with answers
    "COUNTRY",  # COUNTRY or SINGLE: where it is incorporated; option keys are ISO 3166-1 alpha-2
    "CITIES",  # CITIES: where it works
    "KIND",  # SINGLE: what kind of organization
    "POPULATIONS",  # MULTI: with whom it works
    "THEMES",  # MULTI: on what it works
    "PILLAR",  # SINGLE: to which pillar of the network it belongs
    "IN_NETWORK",  # YES_NO: takes part in a regional network
    "LED_NETWORK",  # YES_NO: led the making of one
    "JOINS",  # YES_NO: would join
    "NEEDS",  # MULTI: the support it asks for
    "OFFERS",  # MULTI: what it can give
    "CHALLENGES",  # MULTI: what is hard
    "PUBLISH",  # YES_NO: its name may be printed
)


@dataclass(frozen=True)
class Section:
    """Questions under one heading; ``condition`` holds for all of them."""

    key: str
    title: Texts
    questions: tuple[Question, ...]
    about: Texts = field(default_factory=dict)
    condition: Condition | None = None


@dataclass(frozen=True)
class Instrument:
    """What one version of a survey asks, in its languages (the first is the one that others fall back to)."""

    languages: tuple[str, ...]
    title: Texts
    sections: tuple[Section, ...]
    about: Texts = field(default_factory=dict)

    def questions(self) -> Iterator[Question]:
        """Yield every question in the order in which it is asked."""
        for section in self.sections:
            yield from section.questions

    def leaned_on(self) -> set[str]:
        """Return the keys of the questions on whose answers it hangs what is asked."""
        parts: list[Section | Question] = [*self.sections, *self.questions()]
        return {
            clause.question for part in parts if part.condition for clause in part.condition.comparisons()
        }

    def question(self, key: str) -> Question | None:
        """Return the question of this key."""
        return next((question for question in self.questions() if question.key == key), None)

    def with_role(self, role: str) -> Question | None:
        """Return the question whose answer feeds this."""
        return next((question for question in self.questions() if question.role == role), None)


@dataclass(frozen=True)
class Value:
    """What somebody said to one question.

    ``chosen`` holds option keys in the order of the instrument: of COUNTRY the ISO code; of CITIES geonameids in
    digits, and ``NATIONAL``; of YES_NO ``YES`` or ``NO``. ``text`` is an open answer, or what "other" specified, or
    the cities that nobody knows (one a line). ``rows`` are the choices of a matrix, row key to option key.
    """

    chosen: tuple[str, ...] = ()
    text: str = ""
    number: Decimal | None = None
    date: str = ""  # ISO 8601
    rows: Mapping[str, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Say whether nothing was said."""
        return not (self.chosen or self.text or self.date or self.rows) and self.number is None


Values = Mapping[str, Value]  # question key -> what was said

"""What those who answer a survey may read: what is asked, their own reply, and what is full."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from tequio.people.models import Place
from tequio.people.rules.words import fold, likeness
from tequio.surveys.models import Access, Answer, Link, Reply, State, Survey, Tick, Version
from tequio.surveys.rules.instrument import NATIONAL, Instrument, Kind, Value, Values
from tequio.surveys.selectors.addresses import hash_of


@dataclass(frozen=True)
class Quota:
    """How many replies of one kind are taken, and how many there are."""

    question: str
    option: str
    most: int
    taken: int

    @property
    def full(self) -> bool:
        """Say whether no more are taken."""
        return self.taken >= self.most


def survey_by_token(token: str) -> Survey | None:
    """Return the survey that this address opens, unless it is still being written."""
    return Survey.objects.filter(token=token).exclude(state=State.DRAFT).first()


def is_open(survey: Survey, now: datetime) -> bool:
    """Say whether answers are taken at this instant."""
    return survey.state == State.OPEN and (survey.closes_at is None or now < survey.closes_at)


def version_of(survey: Survey, number: int | None = None) -> Version | None:
    """Return the version of this number that was opened, else the newest one."""
    opened = Version.objects.filter(survey=survey, opened_at__isnull=False).order_by("-number")
    return (opened.filter(number=number).first() if number else None) or opened.first()


def reply_by_secret(secret: str) -> Reply | None:
    """Return the reply that a secret address leads to."""
    rows = Reply.objects.select_related("survey", "version")
    return rows.filter(token=hash_of(secret), survey__state__in=[State.OPEN, State.CLOSED]).first()


def link_by_secret(secret: str) -> Link | None:
    """Return a respondent's own link."""
    rows = Link.objects.select_related("survey", "reply__version", "reply__survey")
    return rows.filter(token=hash_of(secret), survey__state__in=[State.OPEN, State.CLOSED]).first()


def values_of(reply: Reply) -> Values:
    """Return what a reply says, as its form reads it. Two queries."""
    answers = {row.question: row for row in Answer.objects.filter(reply=reply)}
    ticks: dict[str, list[Tick]] = {}
    for tick in Tick.objects.filter(reply=reply).order_by("pk"):
        ticks.setdefault(tick.question, []).append(tick)
    found = {key: _value(answers.get(key), ticks.get(key, [])) for key in {*answers, *ticks}}
    return {key: value for key, value in found.items() if not value.empty}


def _value(answer: Answer | None, ticks: Collection[Tick]) -> Value:
    return Value(
        chosen=tuple(tick.option for tick in ticks if not tick.row),
        rows={tick.row: tick.option for tick in ticks if tick.row},
        text=answer.text if answer else "",
        number=answer.number if answer else None,
        date=answer.date.isoformat() if answer and answer.date else "",
    )


def quotas_of(survey: Survey, *, besides: Reply | None = None) -> list[Quota]:
    """Return the quotas of a survey with how many replies each has; one query, none without quotas."""
    rows = [row for row in survey.quotas if {"question", "option", "most"} <= row.keys()]
    if not rows:
        return []
    counted = Tick.objects.filter(
        reply__survey=survey, reply__sent_at__isnull=False, reply__set_aside=False, row="",
        question__in={row["question"] for row in rows},
    )  # fmt: skip
    if besides is not None:
        counted = counted.exclude(reply=besides)
    taken = {
        (row["question"], row["option"]): row["n"]
        for row in counted.values("question", "option").annotate(n=Count("pk"))
    }
    return [
        Quota(
            row["question"], row["option"], int(row["most"]), taken.get((row["question"], row["option"]), 0)
        )
        for row in rows
    ]


def needs_link(survey: Survey) -> bool:
    """Say whether the survey is answered by personal links alone."""
    return survey.access == Access.PERSONAL


def city_names(instrument: Instrument, values: Values) -> dict[str, str]:
    """Return, by number, how the cities are written that a reply names; one query, none without cities."""
    ids = {
        int(key)
        for question in instrument.questions()
        if question.kind is Kind.CITIES
        for key in values.get(question.key, Value()).chosen
        if key != NATIONAL
    }
    if not ids:
        return {}
    home = _country(instrument, values)
    rows = Place.objects.filter(pk__in=ids).values_list("pk", "name", "country")
    return {str(pk): name if country == home else f"{name}, {country}" for pk, name, country in rows}


def _country(instrument: Instrument, values: Values) -> str:
    question = instrument.with_role("COUNTRY")
    chosen = values.get(question.key, Value()).chosen if question else ()
    return chosen[0] if chosen else ""


def unknown_cities(instrument: Instrument, values: Values, *, most: int = 6) -> dict[str, list[str]]:
    """Return the cities that the table does not know, each with the names in the same country that are alike."""
    lines = [
        line
        for question in instrument.questions()
        if question.kind is Kind.CITIES
        for line in values.get(question.key, Value()).text.split("\n")
        if line
    ][:most]
    country = _country(instrument, values)
    if not (lines and country):
        return {line: [] for line in lines}
    names = list(Place.objects.filter(country=country).order_by("-population").values_list("name", flat=True))
    return {line: _alike(line, names) for line in lines}


def _alike(written: str, names: Collection[str]) -> list[str]:
    here = fold(written)
    near = [(likeness(here, fold(name)), name) for name in names]
    return [name for percent, name in sorted(near, reverse=True)[:2] if percent >= 35]


def large_cities(instrument: Instrument, *, most: int = 12) -> list[str]:
    """Return the names of the largest cities of the countries that the survey asks about, to choose from while typing."""
    question = instrument.with_role("COUNTRY")
    codes = tuple(option.key for option in question.options if len(option.key) == 2) if question else ()
    return list(_largest(codes[:30], most)) if codes else []


@lru_cache(maxsize=64)
def _largest(codes: tuple[str, ...], most: int) -> tuple[str, ...]:
    """Read from the table of places, which is the same for everybody and never changes while this runs."""
    place = Window(RowNumber(), partition_by=F("country"), order_by=F("population").desc())
    rows = Place.objects.filter(country__in=codes).annotate(place=place).filter(place__lte=most)
    return tuple(dict.fromkeys(rows.order_by("country", "-population").values_list("name", flat=True)))

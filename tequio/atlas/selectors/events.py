"""The facts of events, from what was answered after them or written down about them. Source: CTX-16, CTX-17, CAP-08."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q

from tequio.atlas.rules.events import Facts, facts, guarded
from tequio.core.actor import Actor
from tequio.founding.models import Workshop, WorkshopState
from tequio.founding.rules.workshops import SECTORS
from tequio.surveys.models import Answer, State, Survey, Tick, Version
from tequio.surveys.rules.instrument import NATIONAL, YES, Instrument
from tequio.surveys.rules.templates import EVENT_FEEDBACK

MOST = 20
HOURS, FLOOR, GENDER = "hours", "spoke", "gender"  # questions of the instrument that have no role


@dataclass(frozen=True)
class Event:
    """One event that was asked about: what it is called, what its options are called, and its facts.

    ``closed`` says that no answers come in any more: before, small changes of the figures would tell who answered.
    ``workshop`` says that whoever held it wrote it down: its ``slug`` is then the workshop's UUID.
    """

    slug: str
    closed: bool
    title: Mapping[str, str]
    facts: Facts
    options: Mapping[str, Mapping[str, Mapping[str, str]]]  # "sector", "gender" -> option -> texts
    workshop: bool = False


def events(actor: Actor) -> list[Event]:
    """The latest events that were asked about, with their facts: four questions to the database."""
    sent = Q(replies__sent_at__isnull=False, replies__set_aside=False)
    asked = Survey.objects.filter(template=EVENT_FEEDBACK, opened_at__isnull=False)
    rows = list(asked.annotate(people=Count("replies", filter=sent)).order_by("-opened_at")[:MOST])
    instruments = _instruments([row.pk for row in rows])
    ticks, floor = _ticks([row.pk for row in rows])
    hours = _hours([row.pk for row in rows])
    return [
        _event(row, instruments[row.pk], ticks.get(row.pk, {}), floor.get(row.pk, {}), hours.get(row.pk))
        for row in rows
        if row.pk in instruments
    ]


def held(actor: Actor) -> list[Event]:
    """The latest workshops about which somebody wrote down how many came, with their facts, in one query."""
    rows = Workshop.objects.exclude(sectors={})[:MOST]
    return [_held(row) for row in rows]


def _held(row: Workshop) -> Event:
    found = facts(
        people=sum(row.sectors.values()), countries=len(row.countries), cities=len(row.cities) + len(row.places), hours=row.hours,
        sectors=row.sectors, genders={}, floor={}, had_floor=0,
    )  # fmt: skip
    options = {"sector": {key: {"": key} for key in SECTORS}, "gender": {}}
    closed = row.state == WorkshopState.CLOSED
    return Event(str(row.uuid), closed, row.title, found, options, workshop=True)


def _instruments(surveys: list[int]) -> dict[int, Instrument]:
    """Read the newest version of each that was opened."""
    rows = Version.objects.filter(survey__in=surveys, opened_at__isnull=False).order_by("survey", "number")
    return {row.survey_id: row.instrument for row in rows}


Counts = dict[int, dict[str, dict[str, int]]]


def _said(surveys: list[int]) -> Any:
    return Tick.objects.filter(
        reply__survey__in=surveys, reply__sent_at__isnull=False, reply__set_aside=False, row=""
    ).order_by()


def _ticks(surveys: list[int]) -> tuple[Counts, Counts]:
    """Count who ticked what, by survey and question; and the same of the genders of those who had the floor."""
    spoke = Tick.objects.filter(reply__survey__in=surveys, question=FLOOR, option=YES).values("reply")
    rows = (
        _said(surveys)
        .values("reply__survey", "question", "option")
        .annotate(number=Count("pk"), floor=Count("pk", filter=Q(question=GENDER, reply__in=spoke)))
    )
    ticks: Counts = {}
    floors: Counts = {}
    for survey, question, option, number, floor in rows.values_list(
        "reply__survey", "question", "option", "number", "floor"
    ):
        ticks.setdefault(survey, {}).setdefault(question, {})[option] = number
        if floor:
            floors.setdefault(survey, {}).setdefault(question, {})[option] = floor
    return ticks, floors


def _hours(surveys: list[int]) -> dict[int, Decimal]:
    rows = Answer.objects.filter(
        reply__survey__in=surveys, reply__sent_at__isnull=False, reply__set_aside=False, question=HOURS
    )
    most = rows.order_by().values("reply__survey").annotate(most=Max("number"))
    return {survey: hours for survey, hours in most.values_list("reply__survey", "most") if hours is not None}


def _event(
    row: Any,
    instrument: Instrument,
    ticks: Mapping[str, Mapping[str, int]],
    floor: Mapping[str, Mapping[str, int]],
    hours: Decimal | None,
) -> Event:
    keys = {role: _key(instrument, role) for role in ("KIND", "COUNTRY", "CITIES")}
    cities = [city for city in ticks.get(keys["CITIES"], {}) if city != NATIONAL]
    counted = facts(
        people=row.people,
        countries=len(ticks.get(keys["COUNTRY"], {})),
        cities=len(cities),
        hours=hours,
        sectors=ticks.get(keys["KIND"], {}),
        genders=ticks.get(GENDER, {}),
        floor=floor.get(GENDER, {}),
        had_floor=ticks.get(FLOOR, {}).get(YES, 0),
    )
    found = guarded(counted)
    options = {"sector": _options(instrument, keys["KIND"]), "gender": _options(instrument, GENDER)}
    return Event(row.slug, row.state == State.CLOSED, row.title, found, options)


def _key(instrument: Instrument, role: str) -> str:
    question = instrument.with_role(role)
    return question.key if question else ""


def _options(instrument: Instrument, key: str) -> dict[str, Mapping[str, str]]:
    question = instrument.question(key)
    return {option.key: option.text for option in question.options} if question else {}

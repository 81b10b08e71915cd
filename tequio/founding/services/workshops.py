"""Workshops: written down, actions proposed, those present say what comes first, the order is signed. Source: CTX-07."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.core.texts import Texts
from tequio.founding import access, events
from tequio.founding.models import Workshop, WorkshopAction, WorkshopPaper, WorkshopPart, WorkshopState
from tequio.founding.rules import workshops as rules
from tequio.founding.selectors import workshops as reading
from tequio.founding.services.workshop_time import held_still, schedule, subject_of
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people.models import Organization, Participant, Place
from tequio.people.rules.countries import find_country
from tequio.people.rules.places import City, after_comma
from tequio.people.selectors.places import find_places

ASK = gettext_lazy("What comes first after the workshop: %(title)s")
WHY = gettext_lazy("Mark a few actions. The network begins with those that most people mark.")
MOST_PAPERS = 5_000


@dataclass(frozen=True)
class Facts:
    """What a workshop was: when, where, for how long, and how many came from where. Source: CTX-16, CTX-17.

    ``country`` is where it was; ``cities`` stand as they were written, and lie there where they name no other country.
    """

    held_on: date
    hours: Decimal | None = None
    place: str = ""
    country: str = ""
    link: str = ""
    countries: Collection[str] = ()
    cities: Collection[str] = ()
    sectors: Mapping[str, int] | None = None


@transaction.atomic
def hold_workshop(*, by: Actor, title: Texts, questions: Texts, language: str, facts: Facts) -> Workshop:
    """Write a workshop down, before it or after it; who writes it down took part."""
    access.hold_workshop.require(by)
    workshop = Workshop(
        title=said(now=title), questions=said(now=questions), language=language, held_by=_participant(by)
    )
    _write(workshop, facts)
    WorkshopPart.objects.create(workshop=workshop, participant_id=by.participant_id)
    events.workshop_held.record(workshop, by=by, **about(workshop=workshop))
    return workshop


@transaction.atomic
def change_workshop(
    *, by: Actor, workshop: Workshop, title: Texts, questions: Texts, facts: Facts
) -> Workshop:
    """Change what is written about a workshop; what it says in languages that are not given stays."""
    access.lead_workshop.require(by, workshop)
    workshop.title = said(before=workshop.title, now=title)
    workshop.questions = said(before=workshop.questions, now=questions)
    _write(workshop, facts)
    events.workshop_changed.record(workshop, by=by, **about(workshop=workshop))
    return workshop


def said(*, now: Texts, before: Texts | None = None) -> dict[str, str]:
    """Return a text per language, those of now over those before; an empty one takes a language away."""
    return {code: text for code, text in {**(before or {}), **now}.items() if text}


def _write(workshop: Workshop, facts: Facts) -> None:
    workshop.held_on, workshop.hours, workshop.place = facts.held_on, facts.hours, facts.place
    workshop.country, workshop.link = facts.country, facts.link
    workshop.places, workshop.cities = _known(facts.cities, country=facts.country)
    _count_countries(workshop, facts.countries)
    workshop.sectors = {key: number for key, number in (facts.sectors or {}).items() if number}
    workshop.save()


def _known(cities: Collection[str], *, country: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the cities that the table of places knows, and those that it does not, as they were written."""
    asked = {city: (named_country(city=city) or country, city) for city in cities}
    found = find_places(asked.values())
    known = {found[key].id: _row(found[key]) for key in asked.values() if key in found}
    left = [city for city, key in asked.items() if key not in found]
    return sorted(known.values(), key=lambda row: row["name"]), sorted(left)


def _row(place: City) -> dict[str, Any]:
    return {"id": place.id, "name": place.name, "country": place.country}


def named_country(*, city: str) -> str:
    """Return the country that somebody wrote behind a city, or "" where there is none."""
    return find_country(after_comma(city))


def _count_countries(workshop: Workshop, more: Collection[str]) -> None:
    told = (
        {row["country"] for row in workshop.places}
        | {named_country(city=city) for city in workshop.cities}
        | set(more)
    )
    workshop.countries = sorted(code for code in told if code)


@transaction.atomic
def name_city(*, by: Actor, workshop: Workshop, written: str, place: Place) -> Workshop:
    """Say which city was meant by a spelling that the table of places does not hold."""
    workshop = held_still(workshop=workshop)
    access.lead_workshop.require(by, workshop)
    if written not in workshop.cities:
        raise Refused(_("This city has its place already."))
    workshop.cities = [city for city in workshop.cities if city != written]
    known = {row["id"]: row for row in workshop.places}
    known[place.pk] = {"id": place.pk, "name": place.name, "country": place.country}
    workshop.places = sorted(known.values(), key=lambda row: row["name"])
    _count_countries(workshop, workshop.countries)
    workshop.save(update_fields=["cities", "places", "countries"])
    events.workshop_changed.record(workshop, by=by, **about(workshop=workshop))
    return workshop


def _participant(by: Actor) -> Participant:
    return Participant.objects.get(pk=by.participant_id or 0)


def about(*, workshop: Workshop) -> dict[str, Any]:
    """Return what every event tells of a workshop."""
    return {"uuid": workshop.uuid, "title": workshop.title, "held": workshop.held_on}


@transaction.atomic
def add_part(*, by: Actor, workshop: Workshop, who: Participant | Organization) -> WorkshopPart:
    """Write down that somebody took part: oneself, or whoever the one that holds the workshop names."""
    if not (isinstance(who, Participant) and who.pk == by.participant_id):
        access.lead_workshop.require(by, workshop)
    one = {"participant": who} if isinstance(who, Participant) else {"organization": who}
    part, new = WorkshopPart.objects.get_or_create(workshop=workshop, **one)
    if new:
        events.workshop_joined.record(workshop, by=by, **about(workshop=workshop))
    return part


def add_myself(*, by: Actor, workshop: Workshop) -> WorkshopPart:
    """Write down that the actor took part. Raises ``Refused`` for who is nobody in the network."""
    access.take_part.require(by)
    return add_part(by=by, workshop=workshop, who=_participant(by))


@transaction.atomic
def remove_part(*, by: Actor, part: WorkshopPart) -> None:
    """Take somebody out of those who took part: oneself, or by whoever holds the workshop."""
    if part.participant_id is None or part.participant_id != by.participant_id:
        access.lead_workshop.require(by, part.workshop)
    events.workshop_joined.record(part.workshop, by=by, **about(workshop=part.workshop))
    part.delete()


@transaction.atomic
def propose_action(
    *, by: Actor, workshop: Workshop, words: Texts, why: Texts, who: str = "", objective: str = "",
    pillar: int | None = None,
) -> WorkshopAction:  # fmt: skip
    """Write a proposed action down: what, why, who proposes it, and what of the network's lines it serves."""
    workshop = held_still(workshop=workshop)
    access.write_action.require(by, workshop)
    found = WorkshopAction.objects.filter(workshop=workshop).aggregate(last=Max("number"))["last"] or 0
    if WorkshopAction.objects.filter(workshop=workshop).count() >= rules.MOST_ACTIONS:
        raise Refused(_("A workshop holds 60 actions at most."))
    action = WorkshopAction.objects.create(
        workshop=workshop, number=found + 1, words=said(now=words), why=said(now=why), who=who,
        objective=objective, pillar=pillar, participant=_participant(by),
    )  # fmt: skip
    events.action_proposed.record(action, by=by, **about(workshop=workshop), action=action.words)
    return action


@transaction.atomic
def withdraw_action(*, by: Actor, action: WorkshopAction) -> None:
    """Take an action off the list while it is being written: by who wrote it, or who holds the workshop."""
    workshop = held_still(workshop=action.workshop)
    access.write_action.require(by, workshop)
    if action.participant_id != by.participant_id:
        access.lead_workshop.require(by, workshop)
    events.action_withdrawn.record(action, by=by, **about(workshop=workshop), action=action.words)
    action.delete()


@transaction.atomic
def ask_for_priorities(
    *, by: Actor, network: Network, workshop: Workshop, each: int, until_at: datetime | None, everybody: bool
) -> Workshop:
    """Close the list and ask what comes first; who took part, or everybody, finds it among what waits for them."""
    workshop = held_still(workshop=workshop)
    access.lead_workshop.require(by, workshop)
    access.write_action.require(by, workshop)
    if WorkshopAction.objects.filter(workshop=workshop).count() < 2:
        raise Refused(_("Write down two actions at least, so that there is something to choose."))
    workshop.state, workshop.each = WorkshopState.MARKING, each
    workshop.until_at, workshop.everybody = until_at, everybody
    workshop.save(update_fields=["state", "each", "until_at", "everybody"])
    schedule(workshop=workshop)
    events.priorities_asked.record(workshop, by=by, **about(workshop=workshop), each=each)
    people = Participant.objects.filter(until_on=None)
    if not everybody:
        people = people.filter(pk__in=WorkshopPart.objects.filter(workshop=workshop).values("participant"))
    notify.ask_each(
        person_ids=list(people.values_list("person_id", flat=True)), kind="workshop",
        title=notify.phrase(ASK, title=workshop.title), why=WHY, minutes=3, due_at=until_at, handable=False,
        path=reverse("founding:mark-actions", args=[network.slug, workshop.uuid]), subject=subject_of(workshop=workshop),
    )  # fmt: skip
    return workshop


@transaction.atomic
def mark_actions(
    *, by: Actor, workshop: Workshop, numbers: Collection[int], words: str = "", around: bool = False
) -> WorkshopPaper:
    """Keep what somebody marked; oneself can change it until the order is signed.

    ``around`` is a paper of somebody present, marked on the phone of whoever holds the workshop.
    """
    workshop = held_still(workshop=workshop)
    access.mark_actions.require(by, workshop, around or reading.came(by, workshop), reading.is_over(workshop))
    known = set(WorkshopAction.objects.filter(workshop=workshop).values_list("number", flat=True))
    chosen = sorted(known & set(numbers))
    if not chosen or len(chosen) > workshop.each:
        raise Refused(_("Mark at least one action, and at most %(each)s.") % {"each": workshop.each})
    if around:
        access.lead_workshop.require(by, workshop)
        if WorkshopPaper.objects.filter(workshop=workshop).count() >= MOST_PAPERS:
            raise Refused(_("There are too many papers."))
    kept = {"actions": chosen, "words": words.strip()[:300], "handed_by": _participant(by), "at": clock.now()}
    if around:
        paper = WorkshopPaper.objects.create(workshop=workshop, participant=None, **kept)
    else:
        paper, _new = WorkshopPaper.objects.update_or_create(
            workshop=workshop, participant_id=by.participant_id or 0, defaults=kept
        )
        notify.close_asks(subject=subject_of(workshop=workshop), person_id=by.person_id)
    events.priorities_marked.record(workshop, by=by, **about(workshop=workshop), around=around)
    return paper


@transaction.atomic
def close_workshop(*, by: Actor, workshop: Workshop) -> Workshop:
    """Count the papers and sign the order; the register keeps every paper, without names, and counts again."""
    workshop = held_still(workshop=workshop)
    access.lead_workshop.require(by, workshop)
    if workshop.state != WorkshopState.MARKING:
        raise Refused(_("Nobody is asked now what comes first."))
    papers = sorted(WorkshopPaper.objects.filter(workshop=workshop).values_list("actions", flat=True))
    if not papers:
        raise Refused(_("Nobody has marked anything yet."))
    actions = reading.actions(workshop)
    places = rules.ranked(
        [str(one.number) for one in actions], [[str(each) for each in one] for one in papers]
    )
    workshop.state, workshop.closed_at, workshop.signed_by = (
        WorkshopState.CLOSED,
        clock.now(),
        _participant(by),
    )
    workshop.papers = len(papers)
    workshop.result = [
        {"rank": one.rank, "action": int(one.action), "marks": one.marks, "tied": one.tied} for one in places
    ]
    entry = events.workshop_closed.record(
        workshop, by=by, **about(workshop=workshop), rule=rules.RULE, each=workshop.each,
        actions=[_proposed(one) for one in actions],
        papers=[[str(each) for each in one] for one in papers],
        places=[[one.rank, one.action, one.marks] for one in places],
    )  # fmt: skip
    workshop.entry = entry.pk
    workshop.save()
    notify.close_asks(subject=subject_of(workshop=workshop))
    return workshop


def _proposed(action: WorkshopAction) -> dict[str, Any]:
    """Tell the register an action; people stand there by their UUID alone, which outlives their name."""
    who = {"proposes": action.who} if action.who else {"proposed_by": action.participant.uuid}
    return {"action": str(action.number), "words": action.words, "why": action.why, **who}

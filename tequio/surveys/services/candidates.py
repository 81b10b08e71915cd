"""From answers to candidates, in one step and without retyping; and forgetting them. Source: SUR-17."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.people import services as people
from tequio.people.models import Candidate, CandidateState
from tequio.surveys import access, events
from tequio.surveys.models import Reply, Survey
from tequio.surveys.rules.instrument import NATIONAL
from tequio.surveys.selectors.willing import CARRIED, Known, Told, Willing, cities_of, willing


@transaction.atomic
def make_candidates(*, by: Actor, survey: Survey) -> int:
    """Make a candidate of everybody who would join and is none yet; return how many. Done twice, nothing is double.

    Who is a member already, or said no before, is not among them; of whom is recognized in the directory, it is noted.
    """
    access.tend_candidates.require(by)
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    found = willing(by, survey)
    assert found is not None, "who may make candidates may read who would join"
    _note_whose(found)
    cities = cities_of(found.new)
    rows = [_candidate(one, survey, found.whose.get(one.reply), cities[one.reply]) for one in found.new]
    Candidate.objects.bulk_create(rows, batch_size=500)
    if rows:
        events.candidates_made.record(survey, by=by, title=survey.title)  # how many would tell of few
    return len(rows)


def _note_whose(found: Willing) -> None:
    """Write down which organization a reply was recognized as, where nobody had."""
    told = [*found.new, *found.members, *found.known]
    for one in told:
        if one.organization is None and one.reply in found.whose:
            Reply.objects.filter(pk=one.reply).update(organization=found.whose[one.reply].organization)


def _candidate(told: Told, survey: Survey, known: Known | None, cities: Sequence[str]) -> Candidate:
    return Candidate(
        source=told.source,
        name=told.name,
        folded=told.folded,
        email=told.email,
        language=told.language,
        country=told.country,
        themes=told.chosen["THEMES"],
        experience=told.experience.level or "",
        carried=_carried(told, survey, cities),
        organization_id=known.organization if known else None,
        created_at=clock.now(),
    )


def _carried(told: Told, survey: Survey, cities: Sequence[str]) -> dict[str, Any]:
    choices = {name: told.options(role) for role, name in CARRIED.items()}
    return {
        **{name: chosen for name, chosen in choices.items() if chosen},
        "cities": list(cities),
        "national": NATIONAL in told.chosen["CITIES"],
        "led": told.yes("LED_NETWORK"),
        "in_network": told.yes("IN_NETWORK"),
        "themes_asked": "THEMES" in told.questions,
        "survey": {"uuid": str(survey.uuid), "title": dict(survey.title)},
    }


@transaction.atomic
def drop_candidates(*, replies: QuerySet[Reply]) -> int:
    """Take away the candidates that rest on replies which go, and whom nobody has written to; return how many."""
    rows = Candidate.objects.filter(source__in=replies.values("uuid"), state=CandidateState.NEW)
    return rows.delete()[0]


@transaction.atomic
def forget_candidate(*, by: Actor, reply: Reply) -> bool:
    """Erase the candidate that rests on a reply, when whoever answered asks to be forgotten; say whether there was one."""
    found = Candidate.objects.filter(source=reply.uuid).first()
    if found is not None:
        people.forget_candidate(by=by, candidate=found, entirely=True)
    return found is not None

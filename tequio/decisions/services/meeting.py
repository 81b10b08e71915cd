"""A decision taken through its steps in a meeting. Source: GOVERNANCE 1.2, 4.3."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.decisions import access, events, selectors
from tequio.decisions.models import Live, Proposal, Reaction, State
from tequio.decisions.rules.machine import Bar, Stage, guard
from tequio.decisions.services.closing import close_round
from tequio.decisions.services.rounds import begin
from tequio.people.models import Membership, Participant

BARS: dict[Bar, str | Promise] = {
    Bar.NOT_THERE: gettext_lazy("This step does not follow from where the meeting is."),
    Bar.OPEN_QUESTIONS: gettext_lazy("A question waits for its reply: all has to be clear first."),
    Bar.NOT_ALL_REACTED: gettext_lazy("Not all have given their first impression, and there is time left."),
    Bar.NOT_ALL_ANSWERED: gettext_lazy("Voices are missing: each one answers first."),
    Bar.OBJECTED: gettext_lazy("An objection stands: it is mended first."),
    Bar.NO_OBJECTION: gettext_lazy("Nobody objects."),
    Bar.ONE_AT_A_TIME: gettext_lazy("The group has not judged an objection: one at a time."),
    Bar.CHOICE_DUE: gettext_lazy("It went round three times. Choose a way out first."),
}
BEGINS = {State.DRAFT: Stage.PRESENT, State.CONSENT: Stage.CONSENT, State.OBJECTED: Stage.OBJECTIONS}


@transaction.atomic
def start_meeting(*, by: Actor, proposal: Proposal, facilitator: Participant) -> Live:
    """Take a proposal through its steps together, from where it is; ``facilitator`` drives them."""
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("version").get(pk=proposal.pk)
    access.start_meeting.require(by, proposal)
    if Live.objects.filter(proposal=proposal, closed_at=None).exists():
        raise Refused(_("A meeting on this is under way already."))
    proposal.facilitator = facilitator
    proposal.save(update_fields=["facilitator"])
    live = Live.objects.create(
        proposal=proposal, facilitator=facilitator, stage=BEGINS[State(proposal.state)], opened_at=clock.now()
    )
    events.meeting_started.record(live, by=by, facilitator=facilitator.name, **_about(proposal))
    return live


@transaction.atomic
def take_step(*, by: Actor, live: Live, to: Stage, minutes: int | None = None) -> Live:
    """Go on to another step; raise Refused with what stands against it.

    Into the round of consent it opens the round, into the decision it closes it; ``minutes`` is for first impressions.
    """
    live = _locked(live)
    access.drive.require(by, live)
    facts = selectors.meeting_facts(live)
    if bar := guard(facts, to):
        raise Refused(BARS[bar])
    proposal, was = live.proposal, live.stage
    if to is Stage.CONSENT and proposal.state == State.DRAFT:
        begin(by=by, proposal=Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk))
    elif to is Stage.CONSENT:
        raise Refused(_("Write what mends the objection: everybody is asked about it at once."))
    elif (to is Stage.DECIDED and proposal.round is not None) or (
        to is Stage.OBJECTIONS and proposal.round is not None and facts.answered >= facts.voices
    ):
        close_round(by=by, round=proposal.round, in_meeting=True)
    timer = clock.now() + timedelta(minutes=minutes or 10) if to is Stage.REACT else None
    Live.objects.filter(pk=live.pk).update(stage=to, number=F("number") + 1, timer_ends_at=timer)
    events.meeting_stepped.record(live, by=by, was=was, now=to.value, **_about(proposal))
    live.refresh_from_db()
    return live


@transaction.atomic
def end_meeting(*, by: Actor, live: Live) -> Live:
    """Leave the steps; the decision goes on by itself, each voice on its own screen."""
    live = _locked(live)
    access.drive.require(by, live)
    live.closed_at, live.number = clock.now(), live.number + 1
    live.save(update_fields=["closed_at", "number"])
    Proposal.objects.filter(pk=live.proposal_id).update(facilitator=None)
    events.meeting_ended.record(live, by=by, **_about(live.proposal))
    return live


@transaction.atomic
def record_reaction(
    *, by: Actor, live: Live, voice: Membership | Participant, given: str, words: str
) -> Reaction:
    """Write down the first impression of somebody in the room without a screen; it says by whom."""
    live = _locked(live)
    access.drive.require(by, live)
    words, given = " ".join(words.split())[:300], given.strip()[:100]
    if live.stage != Stage.REACT or not words or not given:
        raise Refused(_("Write who said it, and some words, while first impressions are given."))
    reaction, _new = Reaction.objects.update_or_create(
        proposal=live.proposal, **selectors.of_voice(live.proposal, voice.pk),
        defaults={
            "words": words, "given_by": Participant.objects.get(pk=by.participant_id or 0),
            "given_name": f"{given} ({by.name})"[:120], "given_at": clock.now(),
        },
    )  # fmt: skip
    events.reacted.record(
        reaction, by=by, private={"words": words}, member=voice.name, **_about(live.proposal)
    )
    return reaction


def _locked(live: Live) -> Live:
    rows = Live.objects.select_for_update(of=("self",)).select_related(
        "proposal__version", "proposal__round", "proposal__circle", "facilitator"
    )
    found = rows.get(pk=live.pk)
    if found.closed_at is not None:
        raise Refused(_("This meeting is over."))
    return found


def _about(proposal: Proposal) -> dict[str, Any]:
    assert proposal.version is not None
    return {"uuid": proposal.uuid, "number": proposal.number, "title": proposal.version.title}

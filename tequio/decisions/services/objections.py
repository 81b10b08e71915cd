"""Integrating an objection into a new version, and withdrawing one."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.core.texts import Texts
from tequio.decisions import access, events, selectors
from tequio.decisions.models import (
    STOPPING,
    Answer,
    Elector,
    Objection,
    ObjectionState,
    Proposal,
    State,
    Version,
)
from tequio.decisions.rules import Position
from tequio.decisions.services.amending import ask_again, latest_round, put_in_place
from tequio.decisions.services.holding import hold
from tequio.decisions.services.proposing import require_base
from tequio.decisions.services.rounds import answer, require_way
from tequio.people.models import Participant


@transaction.atomic
def integrate(
    *,
    by: Actor,
    objection: Objection,
    why: str,
    title: Texts | None = None,
    summary: Texts | None = None,
    body: Texts | None = None,
    cost_now: Texts | None = None,
    cost_then: Texts | None = None,
    hours: int | None = None,
    base: int | None = None,
) -> Version:
    """Answer an objection with a new text, and ask everybody again in a new round on it.

    The objection goes on stopping the agreement until the voice that raised it answers the new round without
    objecting. Texts that are not given stay as they were. Source: GOV-09, EXPERIENCE 3.4 (1), (2).
    """
    hold(round=latest_round(proposal_id=objection.proposal_id))
    objection = _locked(objection)
    access.integrate.require(by, objection)
    if objection.state not in STOPPING or objection.proposal.state not in (State.CONSENT, State.OBJECTED):
        raise Refused(_("This objection has been settled already."))
    if not why.strip():
        raise Refused(_("Say what changes, and why."))
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("version")
        .get(pk=objection.proposal_id)
    )
    require_base(proposal=proposal, base=base)
    require_way(proposal=proposal)
    given = {"title": title, "summary": summary, "body": body, "cost_now": cost_now, "cost_then": cost_then}
    version = put_in_place(by=by, proposal=proposal, why=why.strip(), texts=given)
    offer(by=by, objection=objection, proposal=proposal, version=version)
    ask_again(by=by, proposal=proposal, hours=hours)
    return version


def _locked(objection: Objection) -> Objection:
    rows = Objection.objects.select_for_update(of=("self",)).select_related(
        "proposal__round", "proposal__circle", "membership", "participant"
    )
    return rows.get(pk=objection.pk)


def offer(*, by: Actor, objection: Objection, proposal: Proposal, version: Version) -> None:
    """Offer new words to the voice that objected: only its own answer to them settles its objection."""
    objection.state, objection.offered_in = ObjectionState.OFFERED, version
    objection.save(update_fields=["state", "offered_in"])
    events.integrated.record(
        objection, by=by, uuid=proposal.uuid, number=proposal.number, title=version.title,
        member=objection.voice_name, version=version.number, why=version.why,
    )  # fmt: skip


@transaction.atomic
def withdraw_objection(*, by: Actor, objection: Objection) -> Objection:
    """Take back an objection, by the voice that raised it; in an open round its answer becomes consent."""
    round = hold(round=latest_round(proposal_id=objection.proposal_id))
    objection = _locked(objection)
    access.withdraw_objection.require(by, objection)
    if objection.state not in STOPPING:
        raise Refused(_("This objection has been settled already."))
    proposal = round.proposal
    voice = selectors.of_voice(round, objection.voice_id)
    given = Answer.objects.filter(elector__in=Elector.objects.filter(round=round, **voice)).exists()
    if given and round.takes_answers(clock.now()):
        answer(by=by, round=round, position=Position.CAN_LIVE_WITH)
    Objection.objects.filter(pk=objection.pk, state__in=STOPPING).update(
        state=ObjectionState.WITHDRAWN,
        settled_at=clock.now(),
        settled_by=Participant.objects.filter(pk=by.participant_id or 0).first(),
    )
    events.objection_withdrawn.record(
        objection, by=by, uuid=proposal.uuid, number=proposal.number, title=round.version.title,
        member=objection.voice_name,
    )  # fmt: skip
    objection.refresh_from_db()
    return objection

"""Integrating an objection into a new version, and withdrawing one."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.core.texts import Texts
from tequio.decisions import access, events
from tequio.decisions.models import (
    STOPPING,
    Answer,
    Objection,
    ObjectionState,
    Proposal,
    Round,
    RoundKind,
    State,
    Version,
)
from tequio.decisions.rules import Position
from tequio.decisions.services.holding import hold
from tequio.decisions.services.proposing import write_version
from tequio.decisions.services.rounds import answer, start
from tequio.notify import services as notify
from tequio.people.models import Participant
from tequio.register.events import ref_of


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
) -> Version:
    """Answer an objection with a new text, and ask everybody again in a new round on it.

    The objection goes on stopping the agreement until the voice that raised it answers the new round without
    objecting. Texts that are not given stay as they were. Source: GOV-09, EXPERIENCE 3.4 (1), (2).
    """
    hold(round=_latest(objection))
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
    old = proposal.version
    assert old is not None
    new = {
        "title": title or old.title,
        "summary": summary or old.summary,
        "body": body if body is not None else old.body,
        "cost_now": cost_now if cost_now is not None else old.cost_now,
        "cost_then": cost_then if cost_then is not None else old.cost_then,
    }
    if all(new[name] == getattr(old, name) for name in new):
        raise Refused(_("The text is the same as before: change what would mend the harm."))
    version = write_version(by=by, proposal=proposal, why=why.strip(), **new)
    _offer(by, objection, proposal, version)
    _supersede(proposal)
    start(by=by, proposal=proposal, kind=RoundKind.CONSENT, hours=hours)
    return version


def _latest(objection: Objection) -> Round:
    return Round.objects.filter(proposal=objection.proposal_id).order_by("-number")[0]


def _locked(objection: Objection) -> Objection:
    rows = Objection.objects.select_for_update(of=("self",)).select_related("proposal", "membership")
    return rows.get(pk=objection.pk)


def _offer(by: Actor, objection: Objection, proposal: Proposal, version: Version) -> None:
    objection.state, objection.offered_in = ObjectionState.OFFERED, version
    objection.save()
    events.integrated.record(
        objection, by=by, uuid=proposal.uuid, number=proposal.number, title=version.title,
        member=objection.membership.name, version=version.number, why=version.why,
    )  # fmt: skip


def _supersede(proposal: Proposal) -> None:
    """End the round on the old text, if it is still open: nobody answers a text that is no longer proposed."""
    open_ones = Round.objects.filter(proposal=proposal, closed_at=None)
    for left in open_ones:
        notify.close_asks(subject=ref_of(left))
    open_ones.update(closed_at=clock.now(), superseded=True)


@transaction.atomic
def withdraw_objection(*, by: Actor, objection: Objection) -> Objection:
    """Take back an objection, by the voice that raised it; in an open round its answer becomes consent."""
    round = hold(round=_latest(objection))
    objection = _locked(objection)
    access.withdraw_objection.require(by, objection)
    if objection.state not in STOPPING:
        raise Refused(_("This objection has been settled already."))
    proposal = round.proposal
    given = Answer.objects.filter(elector__round=round, elector__membership=objection.membership_id).exists()
    if given and round.takes_answers(clock.now()):
        answer(by=by, round=round, position=Position.CAN_LIVE_WITH)
    Objection.objects.filter(pk=objection.pk, state__in=STOPPING).update(
        state=ObjectionState.WITHDRAWN,
        settled_at=clock.now(),
        settled_by=Participant.objects.filter(pk=by.participant_id or 0).first(),
    )
    events.objection_withdrawn.record(
        objection, by=by, uuid=proposal.uuid, number=proposal.number, title=round.version.title,
        member=objection.membership.name,
    )  # fmt: skip
    objection.refresh_from_db()
    return objection

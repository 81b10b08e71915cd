"""Urgent matters: a shorter round with a rule of its own, which an ordinary round confirms. Source: GOV-04."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.decisions import access, events
from tequio.decisions.models import Proposal, Round, RoundKind
from tequio.decisions.rules import Matter
from tequio.decisions.services.proposing import propose
from tequio.decisions.services.rounds import open_round, start
from tequio.networks.models import Governance
from tequio.notify import services as notify
from tequio.register.events import ref_of


@transaction.atomic
def call_urgent(*, by: Actor, proposal: Proposal, why: str) -> Round:
    """Open a short round on something that cannot wait, saying why: silence does not stop it, an objection does.

    It passes when half of the voices have answered and nobody objects; no vote ever follows. Source: GOV-04.
    """
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("version").get(pk=proposal.pk)
    governance = Governance.objects.first()
    access.call_urgent.require(by, proposal, governance)
    if governance is None or governance.urgent_hours is None:
        raise Refused(_("In this network nothing is decided in a hurry."))
    if not why.strip():
        raise Refused(_("Say why it cannot wait."))
    opened = start(
        by=by,
        proposal=proposal,
        kind=RoundKind.CONSENT,
        hours=governance.urgent_hours,
        urgent_why=why.strip()[:500],
    )
    events.called_urgent.record(
        opened, by=by, uuid=proposal.uuid, number=proposal.number, title=opened.version.title, why=opened.urgent_why,
        hours=governance.urgent_hours,
    )  # fmt: skip
    return opened


@transaction.atomic
def confirm_urgent(*, by: Actor, proposal: Proposal) -> Round:
    """Ask everybody, in an ordinary round, about what was decided in a hurry: adopted, it takes its place."""
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("version", "round", "owner")
        .get(pk=proposal.pk)
    )
    access.confirm_urgent.require(by, proposal)
    if proposal.in_force_until is None or proposal.in_force_until <= clock.today():
        raise Refused(_("This agreement is over."))
    version = proposal.version
    assert version is not None
    again = propose(
        by=by, title=version.title, summary=version.summary, body=version.body, matter=Matter(proposal.matter),
        leading_team=proposal.leading_team, owner=proposal.owner, review_on=proposal.review_on,
        term_months=proposal.term_months, cost_now=version.cost_now, cost_then=version.cost_then,
    )  # fmt: skip
    Proposal.objects.filter(pk=again.pk).update(replaces=proposal)
    notify.close_asks(subject=ref_of(proposal))
    return open_round(by=by, proposal=again)

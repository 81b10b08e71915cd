"""A text that follows from something else, such as an article of the charter, changes where that changes."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.core.texts import Texts
from tequio.decisions import access, events
from tequio.decisions.models import STOPPING, Objection, Proposal, Version
from tequio.decisions.services.amending import ask_again, latest_round
from tequio.decisions.services.holding import hold
from tequio.decisions.services.objections import offer
from tequio.decisions.services.proposing import write_version


@transaction.atomic
def restate(*, by: Actor, proposal: Proposal, body: Texts, why: str) -> Version:
    """Put new words in the place of those on which a round was opened, and ask every voice again.

    For the app that keeps what the words follow from: it changes both in one transaction. Objections go on stopping
    it until those who raised them answer the new words without objecting. Source: GOV-09, EXPERIENCE 3.4 (2).
    """
    hold(round=latest_round(proposal_id=proposal.pk))
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("version").get(pk=proposal.pk)
    access.restate.require(by, proposal)
    old = proposal.version
    if old is None or not why.strip():
        raise Refused(_("Say what changes, and why."))
    version = write_version(
        by=by, proposal=proposal, title=old.title, summary=old.summary, body=body, why=why.strip(),
        cost_now=old.cost_now, cost_then=old.cost_then,
    )  # fmt: skip
    events.changed.record(proposal, by=by, uuid=proposal.uuid, number=proposal.number, title=version.title)
    for objection in _standing(proposal):
        offer(by=by, objection=objection, proposal=proposal, version=version)
    ask_again(by=by, proposal=proposal, hours=None)
    return version


def _standing(proposal: Proposal) -> QuerySet[Objection]:
    return Objection.objects.select_related("membership", "participant").filter(
        proposal=proposal, state__in=STOPPING
    )

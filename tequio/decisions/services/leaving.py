"""Deciding inside a circle that somebody leaves it: the others decide, and the seat ends by itself. Source: C8, P18."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.core.texts import say
from tequio.decisions.models import Proposal
from tequio.decisions.rules import Kind, Matter
from tequio.decisions.services.entitling import LEAVES, concerned_in
from tequio.decisions.services.proposing import propose
from tequio.governance import selectors as governance
from tequio.governance import services as seats
from tequio.governance.models import Circle, Seat
from tequio.governance.rules import Ended, Role
from tequio.people.models import Participant
from tequio.register.models import Entry

TITLE = gettext_lazy("Somebody would leave the circle: %(circle)s")
SUMMARY = gettext_lazy("Whom this is about would no longer have a seat. %(why)s")


@transaction.atomic
def propose_leaving(*, by: Actor, circle: Circle, participant: Participant, why: str) -> Proposal:
    """Propose to a circle that somebody leaves it; who it is has no answer in that, and is named on its
    pages alone: what it says never changes, and a name can be erased.

    Raises Refused without a reason, for oneself, and for somebody who has no seat there.
    """
    if participant.pk == by.participant_id:
        raise Refused(_("Your own seat you give back yourself."))
    if not governance.members_of(circle).filter(pk=participant.pk).exists():
        raise Refused(_("This person has no seat in the circle."))
    if not why.strip():
        raise Refused(_("Say why: the circle reads it first."))
    title: dict[str, str] = {}
    summary: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            title[code] = str(TITLE) % {"circle": say(circle.name)[:100]}
            summary[code] = str(SUMMARY) % {"why": why.strip()[:400]}
    return propose(
        by=by, title=title, summary=summary, body={}, matter=Matter.OPERATIONAL, kind=Kind.REMOVAL, circle=circle,
        subject=f"{LEAVES}{participant.uuid}",
    )  # fmt: skip


@transaction.atomic
def end_the_seat(*, entry: Entry, facts: Mapping[str, Any]) -> None:
    """End the seat that a circle decided to end; again, nothing more happens."""
    named = facts.get("uuid")  # missing once erased
    proposal = Proposal.objects.select_related("circle").filter(uuid=named).first() if named else None
    concerned = concerned_in(proposal=proposal) if proposal is not None else None
    if proposal is None or concerned is None:
        return
    rows = Seat.objects.filter(circle=proposal.circle_id, participant__uuid=concerned, role=Role.MEMBER)
    for seat in rows.filter(ended_at=None):
        seats.end_seat(by=system(proposal.network_id), seat=seat, why=Ended.REMOVED, entry=entry.pk)

"""Whose voices a decision asks: of the members, or inside a circle of the people who were seated when it opened. Source: G-6."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.decisions import access
from tequio.decisions.models import Proposal, Round
from tequio.decisions.models import column as column
from tequio.decisions.models import counted as counted
from tequio.governance import selectors as governance
from tequio.governance.access import KEEPING, Standing
from tequio.governance.models import Circle, Seat, active_on
from tequio.people.models import Membership, Participant
from tequio.people.selectors import voiced_memberships


def same_voice(prefix: str = "") -> Q:
    """The condition that a row of a subquery is of the same voice as the row outside it."""
    return Q(membership=OuterRef(f"{prefix}membership")) | Q(participant=OuterRef(f"{prefix}participant"))


def own(actor: Actor, decision: Proposal | Round) -> int:
    """The key of the voice that the actor has in a decision, or 0: their own inside a circle, else their member's."""
    return access.own_voice(actor, decision)


def with_circle(actor: Actor, proposal: Proposal) -> None:
    """Read the circle that decides a proposal, and what the reader is in it, for a page that asks about both often."""
    if proposal.circle_id is None:
        return
    seats = Seat.objects.filter(active_on(clock.today()), circle=OuterRef("pk"))
    rows = Circle.objects.annotate(
        mine=ArraySubquery(seats.filter(participant=actor.participant_id or 0).values("role")),
        kept=Exists(seats.filter(role__in=sorted(KEEPING))),
    )
    found = rows.get(pk=proposal.circle_id)
    proposal.circle = found
    access.remember(actor, proposal, Standing(frozenset(found.mine), found.kept))


def of_voice(decision: Proposal | Round, voice_id: int) -> dict[str, Any]:
    """The columns that name one voice in a decision."""
    return {f"{column(decision.circle_id is not None)}_id": voice_id}


def voices_today(circle: Circle | None) -> QuerySet[Membership] | QuerySet[Participant]:
    """Who would have a voice if a round opened now."""
    return voiced_memberships() if circle is None else governance.members_of(circle)


def voices_now(actor: Actor, proposal: Proposal) -> list[tuple[int, str]]:
    """The voices that a proposal has today, by name."""
    rows: Any = voices_today(proposal.circle)
    return list(rows.order_by("name", "pk").values_list("pk", "name"))


def others_now(actor: Actor, proposal: Proposal) -> list[tuple[int, str]]:
    """The voices but the reader's that a proposal has today."""
    mine = own(actor, proposal)
    return [one for one in voices_now(actor, proposal) if one[0] != mine]


def voice_now(actor: Actor, proposal: Proposal, voice_id: int) -> Membership | Participant | None:
    """One of the other voices that a proposal has today."""
    mine = own(actor, proposal)
    if proposal.circle is None:
        return voiced_memberships().exclude(pk=mine).filter(pk=voice_id).first()
    return governance.members_of(proposal.circle).exclude(pk=mine).filter(pk=voice_id).first()

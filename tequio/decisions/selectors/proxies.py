"""Reads of voices given to others for a vote."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.core.texts import Texts
from tequio.decisions.models import Elector, Proposal, Proxy, Round, State
from tequio.decisions.rules import CONSENT_ONLY
from tequio.decisions.selectors.seeing import sees
from tequio.people.models import Membership
from tequio.people.models.memberships import VOICED

UNDER_WAY = (State.DRAFT, State.CONSENT, State.OBJECTED)


def proxies(actor: Actor) -> list[Proxy]:
    """The voices that the reader's member gave or was given, for what is still to be voted."""
    mine = Q(giver=actor.membership_id or 0) | Q(holder=actor.membership_id or 0)
    coming = Q(on_day__gte=clock.today()) | Q(proposal__state__in=[*UNDER_WAY, State.VOTE])
    rows = Proxy.objects.filter(mine, coming, ended_at=None)
    return list(rows.select_related("giver", "holder", "proposal__version").order_by("pk")[:50])


def proxy(actor: Actor, proxy_id: int) -> Proxy | None:
    """One voice that the reader's member gave."""
    rows = Proxy.objects.select_related("giver", "holder", "proposal__version")
    return rows.filter(pk=proxy_id, giver=actor.membership_id or 0).first()


def members_to_carry(actor: Actor) -> list[tuple[int, str]]:
    """The other members, to which a voice can be given."""
    rows = Membership.objects.filter(status__in=VOICED).exclude(pk=actor.membership_id or 0)
    return list(rows.order_by("name", "pk").values_list("pk", "name")[:1000])


def member_to_carry(actor: Actor, membership_id: int) -> Membership | None:
    """One of the members to which a voice can be given."""
    rows = Membership.objects.filter(status__in=VOICED, pk=membership_id)
    return rows.exclude(pk=actor.membership_id or 0).first()


def carried_voice(actor: Actor, round: Round, elector_id: int) -> Elector | None:
    """One voice of a vote that was given to the reader's member."""
    rows = Elector.objects.select_related("membership", "proxy", "answer")
    return rows.filter(round=round, pk=elector_id, proxy__holder=actor.membership_id or 0).first()


def votable(actor: Actor) -> list[tuple[int, Texts]]:
    """What may still come to a vote: (number, title)."""
    rows = Proposal.objects.filter(sees(actor), state__in=UNDER_WAY, circle=None).exclude(
        kind__in=[kind.value for kind in CONSENT_ONLY]
    )
    return list(rows.order_by("-number").values_list("number", "version__title")[:100])


def carried(actor: Actor, round: Round) -> list[dict[str, Any]]:
    """In a vote: the voices given to the reader's member, and its own if it gave it away (``mine``)."""
    if not round.is_vote or not round.proxies_at_most or actor.membership_id is None:
        return []
    rows = Elector.objects.filter(round=round, proxy__isnull=False).filter(
        Q(membership=actor.membership_id) | Q(proxy__holder=actor.membership_id)
    )
    told = rows.order_by("membership__name", "pk").values(
        "pk",
        "membership_id",
        "membership__name",
        "proxy__holder__name",
        "answer__position",
        "answer__concern",
    )
    return [{**row, "mine": row["membership_id"] == actor.membership_id} for row in told]

"""Copies that were made, and the coordination on its way."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tequio.archive.models import Copy, CopyState, Offer, OfferState
from tequio.archive.rules import CLOSING
from tequio.core.actor import Actor
from tequio.decisions.models import Proposal, State
from tequio.decisions.rules import Kind
from tequio.networks import selectors as networks
from tequio.networks.models import CharterWay
from tequio.people.models import Participant

SHOWN = 10
SETTLED = (State.ADOPTED, State.NOT_ADOPTED)


def copies(actor: Actor) -> list[Copy]:
    """Return the newest copies, who asked for each along."""
    rows = Copy.objects.select_related("asked_by").only(
        "uuid", "kind", "state", "asked_at", "made_at", "expires_at", "size", "digest", "asked_by__name"
    )
    return list(rows.order_by("-asked_at", "-pk")[:SHOWN])


def copy(actor: Actor, uuid: UUID) -> Copy | None:
    """Return a copy that lies ready, or None."""
    return Copy.objects.filter(uuid=uuid, state=CopyState.MADE).first()


def expired(*, now: datetime) -> list[Copy]:
    """Return the copies of this network whose days are over."""
    return list(Copy.objects.filter(state=CopyState.MADE, expires_at__lte=now))


def offers(actor: Actor) -> list[Offer]:
    """Return the offers of the coordination that wait for an answer."""
    rows = Offer.objects.filter(state=OfferState.OPEN).select_related("giver", "receiver")
    return list(rows.order_by("offered_at", "pk"))


def offer(actor: Actor, uuid: UUID) -> Offer | None:
    """Return an offer to this person, or any for who coordinates; None for the others."""
    found = Offer.objects.select_related("giver", "receiver").filter(uuid=uuid).first()
    if found and (actor.participant_id == found.receiver_id or actor.has("COORDINATION")):
        return found
    return None


def closing_asked() -> Proposal | None:
    """Return the proposal to close the network that its members are deciding on, or None."""
    rows = Proposal.objects.filter(subject=CLOSING).exclude(state__in=SETTLED)
    return rows.order_by("-number").first()


def way_of_closing() -> Kind:
    """Return as what a proposal to close the network is decided: by consent alone, where its charter changes so only."""
    consent = networks.governance().charter_change == CharterWay.CONSENT
    return Kind.CLOSING if consent else Kind.GENERAL


def receivers(actor: Actor) -> QuerySet[Participant]:
    """Return to whom the coordination can be offered: who takes part, does not coordinate, and has no open offer."""
    asked = Offer.objects.filter(state=OfferState.OPEN).values("receiver")
    return (
        Participant.objects.filter(until_on=None, person__is_active=True)
        .exclude(duties__contains=["COORDINATION"])
        .exclude(pk__in=asked)
        .select_related("membership")
        .order_by("name", "pk")
    )

"""Who carries whose voice today: a question to the calendar, so that nothing has to happen at midnight."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.core.prepared import slot
from tequio.core.scoping import here
from tequio.networks.models import Network
from tequio.people.models import Membership, Participant, Substitution, Voice

NAMED = (Voice.DELEGATE, Voice.SUBSTITUTE)


def today_of(network: Network) -> date:
    """Return today's date where a network lives."""
    return clock.now().astimezone(clock.zone_of(network.time_zone)).date()


def network_today() -> date:
    """Return today's date where the current network lives."""
    name = Network.objects.values_list("time_zone", flat=True).get(pk=here())
    return clock.now().astimezone(clock.zone_of(name)).date()


def with_voice(rows: QuerySet[Participant], today: Any) -> QuerySet[Participant]:
    """Say of participants whether they stand in on a day (``stands_in``), and whether somebody does for them."""
    on = Substitution.objects.filter(
        starts_on__lte=today, ends_on__gt=today, membership=OuterRef("membership"), participant__until_on=None
    )
    return rows.annotate(
        stands_in=Exists(on.filter(participant=OuterRef("pk"))),
        stood_in=Exists(on.exclude(participant=OuterRef("pk"))),
    )


def today_slot() -> Any:
    """Leave a place for today's date in a prepared read."""
    return slot("today", DateField())


def speaking() -> QuerySet[Participant]:
    """Who carries the voice of their member today; where somebody stands in, nobody else does. Source: CTX-21, G-6."""
    rows = with_voice(Participant.objects.filter(until_on=None, person__is_active=True), network_today())
    return rows.filter(Q(stands_in=True) | Q(voice__in=NAMED, stood_in=False))


def speaks(participant: Participant) -> bool:
    """Say whether somebody carries the voice of their member today."""
    return speaking().filter(pk=participant.pk).exists()


def standing_in(actor: Actor, membership_id: int, *, today: date) -> list[Substitution]:
    """Who stands in for a member's delegate, today and later."""
    rows = Substitution.objects.filter(membership_id=membership_id, ends_on__gt=today)
    return list(rows.select_related("participant"))


def could_stand_in(membership: Membership) -> QuerySet[Participant]:
    """Who could carry a member's voice for some days: its people but the delegate, substitutes first."""
    rows = Participant.objects.filter(membership=membership, until_on=None).exclude(voice=Voice.DELEGATE)
    return rows.order_by("-voice", "name", "pk")


def substitution(actor: Actor, pk: int, *, organization: UUID) -> Substitution | None:
    """One of an organization that has not ended yet, or None."""
    rows = Substitution.objects.filter(pk=pk, membership__organization__uuid=organization)
    return rows.select_related("participant", "membership").filter(ends_on__gt=network_today()).first()


def passing_today() -> list[int]:
    """The members whose voice passed at the last midnight: somebody begins to stand in, or has ended."""
    today = network_today()
    rows = Substitution.objects.filter(Q(starts_on=today) | Q(ends_on=today), membership__ended_on=None)
    return list(rows.order_by("membership").values_list("membership", flat=True).distinct())

"""Every read of what members do together against violence and for a cause. Source: GOV-37, GOV-39, GOV-40, MEM-04."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.membership.models import Attendance, Occasion, Resource
from tequio.networks import selectors as networks
from tequio.networks.models import Statement
from tequio.people.models import Membership
from tequio.people.models.memberships import VOICED

MOST = 50
COMMITMENTS = "commitments"


@dataclass(frozen=True)
class Together:
    """What the charter commits the network to, the dates ahead and past, and what helps from outside."""

    commitments: Statement | None
    ahead: Sequence[Occasion]
    past: Sequence[Occasion]
    resources: Sequence[Resource]


def together(actor: Actor) -> Together:
    """Return all that members do together; dates with how many said they come, or came."""
    rows = list(_counted().order_by("-at", "-pk")[:MOST])
    now = clock.now()
    return Together(
        commitments=networks.statements(COMMITMENTS).get(COMMITMENTS),
        ahead=[row for row in reversed(rows) if row.at > now and row.called_off_at is None],
        past=[row for row in rows if row.at <= now or row.called_off_at is not None],
        resources=list(Resource.objects.order_by("title", "pk")[:MOST]),
    )


def _counted() -> QuerySet[Occasion]:
    return Occasion.objects.annotate(
        coming=Count("attendances", filter=Q(attendances__comes=True)),
        present=Count("attendances", filter=Q(attendances__came=True)),
    )


def occasion(actor: Actor, uuid: UUID) -> Occasion | None:
    """Return one date, with who called it."""
    return _counted().select_related("called_by").filter(uuid=uuid).first()


@dataclass(frozen=True)
class Seat:
    """A member, and what is known of its coming."""

    pk: int
    name: str
    comes: bool | None
    came: bool | None


def seats(actor: Actor, occasion: Occasion) -> list[Seat]:
    """Return every member with whether it comes and whether it came."""
    told = {row.membership_id: row for row in Attendance.objects.filter(occasion=occasion)}
    rows = Membership.objects.filter(status__in=VOICED).order_by("name", "pk").values_list("pk", "name")
    return [
        Seat(pk, name, told[pk].comes if pk in told else None, told[pk].came if pk in told else None)
        for pk, name in rows
    ]


def resource(actor: Actor, uuid: UUID) -> Resource | None:
    """Return one thing that helps from outside."""
    return Resource.objects.filter(uuid=uuid).first()

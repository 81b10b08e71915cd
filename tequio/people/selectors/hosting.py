"""Who stands behind the network, and which networks it stands behind."""

from dataclasses import dataclass

from django.db.models import QuerySet

from tequio.core.actor import Actor
from tequio.networks.models import Network, Stage
from tequio.people.models import Agreement, Host, Hosting, Organization, Side
from tequio.people.models.memberships import VOICED

LIVING = (Agreement.ASKED, Agreement.ACCEPTED)


@dataclass(frozen=True)
class Hostings:
    """What stands between this network and others: its host, and those it hosts; those that wait first."""

    host: Hosting | None
    asking: list[Hosting]
    hosted: list[Hosting]


def hosts(actor: Actor) -> list[Host]:
    """The organizations that stand behind the network today, the coordinating one first."""
    rows = Host.objects.filter(until_on=None).select_related("organization")
    return list(rows.order_by("-coordinates", "organization__name", "pk"))


def hostings(actor: Actor) -> Hostings:
    """What is agreed or asked between this network and others, for its people."""
    rows = Hosting.objects.filter(state__in=LIVING).select_related("other").order_by("asked_at", "pk")
    found = list(rows)
    below = [row for row in found if row.side == Side.HOSTS]
    return Hostings(
        host=next((row for row in found if row.side == Side.HOSTED), None),
        asking=[row for row in below if row.state == Agreement.ASKED],
        hosted=[row for row in below if row.state == Agreement.ACCEPTED],
    )


def hosting(actor: Actor, pk: int) -> Hosting | None:
    """One that waits or holds, or None."""
    return Hosting.objects.select_related("other").filter(pk=pk, state__in=LIVING).first()


def could_host() -> QuerySet[Organization]:
    """The organizations that are members: any of them can stand behind the network."""
    rows = Organization.objects.filter(memberships__status__in=VOICED)
    return rows.order_by("folded", "pk")


def network_to_ask(slug: str) -> Network | None:
    """A listed network of this installation by the name in its address, or None.

    An unlisted one does not exist for strangers, and in a closed one nothing is written.
    """
    rows = Network.objects.filter(slug=slug, listed=True).exclude(stage=Stage.CLOSED)
    return rows.only("pk", "slug", "name", "listed").first()

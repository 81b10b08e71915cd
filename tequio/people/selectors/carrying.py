"""What the people of an organization carry from one network to another: their own, read by themselves."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tequio.core.scoping import network_scope
from tequio.networks.models import Network
from tequio.people.models import Alias, Operation, Organization, Participant
from tequio.people.rules.organizations import Details
from tequio.people.rules.showing import MEMBERS
from tequio.people.selectors.accounts import participations_of
from tequio.people.selectors.showing import hidden_of, without


@dataclass(frozen=True)
class Carried:
    """An organization as it is written down where somebody of it takes part; ``uuid`` stays the same everywhere."""

    uuid: UUID
    name: str
    network: str
    number: int
    network_id: int


def carried(*, person_id: int, besides: Network | None = None) -> list[Carried]:
    """Return the organizations that a person acts for in their networks, each once, besides those of one network.

    Each is read inside its own network, as that network's participant: nobody else learns that it is in two.
    """
    found: dict[UUID, Carried] = {}
    for participation in participations_of(person_id):
        network = participation.network
        if besides is not None and network.pk == besides.pk:
            continue
        with network_scope(network.pk):
            organization = _organization_of(participation)
        if organization is not None:
            found.setdefault(
                organization.uuid,
                Carried(organization.uuid, organization.name, network.title, organization.pk, network.pk),
            )
    return list(found.values())


def carried_one(*, person_id: int, uuid: UUID, besides: Network | None = None) -> Carried | None:
    """Return one of them, or None for an organization that the person acts for nowhere else."""
    return next((one for one in carried(person_id=person_id, besides=besides) if one.uuid == uuid), None)


def carried_details(*, one: Carried) -> Details:
    """Return what is known of an organization where it comes from, as a form holds it.

    What it chose to keep for the coordination there stays there: here it would be read by all members.
    """
    with network_scope(one.network_id):
        row: Any = Organization.objects.get(pk=one.number)
        row.cities, row.names = _written(row), _named(row)
        row = without(row, row.shows.keys() & hidden_of(row.shows, reader=MEMBERS))
        return Details(
            name=row.name, kind=row.kind, sector=row.sector, country=row.country,
            cities=tuple(row.cities), national_level=row.national_level, scope=row.scope, size=row.size,
            themes=tuple(row.themes), populations=tuple(row.populations), languages=tuple(row.languages),
            aliases=tuple(row.names), about=dict(row.about), website=row.website, email=row.email, phone=row.phone,
        )  # fmt: skip


def _organization_of(participation: Participant) -> Organization | None:
    if participation.membership_id is None:
        return None
    rows = Organization.objects.filter(memberships__pk=participation.membership_id, merged_into=None)
    return rows.only("uuid", "name").first()


def _written(row: Organization) -> list[str]:
    return list(Operation.objects.filter(organization=row).order_by("pk").values_list("written", flat=True))


def _named(row: Organization) -> list[str]:
    return list(Alias.objects.filter(organization=row).order_by("pk").values_list("name", flat=True))

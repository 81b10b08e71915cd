"""Starting a network and bringing in those who found it."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.text import slugify

from tequio.core.actor import Actor, system
from tequio.core.scoping import network_scope
from tequio.core.texts import Texts, say
from tequio.founding import access, events
from tequio.networks import selectors as network_selectors
from tequio.networks import services as networks
from tequio.networks.models import Network, Stage
from tequio.people import services as people
from tequio.people.models import Duty, Organization, Participant, Person, Status, Voice
from tequio.people.rules.organizations import Details
from tequio.people.selectors import Carried, carried_details, find_actor

# Words that are addresses of the site itself.
RESERVED = frozenset({
    "about",
        "accessibility", "admin", "api", "ayuda", "colors", "components", "cuenta", "entrar", "healthz", "home",
    "invitation", "language", "letters", "notify", "outbox", "privacy", "salir", "start", "static",
})  # fmt: skip


@transaction.atomic
def start_network(
    *,
    person: Person,
    name: Texts,
    languages: Sequence[str],
    organization: str,
    founder: str = "",
    slug: str | None = None,
    listed: bool = True,
    host_kind: str = "GROUP",
    carried: Carried | None = None,
) -> Network:
    """Start a network with its first founder, who coordinates it until the charter says who does.

    ``organization`` may be empty: the founder is then a member in their own name. ``founder`` is the name
    they use here; without one, the name of their account. ``carried`` is their organization in another network of
    theirs: what it wrote there comes along, under the same portable UUID.
    """
    details = carried_details(one=carried) if carried else None
    network = networks.start(
        name=name,
        slug=slug or free_slug(name=say(name)),
        languages=languages,
        listed=listed,
        host_kind=host_kind,
    )
    with network_scope(network.pk):
        by = system(network.pk)
        duties = (Duty.FOUNDER, Duty.COORDINATION, Duty.SIGNER, Duty.ADMISSION)
        recorded = _bring(by, carried, details, organization) if carried and details else None
        first = seat_founder(
            by=by, person=person, organization=organization, name=founder, duties=duties, recorded=recorded
        )
        if first.membership and first.membership.organization:
            people.begin_hosting(by=by, network=network, organization=first.membership.organization)
        networks.announce(by=find_actor(person) or by, network=network)
    return network


def _bring(by: Actor, carried: Carried, details: Details, name: str) -> Organization:
    """Record an organization with what it wrote elsewhere, under the name it uses here."""
    return people.record_details(
        by=by, details=replace(details, name=name or details.name), uuid=carried.uuid
    )


def free_slug(*, name: str) -> str:
    """Return a name for addresses that no network has yet."""
    wanted = slugify(name)[:50].strip("-") or "red"
    slug, number = wanted, 1
    while slug in RESERVED or network_selectors.slug_taken(slug):
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def seat_founder(
    *,
    by: Actor,
    person: Person,
    organization: str,
    name: str = "",
    duties: Sequence[str] = (Duty.FOUNDER,),
    recorded: Organization | None = None,
) -> Participant:
    """Make a founder's organization (or the founder) a founding member, and the founder its delegate."""
    shown = name or person.name or person.email.partition("@")[0]
    if organization or recorded:
        recorded = recorded or people.record_organization(by=by, name=organization)
        membership = people.join(by=by, organization=recorded, name=recorded.name, status=Status.FOUNDING)
    else:
        membership = people.join(by=by, person=person, name=shown, status=Status.FOUNDING)
    return people.seat(
        by=by, person=person, name=shown, membership=membership, voice=Voice.DELEGATE, duties=duties
    )


@transaction.atomic
def invite_founder(
    *, by: Actor, network: Network, email: str, name: str, organization: str, language: str
) -> None:
    """Write to somebody who would found the network too; their organization is recorded now, and joins with them."""
    access.invite.require(by, network)
    recorded = people.record_organization(by=by, name=organization) if organization else None
    people.invite(
        by=by,
        email=email,
        name=name,
        organization=recorded,
        voice=Voice.DELEGATE,
        duties=(Duty.FOUNDER,),
        language=language,
    )
    events.founder_invited.record(network, by=by, organization=organization)


def founding(*, network: Network) -> bool:
    """Say whether the path is still being walked."""
    return network.stage == Stage.FOUNDING

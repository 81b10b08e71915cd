"""The characters of the whole suite. Ana coordinates, Beto is a member's delegate, Carla belongs to another
network, Dora is a contact person; Elías has no account."""

from dataclasses import dataclass

from tequio.core import clock
from tequio.core.actor import Actor, system
from tequio.core.scoping import network_scope
from tequio.networks.models import Governance, Joining, Model, Network, Stage
from tequio.people import services as people
from tequio.people.models import Duty, Status, Voice
from tequio.people.selectors import find_actor


@dataclass(frozen=True)
class Andina:
    network: Network
    ana: Actor
    beto: Actor
    dora: Actor


@dataclass(frozen=True)
class Elsewhere:
    network: Network
    carla: Actor


def make_network(
    slug: str, name: str, *, model: str = Model.VERTICAL, stage: str = Stage.IN_FORCE
) -> Network:
    """Make a network with its settings, without walking the founding path."""
    network = Network.objects.create(
        slug=slug, name={"es": name}, languages=["es", "pt-br", "en"], stage=stage, created_at=clock.now()
    )
    with network_scope(network.pk):
        Governance.objects.create(model=model)
        Joining.objects.create(contribution="OPEN")
    return network


def add_member(network: Network, name: str, *, status: str = Status.ACTIVE) -> object:
    """Record an organization and make it a member."""
    by = system(network.pk)
    organization = people.record_organization(by=by, name=name)
    return people.join(by=by, organization=organization, name=name, status=status)


def add_person(
    network: Network,
    name: str,
    *,
    membership: object = None,
    voice: str = Voice.NONE,
    duties: tuple[str, ...] = (),
    language: str = "es",
) -> Actor:
    """Seat a person, found or made by the address ``name@example.org``."""
    person = people.person_for(email=f"{name.lower()}@example.org", name=name, language=language)
    people.seat(
        by=system(network.pk), person=person, name=name, membership=membership, voice=voice, duties=duties
    )
    actor = find_actor(person)
    assert actor is not None
    return actor


def build_network() -> Andina:
    """Build ``andina``."""
    network = make_network("andina", "Red Andina")
    with network_scope(network.pk):
        first = add_member(network, "Barrio Vivo")
        second = add_member(network, "La Asamblea")
        ana = add_person(
            network,
            "Ana",
            membership=first,
            voice=Voice.DELEGATE,
            duties=(Duty.COORDINATION, Duty.SIGNER, Duty.ADMISSION),
        )
        beto = add_person(network, "Beto", membership=second, voice=Voice.DELEGATE)
        dora = add_person(network, "Dora", membership=second, voice=Voice.SUBSTITUTE, duties=(Duty.CONTACT,))
    return Andina(network, ana, beto, dora)


def build_elsewhere() -> Elsewhere:
    """Build ``sul``."""
    network = make_network("sul", "Rede Sul", model=Model.HORIZONTAL)
    with network_scope(network.pk):
        member = add_member(network, "Casa Comum")
        carla = add_person(
            network,
            "Carla",
            membership=member,
            voice=Voice.DELEGATE,
            duties=(Duty.COORDINATION,),
            language="pt-br",
        )
    return Elsewhere(network, carla)

from collections.abc import Iterator

import pytest

from tequio.core.actor import Actor
from tequio.core.scoping import network_scope
from tequio.founding import services
from tequio.founding.models import Charter
from tequio.networks.models import Network
from tequio.people.models import Person
from tequio.people.selectors import find_actor
from tests import standing
from tests.founding import world
from tests.jobs import run_due_jobs


@pytest.fixture
def rosa(db: None) -> Person:
    return world.person("Rosa")


@standing.world()
def started() -> Network:
    """A network that Rosa has started; nobody is in its scope."""
    return services.start_network(
        person=world.person("Rosa"),
        name={"es": "Red del Agua"},
        languages=["es", "pt-br"],
        organization="Agua Común",
    )


@pytest.fixture
def founding(started: Network) -> Iterator[Network]:
    """The same network, the test inside its scope."""
    with network_scope(started.pk):
        yield started


@pytest.fixture
def first(rosa: Person, founding: Network) -> Actor:
    """Rosa, acting."""
    actor = find_actor(rosa)
    assert actor is not None
    return actor


@pytest.fixture
def second(founding: Network, rosa_and_joao: Actor) -> Actor:
    """João, another founder."""
    return rosa_and_joao


@pytest.fixture
def asked(first: Actor, second: Actor, consent_asked: Charter) -> Charter:
    """The charter on which Rosa and João are asked for their consent."""
    return consent_asked


@pytest.fixture
def ratified(first: Actor, second: Actor, founding: Network, consent_given: None) -> Network:
    """The network of Rosa and João, its charter in force."""
    founding.refresh_from_db()
    return founding


@standing.world(on="started")
def founded_alone(network: Network) -> None:
    """The charter of Rosa alone comes into force."""
    with network_scope(network.pk):
        rosa = world.acting("Rosa")
        world.answer_enough(rosa, network)
        world.ratify(network, rosa)
        run_due_jobs()


@standing.world(on="started")
def rosa_and_joao(network: Network) -> Actor:
    """João joins Rosa; he is the one returned."""
    with network_scope(network.pk):
        return world.founder("João", "Rio Vivo", network)


@standing.world(on="rosa_and_joao")
def consent_asked(joao: Actor) -> Charter:
    with network_scope(joao.network_id):
        rosa, network = world.acting("Rosa"), Network.objects.get(pk=joao.network_id)
        world.answer_enough(rosa, network)
        return services.open_ratification(by=rosa, network=network)


@standing.world(on="consent_asked")
def consent_given(charter: Charter) -> None:
    with network_scope(charter.network_id):
        world.consent(charter, world.acting("Rosa"), world.acting("João"))
        run_due_jobs()

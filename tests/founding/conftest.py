from collections.abc import Iterator

import pytest

from tequio.core.actor import Actor
from tequio.core.scoping import network_scope
from tequio.founding import services
from tequio.networks.models import Network
from tequio.people.models import Person
from tequio.people.selectors import find_actor
from tests.founding import world


@pytest.fixture
def rosa(db: None) -> Person:
    return world.person("Rosa")


@pytest.fixture
def started(rosa: Person) -> Network:
    """A network that Rosa has started; nobody is in its scope."""
    return services.start_network(
        person=rosa, name={"es": "Red del Agua"}, languages=["es", "pt-br"], organization="Agua Común"
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
def second(founding: Network) -> Actor:
    """João, another founder."""
    return world.founder("João", "Rio Vivo", founding)

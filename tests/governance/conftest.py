import pytest

from tequio.core.actor import Actor
from tequio.core.scoping import network_scope
from tests.governance.world import Circles, build_circles, of
from tests.standing import world
from tests.world import Andina, add_person


@world(on="andina")
def circled(andina: Andina) -> Circles:
    """The network andina with two circles and the double link between them, whole."""
    with network_scope(andina.network.pk):
        emi = add_person(andina.network, "Emi")
        people = {
            name: of(actor) for name, actor in (("ana", andina.ana), ("beto", andina.beto), ("emi", emi))
        }
        people["dora"] = of(andina.dora)
        return build_circles(andina.network, people=people, by=andina.ana)


@pytest.fixture
def circles(circled: Circles, network: object) -> Circles:
    return circled


@pytest.fixture
def emi(circles: Circles) -> Actor:
    from tequio.people.models import Person
    from tequio.people.selectors import find_actor

    actor = find_actor(Person.objects.get(pk=circles.people["emi"].person_id))
    assert actor is not None
    return actor

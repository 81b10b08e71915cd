import pytest

from tequio.core.actor import Actor
from tests.governance.world import Circles


@pytest.fixture
def emi(circles: Circles) -> Actor:
    from tequio.people.models import Person
    from tequio.people.selectors import find_actor

    actor = find_actor(Person.objects.get(pk=circles.people["emi"].person_id))
    assert actor is not None
    return actor

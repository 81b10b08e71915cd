"""Networks that nobody imagined move too: random rows in every kind of column. Source: CTX-13, XCT-01."""

import io
import random
from datetime import timedelta

import pytest

from tequio.archive import services
from tequio.core import clock
from tequio.core.actor import system
from tequio.core.scoping import network_scope
from tequio.decisions import services as decisions
from tequio.decisions.models import Round
from tequio.decisions.rules import Matter, Position
from tequio.networks.models import Network
from tequio.people import services as people
from tequio.people.models import Duty, Voice
from tequio.people.selectors import find_actor
from tequio.register import services as register
from tequio.register.models import Entry
from tests.archive.conftest import written
from tests.world import make_network

LETTERS = "aáçñüßЖ日本🌱 \"'\\/<&>=+-@\t,;\n%{}[]\u200f\u2028"
POSITIONS = (Position.AGREE, Position.CAN_LIVE_WITH, Position.STAND_ASIDE)


def words(chance: random.Random, most: int = 30) -> str:
    return "x" + "".join(chance.choice(LETTERS) for _ in range(chance.randrange(most))) + "x"


def grow(network: Network, chance: random.Random) -> None:
    """Let a network live for a while: people come and go, decide, are renamed, erased."""
    by = system(network.pk)
    actors = []
    for number in range(chance.randrange(2, 6)):
        organization = people.record_organization(
            by=by, name=words(chance), country=chance.choice(("CO", "BR", "")), about={"es": words(chance, 200)},
            cities=[words(chance) for _ in range(chance.randrange(3))], themes=[words(chance)], phone="+57 1",
        )  # fmt: skip
        membership = people.join(by=by, organization=organization, name=words(chance))
        person = people.person_for(email=f"p{number}@example.org", name=words(chance))
        people.seat(
            by=by, person=person, name=words(chance), membership=membership, voice=Voice.DELEGATE,
            duties=(Duty.COORDINATION,) if number == 0 else (),
        )  # fmt: skip
        actors.append(find_actor(person))
    for _number in range(chance.randrange(1, 4)):
        proposal = decisions.propose(
            by=actors[0], title={"es": words(chance)}, summary={"pt-br": words(chance)}, body={"en": words(chance, 500)},
            matter=chance.choice((Matter.STRATEGIC, Matter.OPERATIONAL)), leading_team=words(chance),
        )  # fmt: skip
        opened = decisions.open_round(by=actors[0], proposal=proposal)
        for actor in actors:
            decisions.answer(by=actor, round=opened, position=chance.choice(POSITIONS), concern=words(chance))
        if chance.random() < 0.6:
            with clock.at(clock.now() + timedelta(hours=1)):
                decisions.close_round(by=actors[0], round=opened)
        if chance.random() < 0.5:
            register.make_checkpoint(network=network)
    entry = Entry.objects.filter(kind="people.organization_recorded").order_by("turn").first()
    register.erase(by=actors[0], network=network, entry=entry, ground=words(chance))


@pytest.mark.parametrize("seed", [1, 2026])
def test_a_random_network_moves_byte_for_byte(committing, anew, seed):
    chance = random.Random(seed)
    network = make_network("azar", words(chance))
    with network_scope(network.pk):
        grow(network, chance)
        rounds = Round.objects.count()
    first = written(network)
    anew()
    came = services.bring_in(file=io.BytesIO(first))
    assert written(came.network) == first
    with network_scope(came.network.pk):
        assert Round.objects.count() == rounds

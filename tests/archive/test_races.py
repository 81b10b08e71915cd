"""Two who coordinate and ask at the same moment: it is asked once, and nobody sees the program break. Source: XCT-04."""

import pytest

from tequio.archive import services
from tequio.archive.models import Copy, Offer
from tequio.core.access import Refused
from tequio.core.scoping import network_scope
from tequio.decisions.models import Proposal
from tequio.people.models import Participant
from tests.decisions.test_races import at_once, inside
from tests.world import build_network


@pytest.fixture
def world(committing):
    return build_network()


def test_the_same_copy(world):
    network = world.network
    asked = at_once([inside(network, lambda: services.ask_for_copy(by=world.ana, network=network))] * 4)
    with network_scope(network.pk):
        assert asked == [Copy.objects.get()] * 4


def test_one_question_whether_the_network_is_closed(world):
    network = world.network
    asked = at_once(
        [inside(network, lambda: services.propose_closing(by=world.ana, why="Ya cumplimos."))] * 4
    )
    with network_scope(network.pk):
        proposal = Proposal.objects.get(subject="network/closing")
    assert [one for one in asked if not isinstance(one, Refused)] == [proposal]


def test_one_offer_to_somebody(world):
    network = world.network
    with network_scope(network.pk):
        receiver = Participant.objects.get(pk=world.beto.participant_id)

    def offer():
        return services.offer_coordination(by=world.ana, network=network, receiver=receiver, stays=True)

    asked = at_once([inside(network, offer)] * 4)
    with network_scope(network.pk):
        assert [one for one in asked if not isinstance(one, Refused)] == [Offer.objects.get()]

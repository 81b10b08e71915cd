"""One paper a voice under 8 requests at once. These tests commit, on connections of their own."""

import uuid

import pytest
from django.test import Client

from tequio.core.access import Refused
from tequio.core.scoping import network_scope
from tequio.elections import services
from tequio.elections.models import Paper, Participation, Voter
from tests.conftest import sign_in
from tests.decisions.test_races import at_once, inside
from tests.elections.world import RECEIPTS, opened
from tests.world import add_member, add_person, make_network


@pytest.fixture
def world(committing):
    """A network with a secret ballot open for two voices, committed."""
    network = make_network(f"urna-{uuid.uuid4().hex[:8]}", "Urna")
    with network_scope(network.pk):
        actors = [
            add_person(
                network, f"{name}-{network.slug}", membership=add_member(network, name), voice="DELEGATE",
                duties=("COORDINATION",),
            )
            for name in ("Uno", "Dos")
        ]  # fmt: skip
        ballot = opened(actors[0], "YES_NO", secret=True)
    return network, actors, ballot


def counts(network):
    with network_scope(network.pk):
        return Participation.objects.count(), Paper.objects.count()


def test_eight_papers_of_one_voice_at_once_are_one(world):
    network, actors, ballot = world
    results = at_once(
        [
            inside(
                network,
                lambda r=receipt: services.cast(
                    by=actors[0], ballot=ballot, paper={"answer": "yes"}, receipt=r
                ),
            )
            for receipt in RECEIPTS[:8]
        ]
    )
    assert sum(isinstance(one, str) for one in results) == 1
    assert sum(isinstance(one, Refused) for one in results) == 7
    assert counts(network) == (1, 1)


def test_the_database_alone_holds_one_paper_a_voice(world):
    network, actors, ballot = world

    def insert():
        voter = Voter.objects.get(membership_id=actors[0].membership_id)
        Participation.objects.create(voter=voter)
        Paper.objects.create(ballot=ballot, code=uuid.uuid4().hex * 2, says={"answer": "yes"})

    results = at_once([inside(network, insert)] * 8)
    assert sum(one is None for one in results) == 1
    assert counts(network) == (1, 1)


def test_eight_requests_at_once_through_the_page_are_one_paper(world):
    network, actors, ballot = world
    path = f"/{network.slug}/ballots/{ballot.number}/cast/"
    clients = []
    for _ in range(8):
        client = Client()
        sign_in(client, actors[0])
        clients.append(client)
    results = at_once(
        [
            lambda c=c, r=r: (
                c.post(
                    path, {"answer": "yes", "receipt": r, "sure": "yes", "once": str(uuid.uuid4())}
                ).status_code
            )
            for c, r in zip(clients, RECEIPTS, strict=False)
        ]
    )
    assert results.count(303) == 1
    assert set(results) <= {303, 403}
    assert counts(network) == (1, 1)

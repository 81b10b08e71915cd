"""Founders who save the same text at the same moment: nothing is lost, one text stands. These tests commit."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from tequio.core.scoping import network_scope
from tequio.founding import selectors, services
from tequio.founding.models import Charter, SharedText, TextState
from tequio.people.selectors import find_actor
from tests.founding.world import answer_enough, founder, person, save


@pytest.fixture
def world(committing):
    """A network with four founders, committed."""
    mark = uuid.uuid4().hex[:8]
    somebody = person(f"Rosa-{mark}")
    network = services.start_network(
        person=somebody, name={"es": f"Carrera {mark}"}, languages=["es"], organization=f"Agua {mark}"
    )
    with network_scope(network.pk):
        others = [founder(f"F{n}-{mark}", f"Organización {n} {mark}", network) for n in range(3)]
        actors = [find_actor(somebody), *others]
    return network, actors


def at_once(network, works):
    """Run every piece of work at the same moment, each on a connection of its own; return results or exceptions."""
    start = Barrier(len(works))

    def run(work):
        try:
            start.wait(timeout=60)
            with network_scope(network.pk):
                return work()
        except Exception as problem:  # noqa: BLE001 - the test looks at it
            return problem
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_four_who_save_the_first_text_at_once_all_keep_theirs(world):
    network, actors = world
    works = [
        lambda n=n, actor=actor: save(actor, network, "why", purpose=f"Texto {n}")
        for n, actor in enumerate(actors)
    ]
    assert not [problem for problem in at_once(network, works) if isinstance(problem, Exception)]
    with network_scope(network.pk):
        rows = SharedText.objects.filter(question="purpose")
        assert sorted(row.body for row in rows) == [f"Texto {n}" for n in range(4)]
        assert rows.filter(state=TextState.CURRENT).count() == 1
        assert rows.filter(state=TextState.APART).count() == 3
        assert sorted(row.version for row in rows) == [1, 2, 3, 4]


def test_only_one_ratification_is_asked_for(world):
    network, actors = world
    with network_scope(network.pk):
        answer_enough(actors[0], network)
    works = [lambda actor=actor: services.open_ratification(by=actor, network=network) for actor in actors]
    results = at_once(network, works)
    assert len([one for one in results if isinstance(one, Charter)]) == 1
    with network_scope(network.pk):
        assert Charter.objects.count() == 1
        assert selectors.latest_charter().proposal_number is not None

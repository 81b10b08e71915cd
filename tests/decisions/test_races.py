"""One voice per member under 8 answers at once, and rounds that end while people answer (S8).

These tests commit, on connections of their own.
"""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.scoping import network_scope
from tequio.decisions import services
from tequio.decisions.models import Answer, AnswerChange, Elector, Objection, Outcome, Round
from tequio.decisions.rules import Matter, Position
from tequio.people.models import Voice
from tests.conftest import sign_in
from tests.world import add_member, add_person, make_network


@pytest.fixture
def world(committing):
    """A network with a round open for three voices, committed."""
    slug = f"race-{uuid.uuid4().hex[:10]}"
    network = make_network(slug, "Carrera")
    with network_scope(network.pk):
        actors = [
            add_person(
                network,
                f"{name}-{slug}",
                membership=add_member(network, f"{name} {slug}"),
                voice=Voice.DELEGATE,
            )
            for name in ("Uno", "Dos", "Tres")
        ]
        proposal = services.propose(
            by=actors[0],
            title={"es": "A la vez"},
            summary={"es": "Ocho a la vez"},
            body={},
            matter=Matter.STRATEGIC,
        )
        opened = services.open_round(by=actors[0], proposal=proposal)
    return network, actors, opened


def at_once(works):
    """Run every piece of work at the same moment, each on a connection of its own; return results or exceptions."""
    start = Barrier(len(works))

    def run(work):
        try:
            start.wait(timeout=30)
            return work()
        except Exception as problem:  # noqa: BLE001 - the test looks at it
            return problem
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def inside(network, work):
    def run():
        with network_scope(network.pk):
            return work()

    return run


def counts(network, opened):
    with network_scope(network.pk):
        answers = Answer.objects.filter(elector__round=opened)
        return answers.count(), AnswerChange.objects.filter(answer__in=answers).count()


def test_eight_answers_of_one_voice_at_once_are_one_answer(world):
    network, actors, opened = world
    positions = [Position.AGREE, Position.CAN_LIVE_WITH] * 4
    results = at_once(
        [
            inside(network, lambda p=p: services.answer(by=actors[0], round=opened, position=p))
            for p in positions
        ]
    )
    assert not [one for one in results if isinstance(one, Exception)]
    assert counts(network, opened)[0] == 1


def test_eight_inserts_past_the_service_leave_one_answer(world):
    network, actors, opened = world

    def insert():
        elector = Elector.objects.get(round=opened, membership_id=actors[0].membership_id)
        Answer.objects.create(elector=elector, position=Position.AGREE, given_at=clock.now())

    results = at_once([inside(network, insert)] * 8)
    assert sum(one is None for one in results) == 1
    assert counts(network, opened)[0] == 1


def test_eight_requests_at_once_through_pages_are_one_answer(world):
    network, actors, opened = world
    path = f"/{network.slug}/decisions/1/"
    clients = []
    for _ in range(8):
        client = Client()
        sign_in(client, actors[0])
        clients.append(client)
    results = at_once(
        [lambda c=c: c.post(path, {"answer": "yes", "once": str(uuid.uuid4())}).status_code for c in clients]
    )
    assert set(results) == {303}
    assert counts(network, opened) == (1, 0)


def test_one_form_sent_eight_times_at_once_acts_once(world):
    network, actors, opened = world
    path, key = f"/{network.slug}/decisions/1/", str(uuid.uuid4())
    client = Client()
    sign_in(client, actors[0])
    sent = [{"answer": "object", "harm": f"Daño {k}", "once": key} for k in range(8)]
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    results = at_once(
        [lambda d=d: Client(headers={"cookie": cookie}).post(path, d).status_code for d in sent]
    )
    assert set(results) == {303}
    assert counts(network, opened) == (1, 0)
    with network_scope(network.pk):
        assert Objection.objects.filter(round=opened).count() == 1


def test_the_last_three_voices_at_once_close_the_round_once(world):
    network, actors, opened = world
    results = at_once(
        [
            inside(network, lambda a=a: services.answer(by=a, round=opened, position=Position.AGREE))
            for a in actors
        ]
    )
    assert not [one for one in results if isinstance(one, Exception)]
    with network_scope(network.pk):
        assert Outcome.objects.filter(round=opened).count() == 1
        assert Outcome.objects.get(round=opened).numbers["answered"] == 3


def test_no_answer_slips_in_after_the_count(world):
    """Whoever is told that the answer was taken is in the record; whoever is not, is not."""
    network, actors, opened = world
    with network_scope(network.pk):
        Round.objects.filter(pk=opened.pk).update(voices=100)  # a large one: voices answer side by side
        for actor in actors[1:]:
            services.answer(by=actor, round=opened, position=Position.AGREE)
        services.answer(by=actors[0], round=opened, position=Position.AGREE)

    def change(position):
        return services.answer(by=actors[0], round=opened, position=position)

    works = [
        inside(network, lambda p=p: change(p)) for p in (Position.CAN_LIVE_WITH, Position.STAND_ASIDE) * 3
    ]
    works.insert(3, inside(network, lambda: services.close_round(by=actors[0], round=opened)))
    results = at_once(works)

    assert all(isinstance(one, Answer | Outcome | Refused) for one in results), results
    with network_scope(network.pk):
        recorded = {voice["member"]: voice["answer"] for voice in Outcome.objects.get(round=opened).voices}
        kept = Answer.objects.filter(elector__round=opened).values_list(
            "elector__membership__uuid", "position"
        )
        assert recorded == {str(member): position for member, position in kept}


def test_closing_eight_times_at_once_makes_one_record(world):
    network, actors, opened = world
    with network_scope(network.pk):
        Round.objects.filter(pk=opened.pk).update(voices=100)
        for actor in actors:
            services.answer(by=actor, round=opened, position=Position.AGREE)
    results = at_once([inside(network, lambda: services.close_round(by=actors[0], round=opened).pk)] * 8)
    assert len(set(results)) == 1

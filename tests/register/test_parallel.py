"""Many writers at once, in transactions that really commit: no number twice, no gap, nobody waits for a counter."""

import threading
import uuid

import psycopg
import pytest
from django.db import connection

from tequio.core.actor import system
from tequio.core.scoping import network_scope
from tequio.register import services
from tequio.register.events import Event
from tequio.register.formats import verify
from tequio.register.models import Checkpoint, Entry, Leaf
from tequio.register.selectors import export_lines
from tests import settings as run
from tests.world import make_network

came = Event("tests.came", "%(who)s came %(turn)s.")
TABLES = ("told", "checkpoint", "leaf", "payload", "entry")


@pytest.fixture
def committed(bare, django_db_blocker):
    """A network whose rows are really there, and are swept away afterwards by the superuser."""
    with django_db_blocker.unblock():
        network = make_network(f"parallel-{uuid.uuid4().hex[:8]}", "Red")
        yield network
        connection.close()
    address = run.of(run.ADDRESSES.superuser_url, run.DATABASE)
    with psycopg.connect(address) as superuser:
        superuser.execute("SET session_replication_role = replica")  # the register refuses everybody else
        for table in TABLES:
            superuser.execute(f"DELETE FROM register_{table} WHERE network_id = %s", [network.pk])
        superuser.execute("DELETE FROM networks_governance WHERE network_id = %s", [network.pk])
        superuser.execute("DELETE FROM networks_joining WHERE network_id = %s", [network.pk])
        superuser.execute("DELETE FROM networks_network WHERE id = %s", [network.pk])


def at_once(count, act):
    """Run act(0), act(1), … in threads with connections of their own; raise what one of them raised."""
    problems = []

    def run_one(place):
        try:
            act(place)
        except Exception as problem:  # noqa: BLE001
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run_one, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if problems:
        raise problems[0]


def test_writers_and_sequencers_side_by_side(committed):
    def act(place):
        for turn in range(12):
            with network_scope(committed.pk):
                came.record(committed, by=system(committed.pk), turn=turn)
            if turn % 4 == place % 4:
                with network_scope(committed.pk):
                    services.make_checkpoint(network=committed)

    at_once(8, act)

    with network_scope(committed.pk):
        services.make_checkpoint(network=committed)
        assert list(Leaf.objects.order_by("number").values_list("number", flat=True)) == list(range(96))
        assert Entry.objects.count() == 96
        report = verify(export_lines(system(committed.pk), network=committed))
        assert report.problems == []
        assert report.checkpoints == Checkpoint.objects.count()


def test_an_entry_not_yet_committed_waits_for_a_later_number(committed):
    written, numbered = threading.Event(), threading.Event()

    def slow():
        with network_scope(committed.pk):
            came.record(committed, by=system(committed.pk), turn="first")
            written.set()
            assert numbered.wait(30)  # Writing an entry holds nobody up, and nobody holds it up.

    def quick():
        assert written.wait(30)
        with network_scope(committed.pk):
            came.record(committed, by=system(committed.pk), turn="second")
            assert services.sequence(network=committed) == 1
        numbered.set()

    at_once(2, lambda place: (slow, quick)[place]())

    with network_scope(committed.pk):
        assert services.sequence(network=committed) == 1
        rows = Leaf.objects.order_by("number").select_related("entry__payload")
        assert [leaf.entry.facts["turn"] for leaf in rows] == ["second", "first"]


def test_what_is_rolled_back_leaves_no_gap(committed):
    def act(turn):
        with network_scope(committed.pk):
            came.record(committed, by=system(committed.pk), turn=turn)
            services.sequence(network=committed)
            if turn == 1:
                raise ZeroDivisionError

    act(0)
    with pytest.raises(ZeroDivisionError):
        act(1)
    act(2)

    with network_scope(committed.pk):
        assert list(Leaf.objects.order_by("number").values_list("number", flat=True)) == [0, 1]

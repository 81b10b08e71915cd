"""Recording, numbering, signing and erasing, on the real database."""

import pytest
from django.db import DatabaseError, connection, transaction

from tequio.core.access import Refused
from tequio.core.actor import system
from tequio.core.scoping import network_scope
from tequio.register import events, keys, services
from tequio.register.events import Event
from tequio.register.models import Checkpoint, Entry, Leaf, Payload, Told
from tequio.register.rules import merkle, notes
from tequio.register.rules.canonical import NotCanonical, body, commitment
from tests.world import make_network

happened = Event("tests.happened", "%(who)s did %(what)s in %(where)s.")
heard = Event("tests.heard", "%(who)s said it.")
bound = Event("tests.bound", "%(who)s decided.", binding=True)


@pytest.fixture
def silent():
    """Nobody listens when the test begins, nor after it."""
    yield heard.listeners
    heard.listeners.clear()
    heard.matters.clear()


def test_an_entry_promises_its_facts_and_hides_who_did_it(network, beto):
    entry = happened.record(network, by=beto, what="nothing", where={"es": "Cali"}, private={"phone": "1"})

    payload = Payload.objects.get(entry=entry)
    assert entry.ref == f"networks.Network:{network.pk}"
    assert entry.at.microsecond == 0
    assert payload.facts == {"who": "Beto", "what": "nothing", "where": {"es": "Cali"}}
    assert (payload.private, payload.person_id) == ({"phone": "1"}, beto.person_id)
    assert entry.commitment == commitment(
        bytes.fromhex(payload.salt), body(facts=payload.facts, private=payload.private_commitment)
    )
    promised = events.private_body({"phone": "1"}, person_id=beto.person_id)
    assert payload.private_commitment == commitment(bytes.fromhex(payload.private_salt), promised)
    assert happened.say(entry) == "Beto did nothing in Cali."
    assert happened.say(payload) == events.sentence_of(entry)


def test_a_fact_that_is_no_plain_data_is_refused(network, beto):
    with pytest.raises(NotCanonical):
        happened.record(network, by=beto, what=0.75)
    assert not Entry.objects.filter(kind="tests.happened").exists()


def test_an_entry_goes_with_the_change_that_fails(network, beto):

    @transaction.atomic
    def act():
        happened.record(network, by=beto, what="it")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert not Entry.objects.filter(kind="tests.happened").exists()


def test_numbers_follow_the_order_of_writing_without_gaps(network, beto):
    before = services.sequence(network=network) and services.size()
    written = [happened.record(network, by=beto, what=str(turn)) for turn in range(5)]
    assert written[0].number is None

    assert services.sequence(network=network) == 5
    assert services.sequence(network=network) == 0

    found = Leaf.objects.filter(number__gte=before).order_by("number").values_list("entry_id", "number")
    assert list(found) == [(entry.pk, before + place) for place, entry in enumerate(written)]


def test_a_checkpoint_is_signed_over_all_entries(network, beto):
    first = services.make_checkpoint(network=network)
    happened.record(network, by=beto, what="it")
    second = services.make_checkpoint(network=network)

    leaves = [bytes.fromhex(leaf.hash) for leaf in Leaf.objects.order_by("number")]
    key = keys.signer_of(network.uuid).verifier
    opened = notes.open_checkpoint(second.note, key=key)
    assert (opened.size, opened.root) == (len(leaves), merkle.root_of(leaves))
    assert first is None or first.size < second.size
    assert services.make_checkpoint(network=network) == second


def test_a_network_without_entries_has_no_checkpoint(db):
    empty = make_network("empty", "Vacía")
    with network_scope(empty.pk):
        assert services.make_checkpoint(network=empty) is None


def test_a_new_key_is_announced_in_the_register(network, beto, settings, tmp_path):
    happened.record(network, by=beto, what="it")
    old = services.make_checkpoint(network=network)
    settings.TEQUIO_KEYS_DIR = tmp_path

    new = services.make_checkpoint(network=network)

    announced = Entry.objects.get(kind="register.key_changed")
    assert announced.facts["old"] == old.key
    assert announced.facts["new"] == new.key == str(keys.signer_of(network.uuid).verifier)
    assert new.size == old.size + 1


def test_the_key_is_a_file_for_its_owner_alone(settings, tmp_path):
    settings.TEQUIO_KEYS_DIR = tmp_path / "keys"
    path = keys.ensure_key()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    before = path.read_bytes()
    assert keys.ensure_key().read_bytes() == before


def test_erasing_empties_the_content_and_leaves_a_trace(network, ana, beto):
    entry = happened.record(network, by=beto, what="too much", private={"phone": "1"})

    trace = services.erase(by=ana, network=network, entry=entry, ground="Ley 1581, art. 15")

    payload = Payload.objects.get(entry=entry)
    assert (payload.facts, payload.private, payload.salt, payload.person_id) == (None, None, "", None)
    assert payload.erased_at is not None
    assert trace.facts["entry"] == str(entry.pk)
    assert trace.facts["ground"] == "Ley 1581, art. 15"
    assert Leaf.objects.get(entry=trace).number > Leaf.objects.get(entry=entry).number
    assert events.sentence_of(Entry.objects.get(pk=entry.pk)) == "What was written here has been erased."
    assert "Ley 1581" in events.sentence_of(trace)


def test_only_the_coordination_erases_and_nothing_twice(network, ana, beto):
    entry = happened.record(network, by=beto, what="it")
    with pytest.raises(Refused):
        services.erase(by=beto, network=network, entry=entry, ground="because")
    trace = services.erase(by=ana, network=network, entry=entry, ground="because")
    for gone in (Entry.objects.get(pk=entry.pk), trace):
        with pytest.raises(Refused):
            services.erase(by=ana, network=network, entry=gone, ground="because")


@pytest.mark.parametrize("model", [Entry, Leaf, Checkpoint, Told, Payload])
def test_the_database_refuses_a_change(network, beto, model):
    entry = happened.record(network, by=beto, what="it")
    services.make_checkpoint(network=network)
    Told.objects.create(entry=entry, listener="tests")
    name = {Payload: "salt", Told: "listener", Leaf: "hash", Checkpoint: "note", Entry: "kind"}[model]

    with pytest.raises(DatabaseError, match=r"denied|only"), transaction.atomic():
        model.objects.update(**{name: "x"})


@pytest.mark.parametrize(
    "sql", ["UPDATE {} SET network_id = network_id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
@pytest.mark.parametrize("table", ["entry", "payload", "leaf", "checkpoint", "told"])
def test_raw_sql_of_the_application_is_refused_too(network, beto, table, sql):
    entry = happened.record(network, by=beto, what="it")
    services.make_checkpoint(network=network)
    Told.objects.create(entry=entry, listener="tests")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(f"register_{table}"))


def test_another_network_sees_nothing(network, beto, elsewhere):
    entry = happened.record(network, by=beto, what="it")
    services.make_checkpoint(network=network)
    with network_scope(elsewhere.network.pk), connection.cursor() as cursor:
        assert not Entry.objects.filter(pk=entry.pk).exists()
        for table in ("entry", "payload", "leaf", "checkpoint"):
            cursor.execute(f"SELECT count(*) FROM register_{table} WHERE network_id = %s", [network.pk])
            assert cursor.fetchone() == (0,)


def test_listeners_hear_after_the_fact_and_once(network, beto, run_jobs, silent):
    run_jobs()
    seen = []
    heard.then(lambda entry: seen.append((entry.facts["who"], entry.pk)))
    entry = heard.record(network, by=beto)
    assert seen == []

    assert run_jobs() == 1
    assert seen == [("Beto", entry.pk)]

    from tequio.register.tasks import tell

    tell.func(network_id=network.pk, entry_id=str(entry.pk))
    assert len(seen) == 1


def test_a_listener_that_fails_is_tried_again_and_keeps_nobody_from_hearing(network, beto, silent):
    from tequio.register.tasks import NotAllToldYet, tell

    seen, broken = [], [True]

    @heard.then
    def first(entry):
        happened.record(network, by=system(network.pk), what="half")
        if broken:
            raise RuntimeError("mail is down")
        seen.append("first")

    @heard.then
    def second(entry):
        seen.append("second")

    entry = heard.record(network, by=beto)
    job = {"network_id": network.pk, "entry_id": str(entry.pk)}
    with pytest.raises(NotAllToldYet):
        tell.func(**job)
    assert seen == ["second"]
    assert not Entry.objects.filter(kind="tests.happened").exists()

    broken.clear()
    tell.func(**job)
    tell.func(**job)
    assert seen == ["second", "first"]


def test_an_event_nobody_hears_defers_nothing_and_a_binding_one_its_checkpoint(network, beto, run_jobs):
    run_jobs()
    happened.record(network, by=beto, what="it")
    assert run_jobs() == 0
    bound.record(network, by=beto)
    assert run_jobs() == 1
    assert Checkpoint.objects.latest("size").size == services.size()


def test_the_clock_numbers_and_signs_every_network(network, beto, elsewhere, run_jobs):
    from tequio.register.tasks import checkpoint_all, number_all

    happened.record(network, by=beto, what="it")
    number_all.func(timestamp=0)
    assert Leaf.objects.count() == Entry.objects.count()
    checkpoint_all.func(timestamp=0)
    run_jobs()
    assert Checkpoint.objects.exists()


def test_two_events_never_share_a_code():
    with pytest.raises(TypeError, match="twice"):
        Event("tests.happened", "again")


def test_the_checkpoint_does_not_trust_its_own_shortcut_blindly(network, beto):
    """The kept frontier only saves work: the root it gives is the one of all leaves."""
    for what in range(9):
        happened.record(network, by=beto, what=str(what))
        point = services.make_checkpoint(network=network)
        leaves = [
            bytes.fromhex(one) for one in Leaf.objects.order_by("number").values_list("hash", flat=True)
        ]
        assert point.root == merkle.root_of(leaves).hex()


def test_who_listens_where_it_matters_is_told_of_that_alone(network, beto, silent, run_jobs):
    run_jobs()
    told, matters = [], []
    heard.then_where(lambda subject: subject.pk in matters)(lambda entry: told.append(entry.ref))
    heard.record(network, by=beto)
    assert run_jobs() == 0
    matters.append(network.pk)
    heard.record(network, by=beto)
    assert run_jobs() == 1
    assert told == [events.ref_of(network)]

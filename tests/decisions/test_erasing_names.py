"""A decision that somebody leaves, once they left for good: their name is nowhere, and the register still holds."""

import pytest
from django.db import connection

from tequio.core import clock
from tequio.core.actor import system
from tequio.decisions import services
from tequio.decisions.models import Outcome, Version
from tequio.governance.models import Seat
from tequio.people import services as people
from tequio.people.models import Participant, Person
from tequio.people.rules.erased import without_names
from tequio.register import selectors as register
from tequio.register import services as sealing
from tequio.register.formats import single_file, verify
from tequio.register.models import Checkpoint
from tests.conftest import sign_in
from tests.decisions.world import HOME, LIVE, YES, text

NAME = "Dora Ñandú"


def found_in_database(word):
    """Return the tables in which any row says a word, as the application reads them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [row[0] for row in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [table])
            if cursor.fetchone()[0]:
                cursor.execute(f'SELECT 1 FROM "{table}" t WHERE t::text ILIKE %s LIMIT 1', [f"%{word}%"])
                found += [table] if cursor.fetchone() else []
    return found


@pytest.fixture
def decided(network, circles, beto, dora, run_jobs):
    """A circle decided that Dora leaves it; as older versions did, the texts name her, and so do others' words."""
    Participant.objects.filter(pk=dora.participant_id).update(name=NAME)
    Person.objects.filter(pk=dora.person_id).update(name=NAME)
    proposal = services.propose_leaving(
        by=beto, circle=circles.learning, participant=Participant.objects.get(pk=dora.participant_id),
        why=f"{NAME} no llega, y Dora lo sabe.",
    )  # fmt: skip
    Version.objects.bulk_create(
        [
            Version(
                proposal=proposal, number=2, title={"es": f"{NAME} deja el círculo"},
                summary=proposal.version.summary, written_at=clock.now(),
            )
        ]
    )  # fmt: skip
    proposal.version = Version.objects.get(number=2)
    proposal.save()
    services.ask_question(by=beto, proposal=proposal, words=f"¿Se lo dijimos a {NAME}?")
    opened = services.open_round(by=beto, proposal=proposal)
    for elector in opened.electors.select_related("participant"):
        if elector.participant_id == beto.participant_id:
            services.answer(by=beto, round=opened, position=LIVE, concern=f"Hay que escuchar a {NAME}")
        else:
            services.answer(by=people_actor(elector.participant), round=opened, position=YES)
    services.close_round(by=beto, round=opened)
    run_jobs()
    sealing.make_checkpoint(network=network)
    return proposal


def people_actor(participant):
    from tequio.people.selectors import actor_of

    return actor_of(Participant.objects.select_related("person", "membership").get(pk=participant.pk))


def test_a_name_is_nowhere_once_it_is_erased(client, network, decided, beto, dora, run_jobs):
    """No table and no export holds it; the outcome stays, and both programs find the register whole.

    Source: LGPD article 18, GDPR article 17; C8.
    """
    assert {"decisions_version", "decisions_question", "register_payload"} <= set(found_in_database(NAME))
    outcome = Outcome.objects.get()
    kept = Checkpoint.objects.order_by("-size").first().note
    people.leave(by=Person.objects.get(pk=dora.person_id))
    run_jobs()
    assert found_in_database(NAME) == []
    assert found_in_database("y Dora lo sabe") == []
    again = Outcome.objects.get()
    assert (again.step, again.numbers) == (outcome.step, outcome.numbers)
    assert not Seat.objects.filter(participant_id=dora.participant_id, ended_at=None).exists()
    sealing.make_checkpoint(network=network)
    lines = list(register.export_lines(system(network.pk), network=network))
    assert NAME.encode() not in b"".join(lines)
    report = verify(lines, [kept])
    assert report.ok, report.sentences()
    assert report.witnessed == 1
    assert single_file.check(lines).problems == []
    sign_in(client, beto)
    page = text(client.get(f"{HOME}{decided.number}/record/"))
    assert "deja el círculo" in page
    assert "se borró un nombre" in page


def test_a_text_is_rewritten_once_and_only_without_the_name(decided):
    """The database itself refuses any other change of a text, and a second one. Source: GDPR article 17."""
    from django.db import DatabaseError, transaction

    for change in (
        {"title": {"es": "Otra"}},
        {"title": {"es": "Otra"}, "number": 7, "erased_at": clock.now()},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Version.objects.filter(number=2).update(**change)
    Version.objects.filter(number=2).update(title={"es": "—"}, erased_at=clock.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(number=2).update(title={"es": "Otra"}, erased_at=clock.now())


def test_names_go_whole_and_in_parts_and_other_words_stay():
    """A part of a name counts where it begins with a capital; letters within other words never do."""
    said = {"es": "ANA LUZ Pérez dijo que Luz llega; la luz del Pérezoso y Anabel no.", "n": [1, "de Ana"]}
    assert without_names(said, ["Ana Luz Pérez"], "— 1") == {
        "es": "— 1 dijo que — 1 llega; la luz del Pérezoso y Anabel no.", "n": [1, "de — 1"],
    }  # fmt: skip

"""My data, and leaving."""

import io
import json
import zipfile

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from tequio.archive import services as archive
from tequio.core.actor import Actor
from tequio.core.scoping import network_scope
from tequio.networks.models import Network
from tequio.people import services
from tequio.people.models import Participant, Person
from tequio.people.selectors import mydata
from tequio.people.selectors.voices import network_today
from tequio.register.models import Payload
from tests.conftest import sign_in
from tests.people.entering import enter


@pytest.mark.django_db
def test_my_data_has_every_row_that_points_to_me(
    client: Client, network: Network, ana: Actor, beto: Actor
) -> None:
    enter(client, "ana@example.org")
    services.invite(by=ana, email="x@example.org")
    files = downloaded(client)
    data = json.loads(files["data.json"])
    assert data["person"]["email"] == "ana@example.org"
    mine = data["networks"]["andina"]["rows"]
    assert mine["people.Participant"][0]["name"] == "Ana"
    assert mine["people.Invitation"][0]["email"] == "x@example.org"
    assert len(mine["register.Payload"]) == Payload.objects.filter(person_id=ana.person_id).count()
    assert "token_hash" not in str(data)
    assert "session_data" not in str(data)
    assert "beto@example.org" not in str(data)
    page = files["index.html"].decode()
    assert "x@example.org" in page, "readable"
    assert "Red Andina" in page
    assert b"x@example.org" in files["tables/andina/people.Invitation.csv"]


def downloaded(client: Client) -> dict[str, bytes]:
    """Return the files of my data; source: REQUIREMENTS XCT-02."""
    file = zipfile.ZipFile(io.BytesIO(client.get("/cuenta/mis-datos/").content))
    return {name: file.read(name) for name in file.namelist()}


@pytest.mark.django_db
def test_my_data_is_one_question_for_each_network(
    client: Client, network: Network, ana: Actor, queries
) -> None:
    """Source: XCT-02. However many tables there are: one for the installation, one for each network, and who I am."""
    enter(client, "ana@example.org")
    client.get("/cuenta/mis-datos/")
    with queries(9):
        client.get("/cuenta/mis-datos/")


def test_a_column_that_names_a_person_is_in_my_data_or_says_why_not() -> None:
    """Source: XCT-02, SECURITY S17: a new table is in my data by itself; a column with another name would not be."""
    found = {(model, column) for model, column, _target in mydata.references()}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            names = field.related_model in (Person, Participant) or (
                ("person" in field.name or "participant" in field.name)
                and field.get_internal_type() in ("BigIntegerField", "IntegerField", "UUIDField")
            )
            label = f"{model._meta.label}.{field.attname}"
            assert not names or (model, field.attname) in found or label in NOT_ABOUT_ANYBODY, label


NOT_ABOUT_ANYBODY: dict[str, str] = {}  # column: reason


def test_the_walk_finds_every_key_to_a_person() -> None:
    found = {(model._meta.label, column) for model, column, _target in mydata.references()}
    assert {
        ("people.Participant", "person_id"),
        ("people.Membership", "person_id"),
        ("people.Session", "person_id"),
        ("people.Invitation", "invited_by_id"),
        ("people.Vouch", "participant_id"),
        ("mfa.Authenticator", "user_id"),
        ("notify.Ask", "person_id"),
        ("notify.Letter", "person_id"),
        ("register.Payload", "person_id"),
    } <= found


@pytest.mark.django_db
def test_the_last_coordinator_leaves_once_somebody_accepted(
    client: Client, network: Network, ana: Actor, beto: Actor
) -> None:
    enter(client, "ana@example.org")
    page = client.post("/cuenta/irme/", {"confirmed": "yes"})
    assert page.status_code == 422
    assert "/andina/coordination/" in page.text
    receiver = Participant.objects.get(pk=beto.participant_id)
    offer = archive.offer_coordination(by=ana, network=network, receiver=receiver, stays=False)
    assert client.post("/cuenta/irme/", {"confirmed": "yes"}).status_code == 422, "not before it is accepted"
    archive.accept_coordination(by=beto, offer=offer)
    assert client.post("/cuenta/irme/", {"confirmed": "yes"}).headers["Location"] == "/entrar/adios/"


@pytest.mark.django_db
def test_leaving_erases_what_names_me(
    client: Client, network: Network, ana: Actor, beto: Actor, dora: Actor
) -> None:
    enter(client, "dora@example.org")
    client.post("/cuenta/", {"name": "Dora Canary", "language": "es", "theme": ""})
    part = Participant.objects.get(pk=dora.participant_id)
    client.post(f"/andina/people/{part.uuid}/name/", {"name": "Dora Canary"})
    part.refresh_from_db()
    today = network_today()
    services.stand_in(by=beto, membership=part.membership, participant=part, first_on=today, last_on=today)
    archive.offer_coordination(by=ana, network=network, receiver=part, stays=True)
    client.post("/cuenta/irme/", {"confirmed": "yes"})
    assert client.get("/cuenta/").status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        for table in tables:
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS t WHERE t::text ILIKE %s', ["%dora@example.org%"]
            )
            assert cursor.fetchone()[0] == 0, table
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE %s', ["%Dora Canary%"])
            assert cursor.fetchone()[0] == 0, table
    person = Person.objects.get(pk=dora.person_id)
    assert not person.is_active
    with network_scope(network.pk):
        assert not Participant.objects.filter(person=person, until_on=None).exists()


@pytest.mark.django_db
def test_the_own_list_of_pages_renders(client: Client, network: Network, ana: Actor, dora: Actor) -> None:
    sign_in(client, ana)
    person = Participant.objects.get(pk=dora.participant_id)
    for path in (
        "/cuenta/", "/cuenta/direccion/", "/cuenta/irme/", "/cuenta/llaves/nueva/", "/cuenta/aplicacion/",
        "/entrar/salir/", "/andina/people/", "/andina/people/invite/", "/andina/people/invitations/",
        f"/andina/people/{person.uuid}/", f"/andina/people/{person.uuid}/end/",
    ):  # fmt: skip
        assert client.get(path).status_code == 200, path
    for path in ("/entrar/", "/entrar/sin-acceso/", "/entrar/sin-acceso/pedido/", "/entrar/adios/"):
        assert Client().get(path).status_code == 200, path


@pytest.mark.django_db
def test_what_i_decided_stays_under_a_pseudonym_and_the_register_verifies(
    client: Client, network: Network, ana: Actor, beto: Actor, run_jobs
) -> None:
    """Source: XCT-02, XCT-04: erasure leaves the register valid, and my voice counted."""
    from tequio.core.actor import system
    from tequio.decisions import services as decisions
    from tequio.decisions.models import Answer, Outcome
    from tequio.decisions.rules import Matter, Position
    from tequio.register import selectors as register
    from tequio.register import services as sealing
    from tequio.register.formats import verify

    proposal = decisions.propose(
        by=ana, title={"es": "Feria"}, summary={"es": "Una feria"}, body={"es": "En mayo"},
        matter=Matter.OPERATIONAL, leading_team="Feria",
    )  # fmt: skip
    opened = decisions.open_round(by=ana, proposal=proposal)
    for actor in (ana, beto):
        decisions.answer(by=actor, round=opened, position=Position.AGREE)
    decisions.close_round(by=ana, round=opened)
    run_jobs()
    before = Outcome.objects.get(round=opened).numbers

    services.leave(by=Person.objects.get(pk=beto.person_id))
    run_jobs()

    part = Participant.objects.get(pk=beto.participant_id)
    assert part.name.startswith("— ")
    assert Answer.objects.get(given_by=part).given_name == part.name
    outcome = Outcome.objects.get(round=opened)
    assert outcome.numbers == before
    assert "Beto" not in str(outcome.voices)
    assert part.name in str(outcome.voices)
    sealing.make_checkpoint(network=network)
    report = verify(register.export_lines(system(network.pk), network=network))
    assert report.ok, report.sentences()
    assert report.erased > 0
    assert report.recomputed.total() == 1

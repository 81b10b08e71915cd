"""Whoever asked to join, and is no member, erases the request by the link of the letter: without an account, for good."""

from uuid import UUID

import pytest

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import system
from tequio.decisions import services as decisions
from tequio.decisions.models import Outcome, Proposal, Round
from tequio.membership import selectors, services
from tequio.membership.models import Application
from tequio.networks.models import Admission, Governance, Network, Stage
from tequio.notify.models import Ask, Letter
from tequio.people.models import Candidate, CandidateState, Person
from tequio.people.selectors import mydata
from tequio.register import selectors as register
from tequio.register import services as sealing
from tequio.register.events import ref_of
from tequio.register.formats import verify
from tequio.register.models import Checkpoint, Entry
from tests.conftest import sign_in
from tests.decisions.test_erasing_names import found_in_database
from tests.membership.test_applications import ask_to_join

NAME, CONTACT, EMAIL = "Brújula Ñandutí", "Elías Quispe", "elias.quispe@example.org"
WORDS = {
    "about": "Tejemos cartografías.", "why": "Queremos aprender juntas.", "needs": "Una contadora paciente",
    "brings": "Mapas bordados",
}  # fmt: skip


@pytest.fixture
def application(network):
    return ask_to_join(network, name=NAME, contact_name=CONTACT, contact_email=EMAIL, language="es", **WORDS)


def follow(application):
    return f"/andina/join/{application.uuid}/{selectors.token_of(application)}/"


def test_a_refused_applicant_erases_the_request_by_the_link_of_the_letter(client, network, ana, application):
    """A GET or HEAD acts on nothing; after the button nothing of it is left, and the register holds. Source: XCT-02."""
    services.check_criteria(by=ana, application=application, found=[])
    services.decline(
        by=ana, network=network, application=application, reasons="Este año no, querida Brújula."
    )
    declined = Letter.objects.get(key=f"membership.declined:{application.uuid}")
    assert follow(application) in declined.text
    assert "borrar" in declined.text
    sealing.make_checkpoint(network=network)
    kept = Checkpoint.objects.order_by("-size").first().note
    assert "Borrar la solicitud" in client.get(follow(application)).text
    erase = follow(application) + "erase/"
    assert "¿Borrar tu solicitud?" in client.get(erase).text
    assert client.head(erase).status_code == 200
    assert Application.objects.count() == 1

    page = client.post(erase)

    assert page.status_code == 200
    assert "Tu solicitud está borrada" in page.text
    for word in (NAME, CONTACT, EMAIL, "querida", *WORDS.values()):
        assert found_in_database(word) == []
    assert client.get(follow(application)).status_code == 404
    assert client.post(erase).status_code == 404
    sealing.make_checkpoint(network=network)
    report = verify(list(register.export_lines(system(network.pk), network=network)), [kept])
    assert report.ok, report.sentences()
    assert report.witnessed == 1
    told = [entry.kind for entry in Entry.objects.order_by("turn")]
    assert "membership.request_erased" in told
    sign_in(client, ana)
    said = client.get("/andina/register/", headers={"accept-language": "es"}).text
    assert "por este motivo: Quien pidió entrar pidió que se borrara" in said
    assert NAME not in client.get("/andina/applications/").text


def test_what_all_decided_about_it_loses_name_and_text_and_keeps_the_outcome(
    client, network, ana, beto, application, run_jobs
):
    """Also what the same applicant asked before; the candidate it came from goes. Source: XCT-02, MEM-02."""
    services.withdraw(network=network, application=application)
    candidate = Candidate.objects.create(
        created_at=clock.now(), name=NAME, folded="x", email=EMAIL, language="es", source=UUID(int=7)
    )
    again = ask_to_join(
        network, name=NAME, contact_name=CONTACT, contact_email=EMAIL, language="es", **WORDS,
        carried={"candidate": str(candidate.uuid)},
    )  # fmt: skip
    Governance.objects.update(admission=Admission.EVERYBODY)
    services.open_decision(by=ana, network=network, application=again)
    opened = Round.objects.get(closed_at=None)
    decisions.answer(by=ana, round=opened, position="CAN_LIVE_WITH", concern=f"{CONTACT} ayudó mucho.")
    decisions.answer(by=beto, round=opened, position="OBJECT", reason=f"{NAME} trabaja para una minera.")
    assert client.post(follow(again) + "erase/").status_code == 403
    decisions.close_round(by=ana, round=opened)
    run_jobs()
    services.decline(by=ana, network=network, application=again, reasons=f"{NAME} debe esperar.")
    run_jobs()
    before = [(one.step, one.numbers) for one in Outcome.objects.all()]
    assert {"decisions_version", "decisions_objection"} <= set(found_in_database(NAME))

    assert client.post(follow(again) + "erase/").status_code == 200

    run_jobs()
    for word in (NAME, CONTACT, EMAIL, *WORDS.values()):
        assert found_in_database(word) == []
    assert not Application.objects.exists()
    assert [(one.step, one.numbers) for one in Outcome.objects.all()] == before
    candidate.refresh_from_db()
    assert (candidate.name, candidate.state) == ("", CandidateState.DECLINED)
    sealing.make_checkpoint(network=network)
    report = verify(list(register.export_lines(system(network.pk), network=network)))
    assert report.ok, report.sentences()
    sign_in(client, beto)
    number = Proposal.objects.get().number
    assert "minera" in client.get(f"/andina/decisions/{number}/").text


def test_one_that_waits_goes_too_and_another_address_keeps_its_own(client, network, ana, application):
    other = ask_to_join(network, name=NAME, contact_name="Otra", contact_email="otra@example.org")
    assert client.post(follow(application) + "erase/").status_code == 200
    assert list(Application.objects.values_list("pk", flat=True)) == [other.pk]
    assert [ask.subject for ask in Ask.objects.filter(person_id=ana.person_id)] == [ref_of(other)]
    assert [letter.address for letter in Letter.objects.all()] == ["otra@example.org"]
    wrong = f"/andina/join/{other.uuid}/{selectors.token_of(application)}/erase/"
    assert client.post(wrong).status_code == 404


def test_a_request_that_made_a_member_stays_and_my_data_shows_what_there_is(client, network, ana, dora):
    """Source: XCT-02."""
    mine = Person.objects.get(pk=dora.person_id)
    refused = ask_to_join(network, name="Otra", contact_email=mine.email)
    admitted = ask_to_join(network, contact_email=mine.email)
    services.decline(by=ana, network=network, application=refused, reasons="No.")
    services.admit(by=ana, network=network, application=admitted)
    page = client.post(follow(admitted) + "erase/")
    assert page.status_code == 403
    assert "Borrar la solicitud" not in client.get(follow(admitted)).text
    assert len(rows_of(mine)) == 2
    assert client.post(follow(refused) + "erase/").status_code == 200
    assert [row["name"] for row in rows_of(mine)] == ["Agua Común"]


def test_a_request_that_was_admitted_meanwhile_is_not_said_to_be_erased(network, ana, application):
    """Whoever opened the page before the answer came acts on what is there now."""
    before = Application.objects.get(pk=application.pk)
    services.admit(by=ana, network=network, application=application)
    with pytest.raises(Refused, match=r"became a member|te hiciste miembro"):
        services.erase_request(network=network, application=before)


def test_it_is_erased_after_the_network_was_closed_too(client, network, ana, application):
    """Source: XCT-02."""
    services.decline(by=ana, network=network, application=application, reasons="No.")
    Network.objects.update(stage=Stage.CLOSED)
    assert client.post(follow(application) + "erase/").status_code == 200
    assert not Application.objects.exists()


def rows_of(person):
    return mydata.about(person)["networks"]["andina"]["rows"]["membership.Application"]

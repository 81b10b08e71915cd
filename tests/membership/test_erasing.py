"""A person who asked to join, was admitted, was removed and closed the account: the name is nowhere, what was decided is."""

import pytest

from tequio.core.actor import system
from tequio.decisions import services as decisions
from tequio.decisions.models import AnswerChange, Outcome, Round
from tequio.membership import services
from tequio.membership.models import Application, Removal, RemovalState, State
from tequio.networks.models import Admission, Governance
from tequio.people import services as people
from tequio.people.models import Membership, Person
from tequio.people.selectors import find_actor, mydata
from tequio.register import selectors as register
from tequio.register import services as sealing
from tequio.register.formats import verify
from tequio.register.models import Checkpoint
from tests.decisions.test_erasing_names import found_in_database
from tests.membership.test_applications import ask_to_join

NAME, EMAIL = "Elisa Ñandú", "elisa@example.org"


@pytest.fixture
def removed(network, ana, beto, run_jobs):
    """Elisa asked to join on her own, all admitted her, she answered and changed it, and all removed her."""
    Governance.objects.update(admission=Admission.EVERYBODY, hearing_days=0)
    application = ask_to_join(
        network, name=NAME, kind="PERSON", contact_name=NAME, contact_email=EMAIL, about=f"Soy {NAME}."
    )
    services.open_decision(by=ana, network=network, application=application)
    agree(ana, beto)
    run_jobs()
    elisa = find_actor(Person.objects.get(email=EMAIL))
    general(ana, beto, elisa)
    run_jobs()
    membership = Membership.objects.get(pk=elisa.membership_id)
    removal = services.open_removal(
        by=ana, network=network, membership=membership, reasons=f"{NAME} no vino.", language="es"
    )
    services.be_heard(by=elisa, removal=removal, words="Yo, Elisa, estuve enferma.")
    services.decide_removal(by=ana, removal=removal)
    opened = Round.objects.get(closed_at=None)
    decisions.ask_question(by=beto, proposal=opened.proposal, words="¿Elisa lo sabe?")
    decisions.answer(by=ana, round=opened, position="CAN_LIVE_WITH", concern=f"{NAME} ayudó mucho.")
    agree(ana, beto)
    run_jobs()
    sealing.make_checkpoint(network=network)
    return elisa


def agree(*voices):
    opened = Round.objects.get(closed_at=None)
    for voice in voices:
        decisions.answer(by=voice, round=opened, position="AGREE")


def general(ana, beto, elisa):
    """Decide about something else: others name her in what they say, and she changes her answer."""
    proposal = decisions.propose(
        by=ana, title={"es": "Encuentro"}, summary={"es": "En mayo"}, body={}, matter="OPERATIONAL"
    )
    decisions.ask_question(by=ana, proposal=proposal, words=f"¿Y si lo prepara {NAME}?")
    opened = decisions.open_round(by=ana, proposal=proposal)
    decisions.answer(by=elisa, round=opened, position="STAND_ASIDE", concern="No sé")
    decisions.answer(by=elisa, round=opened, position="AGREE")
    agree(ana, beto)


def test_a_name_is_nowhere_after_a_removal_and_the_register_holds(network, ana, beto, removed, run_jobs):
    """Source: LGPD article 18, GDPR article 17; MEM-02, P18."""
    assert Removal.objects.get().state == RemovalState.REMOVED
    assert {"membership_application", "membership_removal", "decisions_answerchange"} <= set(
        found_in_database(NAME)
    )
    before = {one.pk: (one.step, one.numbers) for one in Outcome.objects.all()}
    kept = Checkpoint.objects.order_by("-size").first().note

    people.leave(by=Person.objects.get(pk=removed.person_id))
    run_jobs()

    for word in (NAME, EMAIL):
        assert found_in_database(word) == []
    assert set(found_in_database("Elisa ")) <= {"people_place"}
    assert {one.pk: (one.step, one.numbers) for one in Outcome.objects.all()} == before
    assert Removal.objects.get().state == RemovalState.REMOVED
    assert Application.objects.get().state == State.ADMITTED
    sealing.make_checkpoint(network=network)
    report = verify(list(register.export_lines(system(network.pk), network=network)), [kept])
    assert report.ok, report.sentences()
    assert report.witnessed == 1


def test_what_somebody_asked_and_answered_before_is_in_their_data(network, removed):
    """Source: XCT-02, SECURITY S17."""
    mine = mydata.about(Person.objects.get(email=EMAIL))["networks"]["andina"]["rows"]
    assert [row["contact_email"] for row in mine["membership.Application"]] == [EMAIL]
    assert [row["concern"] for row in mine["decisions.AnswerChange"]] == ["No sé"]


def test_a_request_that_waits_is_taken_back_and_an_organizations_words_stay(network, ana, dora):
    application = ask_to_join(network, contact_name="Dora", contact_email="dora@example.org")
    people.leave(by=Person.objects.get(pk=dora.person_id))
    application.refresh_from_db()
    assert (application.state, application.name, application.about) == (
        State.WITHDRAWN, "Agua Común", "Cuidamos ríos.",
    )  # fmt: skip
    assert application.contact_name.startswith("— ")
    assert application.contact_email == f"{application.uuid}@left.invalid"


def test_an_earlier_answer_changes_in_no_other_way(network, removed):
    """The database itself refuses it. Source: XCT-01."""
    from django.db import DatabaseError, transaction

    from tequio.core import clock

    for change in ({"concern": "Otra"}, {"position": "AGREE", "erased_at": clock.now()}):
        with pytest.raises(DatabaseError), transaction.atomic():
            AnswerChange.objects.update(**change)

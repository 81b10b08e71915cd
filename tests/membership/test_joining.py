"""Joining as a whole: criteria as questions, needs and offers, the worklist and its reminders."""

from datetime import timedelta

import pytest

from tequio.core import clock
from tequio.core.access import Refused
from tequio.decisions.models import Proposal
from tequio.membership import selectors, services
from tequio.membership.models import Application, Exchange, State
from tequio.membership.rules import REMINDING, Answered, lacking
from tequio.membership.tasks import daily_of
from tequio.networks.models import Admission, Benefit, Criterion, Governance, Statement
from tequio.notify import services as notify
from tequio.notify.models import Ask, Letter
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.membership.test_applications import ask_to_join

NOT_YET = Answered({"es": "¿Cuidan una naciente?"}, "NOT_YET", required=True)
TEAM = Answered({"es": "¿Cuántas son?"}, kind="NUMBER", required=True, said="12")


@pytest.fixture
def criteria(network):
    rows = [
        ("¿Cuidan una naciente?", "YES_NO", True),
        ("¿Cuántas personas son?", "NUMBER", False),
        ("¿Qué las mueve?", "TEXT", False),
    ]
    return [
        Criterion.objects.create(texts={"es": words}, answer=kind, required=required, position=place)
        for place, (words, kind, required) in enumerate(rows, start=1)
    ]


def typed(criteria, **changes):
    yes_no, number, text = (f"criterion_{one.pk}" for one in criteria)
    return {
        "name": "Agua Común", "kind": "NGO", "country": "CO", "cities": "Cali", "website": "", "about": "Ríos.",
        "why": "Juntas.", "needs": "Un contador", "benefits": ["FUNDING"], "offers": ["EXPERTS"], "brings": "Talleres",
        "contact_name": "Elías", "contact_email": "elias@example.org", "language": "es",
        yes_no: "NOT_YET", number: "12", text: "El río", **changes,
    }  # fmt: skip


def test_a_criterion_is_answered_as_the_network_chose(client, network, criteria):
    """A yes or no, a number, a few words, each kept with the criterion. Source: REA-09, MEM-02, MEM-03."""
    page = client.get("/andina/join/")
    assert "Nadie entra sin esto." in page.text
    wrong = client.post("/andina/join/", typed(criteria, **{f"criterion_{criteria[1].pk}": "doce"}))
    assert wrong.status_code == 422
    assert "doce" in wrong.text
    assert client.post("/andina/join/", typed(criteria)).status_code == 303
    told = Application.objects.get().answered
    assert [(one.kind, one.meets, one.said, one.required) for one in told] == [
        ("YES_NO", "NOT_YET", "", True),
        ("NUMBER", "", "12", False),
        ("TEXT", "", "El río", False),
    ]


def test_those_who_decide_read_the_answer_beside_the_criterion(client, network, ana, criteria):
    """Source: MEM-03, REA-09."""
    client.post("/andina/join/", typed(criteria))
    application = Application.objects.get()
    sign_in(client, ana)
    page = client.get(f"/andina/applications/{application.uuid}/")
    for words in ("¿Cuidan una naciente?", "Todavía no", "¿Qué las mueve?", "El río", "Un contador"):
        assert words in page.text
    assert "/admit/" not in page.text  # what is required is not met


def test_nobody_joins_without_what_is_required_until_somebody_looked(network, ana):
    """Source: REA-09, MEM-03."""
    application = ask_to_join(network, answers=[NOT_YET, TEAM])
    with pytest.raises(Refused, match="exige"):
        services.admit(by=ana, network=network, application=application)
    with pytest.raises(Refused):
        services.check_criteria(by=ana, application=application, found=[True])
    services.check_criteria(by=ana, application=application, found=[True, None])
    services.admit(by=ana, network=network, application=application)
    assert Application.objects.get().state == State.ADMITTED
    assert Entry.objects.filter(kind="membership.criteria_checked").exists()


def test_what_was_found_weighs_more_than_what_was_said():
    said = Answered({"es": "¿?"}, "YES", required=True)
    assert lacking([said]) == []
    looked = Answered({"es": "¿?"}, "YES", required=True, checked=False)
    assert lacking([looked]) == [looked]
    assert lacking([Answered({"es": "¿?"}, "NOT_YET")]) == []
    assert lacking([Answered({"es": "¿?"}, kind="TEXT", required=True)])


def test_where_all_decide_the_proposal_holds_criteria_and_answers(network, ana):
    """Source: MEM-03."""
    Governance.objects.update(admission=Admission.EVERYBODY)
    application = ask_to_join(network, language="es", answers=[TEAM], needs="Un contador", offers=["EXPERTS"])
    services.open_decision(by=ana, network=network, application=application)
    body = Proposal.objects.select_related("version").get().version.body["es"]
    for words in ("¿Cuántas son?", "**12**", "Un contador", "Nadie entra sin esto."):
        assert words in body


def test_where_all_decide_a_request_without_what_is_required_can_be_answered(network, ana):
    Governance.objects.update(admission=Admission.EVERYBODY)
    application = ask_to_join(network, answers=[NOT_YET])
    with pytest.raises(Refused):
        services.open_decision(by=ana, network=network, application=application)
    services.decline(by=ana, network=network, application=application, reasons="Falta cuidar una naciente.")
    assert Application.objects.get().state == State.DECLINED


def test_the_page_to_check_keeps_what_was_found(client, network, ana, beto):
    application = ask_to_join(network, answers=[NOT_YET])
    address = f"/andina/applications/{application.uuid}/criteria/"
    sign_in(client, beto)
    assert client.get(address).status_code == 404
    sign_in(client, ana)
    assert "¿Cuidan una naciente?" in client.get(address).text
    assert client.post(address, {"met_0": "PERHAPS"}).status_code == 422
    assert client.post(address, {"met_0": "YES"}).status_code == 303
    assert Application.objects.get().answered[0].checked is True
    assert "/admit/" in client.get(f"/andina/applications/{application.uuid}/").text


def test_needs_and_offers_of_a_new_member_are_kept(network, ana):
    """Nobody types again what the request said. Source: COM-03, MEM-05."""
    asked = {
        "benefits": ["FUNDING"],
        "needs": "Un contador",
        "offers": ["VOLUNTEERS"],
        "brings": "Dos tardes",
    }
    membership = services.admit(by=ana, network=network, application=ask_to_join(network, **asked))
    kept = Exchange.objects.get(membership=membership)
    assert (kept.looks_for, kept.needs, kept.offers, kept.brings) == (
        ["FUNDING"], "Un contador", ["VOLUNTEERS"], "Dos tardes",
    )  # fmt: skip


def test_nothing_said_is_nothing_kept(network, ana):
    services.admit(by=ana, network=network, application=ask_to_join(network, benefits=[]))
    assert not Exchange.objects.exists()


def test_the_worklist_says_age_who_and_what_is_next(client, network, ana, queries):
    """Source: P23."""
    with clock.at(clock.now() - timedelta(days=5)):
        ask_to_join(network, name="Primera", answers=[NOT_YET])
    Governance.objects.update(admission=Admission.EVERYBODY)
    ask_to_join(network, name="Segunda")
    services.open_decision(by=ana, network=network, application=ask_to_join(network, name="Tercera"))
    told = selectors.worklist(ana)
    assert [(one.application.name, one.days, one.next) for one in told.waiting] == [
        ("Primera", 5, "CHECK"),
        ("Segunda", 0, "ALL"),
        ("Tercera", 0, "ROUND"),
    ]
    sign_in(client, ana)
    with queries(7):  # session, network, participant, governance, open ones, answered ones, decisions
        page = client.get("/andina/applications/")
    assert "espera 5 días" in page.text
    Governance.objects.update(admission=Admission.COORDINATION)
    assert "Ana" in client.get("/andina/applications/").text.partition("<aside")[2]


def test_a_request_that_nobody_touches_is_brought_up_again_and_never_disappears(network, ana, run_jobs):
    """Put away, handed on or forgotten: after 3 and 10 days, and then for ever, it waits again. Source: P23."""
    application = ask_to_join(network)
    notify.decline_ask(by=ana, ask=Ask.objects.get(closed_at=None))
    start, found = clock.now(), []
    for day in range(1, 80):
        with clock.at(start + timedelta(days=day, minutes=1)):
            daily_of(network_id=network.pk)
            application.refresh_from_db()
            if application.reminders > len(found):
                found.append(day)
                notify.decline_ask(by=ana, ask=Ask.objects.get(closed_at=None, kind="application"))
            assert [one.application.name for one in selectors.worklist(ana).waiting] == ["Agua Común"]
    assert found == [3, 10, 24, 38, 52, 66]
    assert Letter.objects.filter(key__startswith="membership.reminder:").count() == len(found)
    assert "a la espera" in Letter.objects.filter(key__startswith="membership.reminder:").first().subject
    assert Entry.objects.filter(kind="membership.reminded").count() == len(found)
    services.decline(by=ana, network=network, application=application, reasons="No.")
    with clock.at(start + timedelta(days=200)):
        daily_of(network_id=network.pk)
    assert Letter.objects.filter(key__startswith="membership.reminder:").count() == len(found)


def test_from_the_second_reminder_on_the_coordination_is_told(network, ana, beto):
    Governance.objects.update(admission=Admission.TEAM)
    from tequio.people.models import Participant

    Participant.objects.filter(pk=ana.participant_id).update(duties=["COORDINATION"])
    Participant.objects.filter(pk=beto.participant_id).update(duties=["ADMISSION"])
    ask_to_join(network)
    start = clock.now()
    for day in (4, 11):
        with clock.at(start + timedelta(days=day)):
            services.remind_of_requests(network=network)
    written = Letter.objects.filter(key__startswith="membership.reminder:").order_by("pk")
    assert list(written.values_list("person_id", flat=True)) == [
        beto.person_id,
        beto.person_id,
        ana.person_id,
    ]


def test_there_is_always_a_next_reminder():
    assert [REMINDING.day(n) for n in range(5)] == [3, 10, 24, 38, 52]


def test_who_was_refused_reads_why_and_asks_again_without_typing_twice(client, network, ana, criteria):
    """Source: P23, MEM-02."""
    client.post("/andina/join/", typed(criteria))
    first = Application.objects.get()
    services.decline(by=ana, network=network, application=first, reasons="Falta una naciente.")
    link = f"/andina/join/{first.uuid}/{selectors.token_of(first)}/"
    page = client.get(link)
    assert "Falta una naciente." in page.text
    assert f"{link}again/" in page.text
    form = client.get(f"{link}again/")
    for words in ("Agua Común", "Un contador", "El río", "elias@example.org"):
        assert words in form.text
    said = typed(criteria, **{f"criterion_{criteria[0].pk}": "YES"})
    assert client.post(f"{link}again/", said).status_code == 303
    second = Application.objects.get(state=State.RECEIVED)
    assert second.before == first
    assert client.get(f"{link[:-1]}x/again/").status_code == 404
    services.admit(by=ana, network=network, application=second)
    sign_in(client, ana)
    assert "Falta una naciente." in client.get(f"/andina/applications/{second.uuid}/").text


def test_an_open_request_is_not_asked_again(client, network):
    application = ask_to_join(network)
    link = f"/andina/join/{application.uuid}/{selectors.token_of(application)}/again/"
    assert client.get(link).status_code == 403


def test_why_join_in_four_reasons_each_with_what_can_be_measured(client, network):
    """The public page and the page to join say it as a list. Source: COM-01, COM-02, MEM-02, LRN-01, LRN-10."""
    Benefit.objects.create(
        reason="ADVOCACY", texts={"es": "Una voz común"}, measure={"es": "tres cartas al año"}, position=1
    )
    Benefit.objects.create(reason="", texts={"es": "Compañía"}, position=2)
    Statement.objects.create(key="joining_contact", texts={"es": "Escriban a ana@example.org"})
    Criterion.objects.create(texts={"es": "¿Cuidan una naciente?"}, position=1)
    for address in ("/andina/", "/andina/join/"):
        page = client.get(address)
        for words in (
            "Trabajar con otras", "Llegar más lejos", "Aprender y pensar juntas", "Buscar fondos juntas", "Una voz común",
            "tres cartas al año", "Compañía", "ana@example.org",
        ):  # fmt: skip
            assert words in page.text, (address, words)
    assert "¿Cuidan una naciente?" in page.text

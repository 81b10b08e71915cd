"""A text that changes after its round opened: no silent edit, and only what changed is asked again."""

import threading
from datetime import timedelta

import pytest
from django.db import Error, connection, connections, transaction

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.scoping import network_scope
from tequio.decisions import selectors, services
from tequio.decisions.models import Answer, Objection, Outcome, Proposal, Round, State, Version
from tequio.decisions.rules import Matter, hidden_longer
from tequio.decisions.selectors import talking
from tequio.notify.models import Letter
from tequio.people.models import Participant
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.decisions.world import (
    ASIDE,
    BODY,
    HOME,
    LIVE,
    OBJECT,
    SUMMARY,
    TITLE,
    YES,
    model,
    propose,
    text,
)  # fmt: skip
from tests.world import add_person, build_network

NEW = {"es": "Pequeñas: 60, u horas de trabajo. Grandes: 480."}


def amend(ana, proposal, **more):
    return services.amend(
        by=ana, proposal=proposal, why="También se aporta con horas", **{"body": NEW, **more}
    )


def latest(proposal):
    return Round.objects.select_related("proposal", "version").get(proposal=proposal, closed_at=None)


def test_gov_25_an_amended_text_is_a_new_version_that_the_register_keeps(ana, beto, opened):
    """Source: GOV-25, EXPERIENCE 3.4 (2)."""
    services.answer(by=beto, round=opened, position=LIVE)
    version = amend(ana, opened.proposal)
    assert (version.number, version.before_id) == (2, opened.version_id)
    facts = Entry.objects.get(kind="decisions.amended").facts
    assert (facts["version"], facts["text"]) == (2, version.fingerprint)
    opened.refresh_from_db()
    assert opened.superseded
    again = latest(opened.proposal)
    assert not Answer.objects.filter(elector__round=again).exists()
    assert Answer.objects.get(elector__round=opened).position == "CAN_LIVE_WITH"


def test_a_text_that_was_written_cannot_be_changed_even_in_the_database(ana, proposal):
    with pytest.raises(Error), transaction.atomic():
        Version.objects.filter(pk=proposal.version_id).update(why="otra")
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM decisions_version")


def test_the_fingerprint_says_whether_a_text_is_the_one_that_was_asked_about(proposal):
    version = proposal.version
    before = version.fingerprint
    assert len(before) == 64
    version.body = {**version.body, "en": "x"}
    assert version.fingerprint != before


@pytest.mark.parametrize(
    ("position", "words"), [(LIVE, {}), (ASIDE, {}), (LIVE, {"concern": "Ojo con junio"})]
)
def test_a_voice_keeps_its_answer_with_one_press(ana, beto, opened, position, words):
    services.answer(by=beto, round=opened, position=position, **words)
    amend(ana, opened.proposal)
    again = latest(opened.proposal)
    kept = services.keep_answer(by=beto, round=again)
    assert (kept.position, kept.concern, kept.kept_from) == (position.value, words.get("concern", ""), 1)
    services.answer(by=beto, round=again, position=YES)
    assert Answer.objects.get(pk=kept.pk).kept_from is None


def test_a_kept_objection_goes_on_stopping(ana, beto, opened):
    """Source: GOV-09."""
    services.answer(by=beto, round=opened, position=OBJECT, reason="Deja fuera a muchos", mend="Horas")
    amend(ana, opened.proposal)
    services.keep_answer(by=beto, round=latest(opened.proposal))
    now = Objection.objects.get(state="OPEN")
    assert (now.harm, now.mend, now.round) == ("Deja fuera a muchos", "Horas", latest(opened.proposal))


def test_who_never_answered_has_nothing_to_keep(ana, beto, opened):
    amend(ana, opened.proposal)
    with pytest.raises(Refused):
        services.keep_answer(by=beto, round=latest(opened.proposal))


def test_an_adopted_decision_rests_on_answers_to_the_text_that_was_adopted(ana, beto, opened):
    services.answer(by=beto, round=opened, position=LIVE)
    amend(ana, opened.proposal)
    again = latest(opened.proposal)
    services.keep_answer(by=beto, round=again)
    services.answer(by=ana, round=again, position=YES)
    outcome = Outcome.objects.get(round=again)
    assert outcome.round.version.number == 2
    assert {voice["name"]: voice["kept_from"] for voice in outcome.voices} == {
        "Barrio Vivo": None,
        "La Asamblea": 1,
    }


def test_an_earlier_review_can_be_what_changes(ana, opened):
    day = clock.today() + timedelta(days=30)
    services.amend(by=ana, proposal=opened.proposal, why="Lo miramos antes", review_on=day)
    assert Proposal.objects.get().review_on == day
    with pytest.raises(Refused):
        services.amend(by=ana, proposal=opened.proposal, why="Nada", review_on=day)


def test_only_who_leads_amends_and_only_what_is_open(ana, beto, proposal):
    with pytest.raises(Refused):
        amend(ana, proposal)  # nobody was asked yet: it is simply changed
    opened = services.open_round(by=ana, proposal=proposal)
    with pytest.raises(Refused):
        amend(beto, opened.proposal)
    with pytest.raises(Refused):
        services.amend(by=ana, proposal=opened.proposal, why=" ", body=NEW)
    with pytest.raises(Refused):
        services.amend(by=ana, proposal=opened.proposal, why="Igual", body=BODY)


def test_an_admission_and_a_charter_are_not_amended_here(ana):
    for kind in ("admission", "charter"):
        opened = services.open_round(by=ana, proposal=propose(ana, kind=kind))
        with pytest.raises(Refused):
            amend(ana, opened.proposal)


def test_two_people_amend_at_once_and_no_words_are_lost(client, ana, beto, opened):
    amend(ana, opened.proposal, base=1)
    with pytest.raises(services.Overtaken):
        amend(ana, opened.proposal, body={"es": "Otra cosa"}, base=1)
    sign_in(client, ana)
    path = f"{HOME}{opened.proposal.number}/amend/"
    sent = {
        "title_es": TITLE["es"], "summary_es": SUMMARY["es"], "body_es": "Mis palabras nuevas", "why": "Otra idea",
        "review_on": str(opened.proposal.review_on), "base": "1",
    }  # fmt: skip
    response = client.post(path, sent)
    assert response.status_code == 422
    assert "Mis palabras nuevas" in response.text
    assert "<ins>" in response.text
    assert 'name="base" value="2"' in response.text
    assert client.post(path, {**sent, "base": "2", "review_on": "2099-01-01"}).status_code == 422
    assert client.post(path, {**sent, "base": "2"}).status_code == 303
    assert Version.objects.get(number=3).body == {"es": "Mis palabras nuevas"}


def test_a_draft_that_two_people_edit_keeps_both_texts(client, ana, proposal):
    services.change_proposal(
        by=ana,
        proposal=proposal,
        title=TITLE,
        summary=SUMMARY,
        body={"es": "Primero"},
        matter=Matter.STRATEGIC,
    )
    sign_in(client, ana)
    sent = {
        "title_es": TITLE["es"], "summary_es": SUMMARY["es"], "body_es": "Segundo", "matter": "STRATEGIC",
        "review_on": str(proposal.review_on), "owner": str(ana.participant_id), "base": "1",
    }  # fmt: skip
    response = client.post(f"{HOME}{proposal.number}/edit/", sent)
    assert response.status_code == 422
    assert "Segundo" in response.text
    assert "Primero" in text(response)
    assert not Version.objects.filter(body={"es": "Segundo"}).exists()


def test_the_reader_sees_what_changed_since_their_own_version(client, ana, beto, opened, queries):
    """Source: EXPERIENCE 3.4 (2), P9."""
    services.answer(by=beto, round=opened, position=LIVE, concern="Que sea pronto")
    amend(ana, opened.proposal)
    amend(
        ana,
        opened.proposal,
        body={"es": "Pequeñas: 50. Grandes: 480."},
        summary={"es": "Paga según su tamaño."},
    )
    page = f"{HOME}{opened.proposal.number}/"
    sign_in(client, beto)
    with queries(7):  # session, network, participant, decision, count, objections, what was answered before
        response = client.get(page)
    said = text(response)
    assert "Que sea pronto" in said
    assert "<del>" in response.text
    assert client.post(f"{page}keep/").status_code == 303
    assert Answer.objects.get(elector__round=latest(opened.proposal)).kept_from == 1
    assert client.get(f"{page}keep/").status_code == 200
    sign_in(client, ana)
    assert client.get(f"{page}keep/").status_code == 404


def test_answers_to_an_older_version_are_marked_so(client, ana, beto, network, opened):
    services.answer(by=beto, round=opened, position=LIVE)
    amend(ana, opened.proposal)
    again = latest(opened.proposal)
    services.answer(by=ana, round=again, position=YES)
    seats = {seat.name: seat for seat in selectors.seats(ana, again)}
    assert (seats["La Asamblea"].position, seats["La Asamblea"].before) == (None, 1)
    sign_in(client, ana)
    said = text(client.get(f"{HOME}{opened.proposal.number}/", headers={"accept-language": "en"}))
    assert "answered version 1" in said


def test_each_proposal_may_say_when_answers_show(ana, beto, proposal):
    """Source: EXPERIENCE 3.4 (6)."""
    assert services.open_round(by=ana, proposal=propose(ana)).answers_shown == "AFTER_MINE"
    closed = services.open_round(by=ana, proposal=propose(ana, answers_shown="AT_CLOSE"))
    services.answer(by=ana, round=closed, position=YES)
    assert not selectors.shows_answers(ana, closed, answered=True)


@pytest.mark.parametrize(
    ("agreed", "asked", "shown"),
    [("AT_CLOSE", "AFTER_MINE", "AT_CLOSE"), ("ALWAYS", "AT_CLOSE", "AT_CLOSE"), ("ALWAYS", "", "ALWAYS")],
)
def test_a_proposal_never_shows_answers_sooner_than_the_network_agreed(agreed, asked, shown):
    assert hidden_longer(agreed, asked) == shown


def test_more_time_has_a_reason_and_those_who_answered_are_told(ana, beto, dora, opened, run_jobs):
    services.answer(by=beto, round=opened, position=LIVE)
    with pytest.raises(Refused):
        services.extend_round(by=ana, round=opened, reason=" ")
    services.extend_round(by=ana, round=opened, reason="Hubo un corte de luz", hours=24)
    with pytest.raises(Refused):
        services.extend_round(by=ana, round=opened, reason="Otra vez", hours=24)
    assert Entry.objects.get(kind="decisions.round_extended").facts["reason"] == "Hubo un corte de luz"
    run_jobs()
    run_jobs()
    letters = Letter.objects.filter(key__startswith="decisions.extended")
    assert {letter.person_id for letter in letters} == {beto.person_id, dora.person_id}
    assert all("corte de luz" in letter.text for letter in letters)


def test_the_record_says_how_often_an_answer_changed_and_each_voice_sees_its_own(client, ana, beto, opened):
    for words in ("Uno", "Dos", "Tres"):
        services.answer(by=beto, round=opened, position=LIVE, concern=words)
    services.answer(by=ana, round=opened, position=YES)
    voices = {voice["name"]: voice for voice in Outcome.objects.get().voices}
    assert (voices["La Asamblea"]["changes"], voices["Barrio Vivo"]["changes"]) == (2, 0)
    page = f"{HOME}{opened.proposal.number}/"
    sign_in(client, beto)
    assert "Uno" in text(client.get(f"{page}answered/"))
    sign_in(client, ana)
    assert "Uno" not in text(client.get(f"{page}answered/"))
    assert "changed 2 times" in text(client.get(f"{page}record/", headers={"accept-language": "en"}))


def test_gov_28_a_binding_decision_has_somebody_in_charge_and_a_review_to_come(ana, proposal):
    """Source: GOV-01, GOV-28."""
    Proposal.objects.update(owner=None)
    with pytest.raises(Refused):
        services.open_round(by=ana, proposal=proposal)
    Proposal.objects.update(owner=Participant.objects.get(pk=ana.participant_id), review_on=clock.today())
    with pytest.raises(Refused):
        services.open_round(by=ana, proposal=proposal)


def test_the_form_says_why_it_asks_for_them(client, ana):
    sign_in(client, ana)
    said = text(client.post(f"{HOME}new/", {"title_es": "A"}, headers={"accept-language": "en"}))
    assert "A decision binds when somebody is in charge of it." in said
    assert "A decision binds until it is reviewed." in said


def test_anybody_fills_in_a_missing_language_and_only_who_leads_mends_one(ana, beto, network, proposal):
    """Source: XCT-01, P10."""
    sol = add_person(network, "Sol")
    services.translate_proposal(
        by=sol, proposal=proposal, language="pt-br", texts={"title": "Cota solidária"}
    )
    proposal.refresh_from_db()
    assert proposal.version.title == {**TITLE, "pt-br": "Cota solidária"}
    with pytest.raises(Refused):
        services.translate_proposal(by=sol, proposal=proposal, language="pt-br", texts={"title": "Outra"})
    services.translate_proposal(by=ana, proposal=proposal, language="pt-br", texts={"title": "Outra"})
    with pytest.raises(services.Overtaken):
        services.translate_proposal(
            by=sol, proposal=proposal, language="pt-br", texts={"summary": "Cada uma paga"}, base=1
        )
    services.open_round(by=ana, proposal=proposal)
    with pytest.raises(Refused):
        services.translate_proposal(by=sol, proposal=proposal, language="pt-br", texts={"body": "Tarde"})


def test_the_missing_languages_show_and_can_be_written(client, beto, proposal):
    page = f"{HOME}{proposal.number}/"
    sign_in(client, beto)
    assert "languages/" in client.get(page).text
    assert "languages/pt-br/" in client.get(f"{page}languages/").text
    form = client.get(f"{page}languages/en/").text
    assert 'name="body"' in form
    assert 'name="title"' not in form
    assert BODY["es"] in form
    assert client.post(f"{page}languages/en/", {"body": "Small: 60. Large: 480."}).status_code == 303
    assert Version.objects.get(number=2).body["en"] == "Small: 60. Large: 480."
    assert client.get(f"{page}languages/fr/").status_code == 404


def test_an_answer_during_an_amendment_never_counts_for_the_other_text(committing):
    """Source: P18. One of two threads amends while the other answers: whoever comes second is told."""
    andina = build_network()
    with network_scope(andina.network.pk):
        model("HORIZONTAL")
        opened = services.open_round(by=andina.ana, proposal=propose(andina.ana))
    ready, told = threading.Barrier(3), []

    def run(act):
        try:
            ready.wait()
            with network_scope(andina.network.pk):
                act()
        except Refused as reason:
            told.append(str(reason))
        finally:
            connections.close_all()

    acts = [
        lambda: services.answer(by=andina.beto, round=opened, position=LIVE),
        lambda: amend(andina.ana, opened.proposal, base=1),
        lambda: amend(andina.ana, opened.proposal, body={"es": "Otra"}, base=1),
    ]
    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with network_scope(andina.network.pk):
        proposal = Proposal.objects.get()
        assert (Version.objects.count(), proposal.state) == (2, State.CONSENT)
        assert Round.objects.filter(closed_at=None).count() == 1
        assert not Answer.objects.filter(elector__round__closed_at=None).exists()
        assert 1 <= len(told) <= 2
        if Answer.objects.exists():
            again = latest(proposal)
            assert talking.earlier_answer(andina.beto, again).version.number == 1

"""What people see and send; every page in an exact number of queries."""

import re
from datetime import timedelta

import pytest

from tequio.core import clock
from tequio.decisions import services
from tequio.decisions.models import Answer, Objection, Proposal, State
from tequio.decisions.rules import (
    Position,
)
from tests.conftest import sign_in
from tests.decisions.world import HOME, answer_all, crowd, model, propose, text
from tests.world import add_person


def test_strangers_find_nothing(client, carla, opened, page):
    sign_in(client, carla)
    for path in (HOME, page, f"{page}record/", f"{page}round/"):
        assert client.get(path).status_code == 404


def test_the_list_is_empty_with_a_way_on(client, ana):
    sign_in(client, ana)
    assert f"{HOME}new/" in client.get(HOME).text


@pytest.mark.parametrize("rounds", [3, 10])
def test_the_list_takes_the_same_queries_whatever_it_holds(client, ana, rounds, queries):
    for _ in range(rounds):
        services.open_round(by=ana, proposal=propose(ana))
        propose(ana)
    sign_in(client, ana)
    with queries(7):  # session, network, participant, open rounds and their counts, under way, decided
        response = client.get(HOME)
    assert response.status_code == 200


@pytest.mark.parametrize("voices", [1, 28, 60, 400])
def test_a_decision_takes_the_same_queries_for_3_voices_as_for_62(client, ana, network, voices, queries):
    members = crowd(network, voices)
    opened = services.open_round(by=ana, proposal=propose(ana))
    answer_all(opened, members)
    services.answer(by=ana, round=opened, position=Position.CAN_LIVE_WITH)
    sign_in(client, ana)
    # session, network, participant, decision, count, objections; and the seats of a round of up to 40 voices
    with queries(7 if voices < 40 else 6):
        response = client.get(f"{HOME}{opened.proposal.number}/")
    assert ('<svg class="ring"' in response.text) == (voices < 40)


def test_p26_the_rule_and_what_is_missing_are_on_the_first_line(client, beto, page):
    sign_in(client, beto)
    said = text(client.get(page, headers={"accept-language": "en"}))
    assert "By consent first: it is adopted if nobody has an objection." in said
    assert "0 of 2 have answered. It passes if all answer by" in said


def test_the_fallback_shows_in_vertical_networks_only(client, ana, beto):
    """Source: EXPERIENCE 3.4 (3)."""
    sign_in(client, beto)
    vertical = services.open_round(by=ana, proposal=propose(ana))
    model("HORIZONTAL")
    horizontal = services.open_round(by=ana, proposal=propose(ana))

    assert "3/4" in client.get(f"{HOME}{vertical.proposal.number}/").text
    assert "3/4" not in client.get(f"{HOME}{horizontal.proposal.number}/").text


def test_a_voice_answers_without_a_script_and_reads_what_happened(client, beto, page):
    sign_in(client, beto)
    response = client.post(page, {"answer": "concern", "concern": "Que sea antes de junio"})
    assert response.status_code == 303
    said = text(client.get(response.headers["Location"], headers={"accept-language": "en"}))
    assert "Your answer is kept" in said
    assert "You can change it until" in said
    assert Answer.objects.get().concern == "Que sea antes de junio"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"answer": "object", "harm": ""},
        {"answer": "concern"},
        {"answer": "YES"},
        {"answer": "x" * 10_000},
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_what_was_typed_stays(client, beto, page, sent):
    sign_in(client, beto)
    response = client.post(page, {**sent, "mend": "Aportar horas de trabajo"})
    assert response.status_code == 422
    assert "Aportar horas de trabajo" in response.text
    assert not Answer.objects.exists()


def test_an_answer_can_be_changed_and_its_history_is_kept(client, beto, page):
    """Source: EXPERIENCE 3.4 (5)."""
    sign_in(client, beto)
    client.post(page, {"answer": "yes"})
    response = client.post(page, {"answer": "object", "harm": "Deja fuera a los colectivos"})
    said = text(client.get(response.headers["Location"], headers={"accept-language": "en"}))
    assert "I can live with it" in said
    assert Objection.objects.get().harm == "Deja fuera a los colectivos"


def test_the_same_form_twice_acts_once(client, beto, page):
    sign_in(client, beto)
    key = re.search(r'name="once" value="([^"]+)"', client.get(page).text)[1]
    first = client.post(page, {"answer": "yes", "once": key})
    second = client.post(page, {"answer": "object", "harm": "otra", "once": key})
    assert first.headers["Location"] == second.headers["Location"]
    assert Answer.objects.get().position == "CAN_LIVE_WITH"


def test_what_others_answered_shows_after_mine(client, ana, beto, opened, page):
    """Source: EXPERIENCE 3.4 (6)."""
    services.answer(by=ana, round=opened, position=Position.OBJECT, reason="Una palabra secreta")
    sign_in(client, beto)
    assert "palabra secreta" not in client.get(page).text
    assert 'class="ring"' not in client.get(page).text
    services.answer(by=beto, round=opened, position=Position.CAN_LIVE_WITH)
    assert "palabra secreta" in client.get(page).text


def test_nobody_without_a_voice_is_shown_the_form(client, network, page):
    """Source: P8."""
    sign_in(client, add_person(network, "Sol"))
    response = client.get(page)
    assert 'name="answer"' not in response.text
    assert client.post(page, {"answer": "yes"}).status_code == 403


def test_a_member_writes_a_proposal_in_two_languages(client, beto):
    sign_in(client, beto)
    sent = {
        "title_es": "Biblioteca común", "summary_es": "Un lugar para guardar lo que aprendemos.",
        "title_pt-br": "Biblioteca comum", "matter": "OPERATIONAL", "leading_team": "Equipo de aprendizajes",
        "review_on": str(clock.today() + timedelta(days=90)), "term_months": "12",
        "owner": str(beto.participant_id),
    }  # fmt: skip
    response = client.post(f"{HOME}new/", sent)
    proposal = Proposal.objects.get()
    assert response.headers["Location"] == f"{HOME}{proposal.number}/"
    assert proposal.version.title == {"es": "Biblioteca común", "pt-br": "Biblioteca comum"}
    assert "no consta" not in client.get(response.headers["Location"]).text


@pytest.mark.parametrize("missing", ["title_es", "summary_es", "matter", "review_on", "owner"])
def test_a_proposal_without_its_parts_is_not_taken(client, beto, missing):
    """Source: EXPERIENCE 3.4 (4)."""
    sign_in(client, beto)
    sent = {"title_es": "A", "summary_es": "B", "matter": "STRATEGIC", "review_on": str(clock.today() + timedelta(days=90)), "owner": str(beto.participant_id)}  # fmt: skip
    assert client.post(f"{HOME}new/", {**sent, missing: ""}).status_code == 422
    assert not Proposal.objects.exists()


def test_the_coordination_opens_the_round_from_its_page(client, ana):
    proposal = propose(ana)
    sign_in(client, ana)
    path = f"{HOME}{proposal.number}/round/"
    assert path in client.get(f"{HOME}{proposal.number}/").text
    assert client.get(path).status_code == 200
    assert client.post(path, {"hours": "24"}).status_code == 303
    proposal.refresh_from_db()
    assert proposal.state == State.CONSENT
    assert client.post(path, {"hours": "24"}).status_code == 403

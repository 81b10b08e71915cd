"""The pages of objections, votes and ties."""

import re

from tequio.core import clock
from tequio.decisions import services
from tequio.decisions.models import Objection
from tequio.decisions.rules import (
    Matter,
    Position,
)
from tests.conftest import sign_in
from tests.decisions.world import HOME, model, object_and_close, propose, text, vote_after_objection


def test_an_objection_is_integrated_from_its_page_with_the_difference_in_view(
    client, ana, beto, opened, page
):
    objection = object_and_close(ana, beto, opened)
    sign_in(client, ana)
    path = f"{page}objections/{objection.pk}/integrate/"
    assert path in client.get(page).text
    form = client.get(path)
    assert "Pequeñas: 60" in form.text
    sent = {
        "why": "Se puede aportar en horas", "title_es": "Cuota solidaria", "title_en": "Solidarity dues",
        "summary_es": "Cada organización paga según su tamaño.", "summary_en": "Each organization pays by its size.",
        "body_es": "Pequeñas: 60 u horas. Grandes: 480.",
    }  # fmt: skip
    assert client.post(path, sent).status_code == 303
    shown = client.get(page).text
    assert "<ins>" in shown
    assert "Se puede aportar en horas" in client.get(f"{page}versions/").text


def test_an_amendment_that_changes_nothing_is_sent_back_with_what_was_typed(client, ana, beto, opened, page):
    objection = object_and_close(ana, beto, opened)
    sign_in(client, ana)
    version = opened.version
    sent = {
        f"{name}_{code}": text
        for name in ("title", "summary", "body")
        for code, text in getattr(version, name).items()
    }
    response = client.post(f"{page}objections/{objection.pk}/integrate/", {**sent, "why": "Horas de trabajo"})
    assert response.status_code == 422
    assert "Horas de trabajo" in response.text


def test_the_words_of_my_objection_are_there_when_i_change_my_answer(client, beto, opened, page):
    services.answer(
        by=beto, round=opened, position=Position.OBJECT, reason="Deja fuera", mend="Aportar horas"
    )
    sign_in(client, beto)
    form = client.get(page).text.split("<form", 1)[1]
    assert re.search(r"<textarea[^>]*name=.harm.[^>]*>\s*Deja fuera", form)


def test_beto_withdraws_his_objection(client, beto, opened, page):
    services.answer(by=beto, round=opened, position=Position.OBJECT, reason="Daño")
    sign_in(client, beto)
    path = f"{page}objections/{Objection.objects.get().pk}/withdraw/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"confirmed": "yes"}).status_code == 303
    assert Objection.objects.get().state == "WITHDRAWN"


def test_gov_27_the_button_of_the_tie_break_exists_only_where_the_rule_gives_it(client, ana, beto):
    operational = propose(ana, matter=Matter.OPERATIONAL, leading_team="Equipo")
    strategic = propose(ana)
    for proposal in (operational, strategic):
        ballot = vote_after_objection(ana, beto, proposal)
        services.vote(by=ana, round=ballot, position=Position.YES)
        services.vote(by=beto, round=ballot, position=Position.NO)
    paths = {p.matter: f"{HOME}{p.number}/tie-break/" for p in (operational, strategic)}

    sign_in(client, ana)
    assert paths["OPERATIONAL"] in client.get(f"{HOME}{operational.number}/").text
    assert paths["STRATEGIC"] not in client.get(f"{HOME}{strategic.number}/").text
    assert client.get(paths["STRATEGIC"]).status_code == 403
    sign_in(client, beto)
    assert paths["OPERATIONAL"] not in client.get(f"{HOME}{operational.number}/").text
    assert client.get(paths["OPERATIONAL"]).status_code == 403

    sign_in(client, ana)
    assert client.post(paths["OPERATIONAL"], {"choice": "adopt", "reason": ""}).status_code == 422
    done = client.post(paths["OPERATIONAL"], {"choice": "adopt", "reason": "El plazo vence"})
    assert "El plazo vence" in client.get(done.headers["Location"]).text


def test_gov_09_a_horizontal_network_has_no_page_that_opens_a_vote(client, ana, beto, opened):
    model("HORIZONTAL")
    mine = services.open_round(by=ana, proposal=propose(ana))
    object_and_close(ana, beto, mine)
    sign_in(client, ana)
    shown = client.get(f"{HOME}{mine.proposal.number}/").text
    assert "/vote/" not in shown
    assert client.get(f"{HOME}{mine.proposal.number}/vote/").status_code == 403
    assert client.post(f"{HOME}{mine.proposal.number}/vote/", {"hours": "24"}).status_code == 403


def test_a_vertical_network_opens_the_vote_and_says_what_it_needs(client, ana, beto, opened, page):
    object_and_close(ana, beto, opened)
    sign_in(client, ana)
    assert client.post(f"{page}vote/", {"hours": "24"}).status_code == 303
    said = text(client.get(page, headers={"accept-language": "en"}))
    assert "0 of 2 have answered. It needs 3/4 of the votes for and against." in said
    assert client.post(page, {"answer": "YES", "words": "Ya"}).status_code == 303
    assert "So far 1 yes and 0 no." in text(client.get(page, headers={"accept-language": "en"}))


def test_a_round_in_which_voices_are_missing_is_extended_or_closed_by_who_leads(client, ana, opened, page):
    sign_in(client, ana)
    assert client.post(f"{page}close/", {"confirmed": "yes"}).status_code == 403
    with clock.at(opened.closes_at):
        shown = client.get(page).text
        assert f"{page}extend/" in shown
        assert f"{page}close/" in shown
        assert client.post(f"{page}extend/", {"hours": "24", "reason": "Faltan voces"}).status_code == 303
        assert client.post(f"{page}extend/", {"hours": "24", "reason": "Faltan voces"}).status_code == 403

"""What people see and send; every page in an exact number of queries."""

import re
from datetime import timedelta

import pytest
from django.utils.html import strip_tags

from tequio.core import clock
from tequio.decisions import services
from tequio.decisions.models import Answer, Elector, Objection, Outcome, Proposal, State
from tequio.decisions.rules import Matter, Position
from tequio.networks.models import Governance
from tequio.people.models import Membership, Organization
from tests.conftest import sign_in
from tests.decisions.test_services import model, object_and_close, propose, vote_after_objection
from tests.world import add_person

HOME = "/andina/decisions/"


@pytest.fixture
def opened(ana):
    return services.open_round(by=ana, proposal=propose(ana))


@pytest.fixture
def page(client, opened):
    return f"{HOME}{opened.proposal.number}/"


def text(response):
    return re.sub(r"\s+", " ", strip_tags(response.text))


def crowd(network, count):
    """Add many members at once; none of them has people yet."""
    organizations = Organization.objects.bulk_create(
        Organization(name=f"Colectivo {k}", folded=f"colectivo {k}", created_at=clock.now())
        for k in range(count)
    )
    return Membership.objects.bulk_create(
        Membership(organization=one, name=one.name, joined_on=clock.today()) for one in organizations
    )


def answer_all(opened, members):
    """Let many members answer without walking through the service."""
    electors = {one.membership_id: one for one in Elector.objects.filter(round=opened)}
    Answer.objects.bulk_create(
        Answer(elector=electors[one.pk], position="CAN_LIVE_WITH", concern="Ojo", given_at=clock.now())
        for one in members
    )


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
    with queries(6):  # session, network, participant, open rounds, under way, decided
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
    assert "Still: 2 answers are missing." in said


def test_the_fallback_shows_in_vertical_networks_only(client, ana, beto):
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
    services.answer(by=ana, round=opened, position=Position.OBJECT, reason="Una palabra secreta")
    sign_in(client, beto)
    assert "palabra secreta" not in client.get(page).text
    assert 'class="ring"' not in client.get(page).text
    services.answer(by=beto, round=opened, position=Position.CAN_LIVE_WITH)
    assert "palabra secreta" in client.get(page).text


def test_nobody_without_a_voice_is_shown_the_form(client, network, page):
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
    }  # fmt: skip
    response = client.post(f"{HOME}new/", sent)
    proposal = Proposal.objects.get()
    assert response.headers["Location"] == f"{HOME}{proposal.number}/"
    assert proposal.version.title == {"es": "Biblioteca común", "pt-br": "Biblioteca comum"}
    assert "no consta" not in client.get(response.headers["Location"]).text


@pytest.mark.parametrize("missing", ["title_es", "summary_es", "matter", "review_on"])
def test_a_proposal_without_its_parts_is_not_taken(client, beto, missing):
    sign_in(client, beto)
    sent = {"title_es": "A", "summary_es": "B", "matter": "STRATEGIC", "review_on": "2099-01-01", missing: ""}
    assert client.post(f"{HOME}new/", sent).status_code == 422
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
    assert "2 votes are missing. It needs 3/4 of the votes for and against." in said
    assert client.post(page, {"answer": "YES", "words": "Ya"}).status_code == 303
    assert "So far 1 yes and 0 no." in text(client.get(page, headers={"accept-language": "en"}))


def test_a_round_in_which_voices_are_missing_is_extended_or_closed_by_who_leads(client, ana, opened, page):
    sign_in(client, ana)
    assert client.post(f"{page}close/", {"confirmed": "yes"}).status_code == 403
    with clock.at(opened.closes_at):
        shown = client.get(page).text
        assert f"{page}extend/" in shown
        assert f"{page}close/" in shown
        assert client.post(f"{page}extend/", {"hours": "24"}).status_code == 303
        assert client.post(f"{page}extend/", {"hours": "24"}).status_code == 403


def test_the_record_says_rule_numbers_who_and_where_the_register_keeps_it(
    client, ana, beto, opened, page, queries
):
    services.answer(by=ana, round=opened, position=Position.CAN_LIVE_WITH)
    services.answer(by=beto, round=opened, position=Position.CAN_LIVE_WITH, concern="Que sea antes de junio")
    sign_in(client, beto)
    with queries(6):  # session, network, participant, record, register entry, rounds
        response = client.get(f"{page}record/", headers={"accept-language": "en"})
    said = text(response)
    for words in (
        "decisions.consent/1",
        "2 of 2 voices answered",
        "Barrio Vivo",
        "Que sea antes de junio",
        "Adopted by consent",
    ):
        assert words in said


def test_what_does_not_exist_is_not_found(client, ana, opened, page):
    sign_in(client, ana)
    for path in (
        "77/",
        "99999999999999999999/",
        "77/record/",
        "1/record/",
        "1/record/9/",
        "1/objections/5/integrate/",
        "1/objections/99999999999999999999/withdraw/",
    ):
        assert client.get(HOME + path).status_code == 404, path


@pytest.mark.parametrize(
    "query",
    [
        "?before=x",
        "?before=-1",
        "?before=999999999999",
        "?words=%00",
        "?words=" + "a" * 500,
        "?state=X",
        "?words=%25_'",
    ],
)
def test_no_query_breaks_the_list(client, ana, query):
    sign_in(client, ana)
    assert client.get(HOME + query).status_code == 200


def test_agreements_are_found_by_their_words(client, ana, beto, opened):
    for by in (ana, beto):
        services.answer(by=by, round=opened, position=Position.CAN_LIVE_WITH)
    sign_in(client, ana)
    assert "Cuota solidaria" in client.get(f"{HOME}?words=cuota").text
    assert "Cuota solidaria" not in client.get(f"{HOME}?words=trueque").text.split('id="agreements"')[1]


def test_the_text_to_paste_says_it_all_in_700_characters(client, ana, beto, opened, page):
    sign_in(client, beto)
    pasted = re.search(r'<textarea id="paste"[^>]*>(.*?)</textarea>', client.get(page).text, re.DOTALL)[1]
    assert len(pasted) <= 700
    for words in ("Cuota solidaria", "Cada organización paga", page):
        assert words in pasted


def test_a_very_long_summary_is_shortened_for_pasting(ana, beto, client):
    long = services.propose(
        by=ana, title={"es": "T" * 150}, summary={"es": "palabra " * 75}, body={}, matter=Matter.STRATEGIC
    )
    opened = services.open_round(by=ana, proposal=long)
    sign_in(client, beto)
    shown = client.get(f"{HOME}{opened.proposal.number}/").text
    assert len(re.search(r'<textarea id="paste"[^>]*>(.*?)</textarea>', shown, re.DOTALL)[1]) <= 700


def test_my_calendar_has_an_address_of_its_own_that_i_can_close(client, beto, opened):
    sign_in(client, beto)
    client.post(f"{HOME}calendar/")
    address = re.search(r'http://testserver(/andina/calendar/[^"]+)', client.get(f"{HOME}calendar/").text)[1]
    client.logout()
    feed = client.get(address)
    assert feed.headers["Content-Type"].startswith("text/calendar")
    assert str(opened.uuid) in feed.text
    assert client.get(address[:-6] + "xx.ics").status_code == 404
    assert client.get("/sul" + address.removeprefix("/andina")).status_code == 404

    sign_in(client, beto)
    client.post(f"{HOME}calendar/", {"close": "yes"})
    client.logout()
    assert client.get(address).status_code == 404


def test_the_record_of_a_large_round_has_pages(client, ana, network):
    Governance.objects.update(silence="CONSENTS")
    crowd(network, 110)
    opened = services.open_round(by=ana, proposal=propose(ana))
    services.answer(by=ana, round=opened, position=Position.CAN_LIVE_WITH)
    with clock.at(opened.closes_at):
        services.close_round(by=ana, round=opened)
    sign_in(client, ana)
    assert Outcome.objects.get().numbers["entitled"] == 112
    assert "?page=2" in client.get(f"{HOME}{opened.proposal.number}/record/").text
    assert client.get(f"{HOME}{opened.proposal.number}/record/?page=zzz").status_code == 200

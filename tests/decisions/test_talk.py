"""Questions to understand a proposal, and the first impression of each voice before the round."""

import pytest

from tequio.core.access import Refused
from tequio.decisions import services
from tequio.decisions.models import Question, Reaction
from tequio.notify.models import Ask, Letter
from tequio.register.models import Entry
from tests.conftest import sign_in
from tests.decisions.world import HOME, propose, text
from tests.world import add_person


@pytest.fixture
def page(proposal):
    return f"{HOME}{proposal.number}/"


def test_gov_01_anybody_who_takes_part_asks_and_who_leads_replies(ana, network, proposal):
    """Source: GOV-01, GOV-25."""
    sol = add_person(network, "Sol")
    question = services.ask_question(by=sol, proposal=proposal, words=" ¿Cada cuánto se paga? ")
    waiting = Ask.objects.get(person_id=ana.person_id, kind="question")
    assert "¿Cada cuánto se paga?" in waiting.why["es"]
    replied = services.reply(by=ana, question=question, words="Una vez al año.")
    assert (replied.reply, replied.replied_name) == ("Una vez al año.", "Ana")
    waiting.refresh_from_db()
    assert waiting.closed_at is not None
    kinds = list(Entry.objects.order_by("turn").values_list("kind", flat=True))
    assert kinds[-2:] == ["decisions.question_asked", "decisions.question_replied"]


def test_who_asked_gets_the_reply_by_mail(ana, beto, proposal, run_jobs):
    question = services.ask_question(by=beto, proposal=proposal, words="¿Quién cobra?")
    services.reply(by=ana, question=question, words="El equipo de fondos.")
    run_jobs()
    run_jobs()
    letter = Letter.objects.get(key__startswith="decisions.replied")
    assert letter.person_id == beto.person_id
    assert "El equipo de fondos." in letter.text


def test_a_question_is_replied_to_once_and_by_who_leads(ana, beto, proposal):
    question = services.ask_question(by=beto, proposal=proposal, words="¿Quién cobra?")
    with pytest.raises(Refused, match="propuesta"):
        services.reply(by=beto, question=question, words="Yo")
    services.reply(by=ana, question=question, words="Nadie")
    with pytest.raises(Refused):
        services.reply(by=ana, question=question, words="Otra cosa")
    with pytest.raises(Refused):
        services.ask_question(by=beto, proposal=proposal, words="  ")


def test_a_voice_reacts_once_changes_it_and_takes_it_back(beto, dora, proposal):
    """Source: GOV-10, GOVERNANCE 1.2 react."""
    services.react(by=beto, proposal=proposal, words="Me parece caro")
    services.react(by=dora, proposal=proposal, words="Nos parece justo")
    assert [one.words for one in Reaction.objects.all()] == ["Nos parece justo"]
    services.react(by=beto, proposal=proposal, words=" ")
    assert not Reaction.objects.exists()


def test_after_the_round_opens_and_without_a_voice_nobody_reacts(ana, beto, network, proposal):
    with pytest.raises(Refused):
        services.react(by=add_person(network, "Sol"), proposal=proposal, words="Bien")
    services.open_round(by=ana, proposal=proposal)
    with pytest.raises(Refused):
        services.react(by=beto, proposal=proposal, words="Tarde")


def test_what_was_decided_is_not_asked_about(ana, beto, proposal, opened):
    for voice in (ana, beto):
        services.answer(by=voice, round=opened, position="CAN_LIVE_WITH")
    proposal.refresh_from_db()
    with pytest.raises(Refused):
        services.ask_question(by=beto, proposal=proposal, words="¿Y ahora?")


def test_open_questions_show_before_one_answers(client, ana, beto, opened, page, queries):
    services.ask_question(by=beto, proposal=opened.proposal, words="¿Y si no hay cuenta?")
    sign_in(client, beto)
    with queries(6):  # session, network, participant, decision with what lies beside it, count, objections
        said = client.get(page).text
    assert "¿Y si no hay cuenta?" in said
    services.reply(by=ana, question=Question.objects.get(), words="Se aporta con horas.")
    assert "¿Y si no hay cuenta?" not in client.get(page).text


@pytest.mark.parametrize("many", [3, 30])
def test_the_conversation_takes_the_same_queries_whatever_it_holds(
    client, ana, beto, proposal, page, many, queries
):
    for number in range(many):
        services.ask_question(by=beto, proposal=proposal, words=f"Pregunta {number}")
    sign_in(client, ana)
    with queries(6):  # session, network, participant, proposal, questions, reactions
        assert client.get(f"{page}talk/").text.count('id="question-') == many


def test_one_asks_replies_and_reacts_without_a_script(client, ana, beto, proposal, page):
    sign_in(client, beto)
    assert client.post(f"{page}talk/", {"words": ""}).status_code == 422
    assert client.post(f"{page}talk/", {"words": "¿Cuánto dura?"}).status_code == 303
    assert client.post(f"{page}talk/", {"reaction": "Suena bien"}).status_code == 303
    said = text(client.get(f"{page}talk/", headers={"accept-language": "en"}))
    assert "¿Cuánto dura?" in said
    assert "Suena bien" in said
    question = Question.objects.get()
    assert client.get(f"{page}questions/{question.pk}/").status_code == 403
    sign_in(client, ana)
    assert client.post(f"{page}questions/{question.pk}/", {"words": "Un año"}).status_code == 303
    assert "Un año" in client.get(f"{page}talk/").text
    assert client.get(f"{HOME}{propose(ana).number}/questions/{question.pk}/").status_code == 404


def test_strangers_read_nothing_of_it(client, carla, proposal, page):
    sign_in(client, carla)
    for path in ("talk/", "beside/", "languages/", "languages/es/", "amend/", "keep/"):
        assert client.get(f"{page}{path}").status_code == 404

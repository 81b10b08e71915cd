"""What stays of a name in decisions once its person left for good: a pseudonym, beside their own words alone."""

from datetime import timedelta

import pytest

from tequio.core import clock
from tequio.decisions import services
from tequio.decisions.models import Answer, Elector, Evaluation, Finding, Outcome, Question
from tequio.networks.models import Governance
from tequio.people.models import Participant
from tests.conftest import sign_in
from tests.decisions.world import HOME, LIVE, YES, propose, text


def leave(actor, *, as_="— 1a2b3c"):
    """Give a participant a pseudonym, and bring it to decisions."""
    Participant.objects.filter(pk=actor.participant_id).update(name=as_)
    services.use_pseudonym(participant=Participant.objects.get(pk=actor.participant_id))


@pytest.fixture
def recorded(ana, beto):
    """Return a decided round in which Ana answered, and wrote Beto's answer down."""
    Governance.objects.update(records_for="COORDINATION")
    opened = services.open_round(by=ana, proposal=propose(ana))
    services.answer(by=ana, round=opened, position=YES)
    services.record_answer(
        by=ana, round=opened, elector=Elector.objects.get(round=opened, membership_id=beto.membership_id),
        given="Beto, por teléfono", position=LIVE,
    )  # fmt: skip
    return opened


def test_an_answer_written_down_for_another_keeps_whose_word_it_is(ana, recorded):
    """Source: XCT-03."""
    leave(ana)
    kept = Answer.objects.get(way="BEHALF")
    assert (kept.given_name, kept.recorded_name) == ("Beto, por teléfono", "— 1a2b3c")
    voices = {voice["name"]: voice for voice in Outcome.objects.get().voices}
    told = voices["La Asamblea"]
    assert (told["by"], told["recorded"]) == ("Beto, por teléfono", "— 1a2b3c")
    assert (voices["Barrio Vivo"]["by"], voices["Barrio Vivo"]["recorded"]) == ("— 1a2b3c", "")


def test_questions_replies_and_evaluations_lose_the_name(ana, beto, recorded):
    draft = propose(ana)
    services.reply(
        by=ana, question=services.ask_question(by=beto, proposal=draft, words="¿Cuánto?"), words="Diez."
    )
    services.evaluate(
        by=ana, proposal=recorded.proposal, finding=Finding.KEEP, learned="Bien",
        next_on=clock.today() + timedelta(days=90),
    )  # fmt: skip
    leave(ana)
    question = Question.objects.get()
    assert (question.asked_name, question.replied_name) == ("Beto", "— 1a2b3c")
    assert Evaluation.objects.get().evaluated_name == "— 1a2b3c"
    leave(beto, as_="— 4d5e6f")
    question.refresh_from_db()
    assert (question.asked_name, question.replied_name) == ("— 4d5e6f", "— 1a2b3c")


def test_a_decision_that_somebody_leaves_names_them_on_its_pages_alone(client, circles, beto, dora):
    """Source: LGPD article 18, GDPR article 17; C8."""
    proposal = services.propose_leaving(
        by=beto, circle=circles.learning, participant=Participant.objects.get(pk=dora.participant_id),
        why="Dora no llega.",
    )  # fmt: skip
    sign_in(client, beto)
    page = f"{HOME}{proposal.number}/"
    assert "Dora" in text(client.get(page))
    assert "Dora" not in "".join(proposal.version.summary.values()).replace("Dora no llega.", "")
    leave(dora)
    assert "— 1a2b3c" in text(client.get(page))

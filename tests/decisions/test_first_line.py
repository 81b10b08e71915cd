"""How it will be decided and what is still needed: in words, in every state, and never otherwise than the engine.

Source: P20, P26.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.core import clock
from tequio.decisions import first_line, sentences, services
from tequio.decisions.models import State
from tequio.decisions.rules import (
    Matter,
    Model,
    Prospect,
    Rule,
    Silence,
    Step,
    Tally,
    Voices,
    after_consent,
    after_vote,
    outlook,
)
from tequio.web import words
from tests.conftest import sign_in
from tests.decisions.test_rules import rules
from tests.decisions.world import HOME, OBJECT, YES, crowd, model, object_and_close, propose, text

FEW = st.integers(0, 9)
V, H = Model.VERTICAL, Model.HORIZONTAL
END = datetime(2026, 11, 20, 23, tzinfo=UTC)  # a Friday


@st.composite
def consents(draw):
    agree, live, aside, against, silent = (draw(FEW) for _ in range(5))
    entitled = agree + live + aside + against + silent
    return Voices(entitled, agree, live, aside, against, draw(st.integers(against, against + 2)))


@st.composite
def votes(draw):
    yes, no, abstain, silent = (draw(FEW) for _ in range(4))
    return Tally(yes + no + abstain + silent, yes, no, abstain)


@given(consents(), rules)
@settings(max_examples=400)
def test_what_a_consent_round_needs_is_what_the_engine_asks(voices, rule):
    """Source: GOV-25, P20."""
    found = outlook(voices, rule)
    now = after_consent(voices, rule, over=True)
    assert found.prospect.adopts == now.adopts
    assert (found.prospect is Prospect.OBJECTED) == (now is Step.INTEGRATE_OBJECTIONS)
    assert (found.prospect is Prospect.MAY_BE_VOTED) == (now is Step.OPEN_VOTE)
    if found.prospect in (Prospect.ANSWERS, Prospect.QUORUM) and found.missing <= voices.silent:
        enough = replace(voices, agree=voices.agree + found.missing)
        assert after_consent(enough, rule, over=True).adopts
        almost = replace(voices, agree=voices.agree + found.missing - 1)
        assert not after_consent(almost, rule, over=True).adopts


@given(votes(), rules.filter(lambda rule: not rule.consent_only))
@settings(max_examples=400)
def test_what_a_vote_needs_is_what_the_engine_asks(tally, rule):
    """Source: GOV-26, GOV-27, P20."""
    found = outlook(tally, rule)
    now = after_vote(tally, rule, over=True)
    assert found.prospect.adopts == now.adopts
    assert (found.prospect is Prospect.TIED) == (now is Step.COORDINATION_DECIDES)
    if found.prospect is Prospect.MORE_YES:
        assert found.yes > 0
        enough = replace(tally, yes=tally.yes + found.yes)
        assert after_vote(enough, rule, over=True).adopts
    if found.prospect is Prospect.OUT_OF_REACH:
        best = replace(tally, yes=tally.yes + tally.silent)
        assert not after_vote(best, rule, over=True).adopts


CONSENTS = Silence.CONSENTS
SAID = [
    (
        Voices(12, 7),
        Rule(H, Matter.STRATEGIC, silence=CONSENTS),
        "7 of 12 have answered. Nobody objects. It passes on Friday, November 20, 23:00 if nobody objects.",
    ),
    (
        Voices(12, 7),
        Rule(V, Matter.STRATEGIC),
        "7 of 12 have answered. Nobody objects. It passes once the 5 voices that are missing answer and nobody "
        "objects, by Friday, November 20, 23:00.",
    ),
    (
        Voices(12, 1),
        Rule(V, Matter.STRATEGIC, silence=CONSENTS, quorum_percent=50),
        "1 of 12 has answered. Nobody objects. For the quorum 5 more answers are needed, by Friday, November 20, "
        "23:00.",
    ),
    (
        Voices(12, 6, object=1, objections=1),
        Rule(H, Matter.STRATEGIC),
        "7 of 12 have answered. There is 1 objection. It passes only if they are mended and who raised them agrees. "
        "The round ends on Friday, November 20, 23:00.",
    ),
    (
        Voices(12, 6, object=1, objections=1),
        Rule(V, Matter.STRATEGIC),
        "7 of 12 have answered. There is 1 objection. If this stays so, a vote can follow: 3/4 of the votes for and "
        "against. The round ends on Friday, November 20, 23:00.",
    ),
    (
        Voices(3, 3),
        Rule(H, Matter.STRATEGIC),
        "3 of 3 have answered. Nobody objects. Nothing is missing: it passes when the round closes.",
    ),
    (
        Tally(12, 5, 2),
        Rule(V, Matter.STRATEGIC),
        "7 of 12 have answered. So far 5 yes and 2 no. It needs 1 more yes to reach 3/4. The vote ends on Friday, "
        "November 20, 23:00.",
    ),
    (
        Tally(4, 2, 2),
        Rule(V, Matter.OPERATIONAL),
        "4 of 4 have answered. So far 2 yes and 2 no. As it stands it is a tie, and the coordination would decide. "
        "The vote ends on Friday, November 20, 23:00.",
    ),
    (
        Tally(4, 1, 3),
        Rule(V, Matter.STRATEGIC),
        "4 of 4 have answered. So far 1 yes and 3 no. Even if all who are missing said yes, it would not reach 3/4.",
    ),
]


@pytest.mark.parametrize(("result", "rule", "said"), SAID)
def test_an_open_round_says_how_it_stands(result, rule, said):
    """Source: P20, P26."""
    with override("en"), timezone.override("UTC"), clock.at(END - timedelta(days=2)):
        assert first_line.of_round(result, rule, closes_at=END) == said


@pytest.mark.parametrize(("result", "rule", "said"), SAID)
@pytest.mark.parametrize("language", ["es", "pt-br", "en"])
def test_what_is_hidden_is_not_told_by_the_first_line(result, rule, said, language):
    """Source: EXPERIENCE 3.4 (6)."""
    silent = (
        replace(result, **{"yes": 0, "no": 0, "abstain": result.answered})
        if isinstance(result, Tally)
        else None
    )
    other = silent or Voices(result.entitled, stand_aside=result.answered)
    with override(language), timezone.override("UTC"):
        hidden = [first_line.of_round(each, rule, closes_at=END, shown=False) for each in (result, other)]
        assert hidden[0] == hidden[1]
        assert "%" not in hidden[0]


def test_every_state_says_what_it_waits_for():
    """Source: P26, GOV-27."""
    rule = Rule(V, Matter.OPERATIONAL)
    with override("en"):
        said = {state: first_line.of_proposal(state, rule, objections=2) for state in State}
        assert said[State.DRAFT] == "Nobody has been asked yet."
        assert said[State.OBJECTED].startswith(
            "There are 2 objections. It waits for an amendment, or for a vote"
        )
        assert "last word" in said[State.TIE]
        alone = first_line.of_proposal(State.OBJECTED, Rule(H, Matter.STRATEGIC), objections=1)
        assert alone == "There is 1 objection. It waits for an amendment that mends them."
        assert "new round" in first_line.of_proposal(State.OBJECTED, rule, objections=0)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "viernes 20 de noviembre, al final del día"),
        ("pt-br", "sexta-feira, 20 de novembro, no fim do dia"),
        ("en", "Friday, November 20, at the end of the day"),
    ],
)
def test_what_ends_at_midnight_ends_with_the_day_before(language, said):
    midnight = datetime(2026, 11, 21, 5, tzinfo=UTC)  # 0:00 in Bogotá
    with override(language), timezone.override("America/Bogota"), clock.at(END):
        assert sentences.ending(midnight) == said
        assert words.moment(midnight, "end") == said
        assert "21" in words.moment(midnight)
        assert "end" not in words.moment(midnight + timedelta(minutes=1), "end")


def test_the_list_says_it_of_each_decision(client, network, ana, beto, queries):
    """Source: P26."""
    model("VERTICAL")
    mine, other, objected = propose(ana), propose(ana), propose(ana)
    propose(ana)
    services.open_round(by=ana, proposal=mine)
    services.answer(by=ana, round=services.open_round(by=ana, proposal=other), position=YES)
    object_and_close(ana, beto, services.open_round(by=ana, proposal=objected))
    sign_in(client, ana)
    client.get(HOME)
    with queries(7):
        page = client.get(HOME, headers={"accept-language": "en"})
    said = text(page)
    assert "0 of 2 have answered. It passes if all answer by" in said  # mine: hidden until I answer
    assert "1 of 2 has answered. Nobody objects. It passes once the 1 voice that is missing answers" in said
    assert "There is 1 objection. It waits for an amendment, or for a vote" in said
    assert "Nobody has been asked yet." in said


def test_the_list_costs_the_same_for_thirty(client, network, ana, queries):
    for _turn in range(15):
        services.open_round(by=ana, proposal=propose(ana))
        propose(ana)
    sign_in(client, ana)
    client.get(HOME)
    with queries(7):
        client.get(HOME)


def test_the_page_says_it_with_objections_of_large_rounds_too(client, network, ana):
    crowd(network, 50)
    opened = services.open_round(by=ana, proposal=propose(ana))
    services.answer(by=ana, round=opened, position=OBJECT, reason="Deja fuera a los colectivos")
    sign_in(client, ana)
    said = text(client.get(f"{HOME}{opened.proposal.number}/", headers={"accept-language": "en"}))
    assert "1 of 52 has answered. There is 1 objection. If this stays so, a vote can follow" in said

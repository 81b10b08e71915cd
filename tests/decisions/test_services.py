"""From words to an agreement: adopted by consent, counted on a frozen electorate, closed in time."""

import pytest
from django.db import IntegrityError, transaction

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import system
from tequio.decisions import services
from tequio.decisions.models import Answer, AnswerChange, Elector, Objection, Outcome, State
from tequio.decisions.rules import (
    Matter,
    Step,
    recompute_consent,
)
from tequio.notify.models import Ask
from tequio.people.models import Membership, Voice
from tequio.register.models import Entry
from tests.decisions.world import ASIDE, LIVE, OBJECT, SUMMARY, TITLE, YES, model, propose, state
from tests.world import add_member, add_person

# Adopted by consent, with a record


def test_a_proposal_goes_from_words_to_an_agreement_with_a_record(ana, beto, proposal):
    round = services.open_round(by=ana, proposal=proposal, hours=48)
    services.answer(by=ana, round=round, position=YES)
    services.answer(by=beto, round=round, position=LIVE, concern="Las pequeñas")

    outcome = Outcome.objects.get(round=round)
    assert state(proposal) == State.ADOPTED
    assert (outcome.rule_id, outcome.step) == ("decisions.consent/2", Step.ADOPTED_BY_CONSENT)
    assert outcome.numbers["answered"] == outcome.numbers["entitled"] == 2
    assert {voice["name"]: voice["words"] for voice in outcome.voices} == {
        "Barrio Vivo": "",
        "La Asamblea": "Las pequeñas",
    }
    entry = Entry.objects.get(pk=outcome.entry_id)
    assert entry.kind == "decisions.adopted"
    assert entry.facts["uuid"] == str(proposal.uuid)
    assert recompute_consent(entry.facts) == []


def test_proposals_are_numbered_and_reviewed(ana, beto):
    first, second = propose(ana), propose(beto)

    assert (first.number, second.number) == (1, 2)
    assert first.review_on > clock.today()


def test_a_proposal_needs_words(ana):
    with pytest.raises(Refused, match="título"):
        services.propose(by=ana, title={"es": ""}, summary=SUMMARY, body={}, matter=Matter.STRATEGIC)


def test_only_who_leads_it_opens_the_round(beto, proposal):
    with pytest.raises(Refused):
        services.open_round(by=beto, proposal=proposal)


def test_a_text_changes_until_the_round_opens(ana, proposal):
    services.change_proposal(
        by=ana, proposal=proposal, title=TITLE, summary={"es": "Otra"}, body={}, matter=Matter.OPERATIONAL
    )
    proposal.refresh_from_db()
    assert (proposal.version.number, proposal.version.before.summary) == (2, SUMMARY)

    services.open_round(by=ana, proposal=proposal)
    with pytest.raises(Refused):
        services.change_proposal(
            by=ana, proposal=proposal, title=TITLE, summary=SUMMARY, body={}, matter=Matter.STRATEGIC
        )


# The electorate


def test_the_electorate_is_frozen_at_opening(ana, network, opened):
    late = add_member(network, "Llegó Tarde")
    newcomer = add_person(network, "Nina", membership=late, voice=Voice.DELEGATE)

    assert opened.voices == Elector.objects.filter(round=opened).count() == 2
    with pytest.raises(Refused):
        services.answer(by=newcomer, round=opened, position=YES)


def test_p18_the_voice_of_a_member_that_left_is_not_counted_and_the_record_says_so(
    ana, beto, network, opened
):
    services.answer(by=beto, round=opened, position=OBJECT, reason="No alcanza")
    Membership.objects.filter(pk=beto.membership_id).update(status="LEFT", ended_on=clock.today())
    services.answer(by=ana, round=opened, position=YES)

    outcome = Outcome.objects.get(round=opened)
    assert outcome.step == Step.ADOPTED_BY_CONSENT
    assert outcome.numbers["entitled"] == 1
    assert [voice["left"] for voice in outcome.voices] == [False, True]
    assert recompute_consent(Entry.objects.get(pk=outcome.entry_id).facts) == []


def test_one_voice_per_member_whoever_gives_it(beto, dora, opened):
    """Source: P6, EXPERIENCE 3.4 (5)."""
    services.answer(by=beto, round=opened, position=LIVE)
    services.answer(by=dora, round=opened, position=ASIDE)

    answer = Answer.objects.get()
    assert (answer.position, answer.given_name) == (ASIDE, "Dora")
    assert AnswerChange.objects.get().position == LIVE


def test_the_database_holds_one_answer_a_voice(ana, opened):
    elector = Elector.objects.get(round=opened, membership_id=ana.membership_id)
    Answer.objects.create(elector=elector, position=YES, given_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(elector=elector, position=YES, given_at=clock.now())


def test_the_database_refuses_an_objection_without_words(ana, opened):
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.create(
            round=opened,
            proposal=opened.proposal,
            membership_id=ana.membership_id,
            harm="",
            raised_at=clock.now(),
        )


def test_the_same_answer_twice_is_one_answer_without_history(beto, opened):
    services.answer(by=beto, round=opened, position=LIVE)
    services.answer(by=beto, round=opened, position=LIVE)

    assert (Answer.objects.count(), AnswerChange.objects.count()) == (1, 0)


def test_what_others_answered_is_not_in_the_register_before_the_round_closes(beto, opened):
    services.answer(by=beto, round=opened, position=OBJECT, reason="secreto todavía")

    entry = Entry.objects.get(kind="decisions.answered")
    assert "position" not in entry.facts
    assert entry.private["position"] == OBJECT


# Deadlines


def test_after_the_deadline_nobody_answers(beto, opened):
    with clock.at(opened.closes_at), pytest.raises(Refused):
        services.answer(by=beto, round=opened, position=LIVE)


def test_g_7_silence_is_not_consent_and_the_round_waits_for_its_only_extension(ana, beto, proposal, opened):
    services.answer(by=ana, round=opened, position=YES)
    with clock.at(opened.closes_at):
        assert services.close_when_over(by=system(ana.network_id), round=opened) is None
        assert state(proposal) == State.CONSENT
        assert Ask.objects.filter(person_id=ana.person_id, kind="objection", closed_at=None).exists()
        longer = services.extend_round(by=ana, round=opened, reason="Falta gente", hours=24)
        with pytest.raises(Refused):
            services.extend_round(by=ana, round=opened, reason="Otra vez")
    with clock.at(longer.closes_at):
        outcome = services.close_when_over(by=system(ana.network_id), round=opened)

    assert outcome.step == Step.UNANSWERED
    assert state(proposal) == State.NOT_ADOPTED


def test_g_7_silence_may_be_consent_once_the_quorum_answered(ana, proposal):
    model("HORIZONTAL", silence="CONSENTS", quorum_percent=50)
    round = services.open_round(by=ana, proposal=proposal)
    services.answer(by=ana, round=round, position=YES)
    assert state(proposal) == State.CONSENT

    with clock.at(round.closes_at):
        services.close_when_over(by=system(ana.network_id), round=round)
    assert state(proposal) == State.ADOPTED


def test_a_round_is_not_closed_early(ana, opened):
    with pytest.raises(Refused):
        services.close_round(by=ana, round=opened)
    with pytest.raises(Refused):
        services.close_round(by=system(ana.network_id), round=opened)


def test_closing_again_answers_the_same_record(ana, beto, opened):
    services.answer(by=ana, round=opened, position=YES)
    services.answer(by=beto, round=opened, position=YES)

    assert services.close_round(by=ana, round=opened).pk == Outcome.objects.get().pk


def test_a_round_that_was_not_adopted_may_come_back(ana, beto, proposal, opened):
    services.extend_round(by=ana, round=opened, reason="Falta gente", hours=1)
    opened.refresh_from_db()
    with clock.at(opened.closes_at):
        services.close_round(by=ana, round=opened)
        assert state(proposal) == State.NOT_ADOPTED
        again = services.open_round(by=ana, proposal=proposal)
    assert (again.number, state(proposal)) == (2, State.CONSENT)

"""Each service does its work, refuses with a reason, and leaves a trace."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import system
from tequio.decisions import services, tasks
from tequio.decisions.models import Answer, AnswerChange, Elector, Objection, Outcome, Round, State
from tequio.decisions.rules import (
    Kind,
    Matter,
    Position,
    Step,
    recompute_consent,
    recompute_tie_break,
    recompute_vote,
)
from tequio.networks.models import Governance
from tequio.notify.models import Ask, Letter
from tequio.people.models import Membership, Voice
from tequio.register.models import Entry
from tests.world import add_member, add_person

YES, LIVE, ASIDE, OBJECT = Position.AGREE, Position.CAN_LIVE_WITH, Position.STAND_ASIDE, Position.OBJECT
TITLE = {"es": "Cuota solidaria", "en": "Solidarity dues"}
SUMMARY = {"es": "Cada organización paga según su tamaño.", "en": "Each organization pays by its size."}
BODY = {"es": "Pequeñas: 60. Grandes: 480."}


def propose(by, *, matter=Matter.STRATEGIC, kind="general", **more):
    return services.propose(by=by, title=TITLE, summary=SUMMARY, body=BODY, matter=matter, kind=kind, **more)


def state(proposal):
    proposal.refresh_from_db()
    return proposal.state


def model(name, **more):
    Governance.objects.update(model=name, **more)


@pytest.fixture
def proposal(ana):
    return propose(ana)


@pytest.fixture
def opened(ana, proposal):
    return services.open_round(by=ana, proposal=proposal)


# Adopted by consent, with a record


def test_a_proposal_goes_from_words_to_an_agreement_with_a_record(ana, beto, proposal):
    round = services.open_round(by=ana, proposal=proposal, hours=48)
    services.answer(by=ana, round=round, position=YES)
    services.answer(by=beto, round=round, position=LIVE, concern="Las pequeñas")

    outcome = Outcome.objects.get(round=round)
    assert state(proposal) == State.ADOPTED
    assert (outcome.rule_id, outcome.step) == ("decisions.consent/1", Step.ADOPTED_BY_CONSENT)
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
        longer = services.extend_round(by=ana, round=opened, hours=24)
        with pytest.raises(Refused):
            services.extend_round(by=ana, round=opened)
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
    services.extend_round(by=ana, round=opened, hours=1)
    opened.refresh_from_db()
    with clock.at(opened.closes_at):
        services.close_round(by=ana, round=opened)
        assert state(proposal) == State.NOT_ADOPTED
        again = services.open_round(by=ana, proposal=proposal)
    assert (again.number, state(proposal)) == (2, State.CONSENT)


# Objections


def object_and_close(ana, beto, round):
    services.answer(by=ana, round=round, position=YES)
    services.answer(
        by=beto, round=round, position=OBJECT, reason="Deja fuera a los colectivos", mend="Aportar horas"
    )
    services.close_round(by=ana, round=round)
    return Objection.objects.get(round=round, state="OPEN")


def test_an_objection_stops_the_agreement(ana, beto, proposal, opened):
    object_and_close(ana, beto, opened)

    assert state(proposal) == State.OBJECTED
    entry = Entry.objects.get(kind="decisions.objected")
    assert recompute_consent(entry.facts) == []


def test_an_objection_needs_words(beto, opened):
    with pytest.raises(Refused):
        services.answer(by=beto, round=opened, position=OBJECT, reason="   ")


def test_an_objection_is_integrated_only_when_its_voice_agrees(ana, beto, proposal, opened):
    objection = object_and_close(ana, beto, opened)
    version = services.integrate(
        by=ana,
        objection=objection,
        body={"es": "También se aporta en horas."},
        why="Horas en lugar de dinero",
    )
    proposal.refresh_from_db()
    second = proposal.round
    objection.refresh_from_db()
    assert (version.number, objection.state, objection.offered_in) == (2, "OFFERED", version)

    services.answer(by=ana, round=second, position=YES)
    assert state(proposal) == State.CONSENT
    services.answer(by=beto, round=second, position=LIVE)

    objection.refresh_from_db()
    assert objection.state == "INTEGRATED"
    assert objection.settled_by_id == beto.participant_id
    assert state(proposal) == State.ADOPTED


def test_an_amendment_that_does_not_mend_it_is_objected_again(ana, beto, proposal, opened):
    objection = object_and_close(ana, beto, opened)
    services.integrate(by=ana, objection=objection, body={"es": "Casi igual"}, why="Nada")
    proposal.refresh_from_db()
    services.answer(by=beto, round=proposal.round, position=OBJECT, reason="Sigue igual")

    assert list(Objection.objects.order_by("pk").values_list("state", flat=True)) == ["RAISED_AGAIN", "OPEN"]


def test_the_open_round_on_the_old_text_ends_when_an_objection_is_integrated(ana, beto, proposal, opened):
    services.answer(by=beto, round=opened, position=OBJECT, reason="Daño")
    services.integrate(by=ana, objection=Objection.objects.get(), body={"es": "Nuevo"}, why="Cambia")

    opened.refresh_from_db()
    assert opened.superseded
    with pytest.raises(Refused):
        services.answer(by=beto, round=opened, position=LIVE)
    with pytest.raises(Refused):
        services.close_round(by=ana, round=opened)


def test_the_same_text_integrates_nothing(ana, beto, opened):
    objection = object_and_close(ana, beto, opened)
    with pytest.raises(Refused):
        services.integrate(by=ana, objection=objection, why="Nada", body=BODY)


def test_amendments_are_written_only_by_who_leads(ana, beto, opened):
    objection = object_and_close(ana, beto, opened)
    with pytest.raises(Refused):
        services.integrate(by=beto, objection=objection, body={"es": "Mío"}, why="Porque sí")


def test_only_its_own_voice_withdraws_an_objection(ana, beto, dora, opened):
    services.answer(by=beto, round=opened, position=OBJECT, reason="Daño")
    objection = Objection.objects.get()
    with pytest.raises(Refused):
        services.withdraw_objection(by=ana, objection=objection)

    services.withdraw_objection(by=dora, objection=objection)
    objection.refresh_from_db()
    assert objection.state == "WITHDRAWN"
    assert Answer.objects.get().position == LIVE


def test_an_objection_withdrawn_after_the_round_lets_a_new_round_open(ana, beto, proposal, opened):
    objection = object_and_close(ana, beto, opened)
    services.withdraw_objection(by=beto, objection=objection)
    with pytest.raises(Refused):
        services.open_vote(by=ana, proposal=proposal)

    again = services.open_round(by=ana, proposal=proposal)
    services.answer(by=ana, round=again, position=YES)
    services.answer(by=beto, round=again, position=YES)
    assert state(proposal) == State.ADOPTED


# Votes


def vote_after_objection(ana, beto, proposal):
    opened = services.open_round(by=ana, proposal=proposal)
    object_and_close(ana, beto, opened)
    return services.open_vote(by=ana, proposal=proposal)


def test_gov_09_in_a_horizontal_network_no_vote_can_be_opened(ana, beto, proposal):
    model("HORIZONTAL")
    opened = services.open_round(by=ana, proposal=proposal)
    object_and_close(ana, beto, opened)

    for by in (ana, system(ana.network_id)):
        with pytest.raises(Refused):
            services.open_vote(by=by, proposal=proposal)
    assert Outcome.objects.get().step == Step.INTEGRATE_OBJECTIONS


def test_a_charter_is_never_voted(ana, beto):
    charter = propose(ana, kind=Kind.CHARTER)
    opened = services.open_round(by=ana, proposal=charter)
    object_and_close(ana, beto, opened)
    with pytest.raises(Refused):
        services.open_vote(by=ana, proposal=charter)


def test_the_database_refuses_a_vote_where_only_consent_decides(ana, opened):
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=opened.pk).update(kind="VOTE", model="HORIZONTAL")


def test_gov_25_no_vote_before_consensus_was_sought(ana, proposal, opened):
    with pytest.raises(Refused):
        services.open_vote(by=ana, proposal=proposal)


@pytest.mark.parametrize(("noes", "step"), [(1, Step.ADOPTED_BY_MAJORITY), (2, Step.NOT_ADOPTED)])
def test_gov_26_three_of_four_pass_and_two_of_four_do_not(ana, beto, network, proposal, noes, step):
    others = [
        add_person(network, name, membership=add_member(network, f"Org {name}"), voice=Voice.DELEGATE)
        for name in ("Eva", "Fidel")
    ]
    opened = services.open_round(by=ana, proposal=proposal)
    services.answer(by=beto, round=opened, position=OBJECT, reason="Daño")
    for one in (ana, *others):
        services.answer(by=one, round=opened, position=YES)
    services.close_round(by=ana, round=opened)
    ballot = services.open_vote(by=ana, proposal=proposal)
    for k, one in enumerate((beto, *others, ana)):
        services.vote(by=one, round=ballot, position=Position.NO if k < noes else Position.YES)

    outcome = Outcome.objects.get(round=ballot)
    assert (outcome.step, outcome.rule_id) == (step, "decisions.three-quarters/1")
    assert (outcome.numbers["base_count"], outcome.numbers["needed"]) == (4, 3)
    assert recompute_vote(Entry.objects.get(pk=outcome.entry_id).facts) == []


def test_gov_27_a_tie_on_an_operational_matter_is_broken_by_who_signs(ana, beto):
    proposal = propose(ana, matter=Matter.OPERATIONAL, leading_team="Equipo de comunicación")
    ballot = vote_after_objection(ana, beto, proposal)
    services.vote(by=ana, round=ballot, position=Position.YES)
    services.vote(by=beto, round=ballot, position=Position.NO)
    assert state(proposal) == State.TIE
    assert Ask.objects.filter(kind="tie_break", person_id=ana.person_id, closed_at=None).exists()

    with pytest.raises(Refused):
        services.break_tie(by=beto, proposal=proposal, adopt=True, reason="Quiero")
    with pytest.raises(Refused):
        services.break_tie(by=system(ana.network_id), proposal=proposal, adopt=True, reason="Quiero")
    with pytest.raises(Refused):
        services.break_tie(by=ana, proposal=proposal, adopt=True, reason="  ")
    services.break_tie(by=ana, proposal=proposal, adopt=True, reason="El plazo vence")

    outcome = Outcome.objects.get(round=ballot)
    assert state(proposal) == State.ADOPTED
    assert (outcome.rule_id, outcome.decided_name, outcome.reason) == (
        "decisions.tie-break/1",
        "Ana",
        "El plazo vence",
    )
    assert recompute_tie_break(Entry.objects.get(pk=outcome.tie_entry_id).facts) == []
    with pytest.raises(Refused):
        services.break_tie(by=ana, proposal=proposal, adopt=False, reason="Otra vez")


def test_gov_27_a_tie_on_a_strategic_matter_is_not_adopted_and_nobody_breaks_it(ana, beto, proposal):
    ballot = vote_after_objection(ana, beto, proposal)
    services.vote(by=ana, round=ballot, position=Position.YES)
    services.vote(by=beto, round=ballot, position=Position.NO)

    assert state(proposal) == State.NOT_ADOPTED
    with pytest.raises(Refused):
        services.break_tie(by=ana, proposal=proposal, adopt=True, reason="Quiero")


def test_answers_of_one_kind_of_round_are_not_taken_in_the_other(ana, opened):
    with pytest.raises(Refused):
        services.answer(by=ana, round=opened, position=Position.YES)


# What waits for people, and what reaches them


def test_a_round_asks_delegates_and_substitutes_until_the_voice_is_given(ana, beto, dora, opened):
    waiting = Ask.objects.filter(closed_at=None, kind="consent").values_list("person_id", flat=True)
    assert set(waiting) == {ana.person_id, beto.person_id, dora.person_id}

    services.answer(by=dora, round=opened, position=LIVE)
    assert set(waiting.all()) == {ana.person_id}


def test_one_reminder_reaches_only_those_who_have_not_answered(ana, beto, dora, opened):
    services.answer(by=ana, round=opened, position=YES)
    assert services.remind(round=opened) == 0
    with clock.at(opened.closes_at - timedelta(hours=24)):
        assert services.remind(round=opened) == 2
        assert services.remind(round=opened) == 0

    reached = Letter.objects.filter(key__startswith="decisions.reminder").values_list("person_id", flat=True)
    assert set(reached) == {beto.person_id, dora.person_id}


def test_the_result_reaches_everybody_once_with_each_voice_s_words(ana, beto, dora, opened, run_jobs):
    services.answer(by=ana, round=opened, position=YES)
    services.answer(by=beto, round=opened, position=LIVE, concern="Que sea antes de junio")
    run_jobs()
    run_jobs()

    letters = Letter.objects.filter(key__startswith="decisions.outcome")
    assert {letter.person_id for letter in letters} == {ana.person_id, beto.person_id, dora.person_id}
    assert letters.count() == 3


# Tampering


def test_any_change_of_the_exported_facts_is_found(ana, beto, opened):
    services.answer(by=ana, round=opened, position=YES)
    services.answer(by=beto, round=opened, position=YES)
    facts = Entry.objects.get(kind="decisions.adopted").facts

    assert recompute_consent({**facts, "step": "NOT_ADOPTED"})
    assert recompute_consent({**facts, "open_objections": 1})
    assert recompute_consent({**facts, "numbers": {**facts["numbers"], "agree": 1}})
    assert recompute_consent({**facts, "voices": [*facts["voices"], facts["voices"][0]]})
    assert recompute_consent({**facts, "voices": facts["voices"][:1]})
    assert recompute_consent({})


# The clock


def scheduled(round):
    """The jobs that wait for their hour: {task: hour}."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, scheduled_at FROM procrastinate_jobs WHERE args->>'round_id' = %s",
            [str(round.pk)],
        )
        return {task.rpartition(".")[2]: at for task, at in cursor.fetchall()}


def test_the_reminder_and_the_end_are_scheduled_with_the_round(opened):
    assert scheduled(opened) == {"remind": opened.closes_at - timedelta(hours=24), "close": opened.closes_at}


def test_a_round_of_a_few_hours_has_no_reminder(ana, proposal):
    assert set(scheduled(services.open_round(by=ana, proposal=proposal, hours=12))) == {"close"}


def test_rounds_end_on_a_full_hour(opened):
    assert (opened.closes_at.minute, opened.closes_at.second) == (0, 0)
    assert opened.closes_at - opened.opened_at >= timedelta(hours=72)


def test_the_clock_reminds_and_closes(ana, beto, proposal, opened):
    services.answer(by=beto, round=opened, position=OBJECT, reason="Daño")
    known = {"network_id": ana.network_id, "round_id": opened.pk}
    tasks.close(**known)
    assert state(proposal) == State.CONSENT
    with clock.at(opened.closes_at - timedelta(hours=24)):
        tasks.remind(**known)
    assert Letter.objects.filter(key__startswith="decisions.reminder", person_id=ana.person_id).exists()
    with clock.at(opened.closes_at):
        tasks.close(**known)
        tasks.close(**known)
    assert state(proposal) == State.OBJECTED
    assert Outcome.objects.get().numbers["open_objections"] == 1

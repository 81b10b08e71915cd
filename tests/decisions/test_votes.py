"""Votes and ties, where the vertical model has them. Source: GOV-25 to GOV-27."""

import pytest
from django.db import IntegrityError, transaction

from tequio.core.access import Refused
from tequio.core.actor import system
from tequio.decisions import services
from tequio.decisions.models import Outcome, Round, State
from tequio.decisions.rules import (
    Kind,
    Matter,
    Position,
    Step,
    recompute_tie_break,
    recompute_vote,
)
from tequio.notify.models import Ask
from tequio.people.models import Voice
from tequio.register.models import Entry
from tests.decisions.world import OBJECT, YES, model, object_and_close, propose, state, vote_after_objection
from tests.world import add_member, add_person


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
    assert (outcome.step, outcome.rule_id) == (step, "decisions.three-quarters/2")
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
        "decisions.tie-break/2",
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

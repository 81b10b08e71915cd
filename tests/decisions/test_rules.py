"""The whole decision engine, against a table and against an oracle that counts one voice at a time."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.decisions.rules import (
    Base,
    Kind,
    Matter,
    Model,
    Rule,
    Silence,
    Step,
    Tally,
    Voices,
    after_consent,
    after_tie,
    after_vote,
    base_of,
    carries,
    count_vote,
    facts_of,
    months_after,
    more_yes,
    needed_of,
    numbers_of_vote,
    outlook,
    quorum_of,
    recompute_vote,
    recompute_vote_1,
)

H, V = Model.HORIZONTAL, Model.VERTICAL
OPERATIONAL, STRATEGIC = Matter.OPERATIONAL, Matter.STRATEGIC

rules = st.builds(
    Rule,
    model=st.sampled_from(Model),
    matter=st.sampled_from(Matter),
    kind=st.sampled_from(Kind),
    majority=st.sampled_from(
        [Fraction(3, 4), Fraction(3, 4), Fraction(2, 3), Fraction(1, 2), Fraction(1), Fraction(4, 5)]
    ),
    base=st.sampled_from(Base),
    quorum_percent=st.none() | st.integers(1, 100),
    silence=st.sampled_from(Silence),
    tie_break=st.booleans(),
)


# GOV-25 to GOV-28: every row of the decision engine


@pytest.mark.parametrize("matter", list(Matter))
def test_gov_09_horizontal_without_objections_is_adopted(matter):
    assert (
        after_consent(Voices(4, agree=1, can_live_with=2, stand_aside=1), Rule(H, matter), over=True)
        is Step.ADOPTED_BY_CONSENT
    )


@pytest.mark.parametrize("matter", list(Matter))
def test_gov_09_horizontal_with_an_objection_goes_back_and_no_vote_may_be_opened(matter):
    rule = Rule(H, matter)

    assert (
        after_consent(Voices(4, agree=3, object=1, objections=1), rule, over=True)
        is Step.INTEGRATE_OBJECTIONS
    )
    with pytest.raises(ValueError, match="only consent"):
        after_vote(Tally(4, yes=3, no=1), rule, over=True)


@pytest.mark.parametrize("model", list(Model))
def test_gov_16_a_leader_is_elected_exclusively_by_consensus(model):
    rule = Rule(model, STRATEGIC, kind=Kind.ELECTION)

    assert after_consent(Voices(3, agree=3), rule, over=True) is Step.ELECTED
    assert (
        after_consent(Voices(3, agree=2, object=1, objections=1), rule, over=True)
        is Step.INTEGRATE_OBJECTIONS
    )
    with pytest.raises(ValueError, match="only consent"):
        after_vote(Tally(3, yes=3), rule, over=True)


@pytest.mark.parametrize("matter", list(Matter))
def test_gov_25_vertical_without_objections_is_adopted_by_consensus(matter):
    assert after_consent(Voices(4, can_live_with=4), Rule(V, matter), over=True) is Step.ADOPTED_BY_CONSENT


@pytest.mark.parametrize("matter", list(Matter))
def test_gov_26_vertical_an_objection_that_stays_opens_a_vote(matter):
    assert (
        after_consent(Voices(4, agree=3, object=1, objections=1), Rule(V, matter), over=True)
        is Step.OPEN_VOTE
    )


@pytest.mark.parametrize("matter", list(Matter))
@pytest.mark.parametrize(("yes", "no"), [(3, 1), (6, 2), (75, 25), (1, 0), (4, 0)])
def test_gov_26_exactly_three_quarters_pass(matter, yes, no):
    assert after_vote(Tally(yes + no, yes, no), Rule(V, matter), over=True) is Step.ADOPTED_BY_MAJORITY


@pytest.mark.parametrize("tie", [1, 2, 20])
def test_gov_27_a_tie_on_an_operational_matter_goes_to_the_coordination(tie):
    rule = Rule(V, OPERATIONAL)

    assert after_vote(Tally(2 * tie, tie, tie), rule, over=True) is Step.COORDINATION_DECIDES
    assert after_tie(Tally(2 * tie, tie, tie), rule, adopt=True) is Step.ADOPTED_BY_COORDINATION
    assert after_tie(Tally(2 * tie, tie, tie), rule, adopt=False) is Step.REJECTED_BY_COORDINATION


def test_gov_27_a_tie_on_a_strategic_matter_is_not_adopted():
    assert after_vote(Tally(4, 2, 2), Rule(V, STRATEGIC), over=True) is Step.NOT_ADOPTED
    assert after_tie(Tally(4, 2, 2), Rule(V, STRATEGIC), adopt=True) is Step.NOT_ADOPTED


@pytest.mark.parametrize(("yes", "no"), [(60, 40), (2, 1), (5, 2), (1, 3)])
def test_gov_28_neither_three_quarters_nor_a_tie_is_not_adopted(yes, no):
    assert after_vote(Tally(yes + no, yes, no), Rule(V, OPERATIONAL), over=True) is Step.RULE_GAP
    assert after_vote(Tally(yes + no, yes, no), Rule(V, STRATEGIC), over=True) is Step.NOT_ADOPTED


@pytest.mark.parametrize("model", list(Model))
def test_a_charter_knows_consent_only(model):
    assert Rule(model, STRATEGIC, kind=Kind.CHARTER).consent_only


# Gaps


def test_g_1_the_base_decides_whether_abstentions_weigh():
    tally = Tally(10, yes=3, no=1, abstain=1)

    assert after_vote(tally, Rule(V, STRATEGIC), over=True) is Step.ADOPTED_BY_MAJORITY
    assert after_vote(tally, Rule(V, STRATEGIC, base=Base.PRESENT), over=True) is Step.NOT_ADOPTED
    assert after_vote(tally, Rule(V, STRATEGIC, base=Base.ENTITLED), over=True) is Step.NOT_ADOPTED


def test_g_3_a_quorum_is_counted_up():
    assert [quorum_of(n, Rule(V, STRATEGIC, quorum_percent=50)) for n in (1, 3, 4, 5)] == [1, 2, 2, 3]
    assert quorum_of(9, Rule(V, STRATEGIC)) == 1


def test_g_7_silence_is_not_consent():
    voices = Voices(4, agree=3)

    assert after_consent(voices, Rule(H, STRATEGIC), over=False) is Step.WAIT
    assert after_consent(voices, Rule(H, STRATEGIC), over=True) is Step.UNANSWERED


def test_g_7_silence_may_be_consent_where_the_quorum_has_answered():
    rule = Rule(H, STRATEGIC, silence=Silence.CONSENTS, quorum_percent=75)

    assert after_consent(Voices(4, agree=3), rule, over=True) is Step.ADOPTED_BY_CONSENT
    assert after_consent(Voices(4, agree=2), rule, over=True) is Step.NO_QUORUM
    assert (
        after_consent(Voices(4, agree=2, object=1, objections=1), rule, over=True)
        is Step.INTEGRATE_OBJECTIONS
    )


def test_nobody_entitled_decides_nothing():
    assert after_consent(Voices(0), Rule(H, STRATEGIC), over=True) is Step.NO_QUORUM
    assert after_vote(Tally(0), Rule(V, OPERATIONAL), over=True) is Step.NO_QUORUM


def test_an_objection_carried_over_from_an_earlier_round_still_stops():
    assert (
        after_consent(Voices(3, agree=3, objections=1), Rule(H, STRATEGIC), over=True)
        is Step.INTEGRATE_OBJECTIONS
    )


def test_what_a_vote_still_needs_is_said_in_numbers():
    rule = Rule(V, STRATEGIC)

    assert more_yes(Tally(4), rule) == 1
    assert more_yes(Tally(8, yes=2, no=1), rule) == 1
    assert more_yes(Tally(8, yes=0, no=1), rule) == 3
    assert more_yes(Tally(4, yes=1, no=2), rule) is None
    assert outlook(Tally(10, yes=3), Rule(V, STRATEGIC, quorum_percent=50)).missing == 2


# Properties: every split of 1 to 40 voices, and the oracle


def oracle_of_vote(ballots: list[str], entitled: int, rule: Rule) -> Step:
    """Decide as a person with a pencil would: hundredths of a percent, one ballot at a time."""
    yes = no = present = 0
    for ballot in ballots:
        present += 1
        if ballot == "YES":
            yes += 1
        if ballot == "NO":
            no += 1
    if present == 0 or (
        rule.quorum_percent and Decimal(present) / Decimal(entitled) < Decimal(rule.quorum_percent) / 100
    ):
        return Step.NO_QUORUM
    whole = {"CAST": yes + no, "PRESENT": present, "ENTITLED": entitled}[rule.base.value]
    if yes and Fraction(yes, whole) >= rule.majority:
        return Step.ADOPTED_BY_MAJORITY
    if rule.matter.value == "OPERATIONAL":
        if yes == no:
            return Step.COORDINATION_DECIDES if rule.tie_break else Step.NOT_ADOPTED
        return Step.RULE_GAP
    return Step.NOT_ADOPTED


def splits(most: int):
    for voices in range(1, most + 1):
        for yes in range(voices + 1):
            for no in range(voices - yes + 1):
                yield yes, no, voices - yes - no


@pytest.mark.parametrize("matter", list(Matter))
@pytest.mark.parametrize("base", list(Base))
@pytest.mark.parametrize("quorum", [None, 50])
def test_every_split_of_up_to_40_voices_follows_the_oracle(matter, base, quorum):
    rule = Rule(V, matter, base=base, quorum_percent=quorum)
    for yes, no, abstain in splits(40):
        entitled = yes + no + abstain
        ballots = ["YES"] * yes + ["NO"] * no + ["ABSTAIN"] * abstain
        assert after_vote(count_vote(ballots), rule, over=True) is oracle_of_vote(ballots, entitled, rule), (
            yes,
            no,
            abstain,
        )


def test_no_split_opens_a_vote_in_a_horizontal_network():
    for matter in Matter:
        for agree, objecting, aside in splits(40):
            voices = Voices(
                agree + objecting + aside,
                agree=agree,
                object=objecting,
                stand_aside=aside,
                objections=objecting,
            )
            step = after_consent(voices, Rule(H, matter), over=True)
            assert step is (Step.INTEGRATE_OBJECTIONS if objecting else Step.ADOPTED_BY_CONSENT)


def test_every_split_of_a_vertical_consent_round_ends_in_consent_or_a_vote():
    for matter in Matter:
        for live, objecting, aside in splits(40):
            voices = Voices(
                live + objecting + aside,
                can_live_with=live,
                object=objecting,
                stand_aside=aside,
                objections=objecting,
            )
            step = after_consent(voices, Rule(V, matter), over=True)
            assert step is (Step.OPEN_VOTE if objecting else Step.ADOPTED_BY_CONSENT)


@settings(max_examples=400, deadline=None)
@given(rules, st.lists(st.sampled_from(["YES", "NO", "ABSTAIN", None]), min_size=1, max_size=40))
def test_any_vote_follows_the_oracle(rule, answers):
    tally = count_vote(answers)
    if rule.consent_only:
        with pytest.raises(ValueError, match="only consent"):
            after_vote(tally, rule, over=True)
        return

    cast = [answer for answer in answers if answer]
    assert after_vote(tally, rule, over=True) is oracle_of_vote(cast, len(answers), rule)
    assert (after_vote(tally, rule, over=False) is Step.WAIT) == (None in answers)


@settings(max_examples=400, deadline=None)
@given(rules, st.lists(st.sampled_from(["YES", "NO", "ABSTAIN", None]), min_size=1, max_size=40))
def test_the_yes_that_are_missing_are_enough_and_one_less_is_not(rule, answers):
    tally = count_vote(answers)
    more = more_yes(tally, rule)

    def reach(extra):
        wholes = {
            "CAST": tally.yes + extra + tally.no,
            "PRESENT": tally.answered + extra,
            "ENTITLED": tally.entitled,
        }
        return Fraction(tally.yes + extra, wholes[rule.base.value] or 1)

    if more is None:
        assert not tally.silent or reach(tally.silent) < rule.majority
        return
    assert tally.yes + more > 0
    assert reach(more) >= rule.majority
    assert more == 0 or tally.yes + more == 1 or reach(more - 1) < rule.majority


@settings(max_examples=400, deadline=None)
@given(
    rules,
    st.lists(
        st.sampled_from(["AGREE", "CAN_LIVE_WITH", "STAND_ASIDE", "OBJECT", None]), min_size=1, max_size=40
    ),
    st.integers(0, 3),
)
def test_a_consent_round_adopts_only_without_objection_and_without_forbidden_silence(rule, answers, carried):
    objecting = answers.count("OBJECT")
    voices = Voices(
        len(answers),
        agree=answers.count("AGREE"),
        can_live_with=answers.count("CAN_LIVE_WITH"),
        stand_aside=answers.count("STAND_ASIDE"),
        object=objecting,
        objections=objecting + carried,
    )
    said = len(answers) - answers.count(None)
    silence_blocks = rule.silence is Silence.BLOCKS and said < len(answers)
    enough = said > 0 and (not rule.quorum_percent or 100 * said >= rule.quorum_percent * len(answers))

    step = after_consent(voices, rule, over=True)

    assert step.adopts == (objecting + carried == 0 and not silence_blocks and enough)
    assert (step is Step.OPEN_VOTE) == (objecting + carried > 0 and not rule.consent_only)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 3, 31), 2, date(2026, 5, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 22), 14, date(2028, 1, 22)),
    ],
)
def test_a_term_ends_on_the_same_day_of_a_later_month(day, months, later):
    assert months_after(day, months) == later


# Strictness, the least yes, and records of an earlier version


@pytest.mark.parametrize(("yes", "no", "carried"), [(3, 1, False), (4, 1, True), (6, 2, False), (7, 2, True)])
def test_more_than_three_quarters_where_the_charter_is_strict(yes, no, carried):
    """Source: GOV-26."""
    step = after_vote(Tally(yes + no, yes, no), Rule(V, STRATEGIC, strict=True), over=True)
    assert step.adopts is carried


@given(
    st.integers(0, 60), st.integers(0, 60), st.integers(0, 20), st.integers(0, 20), rules, st.booleans(),
    st.integers(0, 30),
)  # fmt: skip
def test_what_a_vote_needs_as_fractions_say_it(yes, no, abstain, silent, rule, strict, least):
    rule = replace(rule, strict=strict, least_yes=least)
    tally = Tally(yes + no + abstain + silent, yes, no, abstain)
    base = base_of(tally, rule)
    share = Fraction(yes, base) if base else Fraction(0)
    reaches = share > rule.majority if strict else share >= rule.majority
    assert carries(tally, rule) is (yes > 0 and yes >= least and reaches)
    assert carries(tally, rule) is (yes >= needed_of(base, rule))


def test_a_record_of_the_first_version_verifies_as_it_was_computed():
    voices = [
        {"member": str(k), "name": "", "answer": "YES" if k < 3 else "NO", "left": False} for k in range(4)
    ]
    rule = Rule(V, STRATEGIC)
    now = facts_of(rule)
    old = {name: value for name, value in now.items() if name not in ("strict", "least_yes")}
    numbers = numbers_of_vote(Tally(4, 3, 1), rule)
    record = {**old, "voices": voices, "numbers": numbers, "step": "ADOPTED_BY_MAJORITY"}
    assert recompute_vote_1({**record, "rule": "decisions.three-quarters/1"}) == []
    assert recompute_vote({**record, **now, "rule": "decisions.three-quarters/2"}) == []
    forged = {**record, **now, "strict": True, "rule": "decisions.three-quarters/2"}
    assert recompute_vote(forged) != []

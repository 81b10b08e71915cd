"""The steps of a consent decision under any sequence of actions. Source: GOVERNANCE 4.3; GOV-07, GOV-09, GOV-10."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.decisions.rules.machine import (
    MOST_LOOPS,
    Bar,
    Facts,
    Refusal,
    Session,
    Stage,
    WayOut,
    apply,
    guard,
    qualifies,
)

VOICES = ("ana", "beto", "eva", "fidel", "whom the others think of removing")
ENTITLED = frozenset(VOICES[:4])
actions = st.one_of(
    st.tuples(st.sampled_from(["ask", "reply", "react", "time", "withdraw", "write"]), st.sampled_from(VOICES), st.just("")),
    st.tuples(st.just("answer"), st.sampled_from(VOICES), st.sampled_from(["agree", "live with", "aside", "object"])),
    st.tuples(st.just("answer"), st.sampled_from(VOICES), st.just("agree")),
    st.tuples(st.just("judge"), st.sampled_from(VOICES), st.sampled_from(["yes", "no", "no"])),
    st.tuples(st.just("step"), st.just(""), st.sampled_from([stage.value for stage in Stage])),
    st.tuples(st.just("step"), st.just(""), st.sampled_from([stage.value for stage in Stage])),
    st.tuples(st.just("choose"), st.just(""), st.sampled_from([way.value for way in WayOut])),
)  # fmt: skip


@settings(max_examples=2000 if os.environ.get("PROOF") == "1" else 150, deadline=None)
@given(st.lists(actions, max_size=120), st.booleans(), st.booleans(), st.sampled_from(list(Stage)))
def test_whatever_is_tried_nothing_is_decided_over_an_objection(tried, tests, silence, start):
    """Source: GOV-09."""
    session = Session(ENTITLED, tests=tests, silence_consents=silence, stage=start)
    for action, voice, said in tried:
        try:
            after = apply(session, action, voice, said=said)
        except Refusal:
            continue
        assert session.voices == after.voices, "nobody joins or leaves the electorate"
        assert set(after.answers) <= ENTITLED, "whom it is about has no answer"
        assert after.version >= session.version
        assert after.loops <= MOST_LOOPS
        if after.version > session.version:
            assert not after.facts.answered, "a new text has no answers yet"
        if after.stage is Stage.DECIDED and session.stage is not Stage.DECIDED:
            assert not after.stopping
            about = [said for said, version in after.answers.values() if version == after.version]
            assert len(about) == len(ENTITLED) or (silence and after.facts.answered)
        if session.stage is Stage.DECIDED:
            assert after.stage is Stage.DECIDED
        found = [one for one in after.raised if one.found is not None]
        assert not found or tests, "where every objection counts, nobody judges it"
        session = after


def walk(session, *done):
    for action, voice, said in done:
        session = apply(session, action, voice, said=said)
    return session


def steps(*names):
    return [("step", "", name) for name in names]


def test_the_whole_way_with_its_guards():
    session = walk(Session(ENTITLED), *steps("CLARIFY"), ("ask", "beto", ""))
    with pytest.raises(Refusal) as refused:
        apply(session, "step", said="REACT")
    assert refused.value.bar is Bar.OPEN_QUESTIONS
    session = walk(session, ("reply", "", ""), *steps("REACT"), ("react", "ana", ""))
    with pytest.raises(Refusal) as refused:
        apply(session, "step", said="CONSENT")
    assert refused.value.bar is Bar.NOT_ALL_REACTED
    session = walk(session, ("time", "", ""), *steps("CONSENT"))
    for voice in sorted(ENTITLED):
        session = apply(session, "answer", voice, said="object" if voice == "beto" else "agree")
    for to, bar in (("DECIDED", Bar.OBJECTED), ("INTEGRATE", Bar.NOT_THERE)):
        with pytest.raises(Refusal) as refused:
            apply(session, "step", said=to)
        assert refused.value.bar is bar
    for loop in range(MOST_LOOPS):
        session = walk(session, *steps("OBJECTIONS", "INTEGRATE", "CONSENT"))
        assert (session.loops, session.facts.answered) == (loop + 1, 0)
        session = walk(session, *[("answer", voice, "object") for voice in sorted(ENTITLED)])
    session = walk(session, *steps("OBJECTIONS", "INTEGRATE"))
    with pytest.raises(Refusal) as refused:
        apply(session, "step", said="CONSENT")
    assert refused.value.bar is Bar.CHOICE_DUE
    session = walk(session, ("choose", "", "SHORTER_TERM"), *steps("CONSENT"))
    session = walk(session, *[("answer", voice, "agree") for voice in sorted(ENTITLED)], *steps("DECIDED"))
    assert session.stage is Stage.DECIDED


def test_a_group_that_tests_looks_at_one_objection_at_a_time():
    session = Session(ENTITLED, tests=True, stage=Stage.CONSENT)
    for voice in sorted(ENTITLED):
        session = apply(session, "answer", voice, said="agree" if voice in ("ana", "eva") else "object")
    session = walk(session, *steps("OBJECTIONS"))
    assert session.under_test is not None
    assert session.under_test.voice == "beto"
    with pytest.raises(Refusal) as refused:
        apply(session, "step", said="INTEGRATE")
    assert refused.value.bar is Bar.ONE_AT_A_TIME
    session = walk(session, *[("judge", voice, "no") for voice in ("ana", "eva", "fidel")])
    assert session.under_test.voice == "fidel"
    session = walk(session, ("judge", "ana", "yes"))
    assert [one.voice for one in session.stopping] == ["fidel"]
    session = walk(session, ("withdraw", "fidel", ""), *steps("DECIDED"))
    assert session.stage is Stage.DECIDED


@pytest.mark.parametrize(
    ("judged", "found"),
    [({}, None), ({"b": True}, True), ({"b": False}, None), ({"b": False, "c": False}, False), ({"a": False, "b": False}, None)],
)  # fmt: skip
def test_an_objection_falls_only_if_nobody_else_sees_that_harm(judged, found):
    assert qualifies(judged, frozenset({"b", "c"})) is found


def test_silence_decides_only_where_it_is_consent_and_somebody_answered():
    for silence, answered, bar in (
        (True, 1, None),
        (True, 0, Bar.NOT_ALL_ANSWERED),
        (False, 3, Bar.NOT_ALL_ANSWERED),
    ):
        facts = Facts(Stage.CONSENT, voices=4, answered=answered, time_over=True, silence_consents=silence)
        assert guard(facts, Stage.DECIDED) is bar

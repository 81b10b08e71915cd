"""What is asked of whom. Source: SUR-02, PAINS P5."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.surveys.rules.checking import checked, faults
from tequio.surveys.rules.conditions import asked, holds
from tequio.surveys.rules.instrument import Clause, Condition, Kind, Operator, Value, Values
from tequio.surveys.rules.written import as_json, from_json
from tests.surveys.instruments import answers, instrument, instruments, question, when

RED = Value(chosen=("red",))
TWO = Value(chosen=("red", "blue"))


@pytest.mark.parametrize(
    ("operator", "value", "said", "holding"),
    [
        (Operator.IS, "red", RED, True),
        (Operator.IS, "blue", RED, False),
        (Operator.IS, "blue", TWO, True),
        (Operator.IS, "red", Value(), False),
        (Operator.IS_NOT, "blue", TWO, False),
        (Operator.IS_NOT, "red", Value(), True),
        (Operator.IS, "row/red", Value(rows={"row": "red"}), True),
        (Operator.ANSWERED, "", Value(text="x"), True),
        (Operator.ANSWERED, "", Value(), False),
        (Operator.AT_LEAST, "3", Value(number=Decimal(3)), True),
        (Operator.AT_LEAST, "3", Value(number=Decimal("2.9")), False),
        (Operator.AT_LEAST, "3", Value(), False),
        (Operator.AT_MOST, "3", Value(), False),
        (Operator.AT_MOST, "0", Value(number=Decimal(0)), True),
        (Operator.AT_LEAST, "2", TWO, True),
        (Operator.AT_MOST, "1", TWO, False),
        (Operator.AT_MOST, "nonsense", TWO, False),
        (Operator.AT_MOST, "NaN", TWO, False),
    ],
)
def test_a_clause_compares_what_was_said(operator: Operator, value: str, said: Value, holding: bool) -> None:
    assert holds(when("color", operator, value), {"color": said}) is holding


def test_all_clauses_or_at_least_one() -> None:
    clauses = (Clause("a", Operator.ANSWERED), Clause("b", Operator.ANSWERED))
    said = {"a": RED}

    assert not holds(Condition(clauses), said)
    assert holds(Condition(clauses, any_of=True), said)
    assert holds(None, {})
    assert holds(Condition(()), {})
    assert holds(Condition((), any_of=True), {})


def test_two_conditions_on_one_question_lose_no_answer() -> None:
    """Source: PAINS P5: answers vanished where two conditions met on one question."""
    both = Condition((Clause("color", Operator.IS, "red"), Clause("color", Operator.IS, "blue")), any_of=True)
    asking = instrument(
        question("color", Kind.MULTI, "red", "blue", "green"),
        question("why_red", condition=when("color", Operator.IS, "red")),
        question("why_blue", condition=when("color", Operator.IS, "blue")),
        question("why_either", condition=both),
    )
    said: Values = {"color": TWO} | {key: Value(text=key) for key in ("why_red", "why_blue", "why_either")}

    assert checked(asking, said) == (said, {})


def test_what_rests_on_a_hidden_question_is_hidden_too() -> None:
    asking = instrument(
        question("first", Kind.YES_NO),
        question("second", Kind.YES_NO, condition=when("first", Operator.IS, "yes")),
        question("third", condition=when("second", Operator.IS, "yes")),
    )
    yes, no = Value(chosen=("yes",)), Value(chosen=("no",))
    said = {"first": no, "second": yes, "third": Value(text="kept until it shows again")}

    assert [one.key for one in asked(asking, said)] == ["first"]
    assert checked(asking, said) == ({"first": no}, {})
    assert [one.key for one in asked(asking, said | {"first": yes})] == ["first", "second", "third"]


def test_a_condition_that_looks_forward_rests_on_nothing() -> None:
    asking = instrument(question("first", condition=when("second")), question("second"))

    assert [one.key for one in asked(asking, {"second": RED})] == ["second"]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_every_answer_to_a_question_asked_is_kept_as_given(data: st.DataObject) -> None:
    asking = data.draw(instruments())
    said = data.draw(answers(asking))
    kept, wrong = checked(asking, said, whole=False)

    assert not wrong
    assert not [fault for fault in faults(asking) if fault.blocks]
    assert kept == {one.key: said[one.key] for one in asked(asking, said) if one.key in said}
    assert checked(asking, kept, whole=False) == (kept, {})  # what was kept is asked again: nothing moves
    assert [one.key for one in asked(asking, kept)] == [one.key for one in asked(asking, said)]
    assert from_json(as_json(asking)) == asking

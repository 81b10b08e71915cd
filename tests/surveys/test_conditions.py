"""What is asked of whom. Source: SUR-02, PAINS P5."""

from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.surveys.rules.checking import checked, faults
from tequio.surveys.rules.conditions import asked, depth, holds, simple
from tequio.surveys.rules.instrument import Clause, Condition, Kind, Operator, Value, Values
from tequio.surveys.rules.showing import TICKED, failing
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


A, B, C = (Clause(key, Operator.ANSWERED) for key in "abc")


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        (Condition((A, Condition((B, C), any_of=True))), lambda a, b, c: a and (b or c)),
        (Condition((A, Condition((B, C))), any_of=True), lambda a, b, c: a or (b and c)),
        (
            Condition((Condition((A, B)), Condition((C, Condition((A, B), any_of=True)))), any_of=True),
            lambda a, b, c: (a and b) or (c and (a or b)),
        ),
    ],
)
def test_conditions_within_conditions(condition: Condition, wanted: Callable[..., bool]) -> None:
    """Source: SUR-02."""
    for said in product((False, True), repeat=3):
        values = {key: RED for key, given in zip("abc", said, strict=True) if given}
        assert holds(condition, values) is wanted(*said)
        assert holds(simple(condition), values) is wanted(*said)


def test_a_condition_is_said_with_few_brackets() -> None:
    deep = Condition((Condition((Condition((A,), any_of=True), Condition((B, A)))), Condition(())))
    assert simple(deep) == Condition((A, B))
    assert simple(Condition((Condition((A, B), any_of=True),))) == Condition((A, B), any_of=True)
    assert simple(Condition((Condition(()),))) is None
    assert depth(deep) == 3


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_a_style_sheet_hides_only_what_is_not_asked(data: st.DataObject) -> None:
    """What the rules of a style sheet say fails, fails; and of ticks alone they say all of it."""
    asking = data.draw(instruments())
    said = data.draw(answers(asking))
    kinds = {one.key: one.kind for one in asking.questions()}
    for one in asking.questions():
        if one.condition is None:
            continue
        failing = failed(one.condition, kinds, said)
        assert not (failing and holds(one.condition, said))
        if all(_ticked(clause, kinds) for clause in one.condition.comparisons()):
            assert failing is not holds(one.condition, said)


def _ticked(clause: Clause, kinds: Mapping[str, Kind]) -> bool:
    return kinds[clause.question] in TICKED and clause.operator in (Operator.IS, Operator.IS_NOT)


def failed(condition: Condition, kinds: dict[str, Kind], said: Values) -> bool:
    """Read the selectors as a browser would: each holds where all its parts do."""
    true = {}
    for clause in condition.comparisons():
        for which in failing(clause, kinds):
            true[which] = not holds(Condition((clause,)), said)
    return any(all(true[part] for part in _parts(ways, true)) for ways in failing(condition, kinds))


def _parts(ways: str, known: Collection[str]) -> Iterator[str]:
    while ways:
        part = next(one for one in known if ways.startswith(one))
        yield part
        ways = ways.removeprefix(part)


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

"""Whether an instrument can be asked, and whether an answer answers it. Source: SUR-02."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.surveys.rules.checking import Code, Wrong, checked, cleaned, faults
from tequio.surveys.rules.instrument import Instrument, Kind, Operator, Option, Question, Section, Value
from tests.surveys.instruments import instrument, question, when

COLOR = question("color", Kind.SINGLE, "red", "blue")
COLORS = replace(
    question("colors", Kind.MULTI, "red", "blue", "green"),
    options=(
        Option("red", {"en": "Red"}),
        Option("blue", {"en": "Blue"}),
        Option("which", {"en": "Other"}, other=True),
        Option("none", {"en": "None"}, alone=True),
    ),
    at_most=2,
)
MATRIX = replace(
    question("how", Kind.MATRIX, "good", "bad"),
    rows=(Option("food", {"en": "Food"}), Option("room", {"en": "Room"})),
    required=True,
)


def codes(*questions: Question) -> list[tuple[str, Code]]:
    return [(fault.where, fault.code) for fault in faults(instrument(*questions))]


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        ([], [("", Code.NO_QUESTION)]),
        ([COLOR, COLORS, MATRIX], []),
        ([question("9lives")], [("all/9lives", Code.BAD_KEY)]),
        ([question("all")], [("all/all", Code.KEY_TWICE)]),
        ([question("a"), question("a")], [("all/a", Code.KEY_TWICE)]),
        ([question("a", Kind.SINGLE, "x", "x")], [("all/a", Code.KEY_TWICE)]),
        ([question("a", Kind.SINGLE, "x", "y z")], [("all/a", Code.BAD_KEY)]),
        ([question("a", Kind.SINGLE, "x")], [("all/a", Code.TOO_FEW_OPTIONS)]),
        ([question("a", Kind.OPEN, "x", "y")], [("all/a", Code.TAKES_NO_OPTIONS)]),
        ([replace(MATRIX, rows=())], [("all/how", Code.NO_ROWS)]),
        ([question("a", Kind.COUNTRY)], []),
        ([question("a", Kind.COUNTRY, "CO", "Chile")], [("all/a", Code.NO_COUNTRY)]),
        ([replace(COLORS, at_most=5)], [("all/colors", Code.AT_MOST)]),
        ([replace(COLOR, at_most=1)], [("all/color", Code.AT_MOST)]),
        ([question("a", lowest=Decimal(1))], [("all/a", Code.BOUNDS)]),
        ([question("a", Kind.NUMBER, lowest=Decimal(2), highest=Decimal(1))], [("all/a", Code.BOUNDS)]),
        ([question("a", role="FAME")], [("all/a", Code.UNKNOWN_ROLE)]),
        ([question("a", role="JOINS")], [("all/a", Code.ROLE_KIND)]),
        ([question("a", role="EMAIL"), question("b", role="EMAIL")], [("all/b", Code.ROLE_TWICE)]),
        ([question("a", condition=when("b"))], [("all/a", Code.CONDITION_QUESTION)]),
        ([question("a", condition=when("a"))], [("all/a", Code.CONDITION_FORWARD)]),
        ([question("a", condition=when("b")), question("b")], [("all/a", Code.CONDITION_FORWARD)]),
        (
            [question("a", condition=when("b")), question("b", condition=when("a"))],
            [("all/a", Code.CONDITION_FORWARD)],
        ),
        (
            [COLOR, question("a", condition=when("color", Operator.IS, "pink"))],
            [("all/a", Code.CONDITION_OPTION)],
        ),
        (
            [COLOR, question("a", condition=when("color", Operator.AT_LEAST, "1"))],
            [("all/a", Code.CONDITION_OPERATOR)],
        ),
        (
            [COLORS, question("a", condition=when("colors", Operator.AT_LEAST, "many"))],
            [("all/a", Code.CONDITION_NUMBER)],
        ),
        (
            [replace(COLOR, options=tuple(replace(one, other=True) for one in COLOR.options))],
            [("all/color", Code.OTHER_TWICE)],
        ),
    ],
)
def test_faults_are_found_where_they_are(questions: list[Question], expected: list[tuple[str, Code]]) -> None:
    assert codes(*questions) == expected


def test_missing_texts_are_told_for_each_language() -> None:
    """The first language must be there; another falls back to it, and its absence does not block."""
    asking = Instrument(
        ("es", "en"),
        {"es": "Mapa", "en": "Map"},
        (Section("s", {"es": "Sección"}, (replace(COLOR, text={"es": "¿Color?"}),)),),
    )
    found = {(one.where, one.language, one.code, one.blocks) for one in faults(asking)}

    assert ("s/color", "en", Code.NOT_TRANSLATED, False) in found
    assert ("s", "en", Code.NOT_TRANSLATED, False) in found
    assert ("s/color/red", "es", Code.NO_TEXT, True) in found


def test_languages_are_named_once() -> None:
    asking = Instrument(("en", "en", "klingon!"), {"en": "x"}, ())
    found = {(fault.code, fault.language) for fault in faults(asking)}

    assert {(Code.LANGUAGE_TWICE, "en"), (Code.BAD_LANGUAGE, "klingon!")} <= found
    assert Code.NO_LANGUAGE in {fault.code for fault in faults(Instrument((), {}, ()))}


@pytest.mark.parametrize(
    ("asked", "said", "wrong"),
    [
        (COLOR, Value(chosen=("red",)), None),
        (COLOR, Value(chosen=("red", "blue")), Wrong.TOO_MANY),
        (COLOR, Value(chosen=("pink",)), Wrong.UNKNOWN_OPTION),
        (COLORS, Value(chosen=("none",)), None),
        (COLORS, Value(chosen=("none", "red")), Wrong.ALONE),
        (COLORS, Value(chosen=("red", "blue", "which")), Wrong.TOO_MANY),
        (COLORS, Value(chosen=("which",), text="x" * 501), Wrong.TOO_LONG),
        (question("a", Kind.YES_NO), Value(chosen=("maybe",)), Wrong.UNKNOWN_OPTION),
        (question("a", Kind.COUNTRY), Value(chosen=("CO",)), None),
        (question("a", Kind.COUNTRY), Value(chosen=("Colombia",)), Wrong.UNKNOWN_OPTION),
        (question("a", Kind.CITIES), Value(chosen=("national", "3435910"), text="Macondo"), None),
        (question("a", Kind.CITIES), Value(chosen=("Macondo",)), Wrong.UNKNOWN_OPTION),
        (question("a"), Value(text="x" * 501), Wrong.TOO_LONG),
        (question("a", long=True), Value(text="x" * 501), None),
        (question("a", role="EMAIL"), Value(text="nobody"), Wrong.NO_EMAIL),
        (question("a", role="EMAIL"), Value(text="ana@red.example"), None),
        (question("a", Kind.NUMBER, lowest=Decimal(0)), Value(number=Decimal(-1)), Wrong.TOO_LOW),
        (question("a", Kind.NUMBER, highest=Decimal(9)), Value(number=Decimal(10)), Wrong.TOO_HIGH),
        (question("a", Kind.NUMBER), Value(number=Decimal("1E+99")), Wrong.NO_NUMBER),
        (question("a", Kind.NUMBER), Value(number=Decimal("NaN")), Wrong.NO_NUMBER),
        (question("a", Kind.NUMBER), Value(text="a few"), Wrong.NO_NUMBER),
        (question("a", Kind.DATE), Value(date="2026-02-30"), Wrong.NO_DATE),
        (question("a", Kind.DATE), Value(date="2026-02-28"), None),
        (MATRIX, Value(rows={"food": "good", "room": "bad"}), None),
        (MATRIX, Value(rows={"food": "pink"}), Wrong.UNKNOWN_OPTION),
        (MATRIX, Value(rows={"street": "good"}), Wrong.UNKNOWN_OPTION),
        (MATRIX, Value(rows={"food": "good"}), Wrong.MISSING),
        (question("a", required=True), Value(text=" \n"), Wrong.MISSING),
    ],
)
def test_what_is_wrong_with_an_answer(asked: Question, said: Value, wrong: Wrong | None) -> None:
    assert checked(instrument(asked), {asked.key: said})[1].get(asked.key) is wrong


def test_an_answer_is_kept_in_the_order_of_the_instrument_and_other_only_with_its_option() -> None:
    """Source: PAINS P4: what "other" says goes with the option and never in its place."""
    said = Value(chosen=("which", "red", "which"), text=" purple ")

    assert cleaned(COLORS, said) == (Value(chosen=("red", "which"), text="purple"), None)
    assert cleaned(COLORS, replace(said, chosen=("red",))) == (Value(chosen=("red",)), None)


def test_nothing_is_missing_while_somebody_is_still_answering() -> None:
    asking = instrument(question("a", required=True))

    assert checked(asking, {}, whole=False) == ({}, {})
    assert checked(asking, {}) == ({}, {"a": Wrong.MISSING})
    assert checked(asking, {"b": Value(text="x")}, whole=False) == ({}, {"b": Wrong.UNKNOWN_QUESTION})


ANY_VALUE = st.builds(
    Value,
    chosen=st.lists(st.sampled_from(["red", "CO", "national", "x", ""]), max_size=3).map(tuple),
    text=st.text(max_size=5),
    number=st.none() | st.decimals(),
    date=st.text(max_size=10) | st.just("2026-01-01"),
    rows=st.dictionaries(st.sampled_from(["food", "x"]), st.sampled_from(["good", "x", ""])),
)


@given(st.sampled_from(Kind), ANY_VALUE)
@settings(max_examples=150, deadline=None)
def test_no_answer_breaks_the_check(kind: Kind, said: Value) -> None:
    one = replace(MATRIX, kind=kind, rows=MATRIX.rows if kind is Kind.MATRIX else ())
    kept, wrong = cleaned(one, said)

    assert wrong or cleaned(one, kept) == (kept, None)

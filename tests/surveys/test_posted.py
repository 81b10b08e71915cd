"""Fields of a form and answers, to and fro. Source: SUR-02."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.surveys.rules.checking import checked
from tequio.surveys.rules.instrument import NATIONAL, Kind, Value
from tequio.surveys.rules.posted import read, written
from tests.surveys.asked import EVERYTHING

LINE = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=20)
OF_KIND = {
    Kind.OPEN: st.builds(Value, text=LINE),
    Kind.NUMBER: st.builds(
        Value, number=st.decimals(-(10**9), 10**9, places=3, allow_nan=False, allow_infinity=False)
    ),
    Kind.DATE: st.builds(Value, date=st.dates().map(str)),
    Kind.CITIES: st.builds(
        lambda ids, national, names: Value(
            chosen=((NATIONAL,) if national else ()) + tuple(map(str, ids)),
            text="\n".join(name for name in names if not name.isdigit()),
        ),
        st.lists(st.integers(1, 10**9), unique=True, max_size=4),
        st.booleans(),
        st.lists(LINE, unique=True, max_size=3),
    ),
}


def value_of(question):
    if question.kind in OF_KIND:
        return OF_KIND[question.kind]
    keys = [option.key for option in question.options] or ["yes", "no"]
    if question.kind is Kind.MATRIX:
        return st.builds(
            Value,
            rows=st.dictionaries(st.sampled_from([r.key for r in question.rows]), st.sampled_from(keys)),
        )
    most = len(keys) if question.kind is Kind.MULTI else 1
    return st.builds(
        lambda chosen, which: Value(
            chosen=tuple(key for key in keys if key in chosen), text=which if "other" in chosen else ""
        ),
        st.sets(st.sampled_from(keys), max_size=most),
        st.one_of(st.just(""), LINE),
    )


ANSWERS = st.fixed_dictionaries({}, optional={q.key: value_of(q) for q in EVERYTHING.questions()}).map(
    lambda found: {key: value for key, value in found.items() if not value.empty}
)


@given(ANSWERS)
def test_what_is_written_is_read_as_it_was(values):
    """Source: SUR-02."""
    assert read(EVERYTHING, written(EVERYTHING, values)) == values


FIELDS = [
    name
    for key in ("name", "size", "since", "cities", "kind", "with", "country", "hard")
    for name in (f"q:{key}", f"q:{key}:which")
]


@given(st.dictionaries(st.sampled_from(FIELDS), st.lists(st.text(max_size=12), max_size=3)))
def test_whatever_is_posted_is_read_and_written_again_the_same(posted):
    values = read(EVERYTHING, posted)
    assert read(EVERYTHING, written(EVERYTHING, values)) == values


@pytest.mark.parametrize(
    ("typed", "number"), [("12", 12), ("1 500", 1500), ("2,5", Decimal("2.5")), ("7", 7), ("1e9", None), ("Infinity", None), ("9" * 30, None)]
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(typed, number):
    value = read(EVERYTHING, {"q:size": [typed]})["size"]
    assert value.number == number
    assert (checked(EVERYTHING, {"size": value}, whole=False)[1] == {"size": "NO_NUMBER"}) == (number is None)


def test_what_was_typed_beside_other_ticks_it():
    """Who writes which other and forgets to tick it loses nothing. Source: SUR-02, P4."""
    several = read(EVERYTHING, {"q:with": ["women"], "q:with:which": ["Niñez"]})["with"]
    one = read(EVERYTHING, {"q:kind": ["water"], "q:kind:which": ["Niñez"]})["kind"]
    assert several == Value(chosen=("women", "other"), text="Niñez")
    assert one == Value(chosen=("water",))


def test_what_is_no_answer_of_the_question_is_left_out():
    posted = {
        "q:kind": ["no-such"],
        "q:country": ["ZZ"],
        "q:hard:row:money": ["x"],
        "q:since": ["31/31/2020"],
    }
    assert read(EVERYTHING, posted) == {"since": Value(date="31/31/2020")}
    assert checked(EVERYTHING, read(EVERYTHING, posted), whole=False)[1] == {"since": "NO_DATE"}


def test_marks_that_cannot_be_stored_are_taken_out():
    assert read(EVERYTHING, {"q:name": [" a\0b\ud800 "]}) == {"name": Value(text="ab")}

"""Canonical JSON: one value, one way of writing it."""

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.register.rules.canonical import NotCanonical, canonical, commitment, load
from tests.register.exports import calm

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcñé", max_size=3), inner, max_size=4)
    ),
    max_leaves=8,
)


def test_keys_are_sorted_and_nothing_is_padded():
    assert canonical({"b": 1, "a": [True, None, "ñ"]}) == '{"a":[true,null,"ñ"],"b":1}'.encode()


def test_two_ways_of_writing_an_accent_are_one():
    assert canonical("n\u0303") == canonical("\u00f1")
    with pytest.raises(NotCanonical, match="same text"):
        canonical({"n\u0303": 1, "\u00f1": 2})


@pytest.mark.parametrize(
    "value", [1.5, float("nan"), {1: 2}, {"a": b"x"}, "\ud800", "a\0b", object(), {"a": {1}}]
)
def test_what_it_does_not_hold(value):
    with pytest.raises(NotCanonical):
        canonical(value)


@calm
@given(st.dictionaries(st.text("abc", max_size=3), values, max_size=2))
def test_what_was_written_is_read_back(value):
    line = canonical(value)
    assert canonical(load(line)) == line
    assert canonical(json.loads(line)) == line


@pytest.mark.parametrize(
    "line",
    [
        b'{"a": 1}',
        b'{"b":1,"a":2}',
        b'{"a":1.0}',
        b'{"a":1e2}',
        b'{"a":NaN}',
        b'{"a":1,"a":1}',
        b'{"a":"\\u00f1"}',
        b'{"a":"\\ud800"}',
        '{"a":"n\u0303"}'.encode(),
        b"[1]",
        b"",
        b"\xff",
        b"[" * 100_000,
        b'{"a":1}\n',
    ],
)
def test_any_other_spelling_is_refused(line):
    with pytest.raises(NotCanonical):
        load(line)


def test_a_commitment_is_salted():
    value, salt = {"yes": 3}, bytes(32)
    assert commitment(salt, value) == sha256(salt + b'{"yes":3}').hexdigest()
    assert commitment(b"\1" * 32, value) != commitment(salt, value)
    with pytest.raises(ValueError, match="32 bytes"):
        commitment(b"short", value)

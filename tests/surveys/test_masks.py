"""Answers as bits count what answers as rows count, and faster than a database made for counting."""

import os

import pytest
from hypothesis import given, settings

from tequio.surveys.rules import masks
from tequio.surveys.rules.columns import Sheet
from tequio.surveys.rules.crosstab import Unknown, cross
from tests.bench.masks import measured
from tests.surveys import golden
from tests.surveys.test_tables import sheets


def same(one, other) -> bool:
    """Compare two tables but for the ticks, which masks do not keep."""
    return (one.whole, one.groups) == (other.whole, other.groups)


@settings(max_examples=12, deadline=None)
@given(sheets())
def test_masks_say_what_tables_say(sheet):
    """Source: SUR-08."""
    plain = Sheet(sheet.size, sheet.columns)
    packed = masks.read(masks.pack(plain).as_bytes())
    pairs = packed.all_pairs()
    for by in ((), ("b",), ("b", "c"), ("d", "c", "b")):
        assert same(packed.table(rows="a", by=by), cross(plain, rows="a", by=by))
    where = {"c": ["c0", "c2"]}
    assert same(packed.table(rows="a", by=["b"], where=where), cross(plain, rows="a", by=["b"], where=where))
    for rows in "ab":
        for by in "abc":
            assert same(pairs.table(rows=rows, by=by), cross(plain, rows=rows, by=[by]))


def test_the_golden_answers_as_masks():
    """Source: SUR-11."""
    sheet = golden.sheet()
    packed = masks.pack(sheet)
    found = packed.all_pairs().table(rows="participates_in_regional_network", by="country")
    assert str(found.share("yes", "BR", digits=1)) == "90.9"
    assert packed.count("organisation_type", ("citizen_participation", "political_activism")) == 42
    with pytest.raises(Unknown):
        packed.table(rows="nothing")
    with pytest.raises(ValueError, match="masks"):
        masks.read(b"other")


def test_masks_are_faster_than_a_database():
    """Source: issue 5, 4: all cross-tabs of two questions in at most half of DuckDB's time on the same bits."""
    pytest.importorskip("duckdb")
    proof = bool(os.environ.get("PROOF"))
    found = measured() if proof else measured(100_000, questions=6, both=False)
    assert found.slowest <= 0.05
    assert 2 * found.ours <= found.theirs

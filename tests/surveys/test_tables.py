"""Counting, taken apart: bases, weights, filters, several answers by several answers, findings, two coders."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tequio.surveys.rules import findings, recoding, wordsearch
from tequio.surveys.rules.columns import Category, Column, Sheet
from tequio.surveys.rules.crosstab import Unknown, count, cross
from tequio.surveys.rules.instrument import Base
from tequio.surveys.rules.ranking import cities
from tequio.surveys.rules.shares import mean, percent, rounded
from tests.surveys import golden


def column(key: str, ticks: list, *, of: int = 3, asked=None, base: Base = Base.RESPONDENTS) -> Column:
    categories = tuple(Category(f"{key}{number}", {"en": f"{key} {number}"}) for number in range(of))
    return Column(key, {"en": key}, categories, ticks, True, base, asked)


@st.composite
def sheets(draw) -> Sheet:
    size = draw(st.integers(0, 12))
    cells = st.lists(
        st.sets(st.integers(0, 2)).map(lambda one: tuple(sorted(one))), min_size=size, max_size=size
    )
    asked = draw(st.none() | st.lists(st.booleans(), min_size=size, max_size=size))
    weights = draw(st.none() | st.lists(st.decimals("0.1", "9", places=1), min_size=size, max_size=size))
    columns = [column(key, draw(cells)) for key in "bcd"]
    ticks = draw(cells)
    if asked is not None:
        ticks = [one if asked[at] else () for at, one in enumerate(ticks)]
    return Sheet(size, (column("a", ticks, asked=asked), *columns), weights)


@settings(max_examples=60, deadline=None)
@given(sheets(), st.integers(0, 3), st.booleans())
def test_a_table_says_what_counting_by_hand_says(sheet, levels, filtered):
    """Source: SUR-08: any question by any question, several answers each, to three levels."""
    by = "bcd"[:levels]
    table = cross(sheet, rows="a", by=list(by), where={"d": ["d1", "d2"]} if filtered else None)
    cells, people = Counter(), Counter()
    columns = {one.key: one for one in sheet.columns}
    rows = columns["a"]
    for at in range(sheet.size):
        if rows.asked is not None and not rows.asked[at]:
            continue
        if filtered and not {1, 2} & set(columns["d"].ticks[at]):
            continue
        places = [()]
        for key in by:
            places = [(*place, tick) for place in places for tick in columns[key].ticks[at]]
        for place in places:
            people[place] += 1
            for row in rows.ticks[at]:
                cells[place, row] += 1
    assert {group.by: group.bases.respondents for group in table.groups if group.bases.respondents} == dict(
        people
    )
    for group in table.groups:
        assert list(group.counts) == [cells[group.by, row] for row in range(3)]
        assert group.bases.mentions == sum(group.counts)
        if sheet.weights is None:
            assert group.weighted == tuple(map(Decimal, group.counts))


def test_who_was_not_asked_is_in_no_base():
    """Source: SUR-09: of respondents is of those who were asked; of answering, of those who said something."""
    asked = [True, True, True, False]
    table = count(column("a", [(0,), (0, 1), (), ()], asked=asked))
    assert (table.whole.bases.respondents, table.whole.bases.answering, table.whole.bases.mentions) == (
        3,
        2,
        3,
    )
    shares = [str(table.share("a0", base=base)) for base in (Base.RESPONDENTS, Base.ANSWERING, Base.MENTIONS)]
    assert shares == ["66.67", "100.00", "66.67"]


def test_weights_move_the_shares_and_not_the_counts():
    weights = [Decimal("0.1"), Decimal("0.2"), Decimal("0.7")]
    sheet = Sheet(3, (column("a", [(0,), (0, 1), (2,)]),), weights)
    table = cross(sheet, rows="a")
    assert table.whole.counts == (2, 1, 1)
    assert table.whole.weighted == (Decimal("0.3"), Decimal("0.2"), Decimal("0.7"))
    assert str(table.share("a0")) == "30.00"
    assert str(table.share("a0", base=Base.MENTIONS)) == "25.00"


def test_what_is_not_there_is_named():
    sheet = Sheet(1, (column("a", [(0,)]), column("b", [(1,)])))
    for asked in ({"rows": "z"}, {"rows": "a", "by": ["y"]}, {"rows": "a", "where": {"b": ["b9"]}}):
        with pytest.raises(Unknown):
            cross(sheet, **asked)
    with pytest.raises(ValueError, match="three"):
        cross(sheet, rows="a", by=["b"] * 4)


def test_nothing_is_divided_by_nothing():
    assert percent(1, 0) is None
    assert mean([]) is None
    assert count(column("a", [])).share("a0") is None
    assert str(rounded(Decimal("0.125"))) == "0.13"
    assert str(rounded(Decimal("-0.125"))) == "-0.13"


def test_findings_are_computed():
    """Source: SUR-06, SUR-07, SUR-11."""
    sheet = golden.sheet()
    told = findings.facts(cross(sheet, rows="organisation_type"))
    assert told[0].sort is findings.Sort.UNION
    assert (told[0].shares[0].part, str(told[0].shares[0].percent)) == (54, "56.25")
    alliances = findings.facts(cross(sheet, rows="opportunities"))[0]
    assert (alliances.sort, alliances.options[0].key) == (findings.Sort.MORE_THAN_HALF, "articulation")
    hard = findings.facts(cross(sheet, rows="population"))[0]
    assert (hard.sort, hard.base, str(hard.shares[0].percent)) == (
        findings.Sort.FIRST,
        Base.MENTIONS,
        "34.58",
    )
    money = findings.facts(cross(sheet, rows="difficulties"))[0]
    assert (money.sort, money.shares[0].part, str(money.shares[0].percent)) == (
        findings.Sort.GROUP,
        104,
        "41.94",
    )
    by = findings.by_groups(cross(sheet, rows="participates_in_regional_network", by=["country"]))
    high, low = by[0].shares
    assert (high.group.key, high.part, high.whole) == ("BR", 10, 11)
    assert (low.group.key, str(low.percent)) == ("CO", "31.03")
    capitals = findings.of_cities("cities", cities(sheet, cities="cities", country="country"))
    assert Counter(fact.sort for fact in capitals) == {findings.Sort.CAPITAL: 4, findings.Sort.NOT_CAPITAL: 1}


def test_two_that_are_equal_are_both_not_first():
    assert findings.facts(count(column("a", [(0,), (1,)]))) == []
    assert findings.facts(count(column("a", []))) == []


def test_a_national_reading_against_the_regional_one():
    """Source: SUR-28."""
    rows = findings.contrast(cross(golden.sheet(), rows="participates_in_regional_network", by=["country"]))
    _row, points = rows[0]
    assert len(points) == 5
    brazil = next(point for country, point in points if country.key == "BR")
    assert str(abs(brazil)) == "36.74"  # 90.91 against 54.17


def test_two_coders():
    """Source: SUR-15. The first table is Cohen's usual one: 20, 5, 10, 15 of 50 give 0.40."""
    one = {at: ["yes"] if at < 25 else ["no"] for at in range(50)}
    other = {at: ["yes"] if at < 20 or 25 <= at < 35 else ["no"] for at in range(50)}
    found = recoding.agreement(one, other)
    assert (found.both, found.agreed, str(found.percent), str(found.kappa)) == (50, 35, "70.00", "0.40")
    assert len(recoding.disputed(one, other)) == 15
    each = recoding.by_code(one, other, ["yes", "no"])
    assert each["yes"] == each["no"]
    assert str(each["yes"].kappa) == "0.40"
    same = recoding.agreement({1: ["a"]}, {1: ["a"], 2: ["b"]})
    assert (same.both, same.kappa) == (1, None)
    assert recoding.agreement({}, {}).percent is None
    settled = recoding.settled([{1: ["a", "b"], 2: ["a"], 3: ["c"]}, {1: ["b", "a"], 2: ["b"]}], {2: ["b"]})
    assert settled == {1: ("a", "b"), 2: ("b",)}


def test_words_are_found_by_their_beginnings():
    """Source: SUR-15."""
    words = wordsearch.wanted("PARTICIPA Joven")
    assert wordsearch.found("Participación de jóvenes", wordsearch.wanted("participa jove"))
    assert not wordsearch.found("Participación", words)
    assert wordsearch.marked("La Participación, sí", ["participa"]) == [
        ("La ", False),
        ("Participación", True),
        (", sí", False),
    ]
    assert wordsearch.frequent(["agua y tierra", "Agua", "las aguas"])[0][1] == 3

"""The pure rules of structure: mandates in a row, stretches, trees, grounds, rings, what must hold of a circle."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.governance.rules import Kind, Link, Role, Trouble
from tequio.governance.rules.grounds import Wrong, wrong_with
from tequio.governance.rules.invariants import Facts, State, checks
from tequio.governance.rules.rings import may, ring_of
from tequio.governance.rules.terms import Mandate, MandateRule, free_again, in_a_row, may_begin, stretches
from tequio.governance.rules.trees import fits, holds_none

YEARS = [Mandate(date(year, 1, 1), date(year + 1, 1, 1)) for year in (2020, 2021, 2022)]


@pytest.mark.parametrize(
    ("past", "on", "cooling", "expected"),
    [
        ([], date(2023, 1, 1), 0, 0),
        (YEARS, date(2023, 1, 1), 0, 3),
        (YEARS, date(2023, 1, 2), 0, 0),  # a day of rest is enough where there is no cooling-off
        (YEARS, date(2024, 1, 1), 12, 3),
        (YEARS, date(2024, 1, 2), 12, 0),
        ([YEARS[0], YEARS[2]], date(2023, 1, 1), 6, 1),
    ],
)
def test_mandates_in_a_row(past, on, cooling, expected):
    """Source: GOV-20."""
    assert in_a_row(past, on=on, rule=MandateRule(12, True, 1, cooling)) == expected


def test_who_may_begin_a_mandate_and_from_when_on_again():
    """Not renewable: never twice in a row; renewable once: twice. Source: GOV-20."""
    on = date(2021, 1, 1)
    assert not may_begin(YEARS[:1], on=on, rule=MandateRule(12, False, 1))
    assert may_begin(YEARS[:1], on=on, rule=MandateRule(12, True, 1))
    assert not may_begin(YEARS[:2], on=date(2022, 1, 1), rule=MandateRule(12, True, 1))
    rule = MandateRule(12, False, 0, 12)
    again = free_again(YEARS[:1], rule=rule)
    assert again == date(2022, 1, 2)
    assert may_begin(YEARS[:1], on=again, rule=rule)
    assert not may_begin(YEARS[:1], on=date(2022, 1, 1), rule=rule)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 24), st.integers(0, 2000))
def test_stretches_follow_each_other_without_gaps(opened, months, days):
    """Source: GOV-23."""
    on = date.fromordinal(opened.toordinal() + days)
    found = stretches(opened, months, on=on)[::-1]
    assert all(start < end <= on for start, end in found)
    assert all(before[1] == after[0] for before, after in pairwise(found))
    assert not found or found[0][0] == opened


def test_what_lies_in_what():
    assert fits(Kind.CIRCLE, None)
    assert fits(Kind.HELPING, Kind.WORKING_GROUP)
    assert not fits(Kind.HELPING, None)
    assert [kind for kind in Kind if holds_none(kind)] == [Kind.HELPING, Kind.RING]
    assert not fits(Kind.COORDINATION, Kind.CIRCLE)
    assert not fits(Kind.CIRCLE, Kind.WORKING_GROUP)


@pytest.mark.parametrize(
    ("kind", "facts", "role", "expected"),
    [
        ("decisions.adopted", {"step": "ELECTED"}, Role.LEADER, None),
        ("decisions.adopted", {"step": "ADOPTED_BY_MAJORITY"}, Role.LEADER, Wrong.NOT_BY_CONSENT),
        ("decisions.adopted", {"step": "ADOPTED_BY_MAJORITY"}, Role.DELEGATE, None),
        ("elections.elected", {"how": "consent"}, Role.LEADER, None),
        ("elections.ballot_counted", {"how": "ballot"}, Role.LEADER, Wrong.NOT_BY_CONSENT),
        ("elections.lot_drawn", {"how": "lot"}, Role.MEMBER, None),
        ("elections.quotas_set", {}, Role.MEMBER, Wrong.NO_DECISION),
        ("elections.lot_opened", {}, Role.DELEGATE, Wrong.NO_DECISION),
        ("founding.charter_in_force", {}, Role.LEADER, Wrong.NOT_BY_CONSENT),
        ("governance.circle_opened", {}, Role.MEMBER, None),
        ("governance.circle_opened", {}, Role.LEADER, Wrong.ONLY_FIRST_MEMBERS),
        ("people.joined", {}, Role.MEMBER, Wrong.NO_DECISION),
    ],
)
def test_on_what_a_seat_may_rest(kind, facts, role, expected):
    """Whoever leads a circle: exclusively by consensus. Source: GOV-16."""
    assert wrong_with(kind, facts, role=role, circle=Kind.CIRCLE) == expected


def test_an_inner_ring_may_all_that_an_outer_one_may():
    """Source: GOV-22."""
    for reach in range(4):
        said = {("OPEN", "OPERATIONAL"): reach}
        allowed = [may(ring, "OPEN", "OPERATIONAL", said=said) for ring in range(5)]
        assert allowed == sorted(allowed, reverse=True)
        assert sum(allowed) == reach + 1
    assert not may(3, "VOTE", "STRATEGIC", said={})
    assert ring_of(coordinates=False, rings=[], member=False) == 3
    assert ring_of(coordinates=False, rings=[1, 4], member=True) == 1
    assert ring_of(coordinates=True, rings=[1], member=True) == 0


def test_what_must_hold_of_a_circle():
    """Source: C1 to C9 of the circle's invariants."""
    whole = {
        "kind": Kind.CIRCLE, "opened_on": date(2026, 1, 1), "expires_on": None, "aim": True, "domain": 1,
        "outside": 0, "members": 3, "roles": {Role.LEADER, Role.FACILITATOR, Role.SECRETARY}, "endless": 0,
        "link": Link(1, 2, (1,), (2,), ()),
    }  # fmt: skip

    def broken(on=date(2026, 2, 1), **changed):
        return {one.code for one in checks(Facts(**{**whole, **changed}), on=on) if one.state != State.HOLDS}

    assert broken() == set()
    assert broken(domain=0) == broken(members=0) == broken(aim=False) == {"C1"}
    assert broken(roles=set()) == {"C1_ROLES"}
    late = checks(Facts(**{**whole, "roles": set()}), on=date(2026, 3, 2))
    assert {one.code for one in late if one.state == State.BROKEN} == {"C1_ROLES"}
    assert broken(outside=1) == {"C2"}
    assert broken(link=Link(1, 2, (), (2,), ((Trouble.NO_LEADER, None),))) == {"C3"}
    assert broken(link=Link(1, 2, (1,), (2,), ((Trouble.NOT_IN_PARENT, 2),))) == {"C4"}
    assert broken(endless=1) == {"C6"}
    assert broken(kind=Kind.HELPING, link=None, expires_on=date(2026, 1, 9)) == {"C7"}
    assert broken(link=Link(1, 2, (1,), (), ((Trouble.NO_DELEGATE, None),), True)) == {"C3", "C9"}
    codes = {one.code for one in checks(Facts(**whole), on=date(2026, 2, 1))}
    assert codes == {"C1", "C1_ROLES", "C2", "C3", "C4", "C5", "C6", "C8"}

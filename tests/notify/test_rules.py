from collections import Counter
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from tequio.notify.rules import fitting, halves, typical


@dataclass(frozen=True)
class Item:
    minutes: int


@given(st.lists(st.integers(1, 90).map(Item), max_size=30), st.sampled_from([5, 20, 60]))
def test_what_is_shown_never_passes_the_minutes_chosen(items, minutes):
    """Source: EXPERIENCE 3.3 (1)."""
    now, later = fitting(items, minutes=minutes)
    assert sum(item.minutes for item in now) <= minutes
    assert sorted(now + later, key=items.index) == sorted(items, key=items.index)


def test_the_order_is_kept_and_smaller_things_fill_what_is_left():
    now, later = fitting([Item(3), Item(10), Item(2), Item(1)], minutes=5)
    assert [item.minutes for item in now] == [3, 2]
    assert [item.minutes for item in later] == [10, 1]


@given(st.lists(st.integers(0, 3600), min_size=10, max_size=60))
def test_what_something_takes_is_the_median_in_minutes_begun(seconds):
    """Source: EXPERIENCE 3.3 (6)."""
    told = typical(Counter(map(halves, seconds)))
    middle = sorted(max(1, each) for each in seconds)[len(seconds) // 2]
    assert told == -(-middle // 60)


def test_nine_answers_tell_nothing():
    assert typical({4: 9}) is None
    assert typical({4: 10}) == 2
    assert typical({1: 5, 9: 5}) == 5  # between half a minute and five: nobody is promised the shorter

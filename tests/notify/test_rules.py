from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from tequio.notify.rules import fitting


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

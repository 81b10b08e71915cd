"""Who reads a letter, and which of the things that wait for somebody fit into the minutes they have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

WEEKLY_HOUR = 13  # of Monday, in UTC
ENOUGH = 10  # answers, before what they took says more than what we guessed
HALF = 30  # seconds: how finely is kept what something took


@dataclass(frozen=True)
class Reader:
    """To whom a letter goes: this app knows no people."""

    person_id: int
    address: str
    language: str


def next_weekly(after: datetime) -> datetime:
    """Return when the next weekly letter is written, strictly after an instant in UTC."""
    day = after.replace(hour=WEEKLY_HOUR, minute=0, second=0, microsecond=0)
    day += timedelta(days=-day.weekday() % 7)
    return day if day > after else day + timedelta(days=7)


class Takes(Protocol):
    """Something that takes whole minutes."""

    @property
    def minutes(self) -> int: ...


Item = TypeVar("Item", bound=Takes)


def fitting(items: Sequence[Item], *, minutes: int) -> tuple[list[Item], list[Item]]:
    """Split things, most pressing first, into those that fit together and those for another time.

    The sum of the first list never passes ``minutes``; each keeps its order. Source: EXPERIENCE 3.3.
    """
    now: list[Item] = []
    later: list[Item] = []
    left = minutes
    for item in items:
        if item.minutes <= left:
            now.append(item)
            left -= item.minutes
        else:
            later.append(item)
    return now, later


def halves(seconds: int) -> int:
    """Return how many half minutes were begun in so many seconds, one at least."""
    return max(1, -(-seconds // HALF))


def typical(took: Mapping[int, int]) -> int | None:
    """Return the median of what people took, in whole minutes begun; None before ten of them.

    ``took`` says how many took so many half minutes. Of an even number the later of the two in the middle counts:
    who has five minutes is not to be kept for six. Source: EXPERIENCE 3.3 (6).
    """
    people = sum(took.values())
    if people < ENOUGH:
        return None
    passed = 0
    for half in sorted(took):
        passed += took[half]
        if passed > people // 2:
            return -(-half * HALF // 60)
    raise AssertionError("the median lies among those who took something")

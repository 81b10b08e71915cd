"""Whether what the charter promises to do so many times a year was done. Source: XCT-06, COM-06, COM-08, COM-10, LRN-02."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tequio.networks.rules import digest_is_due

YEAR, MONTH = timedelta(days=365), timedelta(days=30)


class State(StrEnum):
    """What came of a promise so far."""

    KEPT = "KEPT"
    MISSED = "MISSED"
    EARLY = "EARLY"


@dataclass(frozen=True)
class Told:
    """How often something was promised until today, how often it was done, when last, and until when it is due again."""

    promised: int
    done: int
    last_on: date | None
    due_on: date
    state: State


def told(times_a_year: int, days: Collection[date], *, since: date, on: date) -> Told:
    """Hold the days on which something was done against a promise that counts since a day, or for the last year.

    Whole times alone are promised: of something monthly, one after a month. Before the first, nothing is missed.
    """
    begins = max(since, on - YEAR)
    inside = sorted(day for day in {*days} if begins <= day <= on)
    promised = times_a_year * (on - begins).days // YEAR.days
    last = inside[-1] if inside else None
    state = State.KEPT if len(inside) >= promised else State.MISSED
    return Told(
        promised, len(inside), last, (last or begins) + YEAR / times_a_year,
        State.EARLY if not promised and not inside else state,
    )  # fmt: skip


def told_letter(times_a_year: int, last: date | None, *, since: date, on: date) -> Told:
    """Tell the same of the letter that leaves by itself: it is kept while none of its Mondays passed without it.

    Only the last time is known, and that for a month.
    """
    due = _monday_after(last or max(since, on - MONTH))
    while not digest_is_due(times_a_year, on=due):
        due = _monday_after(due)
    early = State.EARLY if last is None else State.KEPT
    return Told(0, 0, last, due, early if on <= due else State.MISSED)


def _monday_after(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())

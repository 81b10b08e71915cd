"""How long a program lasts, and whether its stages lie within. Source: CTX-05, CTX-06."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum


@dataclass(frozen=True)
class Stage:
    """One stage as it is written down, both days included."""

    title: str
    first_on: date
    last_on: date


class Wrong(Enum):
    """What does not fit."""

    BACKWARDS = "BACKWARDS"
    OUTSIDE = "OUTSIDE"


@dataclass(frozen=True)
class Length:
    """How long something lasts: whole months, and the days that remain."""

    months: int
    days: int


def length(first_on: date, last_on: date) -> Length:
    """Return how long a time is, both days included: from the 1st of May to the 31st of July are three months."""
    end = last_on + timedelta(days=1)
    months = (end.year - first_on.year) * 12 + end.month - first_on.month
    if _later(first_on, months) > end:
        months -= 1
    return Length(months, (end - _later(first_on, months)).days)


def _later(day: date, months: int) -> date:
    """Return the same day some months later; the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


def wrong_with(first_on: date, last_on: date, stages: Sequence[Stage]) -> Wrong | None:
    """Say why a program cannot stand so, or None; stages may overlap one another."""
    if last_on < first_on or any(stage.last_on < stage.first_on for stage in stages):
        return Wrong.BACKWARDS
    if any(stage.first_on < first_on or stage.last_on > last_on for stage in stages):
        return Wrong.OUTSIDE
    return None

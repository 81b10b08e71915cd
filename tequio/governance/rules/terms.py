"""How long a mandate lasts, how often it may follow itself, and what is due when it nears its end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

INTERIM_DAYS = 90  # how long somebody stays until the next one is chosen
SELECT_BEFORE_DAYS = 60  # how long before its end the next selection of the coordination opens
REMIND_BEFORE_DAYS = (30, 7, 0)  # when the end of any other term is brought up. Source: C6
ROLES_WITHIN_DAYS = 60  # how long a new circle may be without leader, facilitator and secretary. Source: C1


@dataclass(frozen=True)
class MandateRule:
    """What the network decided about mandates. Source: GOV-19, GOV-20."""

    months: int
    renewable: bool
    renewals_at_most: int
    cooling_off_months: int = 0


@dataclass(frozen=True)
class Mandate:
    """One mandate that somebody had or has; interim ones do not count as mandates of their own."""

    since: date
    until: date


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    following = date(first.year + (first.month == 12), first.month % 12 + 1, 1)
    return min(date(first.year, first.month, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))


def in_a_row(past: Iterable[Mandate], *, on: date, rule: MandateRule) -> int:
    """Return how many mandates, one after the other, a new one from ``on`` would follow.

    One that ended longer ago than the cooling-off does not count, nor what came before it.
    """
    count, start = 0, on
    for mandate in sorted(past, key=lambda each: each.since, reverse=True):
        if months_after(mandate.until, rule.cooling_off_months) < start:
            break
        count, start = count + 1, mandate.since
    return count


def may_begin(past: Iterable[Mandate], *, on: date, rule: MandateRule) -> bool:
    """Say whether somebody may begin a mandate, stand for it, or be drawn. Source: GOV-20."""
    before = in_a_row(past, on=on, rule=rule)
    return before == 0 or (rule.renewable and before <= rule.renewals_at_most)


def free_again(past: Iterable[Mandate], *, rule: MandateRule) -> date | None:
    """Return the first day on which somebody who may not begin now could begin again, or None for nobody's history."""
    ends = [mandate.until for mandate in past]
    return months_after(max(ends), rule.cooling_off_months) + timedelta(days=1) if ends else None


def stretches(opened: date, every_months: int, *, on: date) -> list[tuple[date, date]]:
    """Return the stretches of time that are over, each from its first day until before its last; the newest first."""
    found = []
    number = 0
    while (end := months_after(opened, (number + 1) * every_months)) <= on:
        found.append((months_after(opened, number * every_months), end))
        number += 1
    return found[::-1]

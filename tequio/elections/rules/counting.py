"""The rules by the names that people give them: one place for the command, the pages and the recount."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

from tequio.elections.rules import (
    approval,
    committees,
    equal_shares,
    greedy,
    irv,
    schulze,
    scottish_stv,
)
from tequio.elections.rules.ballots import Approvals, CannotCount, Outcome, Rankings, Scores


def count_ranked(
    rule: str,
    rankings: Rankings,
    *,
    seats: int = 1,
    order: Sequence[str] | None = None,
    withdrawn: Sequence[str] = (),
) -> Outcome:
    """Count ranked ballots; where Schulze and instant runoff differ, each names the other's winner."""
    if rule == "scottish-stv":
        return scottish_stv.count(rankings, seats=seats, order=order, withdrawn=withdrawn)
    if seats != 1:
        raise CannotCount("one_seat")
    rules = {"schulze": schulze.count, "irv": irv.count}
    counted = rules.pop(rule)(rankings, order=order, withdrawn=withdrawn)
    ((other, count),) = rules.items()
    with suppress(CannotCount):  # where all share their first place, the runoff finds nothing to count
        found = count(rankings, order=order, withdrawn=withdrawn)
        if counted.winners != found.winners:
            return replace(counted, notes=counted.notes | {"differs": {other: list(found.winners)}})
    return counted


def count_approved(
    rule: str, approvals: Approvals, *, seats: int = 1, order: Sequence[str] | None = None
) -> Outcome:
    """Count approvals for seats or objectives."""
    if rule == "approval":
        return approval.count(approvals, seats=seats, order=order)
    if rule == "seq-phragmen":
        return committees.count_phragmen(approvals, seats=seats, order=order)
    if rule == "objectives":
        return committees.choose_objectives(approvals, order=order).outcome
    return committees.count_seats(approvals, seats=seats, order=order)


def count_fund(
    rule: str, approvals: Approvals, *, order: Sequence[str] | None = None, step: Fraction = Fraction(1)
) -> Outcome:
    """Spend a fund; beside Equal Shares, what the usual greedy way would have funded."""
    usual = greedy.count(approvals, order=order)
    if rule == "greedy":
        return usual
    counted = (
        equal_shares.count(approvals, order=order)
        if rule == "equal-shares"
        else equal_shares.count_add1(approvals, order=order, step=step)
    )
    return replace(counted, notes=counted.notes | {"greedy": list(usual.winners)})


def count_scored(scores: Scores, *, seats: int = 1, order: Sequence[str] | None = None) -> Outcome:
    """Add points up."""
    return approval.count_scores(scores, seats=seats, order=order)

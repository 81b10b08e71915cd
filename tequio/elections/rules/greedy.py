"""The usual way to spend a fund: the most approved project first, skipping what no longer fits.

Ties: the lower cost; then the order of a public lot.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from tequio.elections.rules.approval import support
from tequio.elections.rules.ballots import Approvals, CannotCount, Outcome, ordered

RULE = "elections.greedy/1"


def count(approvals: Approvals, *, order: Sequence[str] | None = None) -> Outcome:
    """Fund what fits, by approvals; raise CannotCount where projects have no cost."""
    if len(approvals.costs) != len(approvals.options):
        raise CannotCount("costs")
    votes = support(approvals)
    turns = ordered(approvals.options, order)
    left = approvals.budget
    stages: list[dict[str, Any]] = []
    winners: list[int] = []
    for one in sorted(range(len(votes)), key=lambda one: (-votes[one], approvals.costs[one], turns[one])):
        if not votes[one]:
            break
        fits = approvals.costs[one] <= left
        if fits:
            left -= approvals.costs[one]
            winners.append(one)
        stages.append(
            {
                "stage": len(stages) + 1,
                "project": approvals.options[one],
                "votes": votes[one],
                "cost": plain(approvals.costs[one]),
                "funded": fits,
                "left": plain(left),
            }
        )
    return Outcome(
        RULE,
        tuple(approvals.options[one] for one in winners),
        tuple(stages),
        {"budget": plain(approvals.budget), "left": plain(left)},
    )


def plain(amount: Fraction) -> int | str:
    """Write an amount exactly: a whole number as a number, any other as a fraction."""
    return amount.numerator if amount.denominator == 1 else str(amount)

"""Seats and objectives by approvals, so that each part of those who vote has its part: Equal Shares and Phragmén.

*Sequential Phragmén*: everybody's purse fills at the same speed; a seat costs 1; the first whose friends hold 1
together is elected and empties their purses. *Equal Shares with unit costs*: everybody starts with seats / voters;
what is left over afterwards goes on as Phragmén, with what is still in each purse. Ties: more approvals, then the order
of a public lot. Whom nobody approved takes no seat.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import Any

from tequio.elections.rules.approval import support
from tequio.elections.rules.ballots import Approvals, CannotCount, Outcome, ordered
from tequio.elections.rules.equal_shares import Market
from tequio.elections.rules.greedy import plain

PHRAGMEN = "elections.seq-phragmen/1"
SEATS = "elections.equal-shares-seats/1"
OBJECTIVES = "elections.objectives/1"

FEWEST, MOST = 3, 5
APPROVED_BY, SERVED = 20, 80
"""Of 100: how many approve each objective that is taken; how many approve at least one of them."""


@dataclass(frozen=True)
class Objectives:
    """The set that goes to consent; ``enough`` says whether both conditions hold for it."""

    outcome: Outcome
    enough: bool


def count_phragmen(approvals: Approvals, *, seats: int, order: Sequence[str] | None = None) -> Outcome:
    """Fill the seats by sequential Phragmén."""
    _possible(approvals, seats)
    turns = ordered(approvals.options, order)
    chosen, stages = _phragmen(
        approvals, seats=seats, turns=turns, taken=[], purses=[Fraction(0)] * len(approvals.papers)
    )
    return _outcome(PHRAGMEN, approvals, chosen, stages, seats=seats)


def count_seats(approvals: Approvals, *, seats: int, order: Sequence[str] | None = None) -> Outcome:
    """Fill the seats by Equal Shares with unit costs, then by sequential Phragmén."""
    _possible(approvals, seats)
    turns = ordered(approvals.options, order)
    priced = replace(
        approvals, costs=tuple(Fraction(1) for _one in approvals.options), budget=Fraction(seats)
    )
    bought, purses = Market(priced, order=order).run_once()
    stages: list[dict[str, Any]] = [
        {
            "stage": number,
            "by": "equal shares",
            "elected": approvals.options[one.option],
            "each_pays_at_most": plain(one.each),
        }
        for number, one in enumerate(bought, start=1)
    ]
    taken = [one.option for one in bought]
    chosen, more = _phragmen(approvals, seats=seats - len(taken), turns=turns, taken=taken, purses=purses)
    return _outcome(SEATS, approvals, taken + chosen, stages + more, seats=seats)


def choose_objectives(approvals: Approvals, *, order: Sequence[str] | None = None) -> Objectives:
    """Choose three to five: as few as serve 80 of 100 voters, each approved by 20 of 100. Source: GOVERNANCE 4.5."""
    whole = count_seats(approvals, seats=min(MOST, len(approvals.options)), order=order)
    numbers = {name: number for number, name in enumerate(approvals.options)}
    picked = [numbers[name] for name in whole.winners]
    voters = sum(many for many, _chosen in approvals.papers)
    votes = support(approvals)
    stages = list(whole.stages)
    served_by = []
    for size in range(1, len(picked) + 1):
        among = set(picked[:size])
        served = sum(many for many, chosen in approvals.papers if among.intersection(chosen))
        each = all(100 * votes[one] >= APPROVED_BY * voters for one in among)
        served_by.append((served, each))
    sizes = range(min(FEWEST, len(picked)), len(picked) + 1)
    good = [
        size for size in sizes if served_by[size - 1][1] and 100 * served_by[size - 1][0] >= SERVED * voters
    ]
    # Where no size serves enough, the largest one whose every objective has its fifth; three at the least.
    fair = [size for size in sizes if served_by[size - 1][1]]
    size = good[0] if good else (fair[-1] if fair else (sizes[0] if len(sizes) else 0))
    enough = bool(good) and size >= FEWEST
    stages.append(
        {
            "stage": len(stages) + 1,
            "by": "cut",
            "size": size,
            "voters_served": served_by[size - 1][0] if size else 0,
            "approvals": {approvals.options[one]: votes[one] for one in picked},
            "enough": enough,
        }
    )
    return Objectives(
        Outcome(
            OBJECTIVES,
            tuple(approvals.options[one] for one in picked[:size]),
            tuple(stages),
            {"votes": voters},
        ),
        enough,
    )


def _possible(approvals: Approvals, seats: int) -> None:
    if seats < 1:
        raise CannotCount("seats")
    if not any(chosen for _many, chosen in approvals.papers):
        raise CannotCount("empty")


def _phragmen(
    approvals: Approvals, *, seats: int, turns: Sequence[int], taken: Sequence[int], purses: list[Fraction]
) -> tuple[list[int], list[dict[str, Any]]]:
    """Elect one after another; purses are whole numbers over one denominator, so that sums stay exact and quick."""
    over = lcm(1, *(purse.denominator for purse in purses))
    held = [int(purse * over) for purse in purses]
    votes = support(approvals)
    friends: list[list[int]] = [[] for _one in approvals.options]
    for group, (_many, chosen) in enumerate(approvals.papers):
        for option in chosen:
            friends[option].append(group)
    weights = [many for many, _chosen in approvals.papers]
    open_to = {one for one in range(len(votes)) if votes[one] and one not in taken}
    elected: list[int] = []
    stages: list[dict[str, Any]] = []
    while len(elected) < seats and open_to:
        missing = {
            one: Fraction(over - sum(held[group] * weights[group] for group in friends[one]), votes[one])
            for one in open_to
        }
        best = min(open_to, key=lambda one: (missing[one], -votes[one], turns[one]))
        wait = missing[best]
        waited = wait / over
        over *= wait.denominator
        held = [purse * wait.denominator + wait.numerator for purse in held]
        for group in friends[best]:
            held[group] = 0
        open_to.discard(best)
        elected.append(best)
        stages.append(
            {
                "stage": len(taken) + len(elected),
                "by": "phragmen",
                "elected": approvals.options[best],
                "waited": plain(waited),
            }
        )
    return elected, stages


def _outcome(
    rule: str, approvals: Approvals, chosen: Sequence[int], stages: Sequence[dict[str, Any]], *, seats: int
) -> Outcome:
    voters = sum(many for many, _chosen in approvals.papers)
    return Outcome(
        rule,
        tuple(approvals.options[one] for one in chosen),
        tuple(stages),
        {"seats": seats, "votes": voters},
    )

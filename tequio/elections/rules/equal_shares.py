"""The Method of Equal Shares for a common fund, and for seats: everybody holds the same part of the money.

A project is bought when those who approve it can pay for it together. Each time the one goes first whose costliest
payer gives the smallest part of its cost (utility is cost, Peters, Pierczyński and Skowron 2021); a payer with less
left gives all that is left. Of equals: the lower cost, then more approvals, then the order of a public lot.

``add1``: everybody's part grows step by step until the projects would cost more than the fund; the step before holds.
The count does not stop when nothing further would fit, as a later step can still be better.

Exact: amounts are whole numbers over one common denominator. Steps at which no comparison can come out differently
are leapt over: each purse is a straight line in the number of steps, so the first step that could matter is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, gcd, lcm
from typing import Any

from tequio.elections.rules.approval import support
from tequio.elections.rules.ballots import Approvals, CannotCount, Outcome, ordered
from tequio.elections.rules.greedy import plain

PLAIN = "elections.equal-shares/1"
ADD1 = "elections.equal-shares-add1/1"


@dataclass(frozen=True)
class Purchase:
    """One project bought: who approves it pays at most ``each``."""

    option: int
    each: Fraction


@dataclass(frozen=True)
class Run:
    """What a start of so much each buys, and how many steps further another start may buy something else."""

    bought: tuple[Purchase, ...]
    leap: int | None


@dataclass(frozen=True)
class Line:
    """An amount that grows with the steps: ``now + slope x steps``."""

    now: Fraction
    slope: Fraction

    def below_until(self, other: Line) -> Fraction | None:
        """Return after how many steps this is no longer below the other; None where never."""
        if self.slope <= other.slope:
            return None
        return max(Fraction(0), (other.now - self.now) / (self.slope - other.slope))


def count(approvals: Approvals, *, order: Sequence[str] | None = None) -> Outcome:
    """Spend the fund once, with equal parts and nothing added."""
    return _outcome(PLAIN, approvals, Market(approvals, order=order).run(0), steps=0, step=Fraction(0))


def count_add1(
    approvals: Approvals, *, order: Sequence[str] | None = None, step: Fraction = Fraction(1)
) -> Outcome:
    """Spend the fund with parts that grow by ``step`` until it would not suffice."""
    if step <= 0:
        raise CannotCount("step")
    market = Market(approvals, order=order, step=step)
    steps, best = 0, market.run(0)
    while best.leap is not None and len(best.bought) < market.wanted:
        further = market.run(steps + best.leap)
        if sum(approvals.costs[one.option] for one in further.bought) > approvals.budget:
            break
        steps, best = steps + best.leap, further
    return _outcome(ADD1, approvals, best, steps=steps, step=step)


class Market:
    """The purses and projects of one ballot, ready to be run with any start."""

    def __init__(
        self, approvals: Approvals, *, order: Sequence[str] | None = None, step: Fraction = Fraction(1)
    ) -> None:
        """Prepare; raise CannotCount without voters or where projects have no cost."""
        voters = sum(many for many, _chosen in approvals.papers)
        if not voters:
            raise CannotCount("empty")
        if len(approvals.costs) != len(approvals.options) or any(cost <= 0 for cost in approvals.costs):
            raise CannotCount("costs")
        self.scale = lcm(
            step.denominator, approvals.budget.denominator, *(c.denominator for c in approvals.costs)
        )
        self.costs = [int(cost * self.scale) for cost in approvals.costs]
        self.budget = int(approvals.budget * self.scale)
        self.step = int(step * self.scale)
        self.turns = ordered(approvals.options, order)
        self.votes = support(approvals)
        self.voters = voters
        self.weights = [many for many, _chosen in approvals.papers]
        self.payers: list[list[int]] = [[] for _one in approvals.options]
        for group, (_many, chosen) in enumerate(approvals.papers):
            for option in chosen:
                self.payers[option].append(group)
        self.wanted = sum(1 for votes in self.votes if votes)

    def run(self, steps: int) -> Run:
        """Buy project after project with purses of ``budget / voters + steps x step``."""
        bought, shopping = self._shop(steps)
        return Run(tuple(bought), shopping.leap)

    def run_once(self) -> tuple[list[Purchase], list[Fraction]]:
        """Buy with equal parts of the budget; return what was bought and what each group of ballots has left."""
        bought, shopping = self._shop(0)
        return bought, shopping.left()

    def _shop(self, steps: int) -> tuple[list[Purchase], _Shopping]:
        start = self.budget + steps * self.step * self.voters
        shopping = _Shopping(self, start=start, growth=self.step * self.voters)
        bought = []
        while (next_one := shopping.cheapest()) is not None:
            bought.append(shopping.buy(next_one))
        return bought, shopping


@dataclass(frozen=True)
class _Offer:
    """What a project asks now: ``asked / payers`` from each who can, in units of the common denominator."""

    option: int
    asked: int
    growth: int
    payers: int
    part: Line


class _Shopping:
    """One run: purses as whole numbers over a denominator that grows when a price does not divide."""

    def __init__(self, market: Market, *, start: int, growth: int) -> None:
        self.market = market
        self.over = market.voters
        groups = len(market.weights)
        self.purses = [start] * groups
        self.growth = [growth] * groups
        self.first_change: Fraction | None = None
        # A project's part can only rise while purses empty: what was computed once stays a lower bound.
        self.bounds = {
            option: Line(Fraction(1, votes), Fraction(0))
            for option, votes in enumerate(market.votes)
            if votes
        }

    @property
    def leap(self) -> int | None:
        return None if self.first_change is None else max(1, ceil(self.first_change))

    def left(self) -> list[Fraction]:
        return [Fraction(purse, self.over * self.market.scale) for purse in self.purses]

    def _may_change(self, after: Fraction | None) -> None:
        if after is not None and (self.first_change is None or after < self.first_change):
            self.first_change = after

    def cheapest(self) -> _Offer | None:
        """Find the project whose costliest payer gives the smallest part; look only at those that may be it."""
        best: _Offer | None = None
        offers: list[_Offer] = []
        waiting = sorted(self.bounds, key=lambda option: self.bounds[option].now)
        unseen: list[Line] = []
        for place, option in enumerate(waiting):
            if best is not None and self.bounds[option].now > best.part.now:
                unseen = [self.bounds[one] for one in waiting[place:]]
                break
            offer = self._offer(option)
            if offer is None:
                del self.bounds[option]
                continue
            self.bounds[option] = offer.part
            offers.append(offer)
            if best is None or self._before(offer, best):
                best = offer
        if best is not None:
            self._watch_others(best, [one.part for one in offers if one is not best] + unseen)
        return best

    def _watch_others(self, best: _Offer, others: list[Line]) -> None:
        """Find when another project would go first, or would no longer tie."""
        for other in others:
            if other.now == best.part.now and other.slope != best.part.slope:
                self._may_change(Fraction(0))
            else:
                self._may_change(best.part.below_until(other))

    def _before(self, one: _Offer, two: _Offer) -> bool:
        market = self.market
        return (one.part.now, market.costs[one.option], -market.votes[one.option], market.turns[one.option]) < (
            two.part.now, market.costs[two.option], -market.votes[two.option], market.turns[two.option],
        )  # fmt: skip

    def _offer(self, option: int) -> _Offer | None:
        """Compute what the project asks from each payer; None where they cannot pay for it together."""
        market, purses = self.market, self.purses
        payers, cost = market.payers[option], market.costs[option] * self.over
        voters = market.votes[option]
        if min(purses[group] for group in payers) * voters >= cost:
            return _Offer(option, cost, 0, voters, Line(Fraction(1, voters), Fraction(0)))
        weights, growing = market.weights, self.growth
        missing = cost - sum(purses[group] * weights[group] for group in payers)
        if missing > 0:
            growth = sum(growing[group] * weights[group] for group in payers)
            self._may_change(Fraction(missing, growth) if growth else None)
            return None
        asked, slope = cost, 0
        poor: list[int] = []
        for group in sorted(payers, key=purses.__getitem__):
            if purses[group] * voters >= asked:
                break
            asked -= purses[group] * weights[group]
            slope -= growing[group] * weights[group]
            voters -= weights[group]
            poor.append(group)
        self._watch(poor, asked=asked, slope=slope, voters=voters)
        return _Offer(
            option, asked, slope, voters, Line(Fraction(asked, voters * cost), Fraction(slope, voters * cost))
        )

    def _watch(self, poor: list[int], *, asked: int, slope: int, voters: int) -> None:
        """Find when the first of those who give all they have could give the full price."""
        soonest_above, soonest_below = 0, 0
        for group in poor:
            above = asked - self.purses[group] * voters
            below = self.growth[group] * voters - slope
            if below > 0 and (not soonest_below or above * soonest_below < soonest_above * below):
                soonest_above, soonest_below = above, below
        if soonest_below:
            self._may_change(Fraction(soonest_above, soonest_below))

    def buy(self, offer: _Offer) -> Purchase:
        """Let those who approve pay."""
        finer = offer.payers // gcd(offer.payers, gcd(offer.asked, offer.growth))
        each, slope = offer.asked * finer // offer.payers, offer.growth * finer // offer.payers
        if finer > 1:
            self.over *= finer
            self.purses = [purse * finer for purse in self.purses]
            self.growth = [growth * finer for growth in self.growth]
        for group in self.market.payers[offer.option]:
            if self.purses[group] >= each:
                self.purses[group] -= each
                self.growth[group] -= slope
            else:
                self.purses[group] = self.growth[group] = 0
        del self.bounds[offer.option]
        return Purchase(offer.option, Fraction(each, self.over * self.market.scale))


def _outcome(rule: str, approvals: Approvals, run: Run, *, steps: int, step: Fraction) -> Outcome:
    left = approvals.budget
    stages: list[dict[str, Any]] = []
    votes = support(approvals)
    for number, one in enumerate(run.bought, start=1):
        left -= approvals.costs[one.option]
        stages.append(
            {
                "stage": number,
                "project": approvals.options[one.option],
                "votes": votes[one.option],
                "cost": plain(approvals.costs[one.option]),
                "each_pays_at_most": plain(one.each),
                "left": plain(left),
            }
        )
    voters = sum(many for many, _chosen in approvals.papers)
    return Outcome(
        rule,
        tuple(approvals.options[one.option] for one in run.bought),
        tuple(stages),
        {
            "budget": plain(approvals.budget),
            "left": plain(left),
            "votes": voters,
            "each_starts_with": plain(approvals.budget / voters + steps * step),
            **({"steps": steps, "step": plain(step)} if step else {}),
        },
    )

"""The fairest odds of a lot with quotas: the smallest probability as large as can be, then the next, and so on.

First without asking that seats be whole: that bounds what can be reached. Those odds are then taken apart into
real panels, one after the other; where that succeeds nothing can be fairer. Where it does not, panels are searched
one by one until a whole-number program proves that none is missing. Source: GOVERNANCE 5.2; Flanigan et al. 2021.

This module alone asks for the solver HiGHS (with numpy). They are loaded when it is called: by the command and by
the job worker, never by a web worker.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, inf
from typing import Any

from tequio.elections.rules.lots import (
    Counts,
    Impossible,
    Lot,
    Panel,
    Quota,
    plain_panels,
    require_possible,
    tickets,
)

NEAR = 1e-7  # what two probabilities may differ by and still count as one
DUST = 1e-9
LAST = 1e-5  # what may stay apart at the end: a tenth of a ticket
Progress = Callable[[int, int], None]


class NoSolver(RuntimeError):
    """HiGHS or numpy is not installed here."""


def panels(lot: Lot, *, progress: Progress = lambda done, of: None) -> tuple[Panel, ...]:
    """Return the panels and tickets with the fairest odds; raise Impossible, or NoSolver where it is missing.

    `progress` hears how many types have their final probability, of how many.
    """
    require_possible(lot)
    if len(lot.types) == 1:
        return plain_panels(lot)
    search = Search(lot)
    search.require_one()
    target = bound(lot)
    shares = take_apart(search, target, progress)
    if shares is None:
        shares = mend(search, target)
    if shares is None:
        shares = generate(search, progress)
    return tickets(shares)


def _solver() -> Any:
    try:
        import highspy
        import numpy as np  # noqa: F401 - highspy speaks in it
    except ImportError as missing:
        raise NoSolver(str(missing)) from missing
    return highspy


def _program(*, whole: bool) -> Any:
    highs = _solver().Highs()
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", 0),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", DUST),
        ("primal_feasibility_tolerance", DUST),
        ("dual_feasibility_tolerance", DUST),
    ):
        highs.setOptionValue(name, value)
    if whole:
        highs.setOptionValue("mip_feasibility_tolerance", NEAR)
    return highs


def _solved(highs: Any) -> bool:
    highs.run()
    return bool(highs.getModelStatus() == _solver().HighsModelStatus.kOptimal)


@dataclass
class Search:
    """The whole-number program that finds panels: the best one for weights that it is given."""

    lot: Lot
    highs: Any = field(init=False)
    touched: list[list[int]] = field(init=False)
    seen: dict[Counts, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.highs = _program(whole=True)
        self.touched = [self.lot.touched(quota) for quota in self.lot.quotas]
        integer = _solver().HighsVarType.kInteger
        for at, room in enumerate(self.lot.room):
            self.highs.addVar(0, room)
            self.highs.changeColIntegrality(at, integer)
        _add_rows(self.highs, self.lot, self.touched)
        self.highs.changeObjectiveSense(_solver().ObjSense.kMaximize)

    def best(self, weights: Sequence[float]) -> Counts | None:
        """Return the panel with the largest sum of weights; None if there is no panel within the bounds."""
        places = list(range(len(weights)))
        self.highs.changeColsCost(len(places), places, list(weights))
        if not _solved(self.highs):
            return None
        found = tuple(round(value) for value in self.highs.getSolution().col_value)
        self.seen[found] = None
        return found

    def within(self, low: Sequence[int], high: Sequence[int]) -> None:
        """Bound how many of each type are taken from now on."""
        places = list(range(len(low)))
        self.highs.changeColsBounds(len(places), places, [*map(float, low)], [*map(float, high)])

    def quotas_within(self, bounds: Sequence[tuple[int, int]]) -> None:
        """Bound how many each quota counts from now on."""
        for row, (least, most) in enumerate(bounds, start=1):
            self.highs.changeRowBounds(row, least, most)

    def free(self) -> None:
        """Bound by the lot alone again."""
        self.within([0] * len(self.lot.room), self.lot.room)
        self.quotas_within([(quota.least, quota.most) for quota in self.lot.quotas])

    def require_one(self) -> None:
        """Raise Impossible with the smallest change of quotas that would allow a panel, if there is none."""
        if self.best([0.0] * len(self.lot.room)) is None:
            raise Impossible("quotas_clash", changes=smallest_change(self.lot))


def _add_rows(highs: Any, lot: Lot, touched: Sequence[Sequence[int]]) -> None:
    """Write the size as row 0 and each quota as the next."""
    types = list(range(len(lot.room)))
    highs.addRow(lot.size, lot.size, len(types), types, [1.0] * len(types))
    for quota, places in zip(lot.quotas, touched, strict=True):
        highs.addRow(quota.least, quota.most, len(places), list(places), [1.0] * len(places))


def smallest_change(lot: Lot) -> tuple[Quota, ...]:
    """Return quotas as they would have to be for a panel to exist, changing as little as can be."""
    highs = _program(whole=True)
    kinds = len(lot.room)
    for at, room in enumerate(lot.room):
        highs.addVar(0, room)
        highs.changeColIntegrality(at, _solver().HighsVarType.kInteger)
    for at in range(kinds, kinds + 2 * len(lot.quotas)):
        highs.addVar(0, inf)
        highs.changeColCost(at, 1.0)
    highs.addRow(lot.size, lot.size, kinds, list(range(kinds)), [1.0] * kinds)
    for number, quota in enumerate(lot.quotas):
        places, under = lot.touched(quota), kinds + 2 * number
        highs.addRow(
            quota.least,
            quota.most,
            len(places) + 2,
            [*places, under, under + 1],
            [1.0] * len(places) + [1, -1],
        )
    _solved(highs)
    found = [round(value) for value in highs.getSolution().col_value[kinds:]]
    return tuple(
        Quota(quota.feature, quota.value, quota.least - found[2 * at], quota.most + found[2 * at + 1])
        for at, quota in enumerate(lot.quotas)
        if found[2 * at] or found[2 * at + 1]
    )


def bound(lot: Lot) -> list[float]:
    """Return how much of each type the fairest panel would hold if seats could be divided."""
    highs = _program(whole=False)
    kinds = len(lot.room)
    for room in lot.room:
        highs.addVar(0, room)
    highs.addVar(0, 1)
    _add_rows(highs, lot, [lot.touched(quota) for quota in lot.quotas])
    first = 1 + len(lot.quotas)
    for at, room in enumerate(lot.room):
        highs.addRow(0, inf, 2, [at, kinds], [1.0, -float(room)])
    highs.changeColCost(kinds, 1.0)
    highs.changeObjectiveSense(_solver().ObjSense.kMaximize)
    left = set(range(kinds))
    while left:
        if not _solved(highs):
            raise RuntimeError("The bound of a lot could not be computed.")
        solution = highs.getSolution()
        level = solution.col_value[kinds]
        tight = {at for at in left if abs(solution.row_dual[first + at]) > DUST} or set(left)
        for at in tight:
            highs.changeCoeff(first + at, kinds, 0.0)
            highs.changeRowBounds(first + at, lot.room[at] * level - DUST, inf)
        left -= tight
    return list(solution.col_value[:kinds])


def take_apart(
    search: Search, target: Sequence[float], progress: Progress
) -> list[tuple[Counts, float]] | None:
    """Write the target as a mixture of panels; None where it seems to be none.

    Each panel lies between the target rounded down and up, and takes as much of what is left as it can: then at
    least one more bound is met exactly, so that it ends.
    """
    lot, left, mass = search.lot, list(target), 1.0
    shares: list[tuple[Counts, float]] = []
    while mass > LAST:
        now = [one / mass for one in left]
        near = 4 * DUST / mass
        found = _rounded(search, now, near=near) or _on_the_face(search, now, near=near)
        if found is None:
            search.free()
            return None
        share = _share(lot, search.touched, left, mass, found)
        if share < DUST:
            search.free()
            return None
        shares.append((found, share))
        left = [one - share * taken for one, taken in zip(left, found, strict=True)]
        mass -= share
        progress(round((1 - mass) * len(lot.room)), len(lot.room))
    search.free()
    return shares


def _rounded(search: Search, now: Sequence[float], *, near: float) -> Counts | None:
    """Return a panel between the target rounded down and up, as like it as can be."""
    lot = search.lot
    search.within([floor(one + near) for one in now], [ceil(one - near) for one in now])
    sums = [sum(now[at] for at in places) for places in search.touched]
    search.quotas_within(
        [
            (max(quota.least, floor(one + near)), min(quota.most, ceil(one - near)))
            for quota, one in zip(lot.quotas, sums, strict=True)
        ]
    )
    return search.best([one - floor(one + near) for one in now])


def _on_the_face(search: Search, now: Sequence[float], *, near: float) -> Counts | None:
    """Return a panel that meets exactly every bound that the target meets exactly."""
    room = search.lot.room
    search.within(
        [most if one > most - near else 0 for one, most in zip(now, room, strict=True)],
        [0 if one < near else most for one, most in zip(now, room, strict=True)],
    )
    bounds = []
    for quota, places in zip(search.lot.quotas, search.touched, strict=True):
        have = sum(now[at] for at in places)
        least = quota.most if have > quota.most - near else quota.least
        bounds.append((least, quota.least if have < quota.least + near else quota.most))
    search.quotas_within(bounds)
    return search.best(now)


def _share(
    lot: Lot, touched: Sequence[Sequence[int]], left: Sequence[float], mass: float, found: Counts
) -> float:
    """Return how much of a panel can be taken so that the rest still keeps every bound."""
    limits = [mass]
    for one, taken, room in zip(left, found, lot.room, strict=True):
        if taken:
            limits.append(one / taken)
        if taken < room:
            limits.append((mass * room - one) / (room - taken))
    for quota, places in zip(lot.quotas, touched, strict=True):
        have, taken = sum(left[at] for at in places), sum(found[at] for at in places)
        if taken > quota.least:
            limits.append((have - mass * quota.least) / (taken - quota.least))
        if taken < quota.most:
            limits.append((mass * quota.most - have) / (quota.most - taken))
    return max(0.0, min(limits))


def mend(search: Search, target: Sequence[float]) -> list[tuple[Counts, float]] | None:
    """Add panels to those already found until their mixture is the target; None where it cannot be."""
    master = _Master(search, target=target)
    return master.shares() if master.grow(enough=-LAST / 10) >= -LAST else None


def generate(search: Search, progress: Progress) -> list[tuple[Counts, float]]:
    """Search panels until none is missing, level by level: exact whatever the quotas are, and slower."""
    master = _Master(search)
    kinds = len(search.lot.room)
    while master.left:
        level = master.grow()
        master.settle(level)
        progress(kinds - len(master.left), kinds)
    return master.shares()


class _Master:
    """The mixture of the panels found so far that raises the smallest probability that is still open.

    With a target, the level says how far the mixture stays below it: nothing at best.
    """

    def __init__(self, search: Search, *, target: Sequence[float] | None = None) -> None:
        self.search, self.columns = search, [*search.seen]
        self.left = set(range(len(search.lot.room)))
        self.highs = _program(whole=False)
        self.highs.addVar(*((-1, 0) if target else (0, 1)))
        self.highs.changeColCost(0, 1.0)
        self.highs.changeObjectiveSense(_solver().ObjSense.kMaximize)
        self.highs.addRow(1, 1, 0, [], [])
        for at, room in enumerate(search.lot.room):
            self.highs.addRow(target[at] if target else 0, inf, 1, [0], [-float(room)])
        for column in self.columns:
            self._add(column)

    def _add(self, column: Counts) -> None:
        rows = [0, *(at for at, taken in enumerate(column, start=1) if taken)]
        self.highs.addCol(0, 0, inf, len(rows), rows, [1.0, *(float(taken) for taken in column if taken)])

    def _solve(self) -> tuple[list[float], float, float]:
        """Return what a seat of each type is worth, what a panel must be worth to help, and the level."""
        if not _solved(self.highs):
            raise RuntimeError("The odds of a lot could not be computed.")
        solution = self.highs.getSolution()
        least, *weights = solution.row_dual
        return [-one for one in weights], least, solution.col_value[0]

    def grow(self, *, enough: float = inf) -> float:
        """Add panels until none would raise the level, or it is high enough; return the level."""
        while True:
            weights, least, level = self._solve()
            if level >= enough:
                return level
            found = self.search.best([max(0.0, one) for one in weights])
            if found is None or _worth(weights, found) - least <= NEAR:
                return level
            self.columns.append(found)
            self._add(found)

    def settle(self, level: float) -> None:
        """Fix the types that cannot have more than this level, whatever the mixture."""
        weights, _least, _level = self._solve()
        tight = {at for at in self.left if weights[at] * self.search.lot.room[at] > NEAR} or set(self.left)
        for at in tight:
            self.highs.changeCoeff(at + 1, 0, 0.0)
            self.highs.changeRowBounds(at + 1, self.search.lot.room[at] * (level - NEAR), inf)
        self.left -= tight

    def shares(self) -> list[tuple[Counts, float]]:
        """Return the panels with how often each is drawn."""
        _solved(self.highs)
        found = self.highs.getSolution().col_value[1:]
        return [(column, share) for column, share in zip(self.columns, found, strict=True) if share > NEAR]


def _worth(weights: Sequence[float], counts: Counts) -> float:
    return sum(weight * taken for weight, taken in zip(weights, counts, strict=True))

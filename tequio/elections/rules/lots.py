"""A lot with quotas: who is in it, what a panel must hold, and how often each panel is drawn.

Whoever has the same values as another is treated alike: they are of one type. A panel is written as how many of
each type sit in it; tickets say how often each panel stands in the drum. So everybody's probability is a fraction
of whole numbers that anybody can add up again, without the solver that found the panels. Source: GOVERNANCE 5.2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from tequio.register.rules.flaws import Flaw

TICKETS = 10_000
Counts = tuple[int, ...]


@dataclass(frozen=True)
class Quota:
    """How many of a panel, at least and at most, have this value of a feature."""

    feature: str
    value: str
    least: int
    most: int


@dataclass(frozen=True)
class Entrant:
    """One of the pool, with a value for each feature, in the order of the features."""

    id: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lot:
    """What is frozen before a draw: pool, quotas and size."""

    size: int
    features: tuple[str, ...]
    quotas: tuple[Quota, ...]
    pool: tuple[Entrant, ...]

    @cached_property
    def types(self) -> tuple[tuple[str, ...], ...]:
        """The combinations of values that occur, in order."""
        return tuple(sorted({one.values for one in self.pool}))

    @cached_property
    def members(self) -> dict[tuple[str, ...], list[str]]:
        """Who is of each type, in order."""
        found: dict[tuple[str, ...], list[str]] = {one: [] for one in self.types}
        for entrant in self.pool:
            found[entrant.values].append(entrant.id)
        return {values: sorted(ids) for values, ids in found.items()}

    @cached_property
    def room(self) -> Counts:
        """How many there are of each type."""
        return tuple(len(self.members[one]) for one in self.types)

    def touched(self, quota: Quota) -> list[int]:
        """Return the places of the types that a quota counts."""
        place = self.features.index(quota.feature)
        return [at for at, values in enumerate(self.types) if values[place] == quota.value]


@dataclass(frozen=True)
class Panel:
    """How many of each type sit together, and how many tickets say so."""

    counts: Counts
    tickets: int


@dataclass(frozen=True)
class Impossible(Exception):
    """No panel fits; `code` says why, the rest which quota or feature it is about."""

    code: str
    feature: str = ""
    value: str = ""
    wanted: int = 0
    found: int = 0
    changes: tuple[Quota, ...] = ()


def require_possible(lot: Lot) -> None:
    """Raise Impossible for what counting alone can tell; what remains, only the search for a panel can."""
    if lot.size < 1:
        raise Impossible("no_seats")
    if lot.size > len(lot.pool):
        raise Impossible("pool_too_small", wanted=lot.size, found=len(lot.pool))
    for place, feature in enumerate(lot.features):
        there = Counter(entrant.values[place] for entrant in lot.pool)
        quotas = [one for one in lot.quotas if one.feature == feature]
        for quota in quotas:
            _one_possible(quota, there[quota.value])
        _sum_possible(lot.size, feature, quotas, there)


def _one_possible(quota: Quota, there: int) -> None:
    if quota.least > quota.most:
        raise Impossible("least_over_most", quota.feature, quota.value, quota.least, quota.most)
    if quota.least > there:
        raise Impossible("too_few", quota.feature, quota.value, quota.least, there)


def _sum_possible(size: int, feature: str, quotas: Sequence[Quota], there: Counter[str]) -> None:
    least = sum(one.least for one in quotas)
    if least > size:
        raise Impossible("least_over_size", feature, wanted=least, found=size)
    bounded = {one.value: one.most for one in quotas}
    most = sum(min(number, bounded.get(value, number)) for value, number in there.items())
    if most < size:
        raise Impossible("most_under_size", feature, wanted=size, found=most)


def fits(lot: Lot, counts: Counts) -> bool:
    """Tell whether a panel has the size, takes nobody twice and keeps every quota."""
    if len(counts) != len(lot.types) or sum(counts) != lot.size:
        return False
    if not all(0 <= taken <= room for taken, room in zip(counts, lot.room, strict=True)):
        return False
    return all(
        quota.least <= sum(counts[at] for at in lot.touched(quota)) <= quota.most for quota in lot.quotas
    )


def tickets(shares: Sequence[tuple[Counts, float | Fraction]], *, total: int = TICKETS) -> tuple[Panel, ...]:
    """Give tickets to panels by largest remainder; whoever is left without one leaves the drum."""
    whole = sum(Fraction(share) for _counts, share in shares)
    exact = [(counts, Fraction(share) * total / whole) for counts, share in sorted(shares)]
    given = [int(share) for _counts, share in exact]
    order = sorted(range(len(exact)), key=lambda at: (given[at] - exact[at][1], exact[at][0]))
    for at in order[: total - sum(given)]:
        given[at] += 1
    return tuple(
        Panel(counts, number) for (counts, _share), number in zip(exact, given, strict=True) if number
    )


def plain_panels(lot: Lot) -> tuple[Panel, ...]:
    """Return the one panel of a lot in which all are of one type; nothing needs to be solved."""
    require_possible(lot)
    counts = (lot.size,)
    if len(lot.types) != 1 or not fits(lot, counts):
        raise Impossible("several_types")
    return (Panel(counts, TICKETS),)


def odds(lot: Lot, panels: Sequence[Panel]) -> dict[str, Fraction]:
    """Return everybody's probability, exactly as the tickets give it."""
    total = sum(panel.tickets for panel in panels)
    found: dict[str, Fraction] = {}
    for at, values in enumerate(lot.types):
        seats = sum(panel.tickets * panel.counts[at] for panel in panels)
        for one in lot.members[values]:
            found[one] = Fraction(seats, total * lot.room[at])
    return {entrant.id: found[entrant.id] for entrant in lot.pool}


def faults(lot: Lot, panels: Sequence[Panel]) -> Iterator[str]:
    """Tell what is wrong with a pool, its panels and their tickets, with no solver at all."""
    if len({entrant.id for entrant in lot.pool}) != len(lot.pool):
        yield Flaw("somebody stands in the pool twice")
    for number, panel in enumerate(panels, start=1):
        if panel.tickets < 1:
            yield Flaw("panel %(number)s has no ticket", number=number)
        if not fits(lot, panel.counts):
            yield Flaw("panel %(number)s does not keep size and quotas", number=number)
    if sum(panel.tickets for panel in panels) != TICKETS:
        yield Flaw("there are not %(tickets)s tickets", tickets=TICKETS)
    if len({panel.counts for panel in panels}) != len(panels):
        yield Flaw("a panel stands there twice")

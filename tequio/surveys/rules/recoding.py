"""Open answers put into a list of codes by two people, and how far they agree. Source: SUR-15."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import TypeVar

from tequio.surveys.rules.shares import percent, ratio

Item = TypeVar("Item", bound=Hashable)
Coded = Mapping[
    Item, Collection[str]
]  # an answer -> the codes that one person gave it; an empty one is "none fits"


@dataclass(frozen=True)
class Agreement:
    """How far two people agree on what both have read.

    ``kappa`` is Cohen's: 1 is full agreement, 0 what chance alone would give; None where both always said the same
    one thing, so that chance cannot be told from agreement.
    """

    both: int
    agreed: int
    percent: Decimal | None
    kappa: Decimal | None


def agreement(one: Coded[Item], other: Coded[Item]) -> Agreement:
    """Compare the whole answer: two people agree where they gave exactly the same codes."""
    return _agreement([(frozenset(one[item]), frozenset(other[item])) for item in one if item in other])


def by_code(one: Coded[Item], other: Coded[Item], codes: Collection[str]) -> dict[str, Agreement]:
    """Compare each code alone: given, or not given. It says which code is understood in two ways."""
    shared = [item for item in one if item in other]
    return {code: _agreement([(code in one[item], code in other[item]) for item in shared]) for code in codes}


def _agreement(pairs: list[tuple[Hashable, Hashable]]) -> Agreement:
    agreed = sum(mine == theirs for mine, theirs in pairs)
    return Agreement(len(pairs), agreed, percent(agreed, len(pairs)), _kappa(pairs, agreed))


def _kappa(pairs: list[tuple[Hashable, Hashable]], agreed: int) -> Decimal | None:
    """Cohen 1960: (observed - expected) / (1 - expected), exact until it is rounded."""
    number = len(pairs)
    if not number:
        return None
    mine: dict[Hashable, int] = {}
    theirs: dict[Hashable, int] = {}
    for here, there in pairs:
        mine[here] = mine.get(here, 0) + 1
        theirs[there] = theirs.get(there, 0) + 1
    expected = Fraction(sum(times * theirs.get(code, 0) for code, times in mine.items()), number * number)
    if expected == 1:
        return None
    kappa = (Fraction(agreed, number) - expected) / (1 - expected)
    return ratio(kappa.numerator, kappa.denominator)


def disputed(one: Coded[Item], other: Coded[Item]) -> list[Item]:
    """Return what both have read and coded differently: what a talk between the two decides."""
    return [item for item in one if item in other and set(one[item]) != set(other[item])]


def settled(
    readings: Collection[Coded[Item]], decided: Coded[Item] | None = None
) -> dict[Item, tuple[str, ...]]:
    """Return the codes in force: what was decided in a talk, else what all who read it said alike, at least two."""
    found = {item: tuple(sorted(codes)) for item, codes in (decided or {}).items()}
    said: dict[Item, list[frozenset[str]]] = {}
    for one in readings:
        for item, codes in one.items():
            said.setdefault(item, []).append(frozenset(codes))
    for item, each in said.items():
        if item not in found and len(each) > 1 and len(set(each)) == 1:
            found[item] = tuple(sorted(each[0]))
    return found


def disputed_by_any(readings: Collection[Coded[Item]]) -> set[Item]:
    """Return what two of many people coded differently."""
    return {item for one, other in combinations(readings, 2) for item in disputed(one, other)}

"""Percentages as a report prints them: half-up, in whole Decimals, never floats. Source: SUR-03, SUR-07."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal

_EXACT = Context(prec=60)


def rounded(value: Decimal, *, digits: int = 2) -> Decimal:
    """Return a number with so many decimals; exactly half goes up: 15.625 is 15.63."""
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP, context=_EXACT)


def ratio(part: Decimal | int, whole: Decimal | int, *, digits: int = 2) -> Decimal | None:
    """Return part / whole with so many decimals, half-up; None where there is nothing to divide by."""
    if not whole:
        return None
    return rounded(_EXACT.divide(Decimal(part), Decimal(whole)), digits=digits)


def percent(part: Decimal | int, whole: Decimal | int, *, digits: int = 2) -> Decimal | None:
    """Return 100 * part / whole with so many decimals, half-up; None where the base is empty."""
    return ratio(100 * part, whole, digits=digits)


def mean(values: Iterable[Decimal | int], *, digits: int = 2) -> Decimal | None:
    """Return the mean, half-up; None of nothing."""
    found = [Decimal(value) for value in values]
    return ratio(sum(found, Decimal(0)), len(found), digits=digits)

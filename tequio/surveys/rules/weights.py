"""How answers weigh beside counting once each: by a number that was answered, or by how many there are of each kind.

A survey's ``weighting`` is ``{}`` (each answer counts once), ``{"question": KEY}`` for a number, or ``{"question": KEY,
"sizes": {CATEGORY: "NUMBER"}}``: then the answers of each category together weigh as much as the category is large.
Whoever has no weight counts among the people, and not in the weighted figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from typing import Any

from tequio.surveys.rules.instrument import Instrument, Kind, Question, Values
from tequio.surveys.rules.shares import rounded

DIGITS = 6
MOST = Decimal(10) ** 12
BY_SIZE = (Kind.SINGLE, Kind.COUNTRY, Kind.YES_NO)


def weighable(instrument: Instrument) -> list[Question]:
    """Return the questions by which answers can weigh: numbers, and those with one answer."""
    return [one for one in instrument.questions() if one.kind is Kind.NUMBER or one.kind in BY_SIZE]


def sizes_of(weighting: Mapping[str, Any]) -> dict[str, Decimal]:
    """Return how many there are of each category; nothing where a number is the weight."""
    return {key: Decimal(number) for key, number in weighting.get("sizes", {}).items()}


def by_number(number: Decimal | None) -> Decimal:
    """Return the weight of a number: itself, to six digits; none where it is missing, below zero, or beyond reason."""
    return Decimal(0) if number is None or not 0 <= number <= MOST else rounded(number, digits=DIGITS)


def by_size(sizes: Mapping[str, Decimal], counts: Mapping[str, int]) -> dict[str, Decimal]:
    """Return the weight of each category, so that their answers weigh as their sizes do, and one on average.

    Categories that nobody chose say nothing, and weigh nothing.
    """
    there = {key: size for key, size in sizes.items() if counts.get(key) and size > 0}
    everybody, people = sum(there.values(), Decimal(0)), sum(counts[key] for key in there)
    with localcontext(prec=60):
        return {
            key: rounded(size * people / (everybody * counts[key]), digits=DIGITS)
            for key, size in there.items()
        }


def weights_of(weighting: Mapping[str, Any], replies: Sequence[Values]) -> list[Decimal] | None:
    """Return the weight of each reply; None where each just counts once."""
    if not weighting:
        return None
    said = [values.get(weighting["question"]) for values in replies]
    if "sizes" not in weighting:
        return [by_number(value.number if value else None) for value in said]
    chosen = [value.chosen[0] if value and value.chosen else "" for value in said]
    counts: dict[str, int] = {}
    for key in chosen:
        counts[key] = counts.get(key, 0) + 1
    weights = by_size(sizes_of(weighting), counts)
    return [weights.get(key, Decimal(0)) for key in chosen]

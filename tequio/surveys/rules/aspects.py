"""The six aspects of an in-depth interview, and in how many interviews of each city they came up. Source: CTX-09."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tequio.surveys.rules.instrument import Instrument, Kind

ASPECTS = ("background", "innovation", "governance", "sustainability", "inclusion", "value")


@dataclass(frozen=True)
class Row:
    """One city ("" for none): how many interviews, and in how many of them each aspect came up."""

    city: str
    interviews: int
    counts: tuple[int, ...]


def questions(instrument: Instrument) -> dict[str, str]:
    """Return the questions to be told in words about one of the aspects, with the aspect under which they stand."""
    return {
        one.key: section.key
        for section in instrument.sections
        if section.key in ASPECTS
        for one in section.questions
        if one.kind is Kind.OPEN
    }


def by_city(
    cities: Mapping[int, Collection[str]], settled: Mapping[int, Sequence[Collection[str]]]
) -> tuple[list[Row], Row]:
    """Count interviews by city and aspect, the city with most interviews first; and all of them together.

    ``cities`` maps each interview to its cities, ``settled`` to the codes in force of each of its answers. An interview
    about several cities counts in each of them, and once in the whole.
    """
    found = {one: {code for codes in settled.get(one, ()) for code in codes} for one in cities}
    placed: dict[str, list[int]] = {}
    for one, names in cities.items():
        for name in set(names) or {""}:
            placed.setdefault(name, []).append(one)
    rows = [_row(name, ones, found) for name, ones in placed.items()]
    return sorted(rows, key=lambda row: (row.city == "", -row.interviews, row.city)), _row(
        "", list(cities), found
    )


def _row(city: str, ones: Collection[int], found: Mapping[int, Collection[str]]) -> Row:
    return Row(city, len(ones), tuple(sum(aspect in found[one] for one in ones) for aspect in ASPECTS))

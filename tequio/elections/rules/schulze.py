"""One seat by ranked ballots, Schulze's method on margins.

Each two candidates are compared on every ballot; who is not ranked stands below all who are. A chain of wins is as
strong as its weakest link; a candidate wins whom nobody beats by a stronger chain. Who beats everybody one to one
(the Condorcet winner) always wins. Of several winners the order of a public lot takes one; without an order all are
named.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tequio.elections.rules.ballots import CannotCount, Outcome, Rankings, ordered

RULE = "elections.schulze/1"

Table = list[list[int]]


def count(
    rankings: Rankings, *, order: Sequence[str] | None = None, withdrawn: Sequence[str] = ()
) -> Outcome:
    """Find the winner, or all who tie where no order is given; raise CannotCount without a paper."""
    names = rankings.candidates
    turns = ordered(names, order)
    standing = [number for number, name in enumerate(names) if name not in withdrawn]
    if not standing or not any(places for _count, places in rankings.papers):
        raise CannotCount("empty")
    preferred = preferences(rankings)
    paths = strongest_paths(preferred, standing)
    best = [one for one in standing if all(paths[one][two] >= paths[two][one] for two in standing)]
    best.sort(key=lambda one: turns[one])
    condorcet = condorcet_winner(preferred, standing)
    stages: tuple[dict[str, Any], ...] = (
        {"stage": 1, "preferred": _named(preferred, names, standing)},
        {
            "stage": 2,
            "strongest_paths": _named(paths, names, standing),
            "condorcet_winner": None if condorcet is None else names[condorcet],
        },
    )
    if len(best) > 1:
        stages[1]["tie"] = {"between": [names[one] for one in sorted(best)]}
    winners = best if order is None else best[:1]
    votes = sum(many for many, places in rankings.papers if places)
    return Outcome(RULE, tuple(names[one] for one in winners), stages, {"votes": votes})


def preferences(rankings: Rankings) -> Table:
    """Count, for each two candidates, the ballots that put the first above the second."""
    everybody = range(len(rankings.candidates))
    preferred = [[0] * len(everybody) for _one in everybody]
    for many, places in rankings.papers:
        below = set(everybody)
        for place in places:
            below.difference_update(place)
            for one in place:
                row = preferred[one]
                for two in below:
                    row[two] += many
    return preferred


def condorcet_winner(preferred: Table, standing: Sequence[int]) -> int | None:
    """Return who beats everybody one to one, if somebody does."""
    for one in standing:
        if all(preferred[one][two] > preferred[two][one] for two in standing if two != one):
            return one
    return None


def strongest_paths(preferred: Table, standing: Sequence[int]) -> Table:
    """Return the strength of the strongest chain of wins from each to each; 0 where there is none."""
    paths = [[0] * len(preferred) for _one in preferred]
    for one in standing:
        for two in standing:
            paths[one][two] = max(0, preferred[one][two] - preferred[two][one])
    for through in standing:
        for one in standing:
            first = paths[one][through]
            if one == through or not first:
                continue
            for two in standing:
                if two not in (one, through):
                    paths[one][two] = max(paths[one][two], min(first, paths[through][two]))
    return paths


def _named(table: Table, names: Sequence[str], standing: Sequence[int]) -> dict[str, dict[str, int]]:
    return {names[one]: {names[two]: table[one][two] for two in standing if two != one} for one in standing}

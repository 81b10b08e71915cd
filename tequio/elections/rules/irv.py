"""One seat by ranked ballots, instant runoff: the lowest leaves until one has more than half of what is left.

Ties: the most recent round at which they differed; then the order of a public lot.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tequio.elections.rules.ballots import CannotCount, Outcome, Rankings, ordered, single_choices

RULE = "elections.irv/1"


def count(
    rankings: Rankings, *, order: Sequence[str] | None = None, withdrawn: Sequence[str] = ()
) -> Outcome:
    """Find the winner; raise CannotCount without a paper that prefers somebody."""
    names = rankings.candidates
    turns = ordered(names, order)
    gone = {number for number, name in enumerate(names) if name in withdrawn}
    standing = set(range(len(names))) - gone
    piles: dict[int, list[tuple[int, tuple[int, ...]]]] = {one: [] for one in standing}
    papers = single_choices(rankings, without=gone)
    if not papers:
        raise CannotCount("empty")
    for many, choices in papers:
        piles[choices[0]].append((many, choices))
    total = sum(many for many, _choices in papers)
    before: list[dict[int, int]] = []
    stages: list[dict[str, Any]] = []
    while True:
        votes = {one: sum(many for many, _choices in piles[one]) for one in standing}
        before.append(votes)
        stages.append(
            {
                "stage": len(stages) + 1,
                "votes": {names[one]: votes[one] for one in sorted(votes)},
                "non_transferable": total - sum(votes.values()),
            }
        )
        first = max(standing, key=lambda one: (votes[one], -turns[one]))
        if 2 * votes[first] > sum(votes.values()) or len(standing) == 1:
            stages[-1]["elected"] = [names[first]]
            return Outcome(RULE, (names[first],), tuple(stages), {"votes": total})
        lowest, tied = _lowest(standing, before, turns)
        stages[-1]["excluded"] = names[lowest]
        if len(tied) > 1:
            stages[-1]["tie"] = {"between": [names[one] for one in sorted(tied)]}
        standing.discard(lowest)
        for many, choices in piles.pop(lowest):
            following = next((one for one in choices if one in standing), None)
            if following is not None:
                piles[following].append((many, choices))


def _lowest(
    standing: set[int], before: Sequence[dict[int, int]], turns: Sequence[int]
) -> tuple[int, set[int]]:
    among = standing
    tied: set[int] = set()
    for votes in reversed(before):
        least = min(votes[one] for one in among)
        among = {one for one in among if votes[one] == least}
        tied = tied or among
        if len(among) == 1:
            break
    return min(among, key=lambda one: turns[one]), tied

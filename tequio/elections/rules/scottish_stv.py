"""The single transferable vote as Scotland counts it: several seats, ranked ballots.

Whole numbers of 1/100,000 of a vote. The quota is the whole part of votes / (seats + 1), and one more. One surplus
is transferred at a time, the largest first, each paper at (surplus x its value / the candidate's votes), what
follows the fifth decimal being disregarded. Then the lowest is excluded. Ties: the most recent stage at which they
differed; then the order of a public lot. Source: Scottish Local Government Elections Order 2007, rules 45 to 52.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tequio.elections.rules.ballots import CannotCount, Outcome, Rankings, ordered, single_choices

RULE = "elections.scottish-stv/1"
UNIT = 100_000

Parcel = tuple[int, int, tuple[int, ...], int]
"""Papers that say the same: how many, the value of each, their preferences, the place now reached."""


@dataclass
class _Count:
    names: tuple[str, ...]
    turns: tuple[int, ...]
    seats: int
    quota: int
    total: int
    exhausted: int
    piles: dict[int, list[Parcel]]
    votes: dict[int, int]
    standing: set[int]
    elected: list[int] = field(default_factory=list)
    pending: set[int] = field(default_factory=set)
    before: list[dict[int, int]] = field(default_factory=list)
    stages: list[dict[str, Any]] = field(default_factory=list)


def count(
    rankings: Rankings, *, seats: int, order: Sequence[str] | None = None, withdrawn: Sequence[str] = ()
) -> Outcome:
    """Fill the seats; raise CannotCount without a seat, a candidate or a paper."""
    if seats < 1:
        raise CannotCount("seats")
    gone = [number for number, name in enumerate(rankings.candidates) if name in withdrawn]
    state = _first_preferences(rankings, seats=seats, order=order, gone=gone)
    _elect(state, doing="first", whom=None, tie=None)
    while len(state.elected) < state.seats:
        if state.pending:
            _transfer_surplus(state)
        else:
            _exclude_lowest(state)
    return Outcome(
        RULE,
        tuple(state.names[one] for one in state.elected),
        tuple(state.stages),
        {"seats": seats, "quota": shown(state.quota), "votes": state.total // UNIT},
    )


def shown(units: int) -> str:
    """Write units as votes with five decimals."""
    return f"{units // UNIT}.{units % UNIT:05d}"


def _first_preferences(
    rankings: Rankings, *, seats: int, order: Sequence[str] | None, gone: Sequence[int]
) -> _Count:
    papers = single_choices(rankings, without=gone)
    if not papers:
        raise CannotCount("empty")
    standing = set(range(len(rankings.candidates))) - set(gone)
    piles: dict[int, list[Parcel]] = {one: [] for one in standing}
    for many, choices in papers:
        piles[choices[0]].append((many, UNIT, choices, 0))
    votes = {one: sum(many for many, *_rest in pile) * UNIT for one, pile in piles.items()}
    total = sum(votes.values())
    return _Count(
        names=rankings.candidates,
        turns=ordered(rankings.candidates, order),
        seats=seats,
        quota=(total // UNIT // (seats + 1) + 1) * UNIT,
        total=total,
        exhausted=0,
        piles=piles,
        votes=votes,
        standing=standing,
    )


def _elect(state: _Count, *, doing: str, whom: int | None, tie: dict[str, Any] | None) -> None:
    """Elect who reached the quota, or all who are left for the seats that are left; write the stage down."""
    reached = [one for one in state.standing if state.votes[one] >= state.quota]
    reached.sort(key=lambda one: (-state.votes[one], state.turns[one]))
    state.pending |= set(reached)
    state.standing -= set(reached)
    open_seats = state.seats - len(state.elected) - len(reached)
    if open_seats > 0 and len(state.standing) <= open_seats:
        last = sorted(state.standing, key=lambda one: (-state.votes[one], state.turns[one]))
        reached += last
        state.standing.clear()
        state.seats = len(state.elected) + len(reached)
    state.elected += reached
    state.before.append(dict(state.votes))
    held = sum(state.votes.values())
    state.stages.append(
        {
            "stage": len(state.stages) + 1,
            "action": doing,
            **({"candidate": state.names[whom]} if whom is not None else {}),
            "votes": {state.names[one]: shown(votes) for one, votes in sorted(state.votes.items())},
            "non_transferable": shown(state.exhausted),
            "lost_to_fractions": shown(state.total - state.exhausted - held),
            "elected": [state.names[one] for one in reached],
            **({"tie": tie} if tie else {}),
        }
    )


def _chosen(state: _Count, among: set[int], *, most: bool) -> tuple[int, dict[str, Any] | None]:
    """Take the one with most or fewest votes; of equals, by the last stage that tells them apart, else by lot."""
    pick = max if most else min
    for past in reversed(state.before):
        edge = pick(past[one] for one in among)
        equals = {one for one in among if past[one] == edge}
        if past is state.before[-1]:
            tied = equals
        among = equals
        if len(among) == 1:
            break
    chosen = min(among, key=lambda one: state.turns[one])
    if len(tied) == 1:
        return chosen, None
    between = [state.names[one] for one in sorted(tied)]
    return chosen, {"between": between, "decided_by": "lot" if len(among) > 1 else "earlier stage"}


def _transfer_surplus(state: _Count) -> None:
    giver, tie = _chosen(state, state.pending, most=True)
    state.pending.discard(giver)
    votes, surplus = state.votes[giver], state.votes[giver] - state.quota
    if surplus:
        _pass_on(state, giver, surplus=surplus, votes=votes)
    state.votes[giver] = state.quota
    _elect(state, doing="surplus", whom=giver, tie=tie)


def _exclude_lowest(state: _Count) -> None:
    lowest, tie = _chosen(state, state.standing, most=False)
    state.standing.discard(lowest)
    _pass_on(state, lowest, surplus=1, votes=1)
    state.votes[lowest] = 0
    _elect(state, doing="exclusion", whom=lowest, tie=tie)


def _pass_on(state: _Count, giver: int, *, surplus: int, votes: int) -> None:
    """Give each paper, at its new value, to the next preference that stands; the rest is not transferable."""
    pile, state.piles[giver] = state.piles[giver], []
    for many, value, choices, place in pile:
        worth = surplus * value // votes
        for further in range(place + 1, len(choices)):
            if choices[further] in state.standing:
                state.piles[choices[further]].append((many, worth, choices, further))
                state.votes[choices[further]] += many * worth
                break
        else:
            state.exhausted += many * worth

"""What a rule counts: ballots put together when they say the same, and what the count found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeVar

Places = tuple[tuple[int, ...], ...]
"""A ranking: the first place, the second place and so on; several in one place are equal."""

Paper = TypeVar("Paper", bound=Hashable)


@dataclass(frozen=True)
class Rankings:
    """Ranked ballots over candidates, who are numbered as they stand; equal ballots are one with a count."""

    candidates: tuple[str, ...]
    papers: tuple[tuple[int, Places], ...]


@dataclass(frozen=True)
class Approvals:
    """Ballots that approve some of the options; each option may cost something."""

    options: tuple[str, ...]
    papers: tuple[tuple[int, tuple[int, ...]], ...]
    costs: tuple[Fraction, ...] = ()
    budget: Fraction = Fraction(0)

    def without(self, withdrawn: Sequence[str]) -> Approvals:
        """Leave out who withdrew; ballots keep what they say of the others."""
        turns = _turns(self.options, withdrawn)
        papers = [(count, tuple(turns[one] for one in paper if one in turns)) for count, paper in self.papers]
        costs = tuple(self.costs[one] for one in turns) if self.costs else ()
        return Approvals(tuple(self.options[one] for one in turns), grouped(papers), costs, self.budget)


@dataclass(frozen=True)
class Scores:
    """Ballots that give points to some of the options."""

    options: tuple[str, ...]
    papers: tuple[tuple[int, tuple[tuple[int, int], ...]], ...]

    def without(self, withdrawn: Sequence[str]) -> Scores:
        """Leave out who withdrew; ballots keep what they say of the others."""
        turns = _turns(self.options, withdrawn)
        papers = [
            (count, tuple((turns[one], points) for one, points in paper if one in turns))
            for count, paper in self.papers
        ]
        return Scores(tuple(self.options[one] for one in turns), grouped(papers))


def _turns(options: Sequence[str], withdrawn: Sequence[str]) -> dict[int, int]:
    standing = [number for number, name in enumerate(options) if name not in withdrawn]
    return {number: turn for turn, number in enumerate(standing)}


@dataclass(frozen=True)
class Outcome:
    """What a count found: who won, in which order, and every stage on the way as plain facts."""

    rule: str
    winners: tuple[str, ...]
    stages: tuple[dict[str, Any], ...]
    notes: dict[str, Any] = field(default_factory=dict)


class CannotCount(ValueError):
    """A rule cannot count these ballots; ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def grouped(papers: Iterable[tuple[int, Paper]]) -> tuple[tuple[int, Paper], ...]:
    """Put equal papers together, in an order that depends on nothing but what they say."""
    together: Counter[Paper] = Counter()
    for count, paper in papers:
        together[paper] += count
    return tuple(sorted(((count, paper) for paper, count in together.items()), key=lambda one: one[1]))  # type: ignore[arg-type, return-value]


def single_choices(rankings: Rankings, *, without: Iterable[int] = ()) -> list[tuple[int, tuple[int, ...]]]:
    """Read rankings as one preference after another; where two are equal, a ballot says no more."""
    gone = frozenset(without)
    read = []
    for count, places in rankings.papers:
        chosen: list[int] = []
        for place in places:
            here = [one for one in place if one not in gone] if gone else place
            if len(here) > 1:
                break
            chosen.extend(here)
        if chosen:
            read.append((count, tuple(chosen)))
    return list(grouped(read))


def approved_by_rank(rankings: Rankings) -> Approvals:
    """Read a ranking as the approval of all who stand above its last place.

    Who is not named shares the last place; where everybody is named, the last place is the last one named.
    """
    everybody = len(rankings.candidates)
    papers = []
    for count, places in rankings.papers:
        above = places if sum(map(len, places)) < everybody else places[:-1]
        papers.append((count, tuple(sorted(one for place in above for one in place))))
    return Approvals(rankings.candidates, grouped(papers))


def ordered(names: Sequence[str], order: Sequence[str] | None) -> tuple[int, ...]:
    """Return each candidate's turn where a tie is decided by an order; raise CannotCount if it is not one."""
    if order is None:
        return tuple(range(len(names)))
    if sorted(order) != sorted(names):
        raise CannotCount("order")
    turns = {name: turn for turn, name in enumerate(order)}
    return tuple(turns[name] for name in names)

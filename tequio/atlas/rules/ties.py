"""Who works with whom, put together from records: pairs of organizations, and why each two are tied."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

MOST = 60  # so many rows and columns has a page of the matrix
DRAWN = 8  # so many names can be read around one's own on a narrow screen


class Why(StrEnum):
    """On what a tie rests, the strongest first."""

    DECLARED = "DECLARED"
    PROGRAM = "PROGRAM"
    CIRCLE = "CIRCLE"
    HOSTS = "HOSTS"


ORDER = list(Why)


@dataclass(frozen=True)
class Reason:
    """One reason: ``words`` names it (what they do together, the program, the circle), ``path`` leads to it."""

    why: Why
    words: str
    number: int = 0


Pair = tuple[int, int]
Edges = Mapping[Pair, Sequence[Reason]]


def pair(one: int, other: int) -> Pair:
    """Return two organizations in the order in which they are kept."""
    return (one, other) if one < other else (other, one)


def among(groups: Iterable[tuple[Reason, Iterable[int]]]) -> dict[Pair, list[Reason]]:
    """Tie all organizations that stand in the same group to each other, once a group."""
    found: dict[Pair, list[Reason]] = {}
    for reason, members in groups:
        for two in combinations(sorted(set(members)), 2):
            found.setdefault(two, []).append(reason)
    for reasons in found.values():
        reasons.sort(key=lambda reason: (ORDER.index(reason.why), reason.words))
    return found


def neighbors(edges: Edges, of: int) -> list[tuple[int, Sequence[Reason]]]:
    """Return the organizations tied to one, those with most and strongest reasons first."""
    rows = [(two[0] if two[1] == of else two[1], why) for two, why in edges.items() if of in two]
    return sorted(rows, key=lambda row: (ORDER.index(row[1][0].why), -len(row[1]), row[0]))

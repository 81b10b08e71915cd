"""How those present say which actions come first: each marks a few, and the marks are counted. Source: CTX-07, STR-14.

Pure, and of the standard library alone: whoever holds the register's file counts again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tequio.register.rules.flaws import Flaw

RULE = "founding.workshop/1"
MARKS = (3, 4, 5)  # a long list first, then three to five that matter most
MOST_ACTIONS = 60
# From where people come, as in the survey after an event. Source: CTX-17.
SECTORS = (
    "public_officials", "local_government", "civil_society", "academia", "community", "company", "agency", "other",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """One action in the order: how many marked it, and whether another one stands on the same place."""

    rank: int
    action: str
    marks: int
    tied: bool


def ranked(actions: Sequence[str], papers: Sequence[Collection[str]]) -> list[Place]:
    """Return the actions by how many marked each; equal ones share a place, in the order they were written down.

    A place is one more than the number of actions with more marks. A paper marks an action once, or not.
    """
    marks = {action: sum(action in paper for paper in papers) for action in actions}
    counts = list(marks.values())
    places = [
        Place(1 + sum(other > number for other in counts), action, number, counts.count(number) > 1)
        for action, number in marks.items()
    ]
    return sorted(places, key=lambda place: place.rank)


def leading(places: Sequence[Place], most: int) -> tuple[list[str], list[str]]:
    """Return which actions are among the first ``most``, and which of them share the last place that would fit.

    No tie is broken here: where more share a place than fit, all of them are in the second list, and people choose.
    An action that nobody marked is in neither.
    """
    marked = [place for place in places if place.marks]
    sure: list[str] = []
    for rank in sorted({place.rank for place in marked}):
        group = [place.action for place in marked if place.rank == rank]
        if len(sure) + len(group) > most:
            return sure, group if len(sure) < most else []
        sure += group
    return sure, []


def recompute(facts: Mapping[str, Any]) -> list[str]:
    """Count the papers of a register's entry again; return what does not fit, as sentences."""
    known = [one["action"] for one in facts["actions"]]
    problems: list[str] = []
    if any(len(paper) > facts["each"] or len(set(paper)) < len(paper) for paper in facts["papers"]):
        problems.append(Flaw("A paper marks more actions than it may."))
    if any(action not in known for paper in facts["papers"] for action in paper):
        problems.append(Flaw("A paper marks an action that was not proposed."))
    counted = [[place.rank, place.action, place.marks] for place in ranked(known, facts["papers"])]
    if counted != [list(place) for place in facts["places"]]:
        problems.append(Flaw("The order of the actions does not follow from the papers."))
    return problems

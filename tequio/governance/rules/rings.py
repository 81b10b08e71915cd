"""Who may open, vote on and see what, by ring: the further in, the more. Source: GOV-22."""

from collections.abc import Mapping
from enum import StrEnum


class Verb(StrEnum):
    OPEN = "OPEN"
    VOTE = "VOTE"
    SEE = "SEE"


COORDINATION, GROUPS, MEMBERS, ALLIES = RINGS = (0, 1, 2, 3)
MATTERS = ("STRATEGIC", "OPERATIONAL")
Right = tuple[str, str]

# What holds while a network says nothing: whoever takes part reads and proposes, every member votes.
USUAL: Mapping[Right, int] = {
    (Verb.OPEN, "STRATEGIC"): ALLIES,
    (Verb.OPEN, "OPERATIONAL"): ALLIES,
    (Verb.VOTE, "STRATEGIC"): MEMBERS,
    (Verb.VOTE, "OPERATIONAL"): MEMBERS,
    (Verb.SEE, "STRATEGIC"): ALLIES,
    (Verb.SEE, "OPERATIONAL"): ALLIES,
}


def reach(said: Mapping[Right, int], verb: str, matter: str) -> int:
    """Return the outermost ring that has a right."""
    return said.get((verb, matter), USUAL[Verb(verb), matter])


def may(ring: int, verb: str, matter: str, *, said: Mapping[Right, int]) -> bool:
    """Say whether somebody in a ring has a right; an inner ring has all that an outer one has."""
    return ring <= reach(said, verb, matter)


def narrows(said: Mapping[Right, int], verb: str, matter: str) -> bool:
    """Say whether a network keeps a right further in than usual."""
    return reach(said, verb, matter) < USUAL[Verb(verb), matter]


def unseen(said: Mapping[Right, int], ring: int) -> frozenset[str]:
    """Return the matters that somebody in a ring does not read."""
    return frozenset(matter for matter in MATTERS if not may(ring, Verb.SEE, matter, said=said))


def unread(said: Mapping[Right, int]) -> list[str]:
    """Return the matters that some would open or decide without reading them: such rights contradict each other."""
    acting = (Verb.OPEN, Verb.VOTE)
    return [
        matter
        for matter in MATTERS
        if reach(said, Verb.SEE, matter) < max(min(ALLIES, reach(said, verb, matter)) for verb in acting)
    ]


def closes(said: Mapping[Right, int], before: Mapping[Right, int]) -> bool:
    """Say whether fewer read something than before: a network agrees to that first. Source: XCT-04."""
    return any(reach(said, Verb.SEE, matter) < reach(before, Verb.SEE, matter) for matter in MATTERS)


def ring_of(*, coordinates: bool, rings: list[int], member: bool) -> int:
    """Return the innermost ring in which somebody is: by duty, by a seat, as a member, or as an ally."""
    if coordinates:
        return COORDINATION
    return min([*rings, MEMBERS if member else ALLIES])

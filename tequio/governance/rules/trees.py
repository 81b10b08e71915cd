"""Which circle may lie in which: a tree without loops. Source: C5, C7."""

from collections.abc import Mapping

from tequio.governance.rules.kinds import Kind

AROUND: Mapping[str, frozenset[str]] = {
    Kind.CIRCLE: frozenset({Kind.CIRCLE}),
    Kind.HELPING: frozenset({Kind.CIRCLE, Kind.WORKING_GROUP, Kind.COORDINATION}),
    Kind.WORKING_GROUP: frozenset({Kind.COORDINATION, Kind.WORKING_GROUP, Kind.CIRCLE}),
    Kind.RING: frozenset(),
    Kind.COORDINATION: frozenset(),
}


def fits(child: str, parent: str | None) -> bool:
    """Say whether a group of one kind may lie in one of the other."""
    if parent is None:
        return child != Kind.HELPING
    return parent in AROUND[child]


def closes_a_loop(parents: Mapping[int, int | None], child: int, parent: int | None) -> bool:
    """Say whether a circle would lie inside itself if it moved into ``parent``; ``parents`` is the tree as it is."""
    seen: set[int] = set()
    while parent is not None and parent not in seen:
        if parent == child:
            return True
        seen.add(parent)
        parent = parents.get(parent)
    return False

"""Which circle may lie in which. Where it lies is said when it opens and never changes: so it lies in no loop. Source: C5, C7."""

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


def holds_none(parent: str) -> bool:
    """Say whether no group at all may lie in one of this kind."""
    return not any(parent in around for around in AROUND.values())

"""How many matches of needs with offers a reader can look at: the app that finds them says so at start-up."""

from __future__ import annotations

from collections.abc import Callable

from tequio.core.actor import Actor

Count = Callable[[Actor], dict[str, int]]  # among "members", and "beyond" them
_finders: list[Count] = []


def found_by(count: Count) -> None:
    """Let pages of results lead to the matches that ``count`` counts."""
    _finders.append(count)


def waiting(actor: Actor) -> dict[str, int]:
    """Return how many there are for this reader."""
    return {among: number for count in _finders for among, number in count(actor).items()}

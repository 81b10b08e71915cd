"""What entries say may be kept from some readers: an app above says of which. Place, day, kind and hash are for all."""

from __future__ import annotations

from collections.abc import Callable, Collection

from tequio.core.actor import Actor

About = tuple[str, str]
"""An entry's kind, and what it is about ("decisions.Round:12")."""
Keeps = Callable[[Actor, Collection[About]], set[About]]
_asked: list[Keeps] = []


def keep(keeps: Keeps) -> None:
    """Let an app say which entries are kept from a reader; called once, when it is ready."""
    if keeps not in _asked:
        _asked.append(keeps)


def kept_among(actor: Actor, about: Collection[About]) -> set[About]:
    """Of these entries, return those whose words are kept from the actor; asks nothing while nothing is kept."""
    if not actor.unseen or not about:
        return set()
    return set().union(*(keeps(actor, about) for keeps in _asked))

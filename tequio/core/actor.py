"""Somebody acting in a network: the ``by`` of every service, the first argument of every selector."""

from dataclasses import dataclass

_SYSTEM = frozenset({"SYSTEM"})


@dataclass(frozen=True)
class Actor:
    """A person in one network, with the duties held there and the voice carried.

    ``membership_id`` is the member (organization or individual) the person acts for; ``votes`` says
    whether the person carries that member's voice today, ``voice`` what they were named for there: DELEGATE,
    SUBSTITUTE or NONE. The two differ while somebody stands in for a time. ``unseen`` are the matters that are
    kept from the person, empty where all is open, and ``inside`` then the groups whose matters they see anyway.
    """

    person_id: int | None
    name: str
    network_id: int
    duties: frozenset[str] = frozenset()
    participant_id: int | None = None
    membership_id: int | None = None
    votes: bool = False
    language: str = "es"
    voice: str = "NONE"
    unseen: frozenset[str] = frozenset()
    inside: frozenset[int] = frozenset()

    @property
    def is_system(self) -> bool:
        return self.duties == _SYSTEM

    def has(self, *duties: str) -> bool:
        """Say whether the person holds at least one of these duties."""
        return not self.duties.isdisjoint(duties)


def system(network_id: int) -> Actor:
    """Return the platform itself, acting on what has already been decided."""
    return Actor(None, "Tequio", network_id, _SYSTEM)

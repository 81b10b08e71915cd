"""Who listens to somebody who suffered violence. Source: GOV-29, GOV-31."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tequio.people.rules.words import fold

LEAST = 2
MOST = 6


@dataclass(frozen=True)
class Listener:
    """Somebody who listens: a name, how to reach them, and whether they are from outside the network."""

    name: str
    reach: str
    outside: bool = False


def matched(names: Iterable[str], people: Iterable[tuple[int, str]]) -> Mapping[str, int]:
    """Return whom each name means, among (key, name) of those who take part; a name that two share means nobody."""
    keys: dict[str, list[int]] = {}
    for key, name in people:
        keys.setdefault(fold(name), []).append(key)
    return {name: keys[fold(name)][0] for name in names if len(keys.get(fold(name), [])) == 1}

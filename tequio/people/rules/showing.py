"""Which fields of a person or an organization each kind of reader sees. Safe by default. Source: XCT-02.

A level names the readers as well: who reads as ``MEMBERS`` sees what is for members and what is for everybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

COORDINATION, MEMBERS, EVERYBODY = LEVELS = ("COORDINATION", "MEMBERS", "EVERYBODY")


@dataclass(frozen=True)
class Field:
    """Who sees a field as long as nobody says otherwise, and the narrowest one may choose."""

    usual: str = MEMBERS
    narrowest: str = COORDINATION

    @property
    def levels(self) -> tuple[str, ...]:
        return LEVELS[LEVELS.index(self.narrowest) :]


Levels = Mapping[str, str]


class Fields(dict[str, Field]):
    """The fields of a kind of thing, told apart from those of another by which object it is."""

    __hash__ = object.__hash__  # type: ignore[assignment]  # a dictionary has none


# A member cannot be nameless among members: decisions say who gave a voice. The name may be one chosen for here.
_NAMED = Field(narrowest=MEMBERS)
OF_ORGANIZATIONS = Fields(
    {
        "name": _NAMED,
        "aliases": Field(),
        "about": Field(),
        "kind": Field(),
        "country": Field(),
        "cities": Field(),
        "size": Field(),
        "themes": Field(),
        "populations": Field(),
        "languages": Field(),
        "website": Field(),
        "email": Field(usual=COORDINATION),
        "phone": Field(usual=COORDINATION),
    }
)
OF_PEOPLE = Fields(
    {
        "name": _NAMED,
        "organization": _NAMED,
        "role": Field(),
        "about": Field(),
        "email": Field(usual=COORDINATION),
        "phone": Field(usual=COORDINATION),
    }
)


def level_of(field: str, shows: Levels, fields: Fields) -> str:
    """Return who sees a field; what was chosen counts only where it may be chosen."""
    known = fields[field]
    chosen = shows.get(field, known.usual)
    return chosen if chosen in known.levels else known.usual


def sees(reader: str, level: str) -> bool:
    """Say whether a reader of this kind sees what has this level."""
    return LEVELS.index(reader) <= LEVELS.index(level)


def hidden(shows: Levels, fields: Fields, *, reader: str) -> frozenset[str]:
    """Return the fields that a reader of this kind does not see."""
    return _hidden(tuple(shows.items()), fields, reader)


@lru_cache(maxsize=4096)
def _hidden(shows: tuple[tuple[str, str], ...], fields: Fields, reader: str) -> frozenset[str]:
    chosen = dict(shows)
    return frozenset([field for field in fields if not sees(reader, level_of(field, chosen, fields))])


def settled(levels: Levels, fields: Fields) -> dict[str, str]:
    """Return what is to be kept: the choices that differ from the usual; ``ValueError`` for one that cannot be made."""
    for field, level in levels.items():
        if field not in fields or level not in fields[field].levels:
            raise ValueError(f"{field} cannot be shown to {level}.")
    return {field: level for field, level in levels.items() if level != fields[field].usual}

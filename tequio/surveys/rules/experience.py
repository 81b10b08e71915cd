"""How much experience of networks an answer tells, and why: a level is never said without its reasons. Source: SUR-18."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SEVERAL = 2  # themes that make a medium level by themselves
MANY = 3  # themes that, with a network, make a high one


class Level(StrEnum):
    """The level that follows from the answers; nobody says it of themselves."""

    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"


RANK = {level: rank for rank, level in enumerate(Level, start=1)}


class Point(StrEnum):
    """What an answer said that bears on the level."""

    LED = "LED"
    NOT_LED = "NOT_LED"
    IN_NETWORK = "IN_NETWORK"
    NOT_IN_NETWORK = "NOT_IN_NETWORK"
    THEMES = "THEMES"
    NO_THEME = "NO_THEME"


@dataclass(frozen=True)
class Experience:
    """A level with the points that it rests on, and on how many themes the organization works.

    ``level`` is None where nothing was said from which it could follow.
    """

    level: Level | None
    points: tuple[Point, ...] = ()
    themes: int = 0

    @property
    def strength(self) -> tuple[int, bool, bool, int]:
        """What is compared when a coordination is proposed: the level, then what was led, joined, worked on."""
        rank = RANK[self.level] if self.level else 0
        return (rank, Point.LED in self.points, Point.IN_NETWORK in self.points, self.themes)


def experience(*, led: bool | None, in_network: bool | None, themes: int | None) -> Experience:
    """Return the level that follows from three answers; None is a question that was not asked or not answered.

    High: led a network and works on a theme, or takes part in one and works on three themes. Medium: led one, takes
    part in one, or works on two themes. Low: anything less.
    """
    if led is None and in_network is None and themes is None:
        return Experience(None)
    return Experience(
        _level(bool(led), bool(in_network), themes or 0), _points(led, in_network, themes), themes or 0
    )


def _level(led: bool, in_network: bool, themes: int) -> Level:
    if (led and themes) or (in_network and themes >= MANY):
        return Level.HIGH
    return Level.MEDIUM if led or in_network or themes >= SEVERAL else Level.LOW


def _points(led: bool | None, in_network: bool | None, themes: int | None) -> tuple[Point, ...]:
    found = []
    if led is not None:
        found.append(Point.LED if led else Point.NOT_LED)
    if in_network is not None:
        found.append(Point.IN_NETWORK if in_network else Point.NOT_IN_NETWORK)
    if themes is not None:
        found.append(Point.THEMES if themes else Point.NO_THEME)
    return tuple(found)

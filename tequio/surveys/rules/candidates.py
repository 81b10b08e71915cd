"""Who would join, on what, from where, with which experience; and who could coordinate what. Source: SUR-17, SUR-19."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tequio.surveys.rules.experience import Experience, Level


@dataclass(frozen=True)
class Willing:
    """An organization that would join; ``themes`` are keys of the options it ticked."""

    key: int
    name: str
    country: str
    themes: tuple[str, ...]
    experience: Experience


@dataclass(frozen=True)
class Cell:
    """How many would join that work on one theme, with one level of experience, from one country."""

    theme: str
    level: Level | None
    country: str
    count: int


def crossed(willing: Iterable[Willing]) -> list[Cell]:
    """Count who would join by theme, level and country, in that order; who works on several themes counts in each."""
    counted = Counter((theme, one.experience.level, one.country) for one in willing for theme in one.themes)
    cells = [Cell(*key, count) for key, count in counted.items()]
    return sorted(cells, key=lambda cell: (cell.theme, cell.level or "", cell.country))


@dataclass(frozen=True)
class Line:
    """A line of work, how many would work on it, and whom their experience proposes to coordinate it.

    Several are proposed where nothing that was answered tells them apart: the network chooses. Nobody is appointed.
    """

    theme: str
    willing: int
    proposed: tuple[Willing, ...]

    @property
    def tied(self) -> bool:
        """Say whether experience alone does not tell who."""
        return len(self.proposed) > 1


def coordinators(willing: Sequence[Willing]) -> list[Line]:
    """Return, for each line of work, whom experience proposes to coordinate it; the lines with most people first."""
    themes = dict.fromkeys(theme for one in willing for theme in one.themes)
    lines = [_line(theme, [one for one in willing if theme in one.themes]) for theme in themes]
    return sorted(lines, key=lambda line: (-line.willing, line.theme))


def _line(theme: str, working: list[Willing]) -> Line:
    best = max(one.experience.strength for one in working)
    proposed = [one for one in working if best[0] and one.experience.strength == best]
    return Line(theme, len(working), tuple(sorted(proposed, key=lambda one: (one.name.casefold(), one.key))))

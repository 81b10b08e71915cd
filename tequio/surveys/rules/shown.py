"""What is counted of a question and what is published of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

K = 5
APART = 3  # a range as wide as this cannot be told to within one


class Why(StrEnum):
    """Why a table is not there."""

    FEW = "FEW"  # too few answered
    CONDITION = "CONDITION"  # who was asked tells what is withheld elsewhere
    LINKED = "LINKED"  # the rest of the tables would give it away
    EARLIER = "EARLIER"  # less than K new answers since an earlier release


@dataclass(frozen=True)
class Counted:
    """The true numbers of one question. ``by`` are those of each option in each column, ``within`` the answers there.

    ``most`` is how many options one person may tick, ``alone`` the options that exclude all others. ``leans`` are the questions that its condition asks about;
    ``tangled`` says that it has more than one clause. Both are empty where everybody was asked.
    """

    key: str
    counts: tuple[int, ...]
    asked: int
    answered: int
    several: bool = False
    most: int | None = None
    alone: tuple[int, ...] = ()
    by: tuple[tuple[int, ...], ...] = ()
    within: tuple[int, ...] = ()
    leans: tuple[str, ...] = ()
    tangled: bool = False

    @property
    def ceiling(self) -> int:
        """How many options one person can tick."""
        return (self.most or len(self.counts)) if self.several else 1


@dataclass(frozen=True)
class Shown:
    """What is said of one number: itself, when both ends are the same, or a range."""

    low: int
    high: int

    @property
    def exact(self) -> int | None:
        """The number, where it is said."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True)
class Table:
    """What is published of one question. A cell that is None says nothing; ``together`` is what those cells sum to.

    ``mentions`` is the sum of all ticks, None where it would give a small group away.
    """

    key: str
    asked: int = 0
    answered: int = 0
    cells: tuple[Shown | None, ...] = ()
    several: bool = False
    together: int | None = None
    mentions: int | None = None
    by: tuple[tuple[int | None, ...], ...] = ()
    within: tuple[int, ...] = ()
    why: Why | None = None

    @property
    def full(self) -> bool:
        """Say whether each number is published as it is."""
        return self.why is None and all(cell is not None and cell.exact is not None for cell in self.cells)

    def exact(self, option: int) -> int | None:
        """Return the number of this option, where it is said."""
        cell = self.cells[option] if option < len(self.cells) else None
        return cell.exact if cell else None


Tables = Mapping[str, Table]


@dataclass(frozen=True)
class Before:
    """An earlier release: what was published, and the true numbers it rests on."""

    tables: Tables
    counted: Mapping[str, Counted]


@dataclass(frozen=True)
class Old:
    """What an earlier release says of one question, and the true numbers of those who answered since."""

    table: Table
    came: Counted

"""How often each option was ticked, alone and by other questions. Source: SUR-03, SUR-07..SUR-13, SUR-24.

Whoever ticked three options counts once in each of the three, and once in the base: a combination of options is
never an answer of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import compress, product, repeat
from typing import Any

from tequio.surveys.rules.columns import Column, Sheet
from tequio.surveys.rules.instrument import Base
from tequio.surveys.rules.shares import percent

MOST_LEVELS = 3

Where = Mapping[
    str, Collection[str]
]  # column key -> keys of categories, of which a respondent has at least one


class Unknown(ValueError):
    """A column or a category of this key does not exist."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class Bases:
    """Of what percentages are shares: who was asked, who answered, and all ticks together.

    The three are people (or ticks); ``weighted_*`` are their sums of weights, the same without weights.
    """

    respondents: int
    answering: int
    mentions: int
    weighted_respondents: Decimal
    weighted_answering: Decimal
    weighted_mentions: Decimal

    def of(self, base: Base) -> int:
        """Return the number of one base."""
        return {
            Base.RESPONDENTS: self.respondents,
            Base.ANSWERING: self.answering,
            Base.MENTIONS: self.mentions,
        }[base]

    def weighted(self, base: Base) -> Decimal:
        """Return the sum of weights of one base."""
        return {
            Base.RESPONDENTS: self.weighted_respondents,
            Base.ANSWERING: self.weighted_answering,
            Base.MENTIONS: self.weighted_mentions,
        }[base]


@dataclass(frozen=True)
class Group:
    """Everybody who ticked one option of each question of ``by`` (indexes of its categories), and what they said."""

    by: tuple[int, ...]
    bases: Bases
    counts: tuple[int, ...]
    weighted: tuple[Decimal, ...]

    def share(self, row: int, *, base: Base = Base.RESPONDENTS, digits: int = 2) -> Decimal | None:
        """Return a row's percentage of a base of this group; None where the base is empty."""
        return percent(self.weighted[row], self.bases.weighted(base), digits=digits)


@dataclass(frozen=True)
class Table:
    """A question's options, for everybody (``whole``) and for each group, in the order of the categories.

    Groups without anybody are left out. Where a question of ``by`` takes several answers, or was not answered,
    groups overlap or leave people out: they do not add up to the whole, and nobody should add them.
    """

    rows: Column
    by: tuple[Column, ...]
    whole: Group
    groups: tuple[Group, ...]

    def group(self, *keys: str) -> Group | None:
        """Return the group of these categories, one of each question."""
        wanted = tuple(_index(column, key) for column, key in zip(self.by, keys, strict=True))
        return next((group for group in self.groups if group.by == wanted), None)

    def count(self, row: str, *keys: str) -> int:
        """Return how many ticked a row, of everybody or of the group of these keys."""
        group = self.group(*keys) if keys else self.whole
        return group.counts[_index(self.rows, row)] if group else 0

    def share(self, row: str, *keys: str, base: Base | None = None, digits: int = 2) -> Decimal | None:
        """Return a row's percentage; without ``base`` of the one that the question publishes."""
        group = self.group(*keys) if keys else self.whole
        if group is None:
            return None
        return group.share(_index(self.rows, row), base=base or self.rows.base, digits=digits)

    def ranked(self) -> list[int]:
        """Return the rows from the most ticked to the least; what is equal stays in its order."""
        return sorted(range(len(self.rows.categories)), key=lambda row: -self.whole.weighted[row])


def count(
    column: Column, *, where: Sequence[bool] | None = None, weights: Sequence[Decimal] | None = None
) -> Table:
    """Count one column, of those respondents only for whom ``where`` is true."""
    return _counted(column, (), where, weights)


def cross(sheet: Sheet, *, rows: str, by: Sequence[str] = (), where: Where | None = None) -> Table:
    """Count a question by up to three others; raise ``Unknown`` with a key that the sheet does not have."""
    if len(by) > MOST_LEVELS:
        raise ValueError("at most three levels")
    columns = tuple(column_of(sheet, key) for key in by)
    return _counted(column_of(sheet, rows), columns, kept(sheet, where or {}), sheet.weights)


def column_of(sheet: Sheet, key: str) -> Column:
    """Return a column of the sheet; raise ``Unknown`` where there is none."""
    column = sheet.column(key)
    if column is None:
        raise Unknown(key)
    return column


def kept(sheet: Sheet, where: Where) -> list[bool] | None:
    """Say for each respondent whether all filters let them through; None when nothing is filtered."""
    found: list[bool] | None = None
    for key, wanted in where.items():
        column = column_of(sheet, key)
        places = {_index(column, category) for category in wanted}
        through = {ticks: not places.isdisjoint(ticks) for ticks in set(column.ticks)}
        lets = [through[ticks] for ticks in column.ticks]
        found = lets if found is None else [one and other for one, other in zip(found, lets, strict=True)]
    return found


def _index(column: Column, key: str) -> int:
    for at, category in enumerate(column.categories):
        if category.key == key:
            return at
    raise Unknown(key)


class _Tally:
    """One group while it is counted."""

    __slots__ = ("answering", "counts", "mentions", "respondents", "weighed", "weighted")

    def __init__(self, rows: int, *, weighed: bool) -> None:
        self.respondents = self.answering = self.mentions = 0
        self.counts = [0] * rows
        self.weighed = weighed
        self.weighted = [Decimal(0)] * (rows + 3) if weighed else []

    def add(self, ticks: tuple[int, ...], weight: Decimal, times: int) -> None:
        """Count so many respondents who said the same and weigh the same."""
        self.respondents += times
        self.answering += times * bool(ticks)
        self.mentions += times * len(ticks)
        for row in ticks:
            self.counts[row] += times
        if self.weighed:
            mass = weight * times
            self.weighted[-3] += mass
            self.weighted[-2] += mass * bool(ticks)
            self.weighted[-1] += mass * len(ticks)
            for row in ticks:
                self.weighted[row] += mass

    def group(self, by: tuple[int, ...]) -> Group:
        """Return it as it is published."""
        plain = (self.respondents, self.answering, self.mentions)
        sums = self.weighted or [Decimal(number) for number in (*self.counts, *plain)]
        return Group(by, Bases(*plain, *sums[-3:]), tuple(self.counts), tuple(sums[:-3]))


def _counted(
    column: Column,
    by: tuple[Column, ...],
    where: Sequence[bool] | None,
    weights: Sequence[Decimal] | None,
) -> Table:
    """Count what is said alike once: a million answers are some thousand combinations."""
    rows, weighed = len(column.categories), weights is not None
    whole = _Tally(rows, weighed=weighed)
    tallies: dict[tuple[int, ...], _Tally] = {}
    weighing = weights if weights is not None else repeat(Decimal(1))
    said = zip(column.ticks, weighing, *(one.ticks for one in by), strict=False)
    for (ticks, weight, *others), times in Counter(_asked(said, column, where)).items():
        whole.add(ticks, weight, times)
        for place in product(*others) if by else ():
            if place not in tallies:
                tallies[place] = _Tally(rows, weighed=weighed)
            tallies[place].add(ticks, weight, times)
    everybody = whole.group(())
    groups = tuple(tallies[place].group(place) for place in sorted(tallies)) if by else (everybody,)
    return Table(column, by, everybody, groups)


def _asked(said: Iterable[Any], column: Column, where: Sequence[bool] | None) -> Iterable[Any]:
    if column.asked is not None:
        said = compress(said, column.asked)
        where = None if where is None else list(compress(where, column.asked))
    return said if where is None else compress(said, where)

"""Options taken together: unions, groups, how many were ticked, and two questions over the same themes.

Source: SUR-07, SUR-14, SUR-16.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tequio.surveys.rules.columns import Category, Column, Sheet
from tequio.surveys.rules.crosstab import Table, count, cross
from tequio.surveys.rules.instrument import OTHER, Base
from tequio.surveys.rules.shares import percent, ratio


@dataclass(frozen=True)
class Union:
    """Several options as one: ``respondents`` ticked at least one of them, ``mentions`` are their ticks together."""

    keys: tuple[str, ...]
    respondents: int
    mentions: int


def union(column: Column, keys: Collection[str], *, where: Sequence[bool] | None = None) -> Union:
    """Count whoever ticked at least one of these options: people, not a sum of options."""
    wanted = {at for at, one in enumerate(column.categories) if one.key in keys}
    respondents = mentions = 0
    for at, ticks in enumerate(column.ticks):
        if where is None or where[at]:
            found = sum(tick in wanted for tick in ticks)
            respondents += found > 0
            mentions += found
    return Union(tuple(one.key for one in column.categories if one.key in keys), respondents, mentions)


def leading(table: Table, most: int = 3) -> tuple[str, ...]:
    """Return the keys of the most ticked options; options that nobody ticked never lead."""
    best = [row for row in table.ranked() if table.whole.counts[row]][:most]
    return tuple(table.rows.categories[row].key for row in best)


def grouped(column: Column) -> dict[str, Union]:
    """Return a union for each group that the options name, in their order; options without a group are left out."""
    groups: dict[str, list[str]] = {}
    for one in column.categories:
        if one.group:
            groups.setdefault(one.group, []).append(one.key)
    return {group: union(column, keys) for group, keys in groups.items()}


def by_groups(column: Column, named: Mapping[str, Mapping[str, str]] | None = None) -> Column:
    """Return the column with groups as its categories: whoever ticked two options of a group counts once.

    ``named`` gives the groups' texts; an option without a group stays as it is.
    """
    places: dict[str, int] = {}
    categories: list[Category] = []
    becomes = []
    for one in column.categories:
        key = one.group or one.key
        if key not in places:
            places[key] = len(categories)
            text = (named or {}).get(key) or ({"": key} if one.group else one.text)
            categories.append(Category(key, text))
        becomes.append(places[key])
    ticks = [tuple(sorted({becomes[tick] for tick in one})) for one in column.ticks]
    return replace(column, categories=tuple(categories), ticks=ticks)


@dataclass(frozen=True)
class Ticked:
    """How many options those who answered ticked. ``spread`` is (how many options, how many people)."""

    answering: int
    mean: Decimal | None
    most: int
    spread: tuple[tuple[int, int], ...]

    @staticmethod
    def of(spread: Sequence[tuple[int, int]]) -> Ticked:
        """Return mean and maximum of what was ticked so often by so many."""
        people = sum(number for _size, number in spread)
        ticks = sum(size * number for size, number in spread)
        most = max((size for size, _number in spread), default=0)
        return Ticked(people, ratio(ticks, people), most, tuple(spread))


def ticked(column: Column, *, where: Sequence[bool] | None = None) -> Ticked:
    """Return mean and maximum of options ticked, of those who ticked any. Source: SUR-16."""
    sizes = (len(ticks) for at, ticks in enumerate(column.ticks) if ticks and (where is None or where[at]))
    return Ticked.of(sorted(Counter(sizes).items()))


@dataclass(frozen=True)
class Compared:
    """One theme in two questions: how many ticked it here, there, and in both; None where a question lacks it."""

    here: Category | None
    there: Category | None
    count_here: int | None
    count_there: int | None
    both: int | None
    share_here: Decimal | None
    share_there: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """Percentage points by which the second question goes beyond the first."""
        if self.share_here is None or self.share_there is None:
            return None
        return self.share_there - self.share_here


def paired(one: Column, other: Column) -> dict[str, str]:
    """Propose which options of two questions are the same theme: same key, or one key within the other's."""
    there = [category.key for category in other.categories if category.key != OTHER]
    pairs = {category.key: category.key for category in one.categories if category.key in there}
    for category in one.categories:
        if category.key in pairs or category.key == OTHER:
            continue
        words = set(category.key.split("_"))
        near = [
            key
            for key in there
            if key not in pairs.values() and (words <= set(key.split("_")) or set(key.split("_")) <= words)
        ]
        if len(near) == 1:
            pairs[category.key] = near[0]
    return pairs


def compare(
    one: Column, other: Column, *, pairs: Mapping[str, str], where: Sequence[bool] | None = None
) -> list[Compared]:
    """Put two questions side by side over the same themes; what has no partner stands alone. Source: SUR-14."""
    sheet = Sheet(len(one.ticks), (one, other))
    gate = (
        None
        if where is None
        else Column("#", {}, (Category("in", {}),), [(0,) if each else () for each in where])
    )
    filters = {"#": ["in"]} if gate else {}
    sheet = Sheet(sheet.size, (*sheet.columns, *([gate] if gate else [])))
    crossed = cross(sheet, rows=one.key, by=[other.key], where=filters)
    return side_by_side(count(one, where=where), count(other, where=where), crossed, pairs=pairs)


def side_by_side(here: Table, there: Table, crossed: Table, *, pairs: Mapping[str, str]) -> list[Compared]:
    """Put two tables side by side; ``crossed`` is the first question by the second. Source: SUR-14."""
    places = {category.key: at for at, category in enumerate(there.rows.categories)}
    groups = {group.by[0]: group for group in crossed.groups}
    rows = []
    for at, category in enumerate(here.rows.categories):
        partner = places.get(pairs.get(category.key, ""))
        both = groups[partner].counts[at] if partner in groups else 0
        rows.append(_compared(here, at, there, partner, None if partner is None else both))
    taken = {places[key] for key in pairs.values() if key in places}
    rows += [_compared(here, None, there, at, None) for at in range(len(places)) if at not in taken]
    return rows


def _compared(here: Table, at: int | None, there: Table, partner: int | None, both: int | None) -> Compared:
    return Compared(
        here=None if at is None else here.rows.categories[at],
        there=None if partner is None else there.rows.categories[partner],
        count_here=None if at is None else here.whole.counts[at],
        count_there=None if partner is None else there.whole.counts[partner],
        both=both,
        share_here=None if at is None else _share(here, at),
        share_there=None if partner is None else _share(there, partner),
    )


def _share(table: Table, row: int) -> Decimal | None:
    """Both sides as shares of respondents, whatever base each question publishes."""
    bases = table.whole.bases
    return percent(table.whole.counts[row], bases.of(Base.RESPONDENTS))

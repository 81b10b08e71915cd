"""What stands out in the numbers, as facts that a sentence is made of. Source: SUR-06, SUR-07, SUR-11, SUR-28."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tequio.surveys.rules.columns import Category
from tequio.surveys.rules.crosstab import Group, Table
from tequio.surveys.rules.instrument import Base
from tequio.surveys.rules.ranking import Cities
from tequio.surveys.rules.shares import percent
from tequio.surveys.rules.unions import leading

LEAST_GROUP = 5  # a country of fewer answers is never called the highest or the lowest


class Sort(StrEnum):
    """The kinds of sentence that numbers can say by themselves."""

    FIRST = "FIRST"
    MORE_THAN_HALF = "MORE_THAN_HALF"
    UNION = "UNION"
    GROUP = "GROUP"
    CAPITAL = "CAPITAL"
    NOT_CAPITAL = "NOT_CAPITAL"
    HIGHEST_LOWEST = "HIGHEST_LOWEST"
    DIFFERENCE = "DIFFERENCE"


@dataclass(frozen=True)
class Share:
    """A part of a base, of one group or of everybody: the numbers that stand in brackets."""

    part: int
    whole: int
    percent: Decimal | None
    group: Category | None = None


@dataclass(frozen=True)
class Fact:
    """One thing that the numbers say. ``shares`` are one (the finding itself) or two (what it is compared with)."""

    sort: Sort
    question: str
    options: tuple[Category, ...]
    shares: tuple[Share, ...]
    base: Base = Base.RESPONDENTS


def facts(table: Table) -> list[Fact]:
    """Return what the numbers of one question say by themselves, the most telling first."""
    return [*(_group(table) if table.rows.several else _union(table)), *_first(table)]


def by_groups(table: Table) -> list[Fact]:
    """Return what the groups of a cross-tab (a country, a kind) say: extremes, and the largest difference."""
    return [*_extremes(table), *_difference(table)]


def of_cities(key: str, found: list[Cities]) -> list[Fact]:
    """Return for each country whether its most frequent city is its capital, where that can be told."""
    told = []
    for one in found:
        if one.country is None or one.top_is_capital is None:
            continue
        city, number = one.ranked[0]
        share = Share(number, one.respondents, percent(number, one.respondents), one.country)
        told.append(Fact(Sort.CAPITAL if one.top_is_capital else Sort.NOT_CAPITAL, key, (city,), (share,)))
    return told


def _first(table: Table) -> Iterator[Fact]:
    ranked = table.ranked()
    if not ranked or not table.whole.counts[ranked[0]]:
        return
    top = ranked[0]
    if len(ranked) > 1 and table.whole.weighted[ranked[1]] == table.whole.weighted[top]:
        return  # two that are equal: neither comes first
    base = table.rows.base
    share = _share(table.whole, top, base)
    more = base is not Base.MENTIONS and 2 * table.whole.weighted[top] > table.whole.bases.weighted(base)
    sort = Sort.MORE_THAN_HALF if more else Sort.FIRST
    yield Fact(sort, table.rows.key, (table.rows.categories[top],), (share,), base)


def _union(table: Table) -> Iterator[Fact]:
    """The three most ticked together, where none alone has more than half and the three have."""
    base, keys = table.rows.base, leading(table)
    if len(keys) < 3 or base is Base.MENTIONS or 2 * max(table.whole.counts) > table.whole.bases.of(base):
        return
    together = sum(table.count(key) for key in keys)  # one answer each: no person is in two of them
    whole = table.whole.bases.of(base)
    if 2 * together > whole and len([number for number in table.whole.counts if number]) > 3:
        options = tuple(category for key in keys for category in table.rows.categories if category.key == key)
        share = Share(together, whole, percent(together, whole))
        yield Fact(Sort.UNION, table.rows.key, options, (share,), base)


def _group(table: Table) -> Iterator[Fact]:
    """Options of one group that together have the most mentions, where mentions are what is published. Source: SUR-13."""
    if table.rows.base is not Base.MENTIONS:
        return
    counts: dict[str, int] = {}
    for row, category in enumerate(table.rows.categories):
        if category.group:
            counts[category.group] = counts.get(category.group, 0) + table.whole.counts[row]
    best = max(counts, key=lambda group: counts[group], default="")
    options = tuple(category for category in table.rows.categories if category.group == best)
    if best and len(options) > 1 and counts[best] > max(table.whole.counts):
        whole = table.whole.bases.mentions
        share = Share(counts[best], whole, percent(counts[best], whole))
        yield Fact(Sort.GROUP, table.rows.key, options, (share,), Base.MENTIONS)


def _extremes(table: Table) -> Iterator[Fact]:
    row = _telling(table)
    large = [group for group in table.groups if group.bases.respondents >= LEAST_GROUP]
    if row is None or len(table.by) != 1 or len(large) < 2:
        return
    base = Base.ANSWERING if table.rows.base is Base.MENTIONS else table.rows.base
    shares = [_share(group, row, base, table.by[0].categories[group.by[0]]) for group in large]
    shares = [share for share in shares if share.percent is not None]
    if len(shares) < 2:
        return
    high, low = max(shares, key=_size), min(shares, key=_size)
    if _size(high) > _size(low):
        yield Fact(Sort.HIGHEST_LOWEST, table.rows.key, (table.rows.categories[row],), (high, low), base)


def _telling(table: Table) -> int | None:
    """The row that comparisons are about: "yes", else the most ticked."""
    for at, category in enumerate(table.rows.categories):
        if category.key == "yes":
            return at
    ranked = table.ranked()
    return ranked[0] if ranked and table.whole.counts[ranked[0]] else None


def _difference(table: Table) -> Iterator[Fact]:
    """The option and group that differ most from everybody else's share."""
    if len(table.by) != 1 or table.by[0].several:
        return
    base = Base.ANSWERING if table.rows.base is Base.MENTIONS else table.rows.base
    best: tuple[Decimal, Fact] | None = None
    for group in table.groups:
        others = table.whole.bases.of(base) - group.bases.of(base)
        if group.bases.respondents < LEAST_GROUP or others < LEAST_GROUP:
            continue
        for row, category in enumerate(table.rows.categories):
            here = _share(group, row, base, table.by[0].categories[group.by[0]])
            rest = table.whole.counts[row] - group.counts[row]
            there = Share(rest, others, percent(rest, others))
            if here.part < LEAST_GROUP or here.percent is None or there.percent is None:
                continue
            apart = here.percent - there.percent
            if best is None or apart > best[0]:
                best = apart, Fact(Sort.DIFFERENCE, table.rows.key, (category,), (here, there), base)
    if best is not None and best[0] >= 10:
        yield best[1]


def _share(group: Group, row: int, base: Base, named: Category | None = None) -> Share:
    return Share(group.counts[row], group.bases.of(base), group.share(row, base=base), named)


def _size(share: Share) -> Decimal:
    return share.percent or Decimal(0)


def contrast(table: Table) -> list[tuple[int, list[tuple[Category, Decimal]]]]:
    """Read each option nationally and regionally: by how many points each group is above or below everybody.

    Groups of fewer than five answers are left out. Source: SUR-28.
    """
    rows = []
    for row in table.ranked():
        region = table.whole.share(row, base=Base.RESPONDENTS)
        points = []
        for group in table.groups:
            here = group.share(row, base=Base.RESPONDENTS)
            if here is not None and region is not None and group.bases.respondents >= LEAST_GROUP:
                points.append((table.by[0].categories[group.by[0]], here - region))
        rows.append((row, points))
    return rows


def together(table: Table, keys: tuple[str, ...], *, people: int) -> Fact:
    """Return the fact of a union that somebody chose: ``people`` ticked at least one of these."""
    base = table.rows.base
    base = Base.RESPONDENTS if base is Base.MENTIONS else base
    whole = table.whole.bases.of(base)
    options = tuple(category for category in table.rows.categories if category.key in keys)
    share = Share(people, whole, percent(people, whole))
    return Fact(Sort.UNION, table.rows.key, options, (share,), base)

"""Cities by how many work there, all together and within a country. Source: SUR-04, SUR-05, SUR-06, SUR-28."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tequio.surveys.rules.capitals import is_capital
from tequio.surveys.rules.columns import Category, Column, Sheet
from tequio.surveys.rules.crosstab import Group, Table, cross
from tequio.surveys.rules.instrument import NATIONAL


@dataclass(frozen=True)
class Cities:
    """The cities of one country (``country`` is None for all), most frequent first, ties by name.

    ``respondents`` are those of the country; ``placed`` named a city at least, ``national`` said the whole country,
    and the rest said nothing. ``top_is_capital`` is None where nobody can tell: no city, a tie at the top that is
    not between capitals alone, or a country without an entry in the table.
    """

    country: Category | None
    ranked: tuple[tuple[Category, int], ...]
    respondents: int
    placed: int
    national: int
    top_is_capital: bool | None = None


def cities(
    sheet: Sheet, *, cities: str, country: str | None = None, where: dict[str, Sequence[str]] | None = None
) -> list[Cities]:
    """Rank the cities of everybody, then within each country of incorporation that has answers.

    A city abroad stays with the country of the organization that works there.
    """
    table = cross(sheet, rows=cities, by=[country] if country else [], where=where)
    placed = _placed(table.rows)
    kept = cross(
        Sheet(sheet.size, (placed, *sheet.columns), None),
        rows=placed.key,
        by=[country] if country else [],
        where=where,
    )
    found = [_ranking(table, table.whole, None, kept.whole)]
    if country:
        pairs = {group.by: group for group in kept.groups}
        for group in table.groups:
            category = table.by[0].categories[group.by[0]]
            found.append(_ranking(table, group, category, pairs.get(group.by)))
    return found


def _placed(column: Column) -> Column:
    """Whether somebody named a city, said the whole country, or both."""
    national = next((at for at, one in enumerate(column.categories) if one.key == NATIONAL), None)
    ticks = []
    for cell in column.ticks:
        named = any(tick != national for tick in cell)
        ticks.append(((0,) if named else ()) + ((1,) if national is not None and national in cell else ()))
    both = (Category("placed", {}), Category(NATIONAL, {}))
    return Column(f"{column.key}#placed", {}, both, ticks, several=True, asked=column.asked)


def _ranking(table: Table, group: Group, country: Category | None, placed: Group | None) -> Cities:
    counted = [
        (category, group.counts[at])
        for at, category in enumerate(table.rows.categories)
        if group.counts[at] and category.key != NATIONAL
    ]
    counted.sort(key=lambda pair: (-pair[1], _name(pair[0])))
    return Cities(
        country=country,
        ranked=tuple(counted),
        respondents=group.bases.respondents,
        placed=placed.counts[0] if placed else 0,
        national=placed.counts[1] if placed else 0,
        top_is_capital=_centered(counted, country.key) if country else None,
    )


def _centered(counted: Sequence[tuple[Category, int]], country: str) -> bool | None:
    if not counted:
        return None
    top = [is_capital(category.key, country) for category, number in counted if number == counted[0][1]]
    return top[0] if len(set(top)) == 1 else None


def _name(category: Category) -> str:
    return next(iter(category.text.values()), category.key)

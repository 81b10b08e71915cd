"""Cities by how many work there, all together and within a country. Source: SUR-04, SUR-05, SUR-06, SUR-28."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tequio.surveys.rules.asks import Ask, Found, of_sheet, where_of
from tequio.surveys.rules.capitals import is_capital
from tequio.surveys.rules.columns import Category, Sheet
from tequio.surveys.rules.crosstab import Group, Table
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
    filters = where_of(where or {})
    return ranked(of_sheet(sheet, Ask(cities, (country,) if country else (), filters, apart=NATIONAL)))


def ranked(counted: Found) -> list[Cities]:
    """Rank what was counted of the cities, by the country where that was asked, apart from "the whole country"."""
    table, placed = counted.table, counted.placed or {}
    found = [_ranking(table, table.whole, None, placed.get((), 0))]
    for group in table.groups if table.by else ():
        country = table.by[0].categories[group.by[0]]
        found.append(_ranking(table, group, country, placed.get(group.by, 0)))
    return found


def _ranking(table: Table, group: Group, country: Category | None, placed: int) -> Cities:
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
        placed=placed,
        national=sum(
            number
            for category, number in zip(table.rows.categories, group.counts, strict=True)
            if category.key == NATIONAL
        ),
        top_is_capital=_centered(counted, country.key) if country else None,
    )


def _centered(counted: Sequence[tuple[Category, int]], country: str) -> bool | None:
    if not counted:
        return None
    top = [is_capital(category.key, country) for category, number in counted if number == counted[0][1]]
    return top[0] if len(set(top)) == 1 else None


def _name(category: Category) -> str:
    return next(iter(category.text.values()), category.key)

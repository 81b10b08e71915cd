"""What the answers after an event say of who was there: people, countries, cities, hours, sectors, who had the floor."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from tequio.atlas.rules.representation import LEAST, protected

HERE, FLOOR = "HERE", "FLOOR"
Told = Mapping[str, int | None]


@dataclass(frozen=True)
class Facts:
    """The facts of one event, of those who answered. ``hours`` is the longest that anybody was there.

    Countries, cities and hours are None where they are not told.
    ``sectors`` and ``genders`` withhold what is small; ``floor`` is the same as ``genders``, of who had the floor.
    """

    people: int
    countries: int | None
    cities: int | None
    hours: Decimal | None
    sectors: Told
    genders: Told
    floor: Told


def facts(
    *,
    people: int,
    countries: int,
    cities: int,
    hours: Decimal | None,
    sectors: Mapping[str, int],
    genders: Mapping[str, int],
    floor: Mapping[str, int],
    had_floor: int,
) -> Facts:
    """Put the facts of an event together. Source: CTX-16, CTX-17, CAP-08, OGP-07, P27."""
    columns = {HERE: _whole(genders, people), FLOOR: _whole(floor, had_floor)}
    told = protected(columns, whole=HERE)
    by_sector = protected({HERE: _whole(sectors, people)}, whole=HERE)[HERE]
    enough = had_floor >= LEAST
    return Facts(
        people, countries, cities, hours, by_sector, told[HERE], told[FLOOR] if enough else dict.fromkeys(told[FLOOR])
    )  # fmt: skip


def guarded(told: Facts) -> Facts:
    """Return what answers say without what a few of them would tell: of one person it is what that person said."""
    return told if told.people >= LEAST else replace(told, countries=None, cities=None, hours=None)


def _whole(counts: Mapping[str, int], people: int) -> dict[str, int]:
    """Return counts with those who said nothing, so that they are told or withheld like all others."""
    unsaid = people - sum(counts.values())
    return {**counts, **({"": unsaid} if unsaid > 0 else {})}

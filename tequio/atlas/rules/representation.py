"""Who sits and who speaks, beside who is there: shares with their base, and small groups kept out of sight.

A group of fewer than five people is never told, nor is one that could be found by taking away what is told: from the
whole of its column, from the people among whom it is counted, or from what was told before. Source: XCT-05, P27.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

LEAST = 5  # so many make a group that can be told
UNSAID = ""  # the value of those who said nothing

Counts = Mapping[str, int]
Told = Mapping[str, int | None]  # None: withheld


@dataclass(frozen=True)
class Share:
    """One value: how many, and how much of its base; both None where it is withheld."""

    number: int | None
    percent: int | None


def percent(part: int, whole: int) -> int | None:
    """Return a whole percentage, half up; None of nothing."""
    if not whole:
        return None
    return int((Decimal(100 * part) / Decimal(whole)).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def shares(counts: Counts) -> dict[str, Share]:
    """Return each value with its share of all."""
    whole = sum(counts.values())
    return {value: Share(number, percent(number, whole)) for value, number in counts.items()}


def told_shares(told: Told) -> dict[str, Share]:
    """Return shares where some are withheld: without the base, which would tell them, there is no percentage."""
    if any(number is None for number in told.values()):
        whole = None
    else:
        whole = sum(number or 0 for number in told.values())
    return {
        value: Share(number, percent(number, whole) if number is not None and whole else None)
        for value, number in told.items()
    }


def protected(
    columns: Mapping[str, Counts], *, whole: str, least: int = LEAST
) -> dict[str, dict[str, int | None]]:
    """Withhold what is small in each column, and what taking away would tell; ``whole`` is the one others are part of.

    In each column nothing is withheld, or groups that are ``least`` people together, two of them or more.
    """
    return {
        name: _column(counts, {} if name == whole else columns[whole], least=least)
        for name, counts in columns.items()
    }


def shown_to_all(
    columns: Mapping[str, Counts], *, base: str, least: int = LEAST
) -> dict[str, dict[str, int | None]]:
    """Withhold what is small in each column; of a value that is small in ``base``, nothing is told in any column."""
    first = _column(columns[base], {}, least=least)
    small = {value for value, number in first.items() if number is None}
    others = {
        name: _column(counts, {}, least=least, also=small) for name, counts in columns.items() if name != base
    }
    return {base: first, **others}


def _column(
    counts: Counts, around: Counts, *, least: int, also: Collection[str] = ()
) -> dict[str, int | None]:
    small = {value for value, number in counts.items() if _small(number, around.get(value), least)}
    hidden = small | ({value for value in also if counts.get(value)})
    rest = sorted(
        (value for value in counts if value not in hidden), key=lambda value: (counts[value], value)
    )
    while hidden and rest and (len(hidden) < 2 or sum(counts[value] for value in hidden) < least):
        hidden.add(rest.pop(0))
    return {value: None if value in hidden else number for value, number in counts.items()}


def _small(number: int, around: int | None, least: int) -> bool:
    left = 0 if around is None else around - number
    return 0 < number < least or 0 < left < least


def may_follow(before: Mapping[str, Told], after: Mapping[str, Told], *, least: int = LEAST) -> bool:
    """Say whether figures may be told after others: each is the same as before, or at least five more or fewer.

    Otherwise whoever knows that one person came in between would learn what that person said.
    """
    for name, column in after.items():
        for value in {*column, *before.get(name, {})}:
            now, then = column.get(value, 0), before.get(name, {}).get(value, 0)
            if now is not None and then is not None and 0 < abs(now - then) < least:
                return False
    return True


def ordered(whole: Counts, *others: Counts, most: int = 12) -> list[str]:
    """Return the values to show: those of most members first, then what only others have; who said nothing is last."""
    values = {value: number for counts in reversed((whole, *others)) for value, number in counts.items()}
    said = sorted(
        (value for value in values if value != UNSAID), key=lambda value: (-whole.get(value, 0), value)
    )
    return [*said[:most], *([UNSAID] if UNSAID in values else [])]

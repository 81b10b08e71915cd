"""How people write a city, and which spellings are tried. Source: SUR-05."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tequio.people.rules.words import fold

FAMOUS = 500_000  # inhabitants from which a city is found although it lies in another country
_NATIONWIDE = frozenset(
    {
        "nacional", "national", "nivel nacional", "a nivel nacional", "de nivel nacional", "em nivel nacional", "nivel pais",
        "ambito nacional", "alcance nacional", "abrangencia nacional", "national level", "at national level", "nationwide",
        "todo el pais", "en todo el pais", "todo o pais", "em todo o pais", "whole country", "cobertura nacional",
    }
)  # fmt: skip
_TAILS = (
    "d c", "dc", "d f", "df", "distrito capital", "distrito federal", "distrito especial", "ciudad", "city", "capital", "cidade",
)  # fmt: skip
_HEADS = (
    "ciudad de",
    "cidade de",
    "cidade do",
    "city of",
    "municipio de",
    "municipality of",
    "villa de",
    "san fernando de",
)


@dataclass(frozen=True)
class City:
    """What the table of places says of one candidate."""

    id: int
    name: str
    country: str
    population: int
    folded: Sequence[str]


def is_national(written: str) -> bool:
    """Say whether somebody wrote that they work in the whole country, where a city was asked."""
    return fold(written) in _NATIONWIDE


def spellings(written: str) -> list[str]:
    """Return the folded spellings to look for, the closest to what was written first."""
    whole = fold(re.sub(r"\(.*?\)", " ", written))
    tries = [whole, fold(re.split(r"[,(/]|\s[-–]\s", written)[0])]
    for text in list(tries):
        tries += [text.removesuffix(f" {tail}") for tail in _TAILS if text.endswith(f" {tail}")]
        tries += [text.removeprefix(f"{head} ") for head in _HEADS if text.startswith(f"{head} ")]
    tries.append(tries[0].replace(" ", ""))
    return [text for text in dict.fromkeys(tries) if len(text) >= 2]


def after_comma(written: str) -> str:
    """Return what was written after the city, where a country may stand: "Caracas (Venezuela)"."""
    found = re.search(r"(?:,|\()\s*([^,()]+?)\s*\)?\s*$", written)
    return found[1] if found else ""


def choose(cities: Sequence[City], *, written: str, country: str) -> City | None:
    """Return the city that was meant, or None when nobody can tell.

    In the given country the closest spelling wins, then the city's own name over a by-name, then the larger one.
    A city abroad is taken only under its own name and when it is large: a small one that happens to share the
    name is no answer.
    """
    tries = spellings(written)

    def rank(city: City) -> tuple[int, bool, int]:
        best = min((place for place, text in enumerate(tries) if text in city.folded), default=len(tries))
        return best, fold(city.name) not in tries, -city.population

    home = [city for city in cities if city.country == country]
    if home:
        return min(home, key=rank)
    abroad = [city for city in cities if city.population >= FAMOUS and fold(city.name) in tries]
    return min(abroad, key=rank, default=None)

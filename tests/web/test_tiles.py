"""The tile map: every country of the shipped table of places has one tile, and no count is lost."""

import gzip
from pathlib import Path

import tequio.people.data
from tequio.web import drawings
from tequio.web.tiles import AFRICA, AMERICAS, EUROPE, LATIN, REGIONS, regions_of


def codes() -> set[str]:
    table = Path(tequio.people.data.__file__).with_name("places.tsv.gz")
    with gzip.open(table, "rt", encoding="utf-8") as lines:
        return {line.split("\t", 3)[2] for line in lines}


def test_every_country_of_the_table_of_places_has_one_tile():
    """In any region of the world, and in grids that can be read at 360 pixels. Source: SUR-05, CTX-15."""
    tiles = [code for region in REGIONS for code in region.places]
    assert len(tiles) == len(set(tiles))
    assert codes() <= set(tiles)
    assert LATIN.places.keys() <= AMERICAS.places.keys()
    assert all(len(set(region.places.values())) == len(region.places) for region in (*REGIONS, LATIN))
    # 16 of 360 units at 328 pixels: letters of 14 pixels or more
    assert all(16 * 328 / (region.width * region.pitch) >= 14 for region in (*REGIONS, LATIN))


def test_the_regions_are_those_of_what_was_counted():
    assert regions_of({}) == [LATIN]
    assert regions_of({"CO": 3, "MX": 1}) == [LATIN]
    assert regions_of({"CO": 3, "JM": 1}) == [AMERICAS]
    assert regions_of({"KE": 3, "CO": 1, "DE": 0}) == [AFRICA, LATIN]
    assert regions_of({"XX": 3}) == [LATIN]


def test_one_picture_speaks_for_all_its_regions():
    page = drawings.tilemap({"KE": 3, "ES": 2}, label="Kenya 3, Spain 2")
    assert page.count("<svg") == 2
    assert page.count("Kenya 3, Spain 2") == page.count('role="img"') == 1
    assert regions_of({"KE": 3, "ES": 2}) == [AFRICA, EUROPE]
    assert ">3</text>" in page

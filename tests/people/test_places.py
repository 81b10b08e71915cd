"""Cities as organizations of the region write them."""

import pytest
from django.db import DatabaseError, transaction

from tequio.people.models import Place
from tequio.people.rules.places import is_national, spellings
from tequio.people.selectors.places import find_place, find_places

WRITTEN = [
    ("CO", "Bogotá D.C.", "Bogotá"),
    ("CO", "BOGOTA", "Bogotá"),
    ("CO", "Santiago de Cali", "Cali"),
    ("CO", "Medellin", "Medellín"),
    ("MX", "CDMX", "Ciudad de México"),
    ("MX", "Ciudad de México", "Ciudad de México"),
    ("MX", "Cidade do México", "Ciudad de México"),
    ("MX", "México DF", "Ciudad de México"),
    ("MX", "Oaxaca", "Oaxaca"),
    ("MX", "La Paz", "La Paz"),
    ("BR", "Sao Paulo", "São Paulo"),
    ("BR", "são  paulo", "São Paulo"),
    ("BR", "Ilha Bela", "Ilhabela"),
    ("AR", "CABA", "Buenos Aires"),
    ("AR", "Ciudad Autónoma de Buenos Aires", "Buenos Aires"),
    ("CL", "Santiago de Chile", "Santiago"),
    ("CL", "Villa Alemana", "Villa Alemana"),
    ("CL", "Coyhaique", "Coyhaique"),
    ("UY", "Montividéu", "Montevideo"),
    ("CO", "Caracas", "Caracas"),
    ("", "Lima", "Lima"),
    ("US", "Washington, DC", "Washington"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("country", "written", "name"), WRITTEN)
def test_a_city_is_found_as_people_write_it(country: str, written: str, name: str) -> None:
    place = find_place(written, country=country)
    assert place is not None
    assert name.split()[0] in place.name


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("country", "written"),
    [("CL", "Bolivia"), ("CO", "xyz"), ("AR", ""), ("BR", "\U0001f600"), ("MX", "Chile")],
)
def test_what_is_no_city_there_is_not_found(country: str, written: str) -> None:
    assert find_place(written, country=country) is None


@pytest.mark.django_db
def test_a_small_city_abroad_that_shares_the_name_is_no_answer() -> None:
    assert find_place("Temuco", country="CL") is not None
    assert find_place("Temuco", country="BR") is None


@pytest.mark.django_db
def test_many_cities_are_found_at_once(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = find_places((country, written) for country, written, _name in WRITTEN)
    assert len(found) == len({(country, written) for country, written, _name in WRITTEN})


@pytest.mark.django_db
def test_the_table_ships_whole_and_is_read_only() -> None:
    assert Place.objects.count() > 45_000
    with pytest.raises(DatabaseError), transaction.atomic():
        Place.objects.filter(country="CO").update(name="x")


@pytest.mark.parametrize(
    "written", ["A nivel nacional", "nacional", "Em nível nacional", "National level", "todo el país"]
)
def test_the_whole_country_is_no_city(written: str) -> None:
    assert is_national(written)


def test_spellings_begin_with_what_was_written() -> None:
    assert spellings("Bogotá, D.C.")[:2] == ["bogota d c", "bogota"]
    assert spellings("") == []

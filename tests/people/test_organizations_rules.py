"""Words, names and keys: pure rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tequio.people.rules import countries
from tequio.people.rules.directory import Listed, cursor, facet_keys, found_by, read_cursor, spellings_of
from tequio.people.rules.duplicates import Names
from tequio.people.rules.names import Why, compare, folded_name, other_names, site_of
from tequio.people.rules.words import fold, likeness, misspellings, stem, stems_of

TEXT = st.text(max_size=60)


@pytest.mark.parametrize(
    "forms",
    [
        "organización organizaciones Organizacion ORGANIZACIONES",
        "organização organizações organizacao",
        "joven jóvenes",
        "ciudadana ciudadanas ciudadano ciudadanos",
        "comunidad comunidades comunidade",
        "derecho derechos",
        "voz voces",
        "city cities",
        "trabajadora trabajadores trabajadoras",
        "municipal municipales municipais",
        "mujer mujeres",
    ],
)
def test_word_forms_share_a_stem(forms: str) -> None:
    assert len({stem(fold(form)) for form in forms.split()}) == 1, {
        form: stem(fold(form)) for form in forms.split()
    }


@given(TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXT)
def test_stems_have_no_spaces_and_come_once(text: str) -> None:
    found = stems_of(text)
    assert len(set(found)) == len(found)
    assert not any(" " in one for one in found)


@given(st.text("abcdefgh", min_size=3, max_size=9), st.data())
def test_one_wrong_letter_is_found(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("xyz"))
    wrong = [
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    ]
    assert all(misspellings(word) & misspellings(one) for one in wrong)


@given(TEXT, TEXT)
def test_likeness_is_a_percentage_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0 <= likeness(fold(one), fold(other)) <= 100
    assert likeness(fold(one), fold(other)) == likeness(fold(other), fold(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tendiendo Puentes A.C.", "TENDIENDO PUENTES"),
        ("Tinver S.A.S", "Tinver SAS"),
        ("Fundación Iguales", "fundacion  iguales"),
        ("MINU Asociación Civil", "Minu"),
    ],
)
def test_legal_forms_accents_and_case_do_not_tell_names_apart(one: str, other: str) -> None:
    assert folded_name(one) == folded_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Exstituto de Política Abierta", "Extituto de Política Abierta"), ("Extituto", "Ixtituto")],
)
def test_names_alike_are_likely_or_share_a_word(one: str, other: str) -> None:
    names: Names[int] = Names()
    names.add(1, folded_name(one))
    if len(one) > 12:
        found = names.find(folded_name(other))
        assert found is not None
        assert found[1].why is Why.ALIKE
    assert misspellings(fold(one).split()[0]) & misspellings(fold(other).split()[0]) or one == "Extituto"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Junta de Acción Comunal de Aso Vivir", "Junta de Acción comunal del barrio Belalcázar"),
        ("Junta Vecinal 21", "Junta Vecinal 22"),
        ("Fundación Ciudadanas", "Fundación Clown"),
    ],
)
def test_names_that_only_share_words_are_others(one: str, other: str) -> None:
    assert compare(folded_name(one), [folded_name(other)]) is None


def test_an_acronym_beside_the_name_is_another_name() -> None:
    assert other_names("Red Argentina de Jóvenes y Adolescentes Positivos - RAJAP") == ["RAJAP"]
    assert other_names("Instituto Latinoamericano (ILDIS)") == ["ILDIS"]


def test_shared_hosts_are_no_site_of_ones_own() -> None:
    assert site_of("https://www.facebook.com/casa") == ""
    assert site_of("HTTP://www.Casa.org/x?y") == "casa.org"


@given(st.text(max_size=200), st.integers(0, 10**17))
def test_any_address_is_a_place_or_none(text: str, number: int) -> None:
    read_cursor(text)
    folded = fold(text)[:200]
    if folded:
        assert read_cursor(cursor(folded, number)) == (folded, number)


@given(st.lists(TEXT, min_size=1, max_size=3), st.lists(TEXT, max_size=3))
def test_keys_come_once_and_fit_their_column(names: list[str], themes: list[str]) -> None:
    listed = Listed(names=names, themes=themes, country="CO", cities=[(3, "x")])
    keys = [one.key for one in facet_keys(listed)] + found_by(listed)
    assert len(keys) == len(set(keys))
    assert all(len(key) <= 120 for key in keys)
    assert all(len(key) <= 60 and len(word) <= 60 for key, word in spellings_of(listed))


def test_countries_are_known_in_three_languages() -> None:
    assert {countries.find_country(name) for name in ("Brasil", "Brazil", "brasil", "BR")} == {"BR"}
    assert countries.find_country("Peru") == countries.find_country("Perú") == "PE"
    assert countries.find_country("Estados Unidos") == countries.find_country("USA") == "US"
    assert countries.find_country("Atlántida") == ""
    assert countries.is_region("América Latina e Caribe")
    assert (
        countries.choices("es")[0][1] == "Antigua y Barbuda"
        or countries.choices("es")[0][0] in countries.REGION
    )

"""Open answers put into codes by two people alone, and what they settle by talking."""

import csv
import io

import pytest

from tequio.surveys.models import Answer, CodeList, Coding
from tequio.surveys.rules.crosstab import cross
from tequio.surveys.rules.releases import publishable
from tequio.surveys.selectors import releases, sheets
from tequio.surveys.services import recoding as services
from tequio.surveys.services.exporting import export_answers
from tequio.surveys.views import analysis_recoding
from tests.conftest import sign_in
from tests.surveys.mapped import open_mapping
from tests.world import add_person

QUESTION = "initiative_description"
HERE = f"/andina/surveys/mapeo-regional/results/codes/{QUESTION}/"


@pytest.fixture
def survey(network, ana):
    return open_mapping(ana, answers=4)


def test_two_people_code_alone_then_agree(client, survey, network, ana, queries):
    """Source: SUR-15."""
    sign_in(client, ana)
    assert client.post(HERE, {"codes": "Jóvenes\nMujeres\n\n"}).status_code == 303
    keys = [row["key"] for row in CodeList.objects.get().codes]
    assert keys == ["jovenes", "mujeres"]
    numbers = list(Answer.objects.filter(question=QUESTION).order_by("pk").values_list("pk", flat=True))
    page = client.get(f"{HERE}coding/")
    assert "Participación de jóvenes" in page.text
    said = {"shown": numbers, **{f"a.{number}": ["jovenes", "unknown"] for number in numbers[:3]}}
    assert client.post(f"{HERE}coding/", said).status_code == 303
    assert "1 respuesta espera" in client.get(f"{HERE}coding/").text, "nothing was said about the fourth"
    assert "Ana: 3 de 4" in client.get(HERE).text
    none = {"shown": numbers[3], f"a.{numbers[3]}": analysis_recoding.NONE}
    assert client.post(f"{HERE}coding/", none).status_code == 303
    assert "Nada espera aquí" in client.get(f"{HERE}coding/").text
    emi = add_person(network, "Emi", duties=["COORDINATION"])
    given = {numbers[0]: ["jovenes"], numbers[1]: ["jovenes"], numbers[2]: ["mujeres"], numbers[3]: []}
    services.code_answers(by=emi, survey=survey, question=QUESTION, given=given)
    client.get(HERE)
    with queries(7):
        page = client.get(HERE)
    assert "75,00" in page.text  # three of four
    assert "0,56" in page.text  # (3/4 - 7/16) / (9/16)
    assert 'data-label="Kappa"' in page.text, "the table folds where it is narrow"
    talk = client.get(f"{HERE}agreeing/")
    assert "Emi: Mujeres" in talk.text
    client.post(f"{HERE}agreeing/", {"shown": numbers[2]})
    assert not Coding.objects.filter(agreed=True).exists(), "what nobody marked is not settled"
    client.post(f"{HERE}agreeing/", {"shown": numbers[2], f"a.{numbers[2]}": "mujeres"})
    assert Coding.objects.get(agreed=True).codes == ["mujeres"]
    assert "Nada espera aquí" in client.get(f"{HERE}agreeing/").text
    again = f"{HERE}agreeing/?again=1"
    assert again in client.get(HERE).text
    assert 'value="mujeres" checked' in client.get(again).text
    assert (
        client.post(again, {"shown": numbers[2], f"a.{numbers[2]}": analysis_recoding.NONE})["Location"]
        == HERE
    )
    assert f'value="{analysis_recoding.NONE}" checked' in client.get(again).text
    client.post(again, {"shown": numbers[2], f"a.{numbers[2]}": "mujeres"})
    assert "2 (50,0" in client.get(HERE).text
    _counts_like_any_other(client, survey, ana, queries)


def _counts_like_any_other(client, survey, ana, queries):
    """What is settled of open answers is a column: tables, filters, files, the codebook, what can be published."""
    key = f"{QUESTION}.codes"
    study = sheets.study(ana, survey.slug)
    table = cross(sheets.sheet(study), rows=key, by=["country"])
    assert (table.count("jovenes"), table.count("mujeres"), table.whole.bases.answering) == (2, 1, 4)
    results = "/andina/surveys/mapeo-regional/results/"
    client.get(results)
    with queries(7):  # one more than without codes
        assert "(códigos)" in client.get(results).text
    assert "2 (50,0" in client.get(f"{results}of/{key}/").text
    assert "2 (100,0" in client.get(f"{results}of/country/?w.{key}=jovenes").text
    assert "(códigos)" in client.get(f"{results}table/?rows=country&by={key}").text
    assert "Jóvenes" in client.get(f"{results}table.csv?rows={key}").content.decode()
    cells = list(
        csv.reader(io.StringIO(export_answers(by=ana, survey=survey, kind="csv").content.decode("utf-8-sig")))
    )
    place = cells[0].index(f"{key}/jovenes")
    assert [row[place] for row in cells[1:]] == ["1", "1", "0", "0"]
    book = export_answers(by=ana, survey=survey, kind="codebook").content.decode("utf-8-sig")
    assert f"{key}/jovenes,MULTI,0/1" in book
    instrument = releases.opened_instrument(survey)
    assert key in {one.key for one in publishable(instrument)}
    found = releases.answers(survey).sheet.column(key)
    assert [len(ticks) for ticks in found.ticks] == [1, 1, 1, 1]


def test_a_code_that_keeps_its_words_keeps_its_key(survey, ana):
    services.list_codes(by=ana, survey=survey, question=QUESTION, texts=["Agua", "Tierra"])
    found = services.list_codes(
        by=ana, survey=survey, question=QUESTION, texts=["Tierra", "Agua", "¿?", "¡!"]
    )
    assert [row["key"] for row in found.codes] == ["tierra", "agua", "code", "code-2"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Agua\0", "nulos"),
        ("\n".join(f"Tema {number}" for number in range(41)), "Hay 41"),
        ("x" * 121, "muy largo"),
    ],
    ids=["a mark that cannot be kept", "too many", "too long"],
)
def test_codes_that_cannot_be_kept_are_shown_again(client, survey, ana, typed, said):
    sign_in(client, ana)
    page = client.post(HERE, {"codes": typed})
    assert page.status_code == 422
    assert said in page.text
    assert not CodeList.objects.exists()
    if "\0" not in typed:
        assert typed.splitlines()[0] in page.text

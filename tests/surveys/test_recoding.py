"""Open answers put into codes by two people alone, and what they settle by talking."""

import pytest

from tequio.surveys.models import Answer, CodeList, Coding
from tequio.surveys.services import recoding as services
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
    assert "Nada espera aquí" in client.get(f"{HERE}coding/").text
    emi = add_person(network, "Emi", duties=["COORDINATION"])
    given = {numbers[0]: ["jovenes"], numbers[1]: ["jovenes"], numbers[2]: ["mujeres"], numbers[3]: []}
    services.code_answers(by=emi, survey=survey, question=QUESTION, given=given)
    client.get(HERE)
    with queries(7):
        page = client.get(HERE)
    assert "75,00" in page.text  # three of four
    assert "0,56" in page.text  # (3/4 - 7/16) / (9/16)
    talk = client.get(f"{HERE}agreeing/")
    assert "Emi: Mujeres" in talk.text
    client.post(f"{HERE}agreeing/", {"shown": numbers[2], f"a.{numbers[2]}": "mujeres"})
    assert Coding.objects.get(agreed=True).codes == ["mujeres"]
    assert "Nada espera aquí" in client.get(f"{HERE}agreeing/").text
    assert "2 (50,0" in client.get(HERE).text


def test_a_code_that_keeps_its_words_keeps_its_key(survey, ana):
    services.list_codes(by=ana, survey=survey, question=QUESTION, texts=["Agua", "Tierra"])
    found = services.list_codes(
        by=ana, survey=survey, question=QUESTION, texts=["Tierra", "Agua", "¿?", "¡!"]
    )
    assert [row["key"] for row in found.codes] == ["tierra", "agua", "code", "code-2"]

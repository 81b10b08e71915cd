"""The pages from a survey to candidates."""

import re
from html import unescape

import pytest

from tequio.people.models import Candidate
from tequio.surveys.rules.instrument import Kind
from tequio.surveys.services import building
from tequio.surveys.services.candidates import make_candidates
from tests.conftest import sign_in
from tests.surveys.asking import reply_to, survey_of
from tests.surveys.instruments import instrument, question


@pytest.fixture
def survey(network, ana):
    return survey_of(ana)


@pytest.fixture
def asked(survey, ana):
    """Three who would join: one with much experience, one with little, one who left no address."""
    reply_to(
        survey,
        "Escuela del Río",
        email="rio@example.org",
        country=("CO",),
        themes=("advocacy", "innovation"),
        led_network=("yes",),
        offers=("training",),
    )
    reply_to(
        survey,
        "Casa Abierta",
        email="casa@example.org",
        country=("MX",),
        themes=("advocacy",),
        in_network=("no",),
    )
    reply_to(survey, "Sin correo", country=("CO",), themes=("innovation",))
    return survey


def test_one_step_makes_candidates(client, asked, ana):
    """Looking makes nothing; the button makes each once. Source: SUR-17."""
    sign_in(client, ana)
    page = client.get("/andina/surveys/mapping/candidates/")
    assert "Escuela del Río" in page.text
    assert not Candidate.objects.exists()
    assert client.post("/andina/surveys/mapping/candidates/").status_code == 303
    assert Candidate.objects.count() == 3
    assert client.post("/andina/surveys/mapping/candidates/").status_code == 303
    assert Candidate.objects.count() == 3


def test_a_survey_that_asks_nobody_to_join_says_so(client, network, ana):
    """Source: SUR-17."""
    made = instrument(question("color", Kind.SINGLE, "red", "blue"))
    plain = building.create_survey(by=ana, title={"en": "Plain"}, languages=["en"], instrument=made)
    building.open_survey(by=ana, survey=plain)
    sign_in(client, ana)
    page = client.get("/andina/surveys/plain/candidates/", headers={"accept-language": "en"}).text
    assert "No question of this survey says that it asks who would join" in page


def test_the_list_filters_by_address_and_says_why(client, asked, ana):
    """Theme, experience, country, member; the reasons of a level; who could coordinate. Source: SUR-17, SUR-18, SUR-19."""
    make_candidates(by=ana, survey=asked)
    sign_in(client, ana)
    page = client.get("/andina/candidates/", headers={"accept-language": "en"}).text
    assert "led the making of a network, works on 2 of the themes" in page
    assert "Who could coordinate" in page
    assert page.count('name="who"') == 2  # who left no address cannot be written to
    for query, shown in {
        "theme=innovation": {"Escuela del Río", "Sin correo"},
        "experience=HIGH": {"Escuela del Río"},
        "country=MX": {"Casa Abierta"},
        "member=yes": set(),
        "theme=innovation&country=CO&experience=LOW": {"Sin correo"},
        "state=%00&page=x": {"Escuela del Río", "Casa Abierta", "Sin correo"},
    }.items():
        found = client.get(f"/andina/candidates/?{query}").context["rows"]
        assert {row["name"] for row in found} == shown, query


def test_each_number_of_the_crossing_leads_to_those_it_counts(client, asked, ana):
    """Theme by experience, in the country that was chosen. Source: SUR-17, SUR-18."""
    reply_to(asked, "Voces", email="voces@example.org", country=("MX",), themes=("innovation",))
    make_candidates(by=ana, survey=asked)
    sign_in(client, ana)
    for where in ("", "?country=CO", "?country=MX"):
        page = client.get(f"/andina/candidates/{where}").text
        links = re.findall(r'href="(\?theme=[^"]+)">(\d+)</a>', page)
        assert links
        for link, number in links:
            found = client.get(f"/andina/candidates/{unescape(link)}").context["rows"]
            assert len(found) == int(number), link


def test_others_do_not_see_them(client, asked, beto, ana):
    """Source: SUR-17."""
    make_candidates(by=ana, survey=asked)
    sign_in(client, beto)
    for path in ("/andina/candidates/", "/andina/surveys/mapping/candidates/"):
        page = client.get(path)
        assert (page.status_code, "Escuela" in page.text) == (403, False)


def test_thirty_candidates_take_as_many_queries_as_three(client, asked, ana, queries):
    make_candidates(by=ana, survey=asked)
    sign_in(client, ana)
    client.get("/andina/candidates/")
    with queries(6):
        client.get("/andina/candidates/")
    for number in range(30):
        reply_to(asked, f"Org {number}", email=f"o{number}@example.org", themes=("advocacy",))
    make_candidates(by=ana, survey=asked)
    with queries(6):
        assert client.get("/andina/candidates/").status_code == 200
    with queries(8):
        client.get("/andina/surveys/mapping/candidates/")

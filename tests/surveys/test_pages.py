"""Pages of whoever writes surveys. Source: SUR-01, SUR-02."""

import re

import pytest
from django.utils.html import strip_tags

from tequio.surveys.models import State, Survey
from tequio.surveys.services import building
from tests.conftest import sign_in
from tests.surveys.instruments import instrument, question

HOME = "/andina/surveys/"
EN = {"accept-language": "en"}


def text(response):
    return re.sub(r"\s+", " ", strip_tags(response.text))


@pytest.fixture
def page(client, ana):
    sign_in(client, ana)
    return client


def test_a_survey_from_a_template_is_begun_opened_closed_and_opened_again(page):
    """The journey of whoever asks, by forms alone."""
    assert "template" in text(page.get(HOME, headers=EN))
    said = {"begin": "needs_and_offers", "title": "", "languages": ["es", "en"]}
    where = page.post(f"{HOME}new/", said)["Location"]
    assert where == f"{HOME}lo-que-necesitamos-y-lo-que-ofrecemos/"
    assert "10 questions" in text(page.get(where, headers=EN))
    for step, state in (("open", State.OPEN), ("close", State.CLOSED), ("reopen", State.OPEN)):
        assert page.get(f"{where}{step}/").status_code == 200
        assert page.post(f"{where}{step}/", {"confirmed": "yes", "closes_at": ""}).status_code == 303
        assert Survey.objects.get().state == state
    assert page.post(f"{where}new-version/").status_code == 303
    assert "version 2" in text(page.get(where, headers=EN)).lower()
    assert page.post(f"{where}drop-version/").status_code == 303
    assert page.post(f"{where}drop/").status_code == 403
    assert page.post(f"{where}close/").status_code == 303
    said = page.post(f"{where}reopen/", {"closes_at": "2001-01-01"})
    assert said.status_code == 422
    assert 'value="2001-01-01"' in said.text


def test_a_blank_survey_needs_a_title_and_something_to_ask(page):
    said = page.post(f"{HOME}new/", {"begin": "", "title": "", "languages": ["es"]})
    assert said.status_code == 422
    where = page.post(f"{HOME}new/", {"title": "Agua", "languages": ["es"]})["Location"]
    assert page.post(f"{where}open/").status_code == 403
    assert page.post(f"{where}drop/").status_code == 303
    assert not Survey.objects.exists()


def test_drafts_are_for_those_who_make_surveys(client, ana, beto):
    asked = instrument(question("a"))
    survey = building.create_survey(by=ana, title={"en": "Water"}, languages=["en"], instrument=asked)
    sign_in(client, beto)
    assert "Water" not in text(client.get(HOME))
    assert client.get(f"{HOME}water/").status_code == 404
    assert client.get(f"{HOME}new/").status_code == 403
    building.open_survey(by=ana, survey=survey)
    assert client.get(f"{HOME}water/").status_code == 200
    for step in ("open", "close", "reopen", "new-version", "drop-version", "drop"):
        assert client.post(f"{HOME}water/{step}/").status_code in (403, 404)


def test_the_list_and_a_survey_cost_the_same_queries_however_many(page, ana, queries):
    for number in range(3):
        asked = instrument(*[question(f"q{n}") for n in range(30 * number + 1)])
        building.create_survey(by=ana, title={"en": f"S{number}"}, languages=["en"], instrument=asked)
    page.get(HOME)
    with queries(5):
        page.get(HOME)
    for slug in ("s0", "s2"):
        with queries(6):
            page.get(f"{HOME}{slug}/")

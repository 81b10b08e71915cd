"""What a survey weighs on a phone. Source: SUR-02, issue 5 section 2, ARCHITECTURE "The page"."""

import gzip
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from tequio.surveys.rules.templates import template
from tequio.web import first_visit, stylesheet
from tests.surveys.field import open_a_survey

SCRIPT = Path(__file__).parents[2] / "tequio/surveys/static/surveys/keep.js"


def test_the_script_that_keeps_answers_has_1500_bytes_at_most():
    assert SCRIPT.stat().st_size <= 1_500
    assert len(gzip.compress(SCRIPT.read_bytes(), 9)) <= 900


@pytest.mark.parametrize("language", ["es", "pt-br", "en"])
def test_the_regional_mapping_weighs_30_kb_at_most_in_each_language(client, ana, language):
    """All questions with what hides them and the stylesheet travel in one answer: nothing else is fetched before it shows."""
    asked = template("regional_mapping")
    survey = open_a_survey(ana, asked)
    assert sum(1 for _one in asked.questions()) >= 25  # the country and its cities are asked in two
    page = client.get(f"/andina/survey/{survey.token}/?language={language}")
    assert f'<html lang="{language}"' in page.text
    rules = client.get(f"/andina/survey/{survey.token}/1.css").text
    assert re.findall("<style>(.*?)</style>", page.text, re.DOTALL) == [stylesheet.joined(), rules]
    assert re.findall('<link rel="stylesheet"[^>]*>', page.text) == [first_visit.sheet().later.decode()]
    policy = page.headers["Content-Security-Policy"]
    assert all(
        f"'sha256-{b64encode(sha256(one.encode()).digest()).decode()}'" in policy
        for one in (stylesheet.joined(), rules)
    )
    assert len(gzip.compress(page.content, 6)) <= 30 * 1024


def test_the_next_page_of_a_survey_brings_its_own_rules_alone(client, ana):
    survey = open_a_survey(ana, template("regional_mapping"))
    client.cookies[first_visit.cookie()] = first_visit.sheet().version
    page = client.get(f"/andina/survey/{survey.token}/")
    (rules,) = re.findall("<style>(.*?)</style>", page.text, re.DOTALL)
    assert rules.startswith("@supports")
    assert re.findall('<link rel="stylesheet"[^>]*>', page.text) == [first_visit.sheet().link.decode()]

"""What a survey weighs on a phone. Source: SUR-02, issue 5 section 2, ARCHITECTURE "The page"."""

import gzip
from pathlib import Path

import pytest

from tequio.surveys.rules.templates import template
from tequio.web import stylesheet
from tests.surveys.field import open_a_survey

SCRIPT = Path(__file__).parents[2] / "tequio/surveys/static/surveys/keep.js"


def test_the_script_that_keeps_answers_has_1500_bytes_at_most():
    assert SCRIPT.stat().st_size <= 1_500
    assert len(gzip.compress(SCRIPT.read_bytes(), 9)) <= 900


@pytest.mark.parametrize("language", ["es", "pt-br", "en"])
def test_the_regional_mapping_weighs_30_kb_at_most_in_each_language(client, ana, language):
    """All questions with what hides them and the stylesheet, as they travel."""
    asked = template("regional_mapping")
    survey = open_a_survey(ana, asked)
    assert sum(1 for _one in asked.questions()) >= 25  # the country and its cities are asked in two
    page = client.get(f"/andina/survey/{survey.token}/?language={language}")
    assert f'<html lang="{language}"' in page.text
    sheets = [client.get(f"/andina/survey/{survey.token}/1.css").content, stylesheet.SERVED.read_bytes()]
    weighs = sum(len(gzip.compress(content, 6)) for content in (page.content, *sheets))
    assert weighs <= 30 * 1024

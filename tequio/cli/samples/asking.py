"""Surveys of the sample networks: the regional mapping with its answers, and one that is open.

The file of answers is made up: nobody answered it. Its numbers are those published of the mapping; the organizations
in it have no names. Where the publication gives no number, it has some of its own.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.surveys.models import Survey
from tequio.surveys.rules.templates import NEEDS_AND_OFFERS, REGIONAL_MAPPING
from tequio.surveys.rules.templates import template as template_of
from tequio.surveys.services import building, importing

ANSWERS = Path(__file__).with_name("cila_answers.csv")


def map_the_region(by: Actor, languages: list[str]) -> Survey:
    """Bring the answers to the regional mapping in, from the file that a form on the web gave."""
    survey = _begin(by, REGIONAL_MAPPING, languages, once=True)
    batch = importing.start_batch(by=by, survey=survey, name=ANSWERS.name, content=ANSWERS.read_bytes())
    batch = importing.read_batch(by=by, batch=batch)
    importing.run_batch(by=by, batch=importing.confirm_batch(by=by, batch=batch))
    return Survey.objects.get(pk=survey.pk)


def ask_for_needs(by: Actor, languages: list[str]) -> Survey:
    """Ask the members what they need and what they can give; it stays open for a month."""
    survey = _begin(by, NEEDS_AND_OFFERS, languages, once=False)
    return building.open_survey(by=by, survey=survey, closes_at=clock.now() + timedelta(days=30))


def _begin(by: Actor, template: str, languages: list[str], *, once: bool) -> Survey:
    title = {code: text for code, text in template_of(template).title.items() if code in languages}
    return building.create_survey(
        by=by, title=title, languages=languages, template=template, once_per_organization=once
    )

"""A survey that is open, for tests: made of rows, as cheap as it gets."""

from datetime import timedelta
from typing import Any

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.surveys.models import Access, State, Survey, Version
from tequio.surveys.rules.instrument import Instrument
from tequio.surveys.rules.written import as_json
from tests.surveys.asked import EVERYTHING


def open_a_survey(
    by: Actor, instrument: Instrument = EVERYTHING, *, token: str = "campo", **columns: Any
) -> Survey:
    """Return a survey whose first version is open."""
    now = clock.now() - timedelta(days=1)
    survey = Survey.objects.create(
        **{
            "slug": token,
            "token": token,
            "title": dict(instrument.title),
            "languages": list(instrument.languages),
            "access": Access.PUBLIC,
            "state": State.OPEN,
            "created_by_id": by.participant_id,
            "created_at": now,
            "opened_at": now,
            **columns,
        }
    )
    Version.objects.create(
        survey=survey, number=1, document=as_json(instrument), changed_at=now, opened_at=now
    )
    return survey

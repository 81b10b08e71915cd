"""The regional mapping as a survey with its ninety-six answers, written straight into the tables."""

from __future__ import annotations

from datetime import timedelta

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.surveys.models import Answer, Reply, Source, State, Survey, Tick, Version
from tequio.surveys.rules.templates import template
from tequio.surveys.rules.written import as_json
from tests.surveys import golden

KEYS = {
    "organization_name": "organisation_name",
    "organization_type": "organisation_type",
}  # as the template says


def mapped(by: Actor, *, first: int = golden.SIZE) -> Survey:
    """Return the regional mapping, answered by the first of the ninety-six."""
    instrument = template("regional_mapping")
    now = clock.now()
    survey = Survey.objects.create(
        slug="mapeo", token="t" * 20, title=dict(instrument.title), languages=["es", "pt-br", "en"],
        state=State.OPEN, opened_at=now, created_at=now, created_by_id=by.participant_id,
    )  # fmt: skip
    Version.objects.create(
        survey=survey, number=1, document=as_json(instrument), changed_at=now, opened_at=now
    )
    answer(survey, first=first)
    return survey


def answer(survey: Survey, *, first: int = golden.SIZE, after: int = 0) -> None:
    """Let those of the ninety-six answer who come after so many, up to so many; each is sent a day later."""
    version, now = survey.versions.get(), clock.now()
    said = list(golden.replies(keys=KEYS))[after:first]
    replies = Reply.objects.bulk_create(
        Reply(
            survey=survey, version=version, source=Source.FILE, language="es", began_at=now, changed_at=now,
            sent_at=now + timedelta(days=1), organization_name=f"Organización {at:02}",
        )
        for at, _values in enumerate(said, start=after + 1)
    )  # fmt: skip
    Tick.objects.bulk_create(
        Tick(reply=reply, question=key, option=option)
        for reply, values in zip(replies, said, strict=True)
        for key, value in values.items()
        for option in value.chosen
    )
    Answer.objects.bulk_create(
        Answer(reply=reply, question="organisation_name", text=reply.organization_name) for reply in replies
    )

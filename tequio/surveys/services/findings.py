"""Findings: written and signed, changed by a new version, taken back; traced to the proposal they led to."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.surveys import access, events
from tequio.surveys.models import Finding, Survey
from tequio.surveys.selectors.said import counting


@transaction.atomic
def sign_finding(
    *, by: Actor, survey: Survey, text: str, language: str, question: str = "", proposal: UUID | None = None
) -> Finding:
    """Write a finding down and sign it. Source: SUR-23, SUR-24."""
    access.analyze.require(by, survey)
    assert by.participant_id is not None  # the platform itself finds nothing
    finding = Finding.objects.create(
        survey=survey,
        question=question,
        text=text.strip(),
        language=language,
        proposal=proposal,
        answers=counting(survey).count(),
        signed_by_id=by.participant_id,
        signed_at=clock.now(),
    )
    events.finding_signed.record(survey, by=by, title=survey.title, version=1)
    return finding


@transaction.atomic
def change_finding(
    *, by: Actor, finding: Finding, text: str, language: str, proposal: UUID | None = None
) -> Finding:
    """Put another version in force, signed by whoever writes it; the earlier ones stay. An empty text takes it back."""
    survey = Survey.objects.select_for_update().get(pk=finding.survey_id)
    access.analyze.require(by, survey)
    assert by.participant_id is not None
    newest = Finding.objects.filter(thread=finding.thread).latest("version")
    if (newest.text, newest.proposal, newest.language) == (text.strip(), proposal, language):
        return newest
    changed = Finding.objects.create(
        survey=survey,
        thread=newest.thread,
        version=newest.version + 1,
        question=newest.question,
        text=text.strip(),
        language=language,
        proposal=proposal,
        answers=counting(survey).count(),
        signed_by_id=by.participant_id,
        signed_at=clock.now(),
    )
    event = events.finding_signed if changed.text else events.finding_taken_back
    event.record(survey, by=by, title=survey.title, version=changed.version)
    return changed

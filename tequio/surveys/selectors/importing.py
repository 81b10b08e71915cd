"""The files of answers that were brought into a survey, for those who may bring them."""

from __future__ import annotations

from uuid import UUID

from tequio.core.actor import Actor
from tequio.surveys import access
from tequio.surveys.models import Batch, Survey, Version


def batches(actor: Actor, survey: Survey) -> list[Batch]:
    """Return the latest files brought into a survey, without the files themselves."""
    access.bring.require(actor, survey)
    rows = Batch.objects.filter(survey=survey).defer("content", "report").select_related("by")
    return list(rows.order_by("-created_at", "-pk")[:10])


def find_batch(actor: Actor, survey: Survey, uuid: UUID) -> Batch | None:
    """Return one of them, or None; without the file itself."""
    access.bring.require(actor, survey)
    rows = Batch.objects.filter(survey=survey, uuid=uuid).defer("content")
    return rows.select_related("by", "survey").first()


def version_of(batch: Batch) -> Version:
    """Return the version that the answers of a file belong to: the newest, unless that is a draft of an older survey."""
    versions = list(batch.survey.versions.order_by("-number")[:2])
    return versions[0] if versions[0].opened_at or len(versions) == 1 else versions[1]

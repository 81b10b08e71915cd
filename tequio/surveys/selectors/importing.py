"""The files of answers that were brought into a survey, for those who may bring them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Case, Value, When

from tequio.core.actor import Actor
from tequio.surveys import access
from tequio.surveys.models import Batch, Recipe, Survey, Version

_MOST = 30


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


def recipes(actor: Actor, survey: Survey) -> list[Recipe]:
    """Return how other files were read in this network, those of this survey first; without what was decided there."""
    access.bring.require(actor, survey)
    own = Case(When(survey=survey, then=Value(0)), default=Value(1))
    rows = Recipe.objects.exclude(columns={}).select_related("survey").defer("decisions")
    return list(rows.order_by(own, "-changed_at")[:_MOST])


def find_recipe(actor: Actor, survey: Survey, uuid: UUID) -> Recipe | None:
    """Return how one of them was read, or None."""
    access.bring.require(actor, survey)
    return Recipe.objects.select_related("survey").filter(uuid=uuid).first()


def version_of(batch: Batch) -> Version:
    """Return the version that the answers of a file belong to: the newest, unless that is a draft of an older survey."""
    versions = list(batch.survey.versions.order_by("-number")[:2])
    return versions[0] if versions[0].opened_at or len(versions) == 1 else versions[1]

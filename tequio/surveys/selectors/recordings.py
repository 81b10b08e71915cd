"""Interviews with their sounds and papers, for whoever wrote them down and whoever leads the survey."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count

from tequio.core.actor import Actor
from tequio.surveys import access
from tequio.surveys.models import Recording, Reply, Source, Survey


def interviews(actor: Actor, survey: Survey, *, most: int = 50) -> list[Reply]:
    """Return the interviews of a survey that the actor may hear, the newest first, with how many ``sources`` each has."""
    rows = Reply.objects.filter(survey=survey, source=Source.INTERVIEW).select_related("recorded_by")
    if not access.leads(actor, survey):
        rows = rows.filter(recorded_by_id=actor.participant_id)
    return list(rows.annotate(sources=Count("recordings")).order_by("-began_at", "-pk")[:most])


def interview(actor: Actor, survey: Survey, uuid: UUID) -> Reply | None:
    """Return one interview, if the actor may hear it."""
    rows = Reply.objects.select_related("survey", "recorded_by").filter(survey=survey, uuid=uuid)
    found = rows.first()
    return found if found is not None and access.hear.allows(actor, found) else None


def recordings(reply: Reply) -> list[Recording]:
    """Return the sounds and papers of an interview, in the order in which they came."""
    return list(Recording.objects.filter(reply=reply).order_by("pk"))


def recording(reply: Reply, uuid: UUID) -> Recording | None:
    """Return one of them."""
    return Recording.objects.select_related("reply__survey").filter(reply=reply, uuid=uuid).first()

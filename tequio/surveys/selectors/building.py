"""What those who write surveys read: the list, one survey, its versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max, Q, QuerySet

from tequio.core.actor import Actor
from tequio.people.models import Duty
from tequio.surveys import access
from tequio.surveys.models import Earlier, State, Survey, Version


def _seen_by(actor: Actor) -> QuerySet[Survey]:
    """Drafts are read by whoever makes surveys here; what was opened, by everybody in the network."""
    rows = Survey.objects.all()
    if actor.has(Duty.COORDINATION) or access.create.allows(actor):
        return rows
    return rows.filter(~Q(state=State.DRAFT) | Q(created_by_id=actor.participant_id))


def surveys(actor: Actor) -> Sequence[Mapping[str, Any]]:
    """Return the surveys this reader sees, the newest first."""
    rows = _seen_by(actor).annotate(began=Max("versions__changed_at")).order_by("-created_at", "-pk")
    return list(rows.values("slug", "title", "state", "opened_at", "closes_at", "closed_at", "began")[:500])


def survey(actor: Actor, slug: str) -> Survey | None:
    """Return the survey of this name."""
    return _seen_by(actor).select_related("created_by").filter(slug=slug).first()


def versions(survey: Survey) -> list[Version]:
    """Return every version, the newest first."""
    return list(survey.versions.order_by("-number"))


def last_change(draft: Version) -> Earlier | None:
    """Return what a draft asked before its last change, where that can be taken back."""
    return Earlier.objects.filter(version=draft).order_by("-pk").first()

"""How a survey is being answered, for those who lead it: exact figures. Source: SUR-01."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q
from django.db.models.functions import TruncDate

from tequio.core.actor import Actor
from tequio.surveys import access
from tequio.surveys.models import Link, Reply, Survey, Tick
from tequio.surveys.rules.instrument import Instrument


@dataclass(frozen=True)
class Progress:
    """How many began and sent, the days on which they did, the last one, and what each option of interest has."""

    begun: int = 0
    sent: int = 0
    waiting: int = 0
    last_at: datetime | None = None
    days: Sequence[tuple[date, int]] = ()
    ticked: Mapping[tuple[str, str], int] = field(default_factory=dict)


def progress(actor: Actor, survey: Survey, instrument: Instrument) -> Progress:
    """Return how it goes, in two queries."""
    access.follow.require(actor, survey)
    counts = Q(set_aside=False)
    rows = list(
        Reply.objects.filter(survey=survey)
        .annotate(day=TruncDate("sent_at"))
        .values("day")
        .annotate(
            n=Count("pk", filter=counts), same=Count("same_name_as"), last=Max("sent_at", filter=counts)
        )
        .order_by("day")
    )
    days = [(row["day"], row["n"]) for row in rows if row["day"] and row["n"]]
    return Progress(
        begun=sum(row["n"] for row in rows if row["day"] is None),
        sent=sum(number for _day, number in days),
        waiting=sum(row["same"] for row in rows),
        last_at=max((row["last"] for row in rows if row["last"]), default=None),
        days=days,
        ticked=_ticked(survey, instrument),
    )


def _ticked(survey: Survey, instrument: Instrument) -> dict[tuple[str, str], int]:
    told = [instrument.with_role(role) for role in ("COUNTRY", "KIND")]
    keys = {question.key for question in told if question} | {
        row["question"] for row in survey.quotas if "question" in row
    }
    rows = Tick.objects.filter(
        reply__survey=survey, reply__sent_at__isnull=False, reply__set_aside=False, question__in=keys, row=""
    )
    return {
        (row["question"], row["option"]): row["n"]
        for row in rows.values("question", "option").annotate(n=Count("pk"))
    }


def links(actor: Actor, survey: Survey, *, most: int = 500) -> list[dict[str, Any]]:
    """Return the personal links, with what became of each; the newest first."""
    access.follow.require(actor, survey)
    rows = Link.objects.filter(survey=survey).order_by("-made_at", "-pk")
    return [
        dict(row)
        for row in rows.values(
            "uuid",
            "name",
            "email",
            "mailed_at",
            "reminders",
            "stopped_at",
            "reply__sent_at",
            "reply__began_at",
        )[:most]
    ]


def same_names(actor: Actor, survey: Survey) -> list[Reply]:
    """Return the replies that wait because an organization of their name answered before."""
    access.follow.require(actor, survey)
    rows = Reply.objects.filter(survey=survey, same_name_as__isnull=False).select_related("same_name_as")
    return list(rows.order_by("sent_at")[:200])

"""Which reports were published in a network: for its public page, its list of reports, and the list of surveys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from tequio.core.http import address
from tequio.core.texts import say
from tequio.networks.models import Network
from tequio.networks.shown import Line
from tequio.surveys.models import Release, State

MOST = 200
ON_FRONT = 3


@dataclass(frozen=True)
class Report:
    """The newest report of a survey that stands, or the newest of all where every one was taken back."""

    survey: str
    title: Mapping[str, str]
    number: int
    day: datetime
    respondents: int
    withdrawn: bool
    open: bool


def reports() -> list[Report]:
    """Return one report a survey, the newest first, in one query. One that was corrected gives way for good."""
    rows = list(_rows()[:MOST])
    corrected = {(row["survey__slug"], row["corrects"]) for row in rows}
    found: dict[str, Report] = {}
    for row in rows:
        if (row["survey__slug"], row["number"]) not in corrected:
            found.setdefault(row["survey__slug"], _report(row))
    return sorted(found.values(), key=lambda one: one.day, reverse=True)


def _rows() -> QuerySet[Release, Any]:
    gone = ExpressionWrapper(Q(withdrawal__isnull=False), output_field=BooleanField())
    rows = Release.objects.annotate(
        gone=gone, people=F("document__respondents"), corrects=F("document__corrects__number")
    )
    rows = rows.order_by("gone", "-published_at")
    return rows.values(
        "survey__slug",
        "survey__title",
        "survey__state",
        "number",
        "published_at",
        "people",
        "gone",
        "corrects",
    )


def _report(row: Mapping[str, Any]) -> Report:
    return Report(
        row["survey__slug"],
        row["survey__title"],
        row["number"],
        row["published_at"],
        int(row["people"]),
        row["gone"],
        row["survey__state"] == State.OPEN,
    )


def shown(network: Network) -> list[Line]:
    """Return the newest reports for the public page of a network."""
    standing = [one for one in reports() if not one.withdrawn][:ON_FRONT]
    return [
        Line(url=address("surveys:report", network.slug, one.survey), title=say(one.title), day=one.day)
        for one in standing
    ]

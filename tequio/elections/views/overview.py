"""The one place for everything that is elected, voted on paper or drawn: which of the three fits, and what is under way."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tequio.core.http import MemberRequest
from tequio.elections import access, selectors
from tequio.elections.models import BallotState
from tequio.elections.views.ballots import line
from tequio.elections.views.lots import line_of_lot
from tequio.elections.views.open import line_of_election

WAYS = (
    {
        "name": "elections",
        "title": gettext_lazy("Open elections"),
        "when": gettext_lazy("A circle needs somebody for a role, and its people know each other."),
        "how": gettext_lazy("Each one writes a name and says why. Then all are asked for consent."),
        "nobody": gettext_lazy("No name is counted: reasons decide."),
        "see": gettext_lazy("See the open elections"),
    },
    {
        "name": "ballots",
        "title": gettext_lazy("Ballots"),
        "when": gettext_lazy("Many voices choose: who coordinates, which goals, where the money goes."),
        "how": gettext_lazy("Each voice casts one paper, named or secret. A fixed rule counts them."),
        "nobody": gettext_lazy("Results stay hidden until the end. Then anybody counts again."),
        "see": gettext_lazy("See the ballots"),
    },
    {
        "name": "lots",
        "title": gettext_lazy("Lots"),
        "when": gettext_lazy("Many could do it, and nobody should gather power or campaign."),
        "how": gettext_lazy("A number from outside draws. Quotas can balance countries or gender."),
        "nobody": gettext_lazy("Nobody chooses the result, and anybody can do the sum."),
        "see": gettext_lazy("See the lots"),
    },
)


@require_safe
def overview(request: MemberRequest) -> HttpResponse:
    """What is under way, and which of the three ways fits what is to be chosen."""
    context = {
        "under_way": _under_way(request),
        "ways": [{**way, "url": _url(request, str(way["name"]))} for way in WAYS],
        "may_prepare": access.prepare.allows(request.actor),
        "may_hold": access.hold_lot.allows(request.actor),
    }
    return render(request, "elections/overview.html", context)


def _url(request: MemberRequest, name: str) -> str:
    return reverse(f"elections:{name}", args=[request.network.slug])


def _under_way(request: MemberRequest) -> list[dict[str, Any]]:
    ballots = (
        _as(_("Ballot"), line(row, _url(request, "ballots")))
        for row in selectors.ballots(request.actor)
        if row["state"] == BallotState.OPEN or _comes(row)
    )
    lots = (
        _as(_("Lot"), line_of_lot(row, _url(request, "lots")))
        for row in selectors.lots(request.actor)
        if row["state"] in access.UNDER_WAY
    )
    elections = (
        _as(_("Open election"), line_of_election(request, one))
        for one in selectors.elections(request.actor)
        if one.over_at is None
    )
    return list(chain(elections, ballots, lots))


def _comes(row: dict[str, Any]) -> bool:
    """Say whether this is the next selection of the coordination, which the clock prepared."""
    return row["state"] == BallotState.DRAFT and row["author_id"] is None


def _as(sort: str, row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "note": f"{sort}: {row['note']}"}

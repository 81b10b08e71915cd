"""What the charter promises to do regularly, and whether it was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_safe

from tequio.atlas import selectors
from tequio.atlas.rules.rhythms import State
from tequio.atlas.selectors.rhythms import Promise
from tequio.core.http import MemberRequest
from tequio.founding.texts import QUESTIONS
from tequio.networks.models import Gathering

QUESTION: Mapping[str, str] = {
    kind.value: kind.value.lower() for kind in Gathering
}  # as the path asks about it
STATES = {
    State.KEPT: (pgettext_lazy("promise", "kept"), "jade"),
    State.MISSED: (pgettext_lazy("promise", "missed"), "carmine"),
    State.EARLY: (pgettext_lazy("promise", "not due yet"), "gold"),
}


@require_safe
def kept(request: MemberRequest) -> HttpResponse:
    """Show each promise of the charter beside what was written down as done. Source: XCT-06."""
    since, found = selectors.promises(request.actor, network=request.network)
    return render(request, "atlas/kept.html", {"since": since, "rows": [_row(one) for one in found]})


def _row(promise: Promise) -> dict[str, Any]:
    words, tone = STATES[promise.told.state]
    return {
        "what": promise.kind.label,
        "often": _often(promise),
        "told": promise.told,
        "counted": promise.kind != Gathering.DIGEST,
        "state": words,
        "tone": tone,
    }


def _often(promise: Promise) -> str:
    """Say how often it is promised as the charter does, or by its number."""
    known = QUESTIONS[QUESTION[promise.kind]].options.get(str(promise.times_a_year))
    times = promise.times_a_year
    return str(known) if known else ngettext("%(n)s time a year", "%(n)s times a year", times) % {"n": times}

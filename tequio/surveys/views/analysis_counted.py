"""How a page of results comes to its numbers: at once, or from what a job counted aside; and the page that waits for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tequio.core.http import MemberRequest, see_other
from tequio.surveys.rules.asks import Ask
from tequio.surveys.rules.crosstab import Unknown
from tequio.surveys.selectors import counting, sheets
from tequio.surveys.services import counting as services
from tequio.surveys.views.analysis_parts import MARK, crumbs_of, said_in

METHODS = require_http_methods(["GET", "HEAD", "POST"])  # many answers are asked for by a form
NAMES = (
    "rows",
    "by",
    "together",
    "one",
    "other",
)  # what an address of results asks for, besides filters and pairs
MOST_NAMES = 60  # of fields in one address


def counted(
    request: MemberRequest, study: sheets.Study, asks: Sequence[Ask], *, only: Collection[str] | None = None
) -> counting.Results | HttpResponse:
    """Return what was counted, or the page that says how far the job is; a form that asks for more is taken here."""
    try:
        if request.method == "POST":
            return _asked(request, study, asks)
        found = counting.results(study, asks, only=only)
    except (Unknown, ValueError) as wrong:
        raise Http404 from wrong
    return _waiting(request, study, found) if isinstance(found, counting.Waiting) else found


def _asked(request: MemberRequest, study: sheets.Study, asks: Sequence[Ask]) -> HttpResponse:
    if counting.many(study):
        services.ask(by=request.actor, survey=study.survey, asks=asks, anew="anew" in request.POST)
    fields = said_in(request).copy()
    for name in [*fields]:
        if name not in dict(_fields(request)):
            del fields[name]
    tail = f"?{fields.urlencode()}" if fields else ""
    return see_other(request.path + tail)


def _fields(request: MemberRequest) -> Iterator[tuple[str, list[str]]]:
    """What an address says, and no other field of a form."""
    said = said_in(request)
    for name in [*said][:MOST_NAMES]:
        values = [value for value in said.getlist(name) if value]
        if values and (name in NAMES or name.startswith((MARK, "p."))):
            yield name, values


def _waiting(request: MemberRequest, study: sheets.Study, found: counting.Waiting) -> HttpResponse:
    context = {
        "survey": study.survey,
        "waiting": found,
        "fields": [(name, value) for name, values in _fields(request) for value in values],
        "crumbs": crumbs_of(request, study.survey),
    }
    return render(request, "surveys/results_waiting.html", context)


def moment_of(request: MemberRequest, study: sheets.Study, found: counting.Results) -> dict[str, Any]:
    """Return what a page says of when its numbers were counted; its forms ask the job where answers are many."""
    return {
        "counted_at": found.made_at,
        "since": found.since,
        "counted_of": found.size,
        "many": counting.many(study),
        "fields": [(name, value) for name, values in _fields(request) for value in values],
    }

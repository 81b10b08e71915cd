"""A text that changes while it is being decided, and the answer that is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.decisions import access, selectors, services
from tequio.decisions.forms import initial_texts
from tequio.decisions.forms.talking import AmendForm
from tequio.decisions.models import Version
from tequio.decisions.selectors import talking
from tequio.decisions.views.common import (
    ANSWERS,
    crumbs_of,
    form_page,
    meeting_or,
    overtaken,
    url_of,
    with_round,
)


def amend(request: MemberRequest, number: int) -> HttpResponse:
    """Amend the text of an open decision: everybody is asked again about what changed."""
    proposal = found_or_404(selectors.draft(request.actor, number))
    access.amend.require(request.actor, proposal)
    assert proposal.version is not None
    languages = request.network.languages
    start = {**initial_texts(proposal.version, languages), "review_on": proposal.review_on}
    form = AmendForm(request.POST if request.method == "POST" else None, languages=languages, initial=start)
    context: dict[str, Any] = {"form": form, "proposal": proposal, "crumbs": crumbs_of(request, proposal)}
    if form.is_valid():
        try:
            services.amend(by=request.actor, proposal=proposal, **form.written())
            return see_other(meeting_or(request, "open", number))
        except services.Overtaken as trouble:
            context |= overtaken(form, proposal, trouble)
    return form_page(request, "decisions/amend.html", context)


def keep(request: MemberRequest, number: int) -> HttpResponse:
    """Keep my answer, after seeing what changed since I gave it."""
    proposal, round = with_round(request, number)
    access.answer.require(request.actor, round)
    earlier = found_or_404(talking.earlier_answer(request.actor, round))
    if request.method == "POST":
        services.keep_answer(by=request.actor, round=round)
        return see_other(url_of(request, "answered", number))
    context = {"proposal": proposal, "round": round, **kept_context(earlier, proposal.version)}
    return render(request, "decisions/keep.html", context | {"crumbs": crumbs_of(request, proposal)})


def kept_context(earlier: talking.EarlierAnswer | None, now: Version | None) -> dict[str, Any]:
    """Return what a page shows of an answer to an earlier text, with what changed since."""
    if earlier is None or now is None:
        return {"earlier": None}
    changes = now.since(earlier.version)
    return {"earlier": earlier, "earlier_said": ANSWERS[earlier.position], "changes": changes, "after": now}

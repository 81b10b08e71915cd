"""My calendar of deadlines."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.pages import by_token
from tequio.core.texts import say
from tequio.decisions import formats, selectors, sentences, services
from tequio.decisions.models import Round


def own_calendar(request: MemberRequest) -> HttpResponse:
    """My calendar of deadlines: get its address, or close it."""
    if request.method == "POST":
        if "close" in request.POST:
            services.revoke_calendar(by=request.actor)
        else:
            services.make_calendar(by=request.actor)
        return see_other(reverse("decisions:calendar", args=[request.network.slug]))
    key = selectors.calendar_key(request.actor)
    url = (
        reverse("decisions:calendar-feed", args=[request.network.slug, services.calendar_token(key=key)])
        if key
        else ""
    )
    crumbs = [(_("Decisions"), reverse("decisions:list", args=[request.network.slug]))]
    address = request.build_absolute_uri(url) if url else ""
    return render(request, "decisions/calendar.html", {"address": address, "crumbs": crumbs})


@by_token
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The deadlines of whoever this secret belongs to; 404 for any other."""
    nonce = services.nonce_of(token=token)
    key = found_or_404(selectors.calendar_of(nonce) if nonce else None)
    network = request.network  # type: ignore[attr-defined]
    with override(key.participant.person.language):
        rows = [_deadline(network, one) for one in selectors.deadlines(key.participant)]
        text = formats.calendar(rows, name=_("Decisions of %(network)s") % {"network": network.title})
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


def _deadline(network: Any, round: Round) -> formats.Deadline:
    url = settings.ORIGIN.rstrip("/") + reverse("decisions:open", args=[network.slug, round.proposal.number])
    done = _("Answered") if round.answered else _("To answer")  # type: ignore[attr-defined]
    return formats.Deadline(
        uid=f"{round.uuid}@tequio",
        title=f"{done}: {say(round.version.title)}",
        text=sentences.paste_text(round.proposal, round, url),
        url=url,
        ends_at=round.closes_at,
        changed_at=round.opened_at,
    )

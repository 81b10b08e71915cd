"""Asking people: the address and its picture, personal links, and who stops getting letters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.pages import by_token
from tequio.surveys import access
from tequio.surveys.forms.answering import Questionnaire
from tequio.surveys.forms.links import Invite
from tequio.surveys.models import Access, Link, Reply
from tequio.surveys.selectors import addresses, building, following
from tequio.surveys.selectors import answering as selectors
from tequio.surveys.services import links as services
from tequio.surveys.views.answered import invitation, picture
from tequio.surveys.views.answering import speaking, told
from tequio.surveys.views.building import crumbs_of, url_of


def links(request: MemberRequest, survey: str) -> HttpResponse:
    """Show the address of a survey, its picture, and the personal links; make more of these."""
    found = found_or_404(building.survey(request.actor, survey))
    access.follow.require(request.actor, found)
    why_not = access.invite.why_not(request.actor, found)
    form = Invite(request.POST if request.method == "POST" else None, languages=found.languages)
    if request.method == "POST":
        access.invite.require(request.actor, found)
        if form.is_valid():
            said = form.cleaned_data
            services.make_links(
                by=request.actor, network=request.network, survey=found, people=said["people"],
                language=said["language"],
            )  # fmt: skip
            return see_other(url_of(request, "links", found))
    version = selectors.version_of(found)
    url = settings.ORIGIN.rstrip("/") + reverse("surveys:answer", args=[request.network.slug, found.token])
    asked = Questionnaire(version.instrument, request.LANGUAGE_CODE) if version else None
    context = {
        "survey": found,
        "form": form,
        "why_not": why_not,
        "url": url if found.access != Access.PERSONAL else "",
        "picture": picture(url),
        "invitation": invitation(request, found, asked) if asked else "",
        "rows": [_row(request, row) for row in following.links(request.actor, found)],
        "crumbs": crumbs_of(request, found),
    }
    return render(request, "surveys/links.html", context, status=422 if form.errors else 200)


def _row(request: MemberRequest, row: dict[str, Any]) -> dict[str, Any]:
    link = Link(uuid=row["uuid"])
    state = (
        _("answered") if row["reply__sent_at"] else _("began") if row["reply__began_at"]
        else _("written to") if row["mailed_at"] else _("not written to")
    )  # fmt: skip
    url = settings.ORIGIN.rstrip("/") + addresses.link_address(request.network.slug, link)
    return {**row, "state": state, "url": "" if row["reply__sent_at"] else url}


@csrf_exempt
@by_token
def stop(request: MemberRequest, secret: str) -> HttpResponse:
    """Ask whether to write no more to whoever got a link; act on the button, or on a mail program's one click."""
    link = found_or_404(selectors.link_by_secret(secret))
    return _stop(request, link, lambda: services.stop_link(link=link))


@csrf_exempt
@by_token
def stop_begun(request: MemberRequest, secret: str) -> HttpResponse:
    """Do the same for whoever began without a link of their own and gave an address."""
    reply = found_or_404(selectors.reply_by_secret(secret))
    return _stop(request, reply, lambda: services.stop_begun(reply=reply))


def _stop(request: MemberRequest, written_to: Link | Reply, act: Callable[[], None]) -> HttpResponse:
    """The secret of the address is the permission: a mail program sends neither cookies nor a form's key.

    Source: RFC 8058.
    """
    with speaking(written_to.language):
        if request.method == "POST":
            act()
            if request.POST.get("List-Unsubscribe") == "One-Click":
                return HttpResponse("ok", content_type="text/plain")
            return see_other(request.path)
        context = {"link": written_to, "title": written_to.survey.title}
        return told(render(request, "surveys/stop.html", context))

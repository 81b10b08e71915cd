"""Erasing answers: by whoever holds their secret address, or by whoever leads the survey and was asked to."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tequio.core.actor import system
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.pages import by_token
from tequio.surveys import access
from tequio.surveys.forms.links import Forget
from tequio.surveys.selectors import addresses, building
from tequio.surveys.selectors import answering as selectors
from tequio.surveys.services import forgetting as services
from tequio.surveys.views.answering import speaking, told
from tequio.surveys.views.building import confirm, url_of


@by_token
def forget_own(request: MemberRequest, secret: str) -> HttpResponse:
    """Let whoever answered erase it, without an account, also after the survey closed. Source: XCT-02."""
    reply = found_or_404(selectors.reply_by_secret(secret))
    title = reply.survey.title
    with speaking(reply.language):
        if request.method == "POST":
            services.forget_reply(by=system(request.network.pk), reply=reply)
            return told(render(request, "surveys/forget.html", {"title": title}))
        back = addresses.reply_address(request.network.slug, reply)
        return told(render(request, "surveys/forget.html", {"title": title, "back": back}))


def forget(request: MemberRequest, survey: str) -> HttpResponse:
    """Erase what is kept of an address in one survey, when whoever has it asked for that."""
    found = found_or_404(building.survey(request.actor, survey))
    access.forget.require(request.actor, found)
    form = Forget(request.POST if request.method == "POST" else None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        if services.forget_address(by=request.actor, email=email, survey=found):
            return see_other(url_of(request, "survey", found) + "?erased=1")
        form.add_error("email", _("Nothing is kept under this address."))
    lines = [
        _("Answers, links and letters of this address are erased for good."),
        _("A candidate that rests on them goes too."),
        _("Reports that were published stay: they hold sums."),
    ]
    return confirm(request, found, _("Erase somebody’s answers?"), lines, _("Erase them"), form)

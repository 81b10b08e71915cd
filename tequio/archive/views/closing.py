"""Closing a network, and opening it again."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.archive import access, selectors, services
from tequio.archive.forms import WhyForm
from tequio.core.http import MemberRequest, see_other
from tequio.core.pages import needs, when_closed
from tequio.decisions.rules import Kind
from tequio.networks.models import Stage


@when_closed
@needs(access.propose_closing)
def closing(request: MemberRequest) -> HttpResponse:
    """Ask the members to close the network; close one that is being founded; open a closed one again."""
    asked = selectors.closing_asked() if request.network.stage == Stage.IN_FORCE else None
    form = WhyForm(request.POST if request.method == "POST" else None)
    if asked is None and form.is_valid() and request.POST.get("confirmed") == "yes":
        return see_other(_done(request, form.cleaned_data["why"]))
    context = {
        "asked": asked,
        "form": form,
        "back_url": reverse("networks:settings", args=[request.network.slug]),
        **_said(request.network.stage, by_consent=selectors.way_of_closing() is Kind.CLOSING),
    }
    return render(request, "archive/closing.html", context, status=422 if form.is_bound else 200)


def _done(request: MemberRequest, why: str) -> str:
    """Do what this page does at this stage, and return where to go then."""
    slug = request.network.slug
    if request.network.stage == Stage.CLOSED:
        services.reopen(by=request.actor, network=request.network, why=why)
        return reverse("web:home", args=[slug])
    if request.network.stage == Stage.FOUNDING:
        services.close(by=request.actor, network=request.network, why=why)
        return reverse("web:home", args=[slug])
    proposal = services.propose_closing(by=request.actor, why=why)
    return reverse("decisions:open", args=[slug, proposal.number])


def _said(stage: str, *, by_consent: bool) -> dict[str, Any]:
    """Return the question of the page, what follows, and the word on its button."""
    if stage == Stage.CLOSED:
        return {
            "question": _("Open the network again?"),
            "consequences": [
                _("It goes on where it stood: members, charter and decisions are as they were."),
                _("Everybody reads in the register that you opened it, and why."),
            ],
            "verb": _("Open it again"),
        }
    stays = [
        _("Everything can still be read: charter, decisions, directory, register."),
        _("Nothing changes any more: no decisions, no new members, no letters."),
        _("Copies can still be made, and the coordination can open it again."),
    ]
    if stage == Stage.FOUNDING:
        return {
            "question": _("Close this network?"),
            "consequences": [*stays, _("It closes at once, because it has no charter yet.")],
            "verb": _("Close it"),
        }
    way = _("It is closed if nobody objects, as the charter changes.")
    if not by_consent:
        way = _("Consent is sought first. If there is none, the members can vote, as the charter says.")
    return {
        "question": _("Ask the members to close this network?"),
        "consequences": [*stays, _("The members decide. Until they have, nothing changes."), way],
        "verb": _("Ask the members"),
    }

"""One's own membership: how it stands, what it needs and offers, its first days, pausing, leaving."""

import json
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tequio.core.access import Refused
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.membership import access, selectors, services
from tequio.membership.forms import ExchangeForm, PauseForm
from tequio.membership.models import Benefit, Exchange, InKind
from tequio.people import access as people_access
from tequio.people import services as people
from tequio.people.models import Membership
from tequio.people.selectors import my_membership, today_of


def mine(request: MemberRequest) -> HttpResponse:
    """Show how the reader's membership stands, and what can be done about it."""
    found = selectors.mine(request.actor)
    if found is None:
        return render(request, "membership/no_member.html")
    context = {
        "mine": found,
        "looks_for": _labels(found.exchange.looks_for, Benefit) if found.exchange else [],
        "offers": _labels(found.exchange.offers, InKind) if found.exchange else [],
        "why_not_pause": people_access.pause_membership.why_not(request.actor, found.membership),
    }
    return render(request, "membership/mine.html", context)


def _labels(values: list[str], kinds: type[Benefit] | type[InKind]) -> list[str]:
    return [str(kinds(value).label) for value in values if value in kinds.values]


def _own(request: MemberRequest) -> Membership:
    """Return the reader's membership; somebody who acts for no member finds nothing here."""
    return found_or_404(my_membership(request.actor))


def _mine_url(request: MemberRequest) -> str:
    return reverse("membership:mine", args=[request.network.slug])


def _crumbs(request: MemberRequest) -> list[tuple[str, str]]:
    return [(_("Our membership"), _mine_url(request))]


def exchange(request: MemberRequest) -> HttpResponse:
    """Show what members need and offer, under each reason and each kind. Source: COM-03, MEM-05."""
    rows = selectors.exchanges(request.actor)
    context = {
        "looking": [(kind.label, [row for row in rows if kind in row.looks_for]) for kind in Benefit],
        "offering": [(kind.label, [row for row in rows if kind in row.offers]) for kind in InKind],
        "rows": [row for row in rows if row.needs or row.brings],
        "may_say": request.actor.membership_id is not None,
    }
    return render(request, "membership/exchange.html", context)


def say_exchange(request: MemberRequest) -> HttpResponse:
    """Say what one's organization needs and offers."""
    membership = _own(request)
    access.say_exchange.require(request.actor, membership)
    form = ExchangeForm(
        request.POST if request.method == "POST" else None,
        initial=_said(Exchange.objects.filter(membership=membership).first()),
    )
    if request.method == "POST" and form.is_valid():
        services.say_exchange(
            by=request.actor, membership=membership, language=request.LANGUAGE_CODE, **form.cleaned_data
        )
        return see_other(reverse("membership:exchange", args=[request.network.slug]))
    context = {"form": form, "crumbs": _crumbs(request)}
    return render(request, "membership/say_exchange.html", context, status=422 if form.errors else 200)


def _said(exchange: Exchange | None) -> dict[str, Any]:
    if exchange is None:
        return {}
    return {name: getattr(exchange, name) for name in ("looks_for", "needs", "offers", "brings")}


def welcome(request: MemberRequest) -> HttpResponse:
    """Show a new member its first few things, each with its minutes and whether it is done."""
    if request.method == "POST":
        services.step_taken(by=request.actor, kind=request.POST.get("kind", ""))
        return see_other(reverse("membership:welcome", args=[request.network.slug]))
    steps = selectors.first_steps(request.actor)
    left = sum(step.minutes for step in steps if not step.done)
    return render(request, "membership/welcome.html", {"steps": steps, "left": left})


def pause(request: MemberRequest) -> HttpResponse:
    """Let one's organization take no part for a while."""
    membership = _own(request)
    people_access.pause_membership.require(request.actor, membership)
    form = PauseForm(
        request.POST if request.method == "POST" else None, initial={"from_on": today_of(request.network)}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            people.pause(
                by=request.actor, membership=membership, from_on=said["from_on"], until_on=said["until_on"]
            )
            return see_other(_mine_url(request))
        except Refused as reason:
            form.add_error(None, str(reason))
    context = {"form": form, "crumbs": _crumbs(request)}
    return render(request, "membership/pause.html", context, status=422 if form.errors else 200)


@require_POST
def resume(request: MemberRequest) -> HttpResponse:
    """Come back from a pause."""
    people.resume(by=request.actor, membership=_own(request))
    return see_other(_mine_url(request))


def data(request: MemberRequest) -> HttpResponse:
    """Hand out all that the reader's organization has given to the network."""
    membership = _own(request)
    people_access.pause_membership.require(request.actor, membership)
    text = json.dumps(
        selectors.given_by(request.actor, membership), ensure_ascii=False, indent=1, default=str
    )
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = f"{request.network.slug}-{membership.uuid}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def leave(request: MemberRequest) -> HttpResponse:
    """Ask whether one's organization leaves; act on the button. What it gave can be carried away first."""
    membership = _own(request)
    people_access.end_membership.require(request.actor, membership)
    reason = ""
    if request.POST.get("confirmed") == "yes":
        try:
            people.end_membership(by=request.actor, membership=membership)
            return see_other("/")
        except people.NeedsSuccessor as needs:
            reason = str(needs)
    context = {
        "membership": membership,
        "reason": reason,
        "back_url": _mine_url(request),
        "crumbs": _crumbs(request),
    }
    return render(request, "membership/leave.html", context, status=422 if reason else 200)

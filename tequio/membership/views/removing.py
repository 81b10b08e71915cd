"""All members with their standing; removing one, by its procedure and no other way."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tequio.core.access import Refused
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.membership import access, selectors, services
from tequio.membership.forms import RemovalForm, WordForm
from tequio.membership.models import Removal
from tequio.networks import selectors as networks
from tequio.people.models import Status


def members(request: MemberRequest) -> HttpResponse:
    """List the members with how each stands: who signed, whose voice rests, who pauses. Source: GOV-38."""
    code = selectors.current_code()
    rows = selectors.members(request.actor, code)
    context = {
        "rows": [
            {**row, "said": Status(row["status"]).label, "ours": row["pk"] == request.actor.membership_id}
            for row in rows
        ],
        "missing": sum(1 for row in rows if not row["in_good_standing"]),
        "code": code,
        "removals": selectors.removals(request.actor),
        "leads": request.actor.has("COORDINATION"),
    }
    return render(request, "membership/members.html", context)


def open_removal(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Write down why a member should not be one any more."""
    membership = found_or_404(selectors.member(request.actor, uuid))
    access.open_removal.require(request.actor, membership)
    form = RemovalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = services.open_removal(
                by=request.actor,
                network=request.network,
                membership=membership,
                reasons=form.cleaned_data["reasons"],
                language=request.LANGUAGE_CODE,
            )
            return see_other(_page(request, opened))
        except Refused as reason:
            form.add_error(None, str(reason))
    context = {
        "form": form,
        "membership": membership,
        "days": networks.governance().hearing_days,
        "crumbs": _crumbs(request),
    }
    return render(request, "membership/open_removal.html", context, status=422 if form.errors else 200)


def _crumbs(request: MemberRequest) -> list[tuple[str, str]]:
    return [(_("Members"), reverse("membership:members", args=[request.network.slug]))]


def _page(request: MemberRequest, found: Removal) -> str:
    return reverse("membership:removal", args=[request.network.slug, found.uuid])


def removal(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Show the reasons, what the member answers, and what comes next; the member answers here."""
    found = found_or_404(selectors.removal(request.actor, uuid))
    form = WordForm(request.POST if request.method == "POST" else None, initial={"words": found.said})
    if request.method == "POST" and form.is_valid():
        services.be_heard(by=request.actor, removal=found, words=form.cleaned_data["words"])
        return see_other(_page(request, found))
    ready = selectors.may_be_decided(found)
    context = {
        "removal": found,
        "form": form,
        "may_speak": access.be_heard.allows(request.actor, found),
        "may_decide": access.decide_removal.allows(request.actor, found, ready),
        "why_not_decide": access.decide_removal.why_not(request.actor, found, ready),
        "may_drop": access.drop_removal.allows(request.actor, found),
        "proposal": selectors.proposal_of(found),
        "leads": request.actor.has("COORDINATION"),
        "crumbs": _crumbs(request),
    }
    return render(request, "membership/removal.html", context, status=422 if form.errors else 200)


@require_POST
def decide_removal(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Put a removal before the other members."""
    found = found_or_404(selectors.removal(request.actor, uuid))
    services.decide_removal(by=request.actor, removal=found)
    return see_other(_page(request, found))


@require_POST
def drop_removal(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Let a removal be."""
    found = found_or_404(selectors.removal(request.actor, uuid))
    services.drop_removal(by=request.actor, removal=found)
    return see_other(_page(request, found))

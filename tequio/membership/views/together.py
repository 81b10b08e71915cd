"""What members do together: the commitments against violence, dates to reflect and to act, help from outside."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.texts import say
from tequio.membership import access, selectors, services
from tequio.membership.forms import CameForm, OccasionForm, ResourceForm
from tequio.membership.models import Occasion


def together(request: MemberRequest) -> HttpResponse:
    """Show what the network committed itself to, its dates and what helps from outside."""
    found = selectors.together(request.actor)
    said = say(found.commitments.texts) if found.commitments else ""
    context = {
        "found": found,
        "commitments": [line.strip() for line in said.splitlines() if line.strip()],
        "may_call": access.call_members.allows(request.actor),
        "may_keep": access.keep_resources.allows(request.actor),
    }
    return render(request, "membership/together.html", context)


def _crumbs(request: MemberRequest) -> list[tuple[str, str]]:
    return [(_("What we do together"), reverse("membership:together", args=[request.network.slug]))]


def call(request: MemberRequest) -> HttpResponse:
    """Call the members to a space of reflection or to an action."""
    access.call_members.require(request.actor)
    form = OccasionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            called = services.call_members(
                by=request.actor, language=request.LANGUAGE_CODE, **form.cleaned_data
            )
            return see_other(_page(request, called))
        except Refused as reason:
            form.add_error("at", str(reason))
    context = {"form": form, "crumbs": _crumbs(request)}
    return render(request, "membership/call.html", context, status=422 if form.errors else 200)


def _page(request: MemberRequest, found: Occasion) -> str:
    return reverse("membership:occasion", args=[request.network.slug, found.uuid])


def _find(request: MemberRequest, uuid: UUID) -> Occasion:
    return found_or_404(selectors.occasion(request.actor, uuid))


def occasion(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Show a date, who comes and who came; whoever called it writes that down here."""
    found = _find(request, uuid)
    seats, over = selectors.seats(request.actor, found), found.at <= clock.now()
    may_write = access.write_attendance.allows(request.actor, found)
    form = CameForm(request.POST if request.method == "POST" else None, seats=seats)
    if request.method == "POST" and form.is_valid():
        services.write_attendance(by=request.actor, occasion=found, came=form.chosen())
        return see_other(_page(request, found))
    context = {
        "occasion": found,
        "seats": seats,
        "over": over,
        "form": form if may_write and over else None,
        "may_call_off": may_write and not over,
        "why_not": access.attend.why_not(request.actor, found, over),
        "mine": next((seat for seat in seats if seat.pk == request.actor.membership_id), None),
        "crumbs": _crumbs(request),
    }
    return render(request, "membership/occasion.html", context, status=422 if form.errors else 200)


@require_POST
def attend(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Say whether one's member comes."""
    found = _find(request, uuid)
    services.attend(by=request.actor, occasion=found, comes=request.POST.get("comes") == "yes")
    return see_other(_page(request, found))


def call_off(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Ask whether to call a date off; act on the button."""
    found = _find(request, uuid)
    access.write_attendance.require(request.actor, found)
    if request.POST.get("confirmed") == "yes":
        services.call_off(by=request.actor, occasion=found)
        return see_other(_page(request, found))
    context = {
        "question": _("Call it off?"),
        "consequences": [_("It stays on the page, marked as called off.")],
        "verb": _("Call it off"),
        "back_url": _page(request, found),
    }
    return render(request, "web/confirm.html", context)


def add_resource(request: MemberRequest) -> HttpResponse:
    """Add something from outside that helps to prevent violence. Source: GOV-40."""
    access.keep_resources.require(request.actor)
    form = ResourceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.add_resource(by=request.actor, language=request.LANGUAGE_CODE, **form.cleaned_data)
        return see_other(reverse("membership:together", args=[request.network.slug]))
    context = {"form": form, "crumbs": _crumbs(request)}
    return render(request, "membership/resource.html", context, status=422 if form.errors else 200)


def remove_resource(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Ask whether to take something from the list; act on the button."""
    found = found_or_404(selectors.resource(request.actor, uuid))
    access.keep_resources.require(request.actor)
    back = reverse("membership:together", args=[request.network.slug])
    if request.POST.get("confirmed") == "yes":
        services.remove_resource(by=request.actor, resource=found)
        return see_other(back)
    context = {
        "question": _("Take it from the list?"),
        "consequences": [found.title],
        "verb": _("Take it from the list"),
        "back_url": back,
    }
    return render(request, "web/confirm.html", context)

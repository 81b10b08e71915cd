"""What those in charge see: requests to join, one by one, and how to answer them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.membership import access, countries, selectors, services
from tequio.membership.forms import Reasons
from tequio.membership.models import Application, Benefit
from tequio.networks.models import Admission


def applications(request: MemberRequest) -> HttpResponse:
    """List the requests to join; others than those in charge read who is."""
    rows = selectors.applications(request.actor)
    if rows is None:
        access.read_applications.require(request.actor, selectors.admission())
    found = rows or []
    context = {
        "waiting": [row for row in found if row.open],
        "answered": [row for row in found if not row.open],
        "listed": request.network.listed,
    }
    return render(request, "membership/applications.html", context)


def application(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Show one request, with what its reader may do about it."""
    return _show(request, _find(request, uuid), Reasons())


def _find(request: MemberRequest, uuid: UUID) -> Application:
    return found_or_404(selectors.application(request.actor, uuid))


def _show(request: MemberRequest, found: Application, form: Reasons) -> HttpResponse:
    admission = selectors.admission()
    together = admission == Admission.EVERYBODY
    context = {
        "application": found,
        "benefits": [Benefit(value).label for value in found.benefits if value in Benefit.values],
        "country": countries.name_of(found.country),
        "same": [] if found.of_a_person or not found.open else selectors.same_name(found),
        "together": together,
        "proposal": selectors.proposal_of(found),
        "may_decline": access.decline.allows(request.actor, found, admission, selectors.stopped(found)),
        "may_admit": access.admit.allows(request.actor, found, admission),
        "may_open": access.open_decision.allows(request.actor, found, admission),
        "form": form,
        "crumbs": [(_("Requests to join"), reverse("membership:applications", args=[request.network.slug]))],
    }
    return render(request, "membership/application.html", context, status=422 if form.errors else 200)


@require_POST
def admit(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Admit an applicant."""
    services.admit(by=request.actor, network=request.network, application=_find(request, uuid))
    return see_other(reverse("membership:application", args=[request.network.slug, uuid]))


@require_POST
def decline(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Do not admit an applicant, and tell them why."""
    found, form = _find(request, uuid), Reasons(request.POST)
    if not form.is_valid():
        return _show(request, found, form)
    services.decline(
        by=request.actor, network=request.network, application=found, reasons=form.cleaned_data["reasons"]
    )
    return see_other(reverse("membership:application", args=[request.network.slug, uuid]))


@require_POST
def open_decision(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Put an admission before all members."""
    services.open_decision(by=request.actor, network=request.network, application=_find(request, uuid))
    return see_other(reverse("membership:application", args=[request.network.slug, uuid]))

"""What those in charge see: requests to join, one by one, and how to answer them."""

from uuid import UUID

from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.membership import access, countries, selectors, services
from tequio.membership.forms import Checks, Reasons
from tequio.membership.models import Application, Benefit, InKind
from tequio.membership.rules import Answered
from tequio.networks.models import Admission


def applications(request: MemberRequest) -> HttpResponse:
    """List everything that waits for an answer, and who answers; others than those in charge read who is."""
    found = selectors.worklist(request.actor)
    if found is None:
        access.read_applications.require(request.actor, selectors.admission())
    return render(request, "membership/applications.html", {"found": found, "listed": request.network.listed})


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
        "offers": [InKind(value).label for value in found.offers if value in InKind.values],
        "country": countries.name_of(found.country),
        "may_check": bool(found.answers) and access.check_criteria.allows(request.actor, found, admission),
        "lacking": found.open and found.lacking,
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


def criteria(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Write down what was found about each criterion. Source: MEM-03."""
    found = _find(request, uuid)
    access.check_criteria.require(request.actor, found, selectors.admission())
    form = Checks(request.POST if request.method == "POST" else None, answers=found.answered)
    back = reverse("membership:application", args=[request.network.slug, uuid])
    if request.method == "POST" and form.is_valid():
        services.check_criteria(by=request.actor, application=found, found=form.found())
        return see_other(back)
    listed = reverse("membership:applications", args=[request.network.slug])
    crumbs = [(_("Requests to join"), listed), (found.name, back)]
    context = {
        "application": found,
        "form": form,
        "rows": _answers(found, form),
        "crumbs": crumbs,
        "back": back,
    }
    return render(request, "membership/criteria.html", context, status=422 if form.errors else 200)


def _answers(found: Application, form: Checks) -> list[tuple[Answered, BoundField]]:
    return list(zip(found.answered, list(form), strict=True))


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

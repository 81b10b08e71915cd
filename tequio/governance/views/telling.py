"""What flows between circles, what groups report, and links that are waived for a time."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tequio.core.access import Refused
from tequio.core.http import MemberRequest, see_other
from tequio.governance import access, selectors, services
from tequio.governance.forms import FlowForm, ReportForm, WaiveForm
from tequio.governance.models import Circle
from tequio.governance.rules import LINKED
from tequio.governance.rules.terms import months_after
from tequio.governance.views.common import crumbs, find, page_of, standing_of
from tequio.people.selectors.voices import today_of


def flow(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Show what went down and came up over a link; the two who carry write it down here. Source: GOV-14, GOV-15."""
    found = find(request, uuid)
    if found.parent is None or found.kind not in LINKED:
        raise Http404
    may = access.write_flow.allows(request.actor, found, standing_of(request, found))
    form = FlowForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.write_flow(
            by=request.actor, circle=found, language=request.LANGUAGE_CODE, **form.cleaned_data
        )
        return see_other(request.path)
    context = {
        "circle": found,
        "notes": selectors.flow(request.actor, found),
        "form": form if may else None,
        "crumbs": crumbs(request, found),
    }
    return render(request, "governance/flow.html", context, status=422 if form.errors else 200)


def report(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Write a group's report about a stretch of time. Source: GOV-23."""
    found = find(request, uuid)
    access.report.require(request.actor, found, standing_of(request, found))
    form = ReportForm(
        request.POST if request.method == "POST" else None, owed=_owed(found, today_of(request.network))
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.report(
                by=request.actor, circle=found, language=request.LANGUAGE_CODE, **form.cleaned_data
            )
            return see_other(page_of(request, found))
        except Refused as reason:
            form.add_error("words", str(reason))
    context = {"circle": found, "form": form, "crumbs": crumbs(request, found)}
    return render(request, "governance/report.html", context, status=422 if form.errors else 200)


def _owed(found: Circle, today: date) -> list[tuple[date, date]]:
    """Return the times about which a group can report, the one that just ended first."""
    starts = services.owed(circle=found, on=today)[:13]
    every = found.reports_every or 1
    spans = [(start, months_after(start, every)) for start in starts]
    return [*spans[1:2], *spans[:1], *spans[2:]]


def waive(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Let a link hang on one person for a time, by a decision."""
    found = find(request, uuid)
    access.waive_link.require(request.actor, found, standing_of(request, found))
    form = WaiveForm(
        request.POST if request.method == "POST" else None, grounds=selectors.grounds(request.actor)
    )
    if request.method == "POST" and form.is_valid() and _waive(request, form, found):
        return see_other(page_of(request, found))
    context = {"circle": found, "form": form, "crumbs": crumbs(request, found)}
    return render(request, "governance/waive.html", context, status=422 if form.errors else 200)


def _waive(request: MemberRequest, form: WaiveForm, found: Circle) -> bool:
    said, entry = form.cleaned_data, form.entry()
    if entry is None:
        return False
    try:
        services.waive_link(
            by=request.actor, circle=found, reason=said["reason"], until=said["until"], entry=entry
        )
    except Refused as reason:
        form.add_error("until", str(reason))
        return False
    return True


def end_waiver(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Ask whether a link needs two people again; act on the button."""
    found = find(request, uuid)
    access.waive_link.require(request.actor, found, standing_of(request, found))
    if request.POST.get("confirmed") == "yes":
        services.end_waiver(by=request.actor, circle=found)
        return see_other(page_of(request, found))
    context = {
        "question": _("Does the link need two people again?"),
        "consequences": [_("From now on one person is not enough.")],
        "verb": _("Two people again"),
        "back_url": page_of(request, found),
        "crumbs": crumbs(request, found),
    }
    return render(request, "web/confirm.html", context)

"""What opens a survey, closes it, begins a new version or throws one away: each asked once more."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tequio.core.access import Refused
from tequio.core.http import MemberRequest, address, found_or_404, see_other
from tequio.surveys import access
from tequio.surveys.forms.building import UntilWhen
from tequio.surveys.models import Survey
from tequio.surveys.rules.faults import faults
from tequio.surveys.selectors import building as selectors
from tequio.surveys.services import building as services
from tequio.surveys.views.building import confirm, url_of


def _found(request: MemberRequest, slug: str) -> Survey:
    return found_or_404(selectors.survey(request.actor, slug))


def _until(request: MemberRequest, closes_at: datetime | None) -> UntilWhen:
    said = request.POST if request.method == "POST" else None
    return UntilWhen(said, closes_at=closes_at, zone=request.network.time_zone)


def open_(request: MemberRequest, survey: str) -> HttpResponse:
    """Put what is written before those who answer, after saying what that means."""
    found = _found(request, survey)
    draft = found_or_404(found.versions.filter(opened_at=None).first())
    access.open_it.require(request.actor, found, sum(fault.blocks for fault in faults(draft.instrument)))
    form = _until(request, found.closes_at)
    if form.is_valid():
        try:
            services.open_survey(by=request.actor, survey=found, closes_at=form.cleaned_data["closes_at"])
            return see_other(url_of(request, "survey", found))
        except Refused as refused:
            form.add_error("closes_at", str(refused))
    if draft.number == 1:
        lines = [
            _("Whoever has its address can answer from now on."),
            _("What is asked changes no more. To ask otherwise, you begin a new version."),
        ]
    else:
        lines = [
            _("From now on people answer this version."),
            _("Answers to earlier versions stay with what was asked then."),
        ]
    return confirm(request, found, _("Open the survey?"), lines, _("Open it"), form)


def close(request: MemberRequest, survey: str) -> HttpResponse:
    """Take no more answers."""
    found = _found(request, survey)
    access.close.require(request.actor, found)
    if request.method == "POST":
        services.close_survey(by=request.actor, survey=found)
        return see_other(url_of(request, "survey", found))
    lines = [
        _("Nobody can answer or change an answer any more."),
        _("Nothing is lost. You can open it again."),
    ]
    return confirm(request, found, _("Close the survey?"), lines, _("Close it"))


def reopen(request: MemberRequest, survey: str) -> HttpResponse:
    """Take answers again."""
    found = _found(request, survey)
    access.close.require(request.actor, found)
    form = _until(request, None)
    if form.is_valid():
        try:
            services.reopen_survey(by=request.actor, survey=found, closes_at=form.cleaned_data["closes_at"])
            return see_other(url_of(request, "survey", found))
        except Refused as refused:
            form.add_error("closes_at", str(refused))
    lines = [_("People can answer again, and change what they answered.")]
    return confirm(request, found, _("Open the survey again?"), lines, _("Open it again"), form)


def new_version(request: MemberRequest, survey: str) -> HttpResponse:
    """Begin to ask otherwise."""
    found = _found(request, survey)
    access.tend.require(request.actor, found)
    if request.method == "POST":
        services.new_version(by=request.actor, survey=found)
        return see_other(url_of(request, "survey", found))
    lines = [
        _("You change a copy. People go on answering what is open now."),
        _("When you open the new version, it takes its place."),
        _("Answers stay with the version that they answered."),
    ]
    return confirm(request, found, _("Begin a new version?"), lines, _("Begin it"))


def drop_version(request: MemberRequest, survey: str) -> HttpResponse:
    """Throw a version away that was never opened."""
    found = _found(request, survey)
    access.close.require(request.actor, found)
    found_or_404(found.versions.filter(opened_at=None).first())
    if request.method == "POST":
        services.drop_version(by=request.actor, survey=found)
        return see_other(url_of(request, "survey", found))
    lines = [_("What you changed in it is gone. What is open now stays.")]
    return confirm(request, found, _("Throw this version away?"), lines, _("Throw it away"))


def drop(request: MemberRequest, survey: str) -> HttpResponse:
    """Throw a survey away that was never opened."""
    found = _found(request, survey)
    access.drop.require(request.actor, found)
    if request.method == "POST":
        services.drop_survey(by=request.actor, survey=found)
        return see_other(address("surveys:list", request.network.slug))
    lines = [_("All its questions are gone. Nobody was asked yet.")]
    return confirm(request, found, _("Throw this survey away?"), lines, _("Throw it away"))

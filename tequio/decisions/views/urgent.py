"""Calling something urgent, confirming it in an ordinary round, and writing down an answer for somebody else."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.decisions import access, selectors, services
from tequio.decisions.forms.urgent import RecordAnswerForm, RecordVoteForm, UrgentForm
from tequio.decisions.views.common import confirm_page, crumbs_of, form_page, meeting_or, url_of, with_round
from tequio.networks.models import Governance


def urgent(request: MemberRequest, number: int) -> HttpResponse:
    """Open a short round on what cannot wait, after saying what that means. Source: GOV-04."""
    proposal = found_or_404(selectors.draft(request.actor, number))
    governance = Governance.objects.first()
    access.call_urgent.require(request.actor, proposal, governance)
    form = UrgentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        services.call_urgent(by=request.actor, proposal=proposal, why=form.cleaned_data["why"])
        return see_other(url_of(request, "open", number))
    hours = governance.urgent_hours if governance else None
    lines = [
        _("Everybody is asked at once, by letter too. There are %(hours)s hours to answer.")
        % {"hours": hours},
        _("It passes if half of the voices answer and nobody objects. No vote follows."),
        _("It holds for 30 days. An ordinary round confirms it, or it ends."),
    ]
    return confirm_page(request, proposal, form, _("Call it urgent?"), lines, _("Ask everybody now"))


def confirm(request: MemberRequest, number: int) -> HttpResponse:
    """Ask everybody in an ordinary round about what was decided in a hurry."""
    proposal = found_or_404(selectors.proposal(request.actor, number))
    access.confirm_urgent.require(request.actor, proposal)
    if request.method == "POST":
        opened = services.confirm_urgent(by=request.actor, proposal=proposal)
        return see_other(url_of(request, "open", opened.proposal.number))
    lines = [
        _("A new decision opens with the same text, and everybody has the usual time to answer."),
        _("If it is adopted, it takes the place of the urgent one. If not, that one ends on its day."),
    ]
    return confirm_page(request, proposal, None, _("Open the ordinary round?"), lines, _("Open the round"))


def record_answer(request: MemberRequest, number: int) -> HttpResponse:
    """Write down the answer of somebody without a device. Source: XCT-03."""
    proposal, round = with_round(request, number)
    access.record_answer.require(request.actor, round, None)
    sort = RecordVoteForm if round.is_vote else RecordAnswerForm
    voices = selectors.voices_to_record(request.actor, round)
    form = sort(request.POST if request.method == "POST" else None, voices=voices)
    if form.is_bound and form.is_valid():
        services.record_answer(
            by=request.actor, round=round, given=form.cleaned_data["said_by"],
            elector=found_or_404(selectors.voice_to_record(round, form.cleaned_data["elector"])), **form.given(),
        )  # fmt: skip
        return see_other(meeting_or(request, "open", number))
    context = {
        "form": form, "proposal": proposal, "version": proposal.version, "round": round,
        "voices": voices, "crumbs": crumbs_of(request, proposal),
    }  # fmt: skip
    return form_page(request, "decisions/record_answer.html", context)

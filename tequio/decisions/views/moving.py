"""What moves a decision on."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.decisions import access, first_line, selectors, sentences, services
from tequio.decisions.forms import (
    ExtendForm,
    HoursForm,
    IntegrateForm,
    TieBreakForm,
    initial_texts,
)
from tequio.decisions.models import Proposal
from tequio.decisions.views.common import (
    confirm_page,
    crumbs_of,
    form_page,
    meeting_or,
    outcome_of,
    overtaken,
    standing_of,
    url_of,
    usual_hours,
    with_round,
)
from tequio.networks.models import Governance


def round_(request: MemberRequest, number: int) -> HttpResponse:
    """Open a consent round, after saying what that means."""
    proposal = found_or_404(selectors.draft(request.actor, number))
    access.open_round.require(request.actor, proposal)
    governance = Governance.objects.first()
    form = HoursForm(request.POST or None, default=usual_hours(governance))
    if form.is_valid():
        services.open_round(by=request.actor, proposal=proposal, hours=form.cleaned_data["hours"])
        return see_other(url_of(request, "open", number))
    rule = sentences.rule_of(proposal, governance)
    lines = [
        _asked(proposal),
        sentences.how_decided(rule),
        sentences.silence_words(rule),
        sentences.fallback(rule, 0),
    ]
    return confirm_page(request, proposal, form, _("Open the consent round?"), lines, _("Open the round"))


def _asked(proposal: Proposal) -> str:
    if proposal.circle is None:
        return _("Everybody who carries a voice today is asked; the text does not change any more.")
    told = _(
        "Who has a seat in %(circle)s today is asked: one voice each. The text does not change any more."
    )
    return told % {"circle": proposal.circle.title}


def open_vote(request: MemberRequest, number: int) -> HttpResponse:
    """Open the vote that follows an objection that stays; in vertical networks only."""
    proposal = found_or_404(selectors.proposal(request.actor, number))
    outcome = outcome_of(proposal.round)
    access.open_vote.require(request.actor, proposal, outcome)
    assert outcome is not None
    form = HoursForm(request.POST or None, default=usual_hours(Governance.objects.first()))
    if form.is_valid():
        services.open_vote(by=request.actor, proposal=proposal, hours=form.cleaned_data["hours"])
        return see_other(url_of(request, "open", number))
    lines = [
        _("Consensus is always sought first. If the objection can still be integrated, go back and do that."),
        sentences.fallback(outcome.round.rule, outcome.numbers["entitled"]),
    ]
    return confirm_page(request, proposal, form, _("Open the vote?"), lines, _("Open the vote"))


def tie_break(request: MemberRequest, number: int) -> HttpResponse:
    """Take the coordination's last word; whoever may not finds no such page."""
    proposal = found_or_404(selectors.proposal(request.actor, number))
    access.break_tie.require(request.actor, proposal, outcome_of(proposal.round))
    form = TieBreakForm(request.POST or None)
    if form.is_valid():
        adopt, reason = form.cleaned_data["choice"] == "adopt", form.cleaned_data["reason"]
        services.break_tie(by=request.actor, proposal=proposal, adopt=adopt, reason=reason)
        return see_other(url_of(request, "record", number))
    lines = [_("The vote ended in a tie on an operational matter: the coordination has the last word.")]
    return confirm_page(request, proposal, form, _("Break the tie?"), lines, _("Decide"))


def extend(request: MemberRequest, number: int) -> HttpResponse:
    """Give a round more time, once."""
    proposal, round = with_round(request, number)
    access.extend_round.require(request.actor, round)
    form = ExtendForm(
        request.POST if request.method == "POST" else None, default=usual_hours(Governance.objects.first())
    )
    if form.is_valid():
        hours, reason = form.cleaned_data["hours"], form.cleaned_data["reason"]
        services.extend_round(by=request.actor, round=round, hours=hours, reason=reason)
        return see_other(url_of(request, "open", number))
    lines = [
        _(
            "A round is extended only once. Those who have not answered are asked again; those who have are told why."
        )
    ]
    return confirm_page(request, proposal, form, _("Give the round more time?"), lines, _("Give more time"))


def close(request: MemberRequest, number: int) -> HttpResponse:
    """Close a round where nothing is missing, or whose time is over."""
    proposal, round = with_round(request, number)
    standing = standing_of(request, round)
    ready = standing is None or standing.result.silent == 0 or clock.now() >= round.closes_at
    access.close_round.require(request.actor, round, ready)
    if request.method == "POST":
        services.close_round(by=request.actor, round=round)
        return see_other(url_of(request, "record", number))
    over = clock.now() >= round.closes_at
    lines = (
        [first_line.of_round(standing.result, round.rule, closes_at=round.closes_at, over=over)]
        if standing
        else []
    )
    return confirm_page(request, proposal, None, _("Close the round?"), lines, _("Close the round"))


def integrate(request: MemberRequest, number: int, objection_id: int) -> HttpResponse:
    """Write the amendment that answers an objection."""
    objection = found_or_404(selectors.objection(request.actor, number, objection_id))
    access.integrate.require(request.actor, objection)
    proposal, languages = objection.proposal, request.network.languages
    assert proposal.version is not None
    form = IntegrateForm(
        request.POST if request.method == "POST" else None,
        languages=languages, initial=initial_texts(proposal.version, languages),
    )  # fmt: skip
    context: dict[str, Any] = {
        "form": form,
        "objection": objection,
        "proposal": proposal,
        "crumbs": crumbs_of(request, proposal),
    }
    if form.is_valid():
        try:
            services.integrate(by=request.actor, objection=objection, **form.written())
            return see_other(meeting_or(request, "open", number))
        except services.Overtaken as trouble:
            context |= overtaken(form, proposal, trouble)
    return form_page(request, "decisions/integrate.html", context)


def withdraw(request: MemberRequest, number: int, objection_id: int) -> HttpResponse:
    """Take back the objection of one's own member."""
    objection = found_or_404(selectors.objection(request.actor, number, objection_id))
    access.withdraw_objection.require(request.actor, objection)
    if request.method == "POST":
        services.withdraw_objection(by=request.actor, objection=objection)
        return see_other(url_of(request, "open", number))
    lines = [
        _(
            "The proposal no longer stops for this reason. In an open round your answer becomes: I can live with it."
        )
    ]
    return confirm_page(
        request, objection.proposal, None, _("Withdraw the objection?"), lines, _("Withdraw it")
    )

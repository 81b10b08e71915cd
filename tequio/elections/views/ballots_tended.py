"""What a ballot may need around its papers: what each voice counts, more time, and a paper told by telephone."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tequio.core.access import Refused
from tequio.core.forms import Form
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.elections import access, selectors, services
from tequio.elections.forms import ExtendForm, PaperForm, VoiceForm, WeightsForm
from tequio.elections.models import Ballot
from tequio.elections.views.ballots import confirm, crumbs_of, url_of


def _found(request: MemberRequest, number: int) -> Ballot:
    return found_or_404(selectors.ballot(request.actor, number))


def _posted(request: MemberRequest) -> Any:
    return request.POST if request.method == "POST" else None


def weights(request: MemberRequest, number: int) -> HttpResponse:
    """Write what the paper of each member counts; it is frozen and shown when the ballot opens."""
    found = _found(request, number)
    access.weigh.require(request.actor, found)
    form = WeightsForm(_posted(request), members=selectors.weighable(found))
    if form.is_valid():
        services.weigh(by=request.actor, ballot=found, weights=form.weights())
        return see_other(url_of(request, "ballot", found))
    context = {
        "heading": _("What each voice counts"),
        "lead": _(
            "One is the usual. What you write here is frozen when the ballot opens, and everybody sees it."
        ),
    }
    return _form_page(request, found, form, verb=_("Keep it"), **context)


def _form_page(request: MemberRequest, found: Ballot, form: Form, **words: str) -> HttpResponse:
    context = {
        "form": form, "back_url": url_of(request, "ballot", found), "crumbs": crumbs_of(request, found), **words,
    }  # fmt: skip
    return render(request, "elections/lot_form.html", context, status=422 if form.is_bound else 200)


def extend(request: MemberRequest, number: int) -> HttpResponse:
    """Give more time, once, for a public reason."""
    found = _found(request, number)
    access.extend.require(request.actor, found)
    form = ExtendForm(_posted(request))
    if form.is_valid():
        try:
            services.extend_ballot(by=request.actor, ballot=found, **form.cleaned_data)
            return see_other(url_of(request, "ballot", found))
        except Refused as refused:
            form.add_error(None, str(refused))
    lines = [
        _("A ballot is given more time once, and never again."),
        _("Whoever has not cast a paper gets a letter with your reason."),
    ]
    return confirm(request, found, _("Give it more time?"), lines, _("Give more time"), form)


def record(request: MemberRequest, number: int) -> HttpResponse:
    """Write down, in a named ballot, the paper of a voice that could not fill it in. Source: XCT-03."""
    found = _found(request, number)
    access.cast_for.require(request.actor, found)
    voice = VoiceForm(_posted(request), voices=selectors.voices_missing(request.actor, found), prefix="")
    paper = PaperForm(_posted(request), ballot=found, options=selectors.options(found))
    if voice.is_valid() and paper.is_valid():
        whose = found_or_404(found.voters.filter(pk=voice.cleaned_data["voice"]).first())
        try:
            services.cast_for(by=request.actor, ballot=found, voter=whose, paper=paper.cleaned_data["paper"])
            return see_other(url_of(request, "ballot", found))
        except Refused as refused:
            voice.add_error("voice", str(refused))
    context = {"voice": voice, "form": paper, "ballot": found, "crumbs": crumbs_of(request, found)}
    return render(request, "elections/record.html", context, status=422 if voice.is_bound else 200)

"""What somebody in the room without a screen says in a meeting, written down by who facilitates."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from tequio.core.access import Refused
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.decisions import access, selectors, services
from tequio.decisions.forms.live import RecordJudgementForm, RecordReactionForm
from tequio.decisions.views.common import confirm_page, url_of


def record_reaction(request: MemberRequest, number: int) -> HttpResponse:
    """Write down the first impression of somebody without a screen."""
    found = found_or_404(selectors.live(request.actor, number))
    access.drive.require(request.actor, found)
    form = RecordReactionForm(
        request.POST if request.method == "POST" else None,
        voices=selectors.others_now(request.actor, found.proposal),
    )
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        voice = selectors.voice_now(request.actor, found.proposal, told["voice"])
        if voice is None:
            raise Http404
        services.record_reaction(
            by=request.actor, live=found, given=told["said_by"], words=told["said"], voice=voice
        )
        return see_other(url_of(request, "live", number))
    lines = [_("For somebody in the room without a screen. It says that you wrote it.")]
    return confirm_page(
        request, found.proposal, form, _("Write down a first impression"), lines, _("Write it down")
    )


def record_judgement(request: MemberRequest, number: int) -> HttpResponse:
    """Write down what somebody without a screen finds of the objection that the group looks at."""
    found = found_or_404(selectors.live(request.actor, number))
    round = found.proposal.round
    tested = selectors.under_test(round) if round else None
    access.drive.require(request.actor, found)
    found_or_404(tested)
    assert round is not None
    access.record_judgement.require(request.actor, found, round, tested, None)
    form = RecordJudgementForm(
        request.POST if request.method == "POST" else None,
        voices=selectors.voices_to_judge(request.actor, round, tested),
    )
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        elector = found_or_404(selectors.voice_to_record(round, told["voice"]))
        try:
            services.record_judgement(
                by=request.actor, live=found, elector=elector, given=told["said_by"], harms=told["harms"] == "yes",
                words=told["words"],
            )  # fmt: skip
        except Refused as why:
            form.add_error("voice", str(why))
        else:
            return see_other(url_of(request, "live", number))
    lines = [_("For somebody in the room without a screen. It says that you wrote it, and they are told.")]
    return confirm_page(
        request,
        found.proposal,
        form,
        _("Write down what a voice says of the objection"),
        lines,
        _("Write it down"),
    )

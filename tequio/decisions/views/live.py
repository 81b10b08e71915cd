"""A decision in a meeting: one page for everybody, its steps for who facilitates, and a mark that screens follow."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.forms import Form
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.decisions import access, first_line, selectors, services
from tequio.decisions.forms import AnswerForm
from tequio.decisions.forms.live import (
    FacilitatorForm,
    JudgeForm,
    WayOutForm,
)
from tequio.decisions.forms.talking import QuestionForm, ReactionForm
from tequio.decisions.models import STAGES, STOPPING, Live, Objection, Reaction, State
from tequio.decisions.rules.machine import MOST_LOOPS, NEXT, Bar, Facts, Stage, guard
from tequio.decisions.selectors import talking
from tequio.decisions.services.meeting import BARS
from tequio.decisions.views.common import (
    confirm_page,
    crumbs_of,
    form_page,
    standing_of,
    url_of,
    why_no_answer,
)
from tequio.decisions.views.decision import answer_form, recall_objection, ring_of, way_out_due
from tequio.networks.models import Regime, Silence

Words = str | Promise
NOW: dict[Stage, tuple[Words, Words]] = {
    Stage.PRESENT: (
        gettext_lazy("We hear the proposal"),
        gettext_lazy("Who wrote it says what it is for and what would change. Nobody answers yet."),
    ),
    Stage.CLARIFY: (
        gettext_lazy("We ask to understand"),
        gettext_lazy("Questions only, no opinions. All has to be clear before we go on."),
    ),
    Stage.REACT: (
        gettext_lazy("We say a first impression"),
        gettext_lazy("Each voice once, in few words. Nobody replies to it."),
    ),
    Stage.AMEND: (
        gettext_lazy("The text is mended"),
        gettext_lazy("Who facilitates decides what of this enters the text."),
    ),
    Stage.CONSENT: (
        gettext_lazy("We ask for consent"),
        gettext_lazy("Is it good enough for now, and safe enough to try until its review?"),
    ),
    Stage.OBJECTIONS: (
        gettext_lazy("We look at the objections"),
        gettext_lazy("They are a gift: each shows a harm that we had not seen. Nobody defends anything."),
    ),
    Stage.INTEGRATE: (
        gettext_lazy("We mend the text"),
        gettext_lazy(
            "What would have to change, so that this harm does not come? A shorter time may be enough."
        ),
    ),
    Stage.DECIDED: (gettext_lazy("It is decided"), gettext_lazy("The record says how.")),
}
VERBS: dict[Stage, Words] = {
    Stage.PRESENT: gettext_lazy("Back to the proposal"),
    Stage.CLARIFY: gettext_lazy("On to the questions"),
    Stage.REACT: gettext_lazy("On to first impressions"),
    Stage.AMEND: gettext_lazy("Mend the text first"),
    Stage.CONSENT: gettext_lazy("Open the round of consent"),
    Stage.OBJECTIONS: gettext_lazy("Look at the objections"),
    Stage.INTEGRATE: gettext_lazy("On to mending the text"),
    Stage.DECIDED: gettext_lazy("Close the round: it is decided"),
}
PLACE = {
    Stage.PRESENT: 1, Stage.CLARIFY: 2, Stage.REACT: 3, Stage.AMEND: 3, Stage.CONSENT: 4, Stage.OBJECTIONS: 4,
    Stage.INTEGRATE: 4, Stage.DECIDED: 6,
}  # fmt: skip


def live(request: MemberRequest, number: int) -> HttpResponse:
    """What the meeting does now, and what I can say."""
    found = found_or_404(selectors.live(request.actor, number))
    round = found.proposal.round if found.proposal.state != State.DRAFT else None
    standing = standing_of(request, round)
    form = _form(request, found, standing)
    if request.method == "POST":
        if form is None:
            raise Refused(_("The meeting went on. Look where it is now."))
        if form.is_valid():
            _say(request, found, form)
            return see_other(url_of(request, "live", number))
    context = _context(request, found, standing, form)
    return render(request, "decisions/live.html", context, status=422 if form and form.is_bound else 200)


def _form(request: MemberRequest, found: Live, standing: selectors.Standing | None) -> Form | None:
    """Return the form of what the reader can say at this step."""
    actor, proposal, data = request.actor, found.proposal, request.POST if request.method == "POST" else None
    if found.closed_at is not None:
        return None
    stage, round = Stage(found.stage), proposal.round
    if stage is Stage.CLARIFY and access.ask_question.allows(actor, proposal):
        form = QuestionForm(data)
        form.fields["words"].help_text = _("Ask what you need to understand.")
        return form
    if stage is Stage.REACT and access.react.allows(actor, proposal):
        return ReactionForm(data)
    if stage is Stage.CONSENT and round and standing and why_no_answer(actor, round, standing) is None:
        return AnswerForm(data) if data is not None else answer_form(round, standing)
    if stage is Stage.OBJECTIONS and round and round.regime == Regime.TEST:
        tested = selectors.under_test(round)
        if tested and access.judge.allows(actor, tested, round):
            return JudgeForm(data)
    return None


def _say(request: MemberRequest, found: Live, form: Form) -> None:
    actor, proposal = request.actor, found.proposal
    if isinstance(form, QuestionForm):
        services.ask_question(by=actor, proposal=proposal, words=form.cleaned_data["words"])
    elif isinstance(form, ReactionForm):
        services.react(by=actor, proposal=proposal, words=form.cleaned_data["reaction"])
    elif isinstance(form, AnswerForm) and proposal.round:
        services.answer(by=actor, round=proposal.round, **form.given())
    elif isinstance(form, JudgeForm) and proposal.round:
        tested = found_or_404(selectors.under_test(proposal.round))
        harms = form.cleaned_data["harms"] == "yes"
        services.judge(by=actor, objection=tested, harms=harms, words=form.cleaned_data["words"])


def _context(
    request: MemberRequest, found: Live, standing: selectors.Standing | None, form: Form | None
) -> dict[str, Any]:
    proposal, stage, actor = found.proposal, Stage(found.stage), request.actor
    title, words = NOW[stage]
    before = stage in (Stage.CLARIFY, Stage.REACT, Stage.AMEND, Stage.PRESENT)
    told = _before(request, found, stage, form) if before else _round(request, found, standing, form)
    drives, round = access.drive.allows(actor, found), proposal.round
    asks = stage is Stage.CONSENT and form is None and found.closed_at is None
    return {
        "no_answer": why_no_answer(actor, round, standing) if asks and round and standing else None,
        "live": found, "proposal": proposal, "version": proposal.version, "standing": standing,
        "round": proposal.round if proposal.state != State.DRAFT else None,
        "concerned": selectors.concerned_name(actor, proposal),
        "stage": stage.value, "now": title, "words": words, "form": form, "drives": drives,
        "labels": [_("Proposal"), _("Questions"), _("First impressions"), _("Consent"), _("Agreement")],
        "current": PLACE[stage], "fresh": False, "carried": [],
        "mark": selectors.live_mark(actor, proposal.number), "mark_url": url_of(request, "live-mark", proposal.number),
        "over": found.closed_at is not None,
        "waits": form is None and found.closed_at is None,
        "crumbs": crumbs_of(request, proposal),
        **told,
        **(_steps(request, found, _facts(found, standing, told)) if drives else {}),
    }  # fmt: skip


def _facts(found: Live, standing: selectors.Standing | None, told: dict[str, Any]) -> Facts:
    """Return what the steps are judged by, of what the page has read already."""
    now, round = clock.now(), found.proposal.round
    questions = told.get("questions", [])
    facts = Facts(
        stage=Stage(found.stage),
        voices=told.get("voices", 0),
        reacted=told.get("said", 0),
        open_questions=sum(one.replied_at is None for one in questions),
        time_over=found.timer_ends_at is not None and found.timer_ends_at <= now,
    )
    if standing is None or round is None:
        return replace(facts, stopping=told.get("stopping", 0), untested=told.get("untested", 0))
    return replace(
        facts,
        voices=standing.result.entitled,
        answered=standing.result.answered,
        stopping=told["stopping"],
        untested=told["untested"],
        time_over=round.closes_at <= now,
        silence_consents=round.silence == Silence.CONSENTS,
    )


def _before(request: MemberRequest, found: Live, stage: Stage, form: Form | None) -> dict[str, Any]:
    """Return what was asked and said before the round, with the ring of those who have said something."""
    questions = list(talking.questions(request.actor, found.proposal)) if stage is Stage.CLARIFY else []
    if stage not in (Stage.REACT, Stage.AMEND):
        return {"questions": questions, "may_reply": access.mends(request.actor, found.proposal)}
    reactions = list(talking.reactions(request.actor, found.proposal))
    said = {one.voice_id: one.words for one in reactions}
    voices = selectors.voices_now(request.actor, found.proposal)
    mine = selectors.own(request.actor, found.proposal)
    shapes = [
        "consent+you"
        if pk in said and pk == mine
        else "consent"
        if pk in said
        else "you"
        if pk == mine
        else "waiting"
        for pk, _name in sorted(voices, key=lambda one: one[0] != mine)
    ]
    silent = [name for pk, name in voices if pk not in said]
    if isinstance(form, ReactionForm) and not form.is_bound:
        form.initial["reaction"] = said.get(mine, "")  # sent empty, an impression is taken back
    return {
        "reactions": [_impression(one) for one in reactions],
        "spoken": shapes if len(shapes) <= selectors.IN_RING else [],
        "said": len(voices) - len(silent),
        "voices": len(voices),
        "of_voices": ngettext("of %(count)s voice", "of %(count)s voices", len(voices))
        % {"count": len(voices)},
        "silent": silent[: selectors.IN_RING],
    }


def _impression(one: Reaction) -> dict[str, str]:
    return {"name": one.voice_name, "words": one.words, "by": one.given_name}


def _round(
    request: MemberRequest, found: Live, standing: selectors.Standing | None, form: Form | None
) -> dict[str, Any]:
    """Return how the round goes, and the objections with the one that the group looks at."""
    proposal, round = found.proposal, found.proposal.round
    if round is None:
        return {}
    stopping = [one for one in selectors.objections(request.actor, proposal) if one.state in STOPPING]
    recall_objection(request, round, stopping, form)
    tested = (
        next((one for one in stopping if one.found is None), None) if round.regime == Regime.TEST else None
    )
    ring = ring_of(request, round, standing)
    return {
        **ring,
        "objections": [_objection(request, one, tested) for one in stopping]
        if ring["shown"] or not standing
        else [],
        "tested": tested,
        "stopping": len(stopping),
        "untested": sum(one.found is None for one in stopping) if round.regime == Regime.TEST else 0,
        "way_out": way_out_due(request.actor, proposal) if stopping else False,
        "most_loops": MOST_LOOPS,
        "needed": first_line.of_round(
            standing.result, round.rule, closes_at=round.closes_at, shown=ring["shown"]
        )
        if standing
        else "",
    }


def _objection(request: MemberRequest, one: Objection, tested: Objection | None) -> dict[str, Any]:
    return {
        "pk": one.pk,
        "name": one.voice_name,
        "harm": one.harm,
        "mend": one.mend,
        "found": one.found,
        "tested": tested is not None and one.pk == tested.pk,
        "integrate": access.integrate.allows(request.actor, one),
        "withdraw": access.withdraw_objection.allows(request.actor, one),
    }


def _steps(request: MemberRequest, found: Live, facts: Facts) -> dict[str, Any]:
    """Return the steps that can be taken now, and what stands against the others."""
    bars = {to: guard(facts, to) for to in NEXT[facts.stage]}
    round, writes = found.proposal.round, facts.stage is Stage.INTEGRATE
    return {
        "next": [(to.value, VERBS[to]) for to, bar in bars.items() if bar is None and not writes],
        "timed": Stage.REACT in bars and bars[Stage.REACT] is None,
        "against": [BARS[bar] for bar in dict.fromkeys(bars.values()) if bar not in (None, Bar.NO_OBJECTION)],
        "may_change": access.change_proposal.allows(request.actor, found.proposal),
        "may_record": round is not None and access.record_answer.allows(request.actor, round, None),
        "may_judge": facts.untested > 0 and facts.stage is Stage.OBJECTIONS,
        "may_amend": access.amend.allows(request.actor, found.proposal),
    }


@require_safe
def live_mark(request: MemberRequest, number: int) -> HttpResponse:
    """Answer 304 while nothing changed that the screens of a meeting show, so that asking often costs little."""
    tag = f'"{found_or_404(selectors.live_mark(request.actor, number))}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    return HttpResponse(tag, content_type="text/plain", headers={"ETag": tag})


def start_meeting(request: MemberRequest, number: int) -> HttpResponse:
    """Take a proposal through its steps in a meeting, after saying who facilitates."""
    proposal = found_or_404(selectors.draft(request.actor, number))
    access.start_meeting.require(request.actor, proposal)
    form = FacilitatorForm(
        request.POST if request.method == "POST" else None,
        people=talking.owners(request.actor, proposal), initial={"facilitator": request.actor.participant_id},
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        facilitator = found_or_404(selectors.taking_part(request.actor, form.cleaned_data["facilitator"]))
        services.start_meeting(by=request.actor, proposal=proposal, facilitator=facilitator)
        return see_other(url_of(request, "live", number))
    lines = [
        _("Who facilitates takes the steps, and the screens of all follow."),
        _("Whoever has no screen says it aloud, and who facilitates writes it down."),
    ]
    return confirm_page(request, proposal, form, _("Decide it together in a meeting?"), lines, _("Begin"))


@require_POST
def take_step(request: MemberRequest, number: int) -> HttpResponse:
    """Go on to another step."""
    found = found_or_404(selectors.live(request.actor, number))
    to, minutes = request.POST.get("to", ""), request.POST.get("minutes", "")
    found_or_404(to if to in dict(STAGES) else None)
    short = (
        int(minutes) if minutes.isascii() and minutes.isdecimal() and 0 < int(minutes[:4]) <= 120 else None
    )
    services.take_step(by=request.actor, live=found, to=Stage(to), minutes=short)
    return see_other(url_of(request, "live", number))


def end_meeting(request: MemberRequest, number: int) -> HttpResponse:
    """Leave the steps, after asking."""
    found = found_or_404(selectors.live(request.actor, number))
    access.drive.require(request.actor, found)
    if request.method == "POST":
        services.end_meeting(by=request.actor, live=found)
        return see_other(url_of(request, "open", number))
    lines = [_("What was said stays. The decision goes on by itself, each voice on its own screen.")]
    return confirm_page(request, found.proposal, None, _("End the meeting on this?"), lines, _("End it now"))


def way_out(request: MemberRequest, number: int) -> HttpResponse:
    """Choose how it goes on after a text went round three times."""
    proposal = found_or_404(selectors.proposal(request.actor, number))
    access.choose_way_out.require(request.actor, proposal, selectors.loops(proposal))
    form = WayOutForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            choice = services.choose_way_out(
                by=request.actor,
                proposal=proposal,
                way=told["way"],
                reason=told["reason"],
                months=told["months"],
            )
            if choice.circle is not None:
                slug = request.network.slug
                return see_other(reverse("governance:circle", args=[slug, choice.circle.uuid]))
            return see_other(url_of(request, "open", number))
        except Refused as trouble:
            form.add_error(None, str(trouble))
    context = {
        "form": form,
        "proposal": proposal,
        "version": proposal.version,
        "crumbs": crumbs_of(request, proposal),
    }
    return form_page(request, "decisions/way_out.html", context)

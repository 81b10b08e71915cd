"""One function a page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_safe

from tequio.core import clock
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.pages import needs, public
from tequio.core.texts import say
from tequio.decisions import access, formats, selectors, sentences, services
from tequio.decisions.forms import (
    AnswerForm,
    HoursForm,
    IntegrateForm,
    ProposalForm,
    SearchForm,
    TieBreakForm,
    VoteForm,
    initial_proposal,
    initial_texts,
)
from tequio.decisions.models import POSITIONS, STOPPING, Elector, Outcome, Proposal, Round, State
from tequio.decisions.rules import Position, Step
from tequio.networks.models import Governance

ANSWERS = dict(POSITIONS)


# What there is to decide


@require_safe
def decision_list(request: MemberRequest) -> HttpResponse:
    """Open rounds for me first, then what is under way, then the agreements in force, searchable."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    before = request.GET.get("before", "")
    shown_before = int(before) if before.isascii() and before.isdecimal() and len(before) < 9 else None
    state = State.NOT_ADOPTED if request.GET.get("state") == State.NOT_ADOPTED else State.ADOPTED
    decided = selectors.decided(request.actor, words=words, state=state, before=shown_before)
    context = {
        "rounds": selectors.waiting_for_me(request.actor),
        "under_way": selectors.under_way(request.actor),
        "decided": decided[: selectors.PAGE],
        "more": decided[selectors.PAGE - 1].number if len(decided) > selectors.PAGE else None,
        "form": form,
        "words": words,
        "state": state,
        "today": clock.today(),
        "may_propose": access.propose.allows(request.actor),
    }
    return render(request, "decisions/list.html", context)


@needs(access.propose)
def propose(request: MemberRequest) -> HttpResponse:
    """Write a proposal."""
    start = {"review_on": clock.today() + timedelta(days=182), "term_months": 12}
    form = ProposalForm(request.POST or None, languages=request.network.languages, initial=start)
    if form.is_valid():
        proposal = services.propose(by=request.actor, **form.written())
        return see_other(_url(request, "open", proposal.number))
    return _form_page(request, "decisions/proposal_form.html", {"form": form})


def edit(request: MemberRequest, number: int) -> HttpResponse:
    """Change a proposal on which nobody was asked yet."""
    proposal = found_or_404(selectors.draft(request.actor, number))
    access.change_proposal.require(request.actor, proposal)
    assert proposal.version is not None
    languages = request.network.languages
    start = initial_proposal(proposal, proposal.version, languages)
    form = ProposalForm(request.POST or None, languages=languages, initial=start)
    if form.is_valid():
        services.change_proposal(by=request.actor, proposal=proposal, **form.written())
        return see_other(_url(request, "open", number))
    return _form_page(request, "decisions/proposal_form.html", {"form": form, "proposal": proposal})


# One decision


def decision(request: MemberRequest, number: int) -> HttpResponse:
    """One decision: how it is decided and what is missing, the text, my answer, the ring, the objections."""
    proposal = found_or_404(selectors.proposal(request.actor, number))
    round = proposal.round  # noqa: A001
    if request.method == "POST":
        return _take_answer(request, proposal, found_or_404(round))
    standing = _standing(request, round)
    form = _answer_form(round, standing)
    return render(request, "decisions/decision.html", _decision_context(request, proposal, standing, form))


def _take_answer(request: MemberRequest, proposal: Proposal, round: Round) -> HttpResponse:  # noqa: A002
    access.answer.require(request.actor, round)
    form = VoteForm(request.POST) if round.is_vote else AnswerForm(request.POST)
    if form.is_valid():
        services.answer(by=request.actor, round=round, **form.given())
        return see_other(_url(request, "answered", proposal.number))
    context = _decision_context(request, proposal, _standing(request, round), form)
    return render(request, "decisions/decision.html", context, status=422)


def _standing(request: MemberRequest, round: Round | None) -> selectors.Standing | None:  # noqa: A002
    if round is None or round.closed_at is not None:
        return None
    over = clock.now() >= round.closes_at
    return selectors.count_round(round, over=over, membership_id=request.actor.membership_id)


def _answer_form(round: Round | None, standing: selectors.Standing | None) -> AnswerForm | VoteForm | None:  # noqa: A002
    if round is None or standing is None:
        return None
    if round.is_vote:
        return VoteForm(initial={"answer": standing.mine, "words": standing.concern})
    return AnswerForm(initial={"answer": _choice(standing), "concern": standing.concern})


def _choice(standing: selectors.Standing) -> str | None:
    said = {Position.AGREE.value: "yes", Position.CAN_LIVE_WITH.value: "yes", Position.STAND_ASIDE.value: "pass"}
    if standing.mine == Position.OBJECT.value:
        return "object"
    return "concern" if standing.mine and standing.concern else said.get(standing.mine or "")


def _decision_context(
    request: MemberRequest, proposal: Proposal, standing: selectors.Standing | None, form: AnswerForm | VoteForm | None
) -> dict[str, Any]:
    round, outcome = proposal.round, _outcome(proposal.round)  # noqa: A001
    objections = selectors.objections(request.actor, proposal) if proposal.round_id else []
    rule = round.rule if round else sentences.rule_of(proposal, Governance.objects.first())
    why_not = access.answer.why_not(request.actor, round) if standing and round else None
    labels, current = sentences.stages(proposal, round)
    return {
        "proposal": proposal,
        "version": proposal.version,
        "round": round,
        "standing": standing,
        "outcome": outcome,
        "form": form if standing and not why_not else None,
        "why_not": why_not,
        "labels": labels,
        "current": current,
        "how": sentences.how_decided(rule),
        "fallback": sentences.fallback(rule, standing.result.entitled if standing else 0) if _undecided(proposal) else "",
        "silence": sentences.silence_words(rule),
        "quorum": sentences.quorum_words(rule, standing.result.entitled) if standing else "",
        "needed": sentences.still_needed(round, standing) if round and standing else "",
        "outcome_rule": sentences.outcome_rule(outcome) if outcome else "",
        "outcome_numbers": sentences.outcome_numbers(outcome) if outcome else "",
        "objections": [(one, _verbs(request, one)) for one in _with_proposal(objections, proposal)],
        "stopping": sum(one.state in STOPPING for one in objections),
        "paste": sentences.paste_text(proposal, round, request.build_absolute_uri(_url(request, "open", proposal.number)))
        if round and standing
        else "",
        "crumbs": [(_("Decisions"), reverse("decisions:list", args=[request.network.slug]))],
        **_ring(request, round, standing),
        **_next_steps(request, proposal, outcome, standing),
    }


def _undecided(proposal: Proposal) -> bool:
    return proposal.state in (State.DRAFT, State.CONSENT, State.OBJECTED)


def _outcome(round: Round | None) -> Outcome | None:  # noqa: A002
    outcome = getattr(round, "outcome", None)
    if outcome is not None and round is not None:
        outcome.round = round
    return outcome


def _with_proposal(objections: list[Any], proposal: Proposal) -> list[Any]:
    for one in objections:
        one.proposal = proposal
    return objections


def _verbs(request: MemberRequest, objection: Any) -> dict[str, bool]:
    return {
        "integrate": access.integrate.allows(request.actor, objection),
        "withdraw": access.withdraw_objection.allows(request.actor, objection),
    }


def _ring(request: MemberRequest, round: Round | None, standing: selectors.Standing | None) -> dict[str, Any]:  # noqa: A002
    """Return the seats (small rounds), or the bars (large ones), and who said what if the reader may see it."""
    if round is None or standing is None:
        return {"shown": True}
    shown = selectors.shows_answers(request.actor, round, answered=standing.mine is not None)
    electors = selectors.seats(request.actor, round) if shown else []
    told = standing.result
    context: dict[str, Any] = {
        "shown": shown,
        "answered": told.answered,
        "entitled": told.entitled,
        "of_voices": ngettext("of %(count)s voice", "of %(count)s voices", told.entitled) % {"count": told.entitled},
        "left": standing.left,
    }
    if electors:
        kept = [one for one in electors if one.membership.status not in ("LEFT", "REMOVED", "PAUSED")]
        context["seats"] = [_seat(request, one) for one in kept]
        context["who"] = _who(kept)
    elif shown:
        context["bars"] = _bars(round, standing)
    return context


def _seat(request: MemberRequest, elector: Elector) -> str:
    answer = getattr(elector, "answer", None)
    if answer is not None:
        return str(answer.seat)
    mine = elector.membership_id == request.actor.membership_id and request.actor.votes
    return "you" if mine else "waiting"


def _who(electors: list[Elector]) -> list[tuple[str, Any, list[Elector]]]:
    """Return who answered what, in the order of the answers, those who have not answered last."""
    said = {position: [one for one in electors if getattr(one, "answer", None) and one.answer.position == position] for position in ANSWERS}
    rows = [(ones[0].answer.seat if position != "CAN_LIVE_WITH" else "consent", ANSWERS[position], ones) for position, ones in said.items() if ones]
    if silent := [one for one in electors if getattr(one, "answer", None) is None]:
        rows.append(("waiting", _("Still to answer"), silent))
    return rows


def _bars(round: Round, standing: selectors.Standing) -> list[tuple[str, int]]:  # noqa: A002
    told = standing.result
    names = ("YES", "NO", "ABSTAIN") if round.is_vote else ("AGREE", "CAN_LIVE_WITH", "STAND_ASIDE", "OBJECT")
    rows = [(str(ANSWERS[name]), int(getattr(told, name.lower()))) for name in names]
    return [*(row for row in rows if row[1] or row[0] != str(ANSWERS["AGREE"])), (_("Still to answer"), told.silent)]


def _next_steps(
    request: MemberRequest, proposal: Proposal, outcome: Outcome | None, standing: selectors.Standing | None
) -> dict[str, Any]:
    """Return the buttons that this reader has now, as (address, words); no button without the right to press it."""
    actor, round = request.actor, proposal.round  # noqa: A001
    steps = []
    if access.change_proposal.allows(actor, proposal):
        steps.append(("edit", _("Change the text")))
    if access.open_round.allows(actor, proposal):
        steps.append(("round", _("Open the consent round") if round is None else _("Open a new consent round")))
    if access.open_vote.allows(actor, proposal, outcome):
        steps.append(("vote", _("Open the vote")))
    if access.break_tie.allows(actor, proposal, outcome):
        steps.append(("tie-break", _("Break the tie")))
    if round and standing:
        ready = standing.result.silent == 0 or clock.now() >= round.closes_at
        if access.close_round.allows(actor, round, ready):
            steps.append(("close", _("Close the round")))
        if access.extend_round.allows(actor, round):
            steps.append(("extend", _("Give it more time, once")))
    lapsed = round is not None and standing is not None and clock.now() >= round.closes_at
    return {"steps_open": [(_url(request, name, proposal.number), words) for name, words in steps], "lapsed": lapsed}


@require_safe
def answered(request: MemberRequest, number: int) -> HttpResponse:
    """Say what happened with my answer, and until when it can be changed."""
    proposal = found_or_404(selectors.proposal(request.actor, number))
    round = found_or_404(proposal.round)  # noqa: A001
    over = round.closed_at is not None
    standing = selectors.count_round(round, over=over, membership_id=request.actor.membership_id)
    outcome = _outcome(round)
    context = {
        "proposal": proposal,
        "version": proposal.version,
        "round": round,
        "outcome": outcome,
        "outcome_rule": sentences.outcome_rule(outcome) if outcome else "",
        "mine": ANSWERS.get(standing.mine or ""),
        "words": standing.concern,
        "needed": "" if over else sentences.still_needed(round, standing),
        "shown": selectors.shows_answers(request.actor, round, answered=standing.mine is not None),
        "earlier": [(ANSWERS[position], words) for position, words in selectors.earlier_answers(request.actor, round)],
        "objected": standing.mine == Position.OBJECT.value,
    }
    return render(request, "decisions/answered.html", context)


@require_safe
def versions(request: MemberRequest, number: int) -> HttpResponse:
    """The texts that the proposal has had, with what changed from one to the next."""
    proposal = found_or_404(selectors.draft(request.actor, number))
    context = {"proposal": proposal, "versions": selectors.versions(request.actor, proposal)[:50]}
    return render(request, "decisions/versions.html", {**context, "crumbs": _crumbs(request, proposal)})


@require_safe
def record(request: MemberRequest, number: int, round_number: int | None = None) -> HttpResponse:
    """The record: rule, base, numbers, who and when, and where the register keeps it; made to be printed."""
    outcome = found_or_404(selectors.record(request.actor, number, round_number))
    proposal = outcome.round.proposal
    page = Paginator(outcome.voices, 100).get_page(request.GET.get("page"))
    context = {
        "outcome": outcome,
        "proposal": proposal,
        "round": outcome.round,
        "version": outcome.round.version,
        "rule": sentences.outcome_rule(outcome),
        "numbers": sentences.outcome_numbers(outcome),
        "base": sentences.base_words(outcome.round.rule) if outcome.round.is_vote else "",
        "quorum": sentences.quorum_words(outcome.round.rule, outcome.numbers["entitled"]),
        "page": page,
        "voices": [{**voice, "said": ANSWERS.get(voice["answer"])} for voice in page.object_list],
        "left": sum(voice["left"] for voice in outcome.voices),
        "entry": selectors.entry_of(outcome),
        "rounds": selectors.rounds_of(request.actor, proposal),
        "gap": outcome.step == Step.RULE_GAP.value,
        "crumbs": _crumbs(request, proposal),
    }
    return render(request, "decisions/record.html", context)


# What moves a decision on


def round_(request: MemberRequest, number: int) -> HttpResponse:
    """Open a consent round, after saying what that means."""
    proposal = found_or_404(selectors.draft(request.actor, number))
    access.open_round.require(request.actor, proposal)
    governance = Governance.objects.first()
    form = HoursForm(request.POST or None, default=_hours(governance))
    if form.is_valid():
        services.open_round(by=request.actor, proposal=proposal, hours=form.cleaned_data["hours"])
        return see_other(_url(request, "open", number))
    rule = sentences.rule_of(proposal, governance)
    lines = [
        _("Everybody who carries a voice today is asked; the text does not change any more."),
        sentences.how_decided(rule),
        sentences.silence_words(rule),
        sentences.fallback(rule, 0),
    ]
    return _confirm(request, proposal, form, _("Open the consent round?"), lines, _("Open the round"))


def open_vote(request: MemberRequest, number: int) -> HttpResponse:
    """Open the vote that follows an objection that stays; in vertical networks only."""
    proposal = found_or_404(selectors.proposal(request.actor, number))
    outcome = _outcome(proposal.round)
    access.open_vote.require(request.actor, proposal, outcome)
    assert outcome is not None
    form = HoursForm(request.POST or None, default=_hours(Governance.objects.first()))
    if form.is_valid():
        services.open_vote(by=request.actor, proposal=proposal, hours=form.cleaned_data["hours"])
        return see_other(_url(request, "open", number))
    lines = [
        _("Consensus is always sought first. If the objection can still be integrated, go back and do that."),
        sentences.fallback(outcome.round.rule, outcome.numbers["entitled"]),
    ]
    return _confirm(request, proposal, form, _("Open the vote?"), lines, _("Open the vote"))


def tie_break(request: MemberRequest, number: int) -> HttpResponse:
    """Take the coordination's last word; whoever may not finds no such page."""
    proposal = found_or_404(selectors.proposal(request.actor, number))
    access.break_tie.require(request.actor, proposal, _outcome(proposal.round))
    form = TieBreakForm(request.POST or None)
    if form.is_valid():
        adopt, reason = form.cleaned_data["choice"] == "adopt", form.cleaned_data["reason"]
        services.break_tie(by=request.actor, proposal=proposal, adopt=adopt, reason=reason)
        return see_other(_url(request, "record", number))
    lines = [_("The vote ended in a tie on an operational matter: the coordination has the last word.")]
    return _confirm(request, proposal, form, _("Break the tie?"), lines, _("Decide"))


def extend(request: MemberRequest, number: int) -> HttpResponse:
    """Give a round more time, once."""
    proposal, round = _with_round(request, number)  # noqa: A001
    access.extend_round.require(request.actor, round)
    form = HoursForm(request.POST or None, default=_hours(Governance.objects.first()))
    if form.is_valid():
        services.extend_round(by=request.actor, round=round, hours=form.cleaned_data["hours"])
        return see_other(_url(request, "open", number))
    lines = [_("A round is extended only once. Those who have not answered are asked again.")]
    return _confirm(request, proposal, form, _("Give the round more time?"), lines, _("Give more time"))


def close(request: MemberRequest, number: int) -> HttpResponse:
    """Close a round where nothing is missing, or whose time is over."""
    proposal, round = _with_round(request, number)  # noqa: A001
    standing = _standing(request, round)
    ready = standing is None or standing.result.silent == 0 or clock.now() >= round.closes_at
    access.close_round.require(request.actor, round, ready)
    if request.method == "POST":
        services.close_round(by=request.actor, round=round)
        return see_other(_url(request, "record", number))
    lines = [sentences.still_needed(round, standing)] if standing else []
    return _confirm(request, proposal, None, _("Close the round?"), lines, _("Close the round"))


def integrate(request: MemberRequest, number: int, objection_id: int) -> HttpResponse:
    """Write the amendment that answers an objection."""
    objection = found_or_404(selectors.objection(request.actor, number, objection_id))
    access.integrate.require(request.actor, objection)
    proposal, languages = objection.proposal, request.network.languages
    assert proposal.version is not None
    form = IntegrateForm(request.POST or None, languages=languages, initial=initial_texts(proposal.version, languages))
    if form.is_valid() and form.has_changed():
        services.integrate(by=request.actor, objection=objection, why=form.cleaned_data["why"], **form.texts())
        return see_other(_url(request, "open", number))
    context = {"form": form, "objection": objection, "proposal": proposal, "crumbs": _crumbs(request, proposal)}
    return _form_page(request, "decisions/integrate.html", context)


def withdraw(request: MemberRequest, number: int, objection_id: int) -> HttpResponse:
    """Take back the objection of one's own member."""
    objection = found_or_404(selectors.objection(request.actor, number, objection_id))
    access.withdraw_objection.require(request.actor, objection)
    if request.method == "POST":
        services.withdraw_objection(by=request.actor, objection=objection)
        return see_other(_url(request, "open", number))
    lines = [_("The proposal no longer stops for this reason. In an open round your answer becomes: I can live with it.")]
    return _confirm(request, objection.proposal, None, _("Withdraw the objection?"), lines, _("Withdraw it"))


# Calendar


def own_calendar(request: MemberRequest) -> HttpResponse:
    """My calendar of deadlines: get its address, or close it."""
    if request.method == "POST":
        if "close" in request.POST:
            services.revoke_calendar(by=request.actor)
        else:
            services.make_calendar(by=request.actor)
        return see_other(reverse("decisions:calendar", args=[request.network.slug]))
    key = selectors.calendar_key(request.actor)
    url = reverse("decisions:calendar-feed", args=[request.network.slug, services.calendar_token(key)]) if key else ""
    crumbs = [(_("Decisions"), reverse("decisions:list", args=[request.network.slug]))]
    address = request.build_absolute_uri(url) if url else ""
    return render(request, "decisions/calendar.html", {"address": address, "crumbs": crumbs})


@public
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The deadlines of whoever this secret belongs to; 404 for any other."""
    nonce = services.nonce_of(token)
    key = found_or_404(selectors.calendar_of(nonce) if nonce else None)
    network = request.network  # type: ignore[attr-defined]
    with override(key.participant.person.language):
        rows = [_deadline(network, one) for one in selectors.deadlines(key.participant.membership_id)]
        text = formats.calendar(rows, name=_("Decisions of %(network)s") % {"network": network.title})
    return HttpResponse(text, content_type="text/calendar; charset=utf-8")


def _deadline(network: Any, round: Round) -> formats.Deadline:  # noqa: A002
    url = settings.ORIGIN.rstrip("/") + reverse("decisions:open", args=[network.slug, round.proposal.number])
    done = _("Answered") if round.answered else _("To answer")  # type: ignore[attr-defined]
    return formats.Deadline(
        uid=f"{round.uuid}@tequio",
        title=f"{done}: {say(round.version.title)}",
        text=sentences.paste_text(round.proposal, round, url),
        url=url,
        ends_at=round.closes_at,
        changed_at=round.opened_at,
    )


# What these pages share


def _url(request: MemberRequest, name: str, number: int) -> str:
    return reverse(f"decisions:{name}", args=[request.network.slug, number])


def _crumbs(request: MemberRequest, proposal: Proposal) -> list[tuple[str, str]]:
    title = say(proposal.version.title) if proposal.version else str(proposal.number)
    return [
        (_("Decisions"), reverse("decisions:list", args=[request.network.slug])),
        (title, _url(request, "open", proposal.number)),
    ]


def _hours(governance: Governance | None) -> int:
    return (governance or Governance()).round_hours


def _with_round(request: MemberRequest, number: int) -> tuple[Proposal, Round]:
    proposal = found_or_404(selectors.proposal(request.actor, number))
    return proposal, found_or_404(proposal.round)


def _form_page(request: MemberRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, status=422 if context["form"].is_bound else 200)


def _confirm(
    request: MemberRequest, proposal: Proposal, form: HoursForm | TieBreakForm | None, question: str, lines: list[str], verb: str
) -> HttpResponse:
    context = {
        "form": form,
        "proposal": proposal,
        "question": question,
        "consequences": [line for line in lines if line],
        "verb": verb,
        "back_url": _url(request, "open", proposal.number),
        "crumbs": _crumbs(request, proposal),
    }
    return render(request, "decisions/confirm.html", context, status=422 if form and form.is_bound else 200)

"""One decision: its page, my answer, its versions, its record."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.core.forms import Form
from tequio.core.http import MemberRequest, address, found_or_404, see_other
from tequio.core.texts import say
from tequio.decisions import access, first_line, selectors, sentences, services
from tequio.decisions.forms import AnswerForm, VoteForm
from tequio.decisions.forms.talking import lacking
from tequio.decisions.models import STOPPING, Objection, Outcome, Proposal, Round, State
from tequio.decisions.rules import Position, Rule, Step
from tequio.decisions.rules.machine import MOST_LOOPS
from tequio.decisions.selectors import talking
from tequio.decisions.views.amending import kept_context
from tequio.decisions.views.common import (
    ANSWERS,
    crumbs_of,
    is_asked,
    outcome_of,
    standing_of,
    url_of,
    why_no_answer,
)
from tequio.decisions.views.talking import file_row, related_row
from tequio.networks.models import Governance
from tequio.register.selectors import seal_over


def decision(request: MemberRequest, number: int) -> HttpResponse:
    """One decision: how it is decided and what is missing, the text, my answer, the ring, the objections."""
    if request.method == "POST":
        return _take_answer(request, number)
    proposal = found_or_404(selectors.proposal(request.actor, number))
    round = proposal.round
    standing = standing_of(request, round)
    form = answer_form(round, standing)
    return render(request, "decisions/decision.html", _decision_context(request, proposal, standing, form))


def _take_answer(request: MemberRequest, number: int) -> HttpResponse:
    round = found_or_404(found_or_404(selectors.asked(request.actor, number)).round)
    access.answer.require(request.actor, round)
    form = VoteForm(request.POST) if round.is_vote else AnswerForm(request.POST)
    if form.is_valid():
        services.answer(by=request.actor, round=round, **form.given())
        return see_other(url_of(request, "answered", number))
    proposal = found_or_404(selectors.proposal(request.actor, number))
    context = _decision_context(request, proposal, standing_of(request, round), form)
    return render(request, "decisions/decision.html", context, status=422)


def answer_form(round: Round | None, standing: selectors.Standing | None) -> AnswerForm | VoteForm | None:
    if round is None or standing is None:
        return None
    if round.is_vote:
        return VoteForm(initial={"answer": standing.mine, "words": standing.concern})
    return AnswerForm(initial={"answer": _choice(standing), "concern": standing.concern})


def _choice(standing: selectors.Standing) -> str | None:
    said = {
        Position.AGREE.value: "yes",
        Position.CAN_LIVE_WITH.value: "yes",
        Position.STAND_ASIDE.value: "pass",
    }
    if standing.mine == Position.OBJECT.value:
        return "object"
    return "concern" if standing.mine and standing.concern else said.get(standing.mine or "")


def _origin(proposal: Proposal) -> dict[str, Any] | None:
    """Return the network and the day of the agreement that it was brought from, or None for one written here."""
    told = getattr(proposal, "came_from", None)
    return {"name": say(told["name"]), "day": date.fromisoformat(told["day"])} if told else None


def _decision_context(
    request: MemberRequest,
    proposal: Proposal,
    standing: selectors.Standing | None,
    form: AnswerForm | VoteForm | None,
) -> dict[str, Any]:
    round, outcome = proposal.round, outcome_of(proposal.round)
    objections = selectors.objections(request.actor, proposal) if proposal.round_id else []
    recall_objection(request, round, objections, form)
    governance = None if round else Governance.objects.first()
    rule = round.rule if round else sentences.rule_of(proposal, governance)
    why_not = why_no_answer(request.actor, round, standing) if standing and round else None
    said = talking.beside(proposal)
    labels, current = sentences.stages(proposal, round, talked=bool(said.questions or said.reactions))
    ring = ring_of(request, round, standing)
    carried = selectors.carried(request.actor, round) if round and standing else []
    if any(one["mine"] for one in carried):
        form = None  # another votes with this voice
    return {
        "carried": carried,
        "may_give": _may_give(request, proposal, round or governance or Governance()),
        "proposal": proposal,
        "origin": _origin(proposal),
        "version": proposal.version,
        "concerned": selectors.concerned_name(request.actor, proposal),
        "round": round,
        "standing": standing,
        "outcome": outcome,
        "form": form if standing and not why_not else None,
        "fresh": form is not None and not form.is_bound and not any(form.initial.values()),
        "why_not": why_not,
        "labels": labels,
        "current": current,
        "how": sentences.how_decided(rule),
        "fallback": sentences.fallback(rule, standing.result.entitled if standing else 0)
        if _undecided(proposal)
        else "",
        "silence": sentences.silence_words(rule),
        "quorum": sentences.quorum_words(rule, standing.result.entitled) if standing else "",
        "needed": _needed(proposal, round, standing, rule, objections, shown=ring["shown"]),
        "outcome_rule": sentences.outcome_rule(outcome) if outcome else "",
        "outcome_numbers": sentences.outcome_numbers(outcome) if outcome else "",
        "objections": [(one, _verbs(request, one)) for one in objections],
        "amended": bool(proposal.version and proposal.version.why and standing and standing.mine is None),
        "stopping": sum(one.state in STOPPING for one in objections),
        "paste": sentences.paste_text(
            proposal, round, request.build_absolute_uri(url_of(request, "open", proposal.number))
        )
        if round and standing
        else "",
        "crumbs": [(_("Decisions"), address("decisions:list", request.network.slug))],
        **_beside(request, proposal, standing),
        **ring,
        **_next_steps(request, proposal, outcome, standing, governance),
    }


def _may_give(request: MemberRequest, proposal: Proposal, rule: Round | Governance) -> bool:
    return bool(rule.proxies_at_most) and request.actor.votes and proposal.circle_id is None


def _needed(
    proposal: Proposal,
    round: Round | None,
    standing: selectors.Standing | None,
    rule: Rule,
    objections: list[Objection],
    *,
    shown: bool,
) -> str:
    if round is None or standing is None:
        stopping = sum(one.state in STOPPING for one in objections)
        return first_line.of_proposal(proposal.state, rule, objections=stopping)
    over = clock.now() >= round.closes_at
    return first_line.of_round(standing.result, rule, closes_at=round.closes_at, over=over, shown=shown)


def _beside(
    request: MemberRequest, proposal: Proposal, standing: selectors.Standing | None
) -> dict[str, Any]:
    """Return what lies beside the text, and what the reader's voice answered to the text before."""
    told, round, version = talking.beside(proposal), proposal.round, proposal.version
    unanswered = round is not None and standing is not None and standing.mine is None
    asked = round is not None and standing is not None and is_asked(request.actor, round, standing)
    earlier = talking.earlier_answer(request.actor, round) if round and unanswered and asked else None
    return {
        "beside": told,
        "reading": [
            *(file_row(request, number=proposal.number, file=one) for one in told.files),
            *(related_row(request, one) for one in told.related),
            *({**related_row(request, one), "aside": _("speaks of this one")} for one in told.pointing),
        ],
        "lacking": lacking(version, request.network.languages)
        if version and proposal.state == State.DRAFT and not access.about_charter(proposal)
        else [],
        "may_ask": access.ask_question.allows(request.actor, proposal),
        "may_react": access.react.allows(request.actor, proposal),
        "may_attach": access.attach.allows(request.actor, proposal),
        "may_relate": access.relate.allows(request.actor, proposal),
        **kept_context(earlier, version),
        **({"amended": False} if earlier else {}),  # what changed since one's own answer says it already
    }


def recall_objection(
    request: MemberRequest,
    round: Round | None,
    objections: list[Objection],
    form: Form | None,
) -> None:
    """Put the words of the reader's own objection back into the form that may change them."""
    for one in objections:
        here = round is not None and one.round_id == round.pk
        if form is None or not here or one.state not in STOPPING:
            continue
        if one.voice_id == selectors.own(request.actor, one.proposal):
            form.initial.update(harm=one.harm, mend=one.mend)


def _undecided(proposal: Proposal) -> bool:
    return proposal.state in (State.DRAFT, State.CONSENT, State.OBJECTED)


def _verbs(request: MemberRequest, objection: Objection) -> dict[str, bool]:
    return {
        "integrate": access.integrate.allows(request.actor, objection),
        "withdraw": access.withdraw_objection.allows(request.actor, objection),
    }


def ring_of(
    request: MemberRequest, round: Round | None, standing: selectors.Standing | None
) -> dict[str, Any]:
    """Return the seats (small rounds), or the bars (large ones), and who said what if the reader may see it."""
    if round is None or standing is None:
        return {"shown": True}
    shown = selectors.shows_answers(
        request.actor, round, answered=standing.mine is not None, has_voice=standing.has_voice
    )
    seats = selectors.seats(request.actor, round) if shown else []
    told = standing.result
    context: dict[str, Any] = {
        "shown": shown,
        "answered": told.answered,
        "entitled": told.entitled,
        "of_voices": ngettext("of %(count)s voice", "of %(count)s voices", told.entitled)
        % {"count": told.entitled},
        "left": standing.left,
    }
    if seats:
        context["seats"] = [_shape(request, round, seat) for seat in seats]
        context["who"] = _who(seats)
    elif shown:
        context["bars"] = _bars(round, standing)
    return context


def _shape(request: MemberRequest, round: Round, seat: selectors.Seat) -> str:
    speaks = request.actor.votes or round.by_person
    mine = speaks and seat.voice_id == selectors.own(request.actor, round)
    return "you" if mine and seat.position is None else seat.shape


def _who(seats: list[selectors.Seat]) -> list[tuple[str, Any, list[selectors.Seat]]]:
    """Return who answered what, in the order of the answers, those who have not answered last."""
    said = {position: [one for one in seats if one.position == position] for position in ANSWERS}
    rows: list[tuple[str, Any, list[selectors.Seat]]] = [
        (ones[0].shape if position != "CAN_LIVE_WITH" else "consent", ANSWERS[position], ones)
        for position, ones in said.items()
        if ones
    ]
    if silent := [one for one in seats if one.position is None]:
        rows.append(("waiting", _("Still to answer"), silent))
    return rows


def _bars(round: Round, standing: selectors.Standing) -> list[tuple[str, int]]:
    told = standing.result
    names = ("YES", "NO", "ABSTAIN") if round.is_vote else ("AGREE", "CAN_LIVE_WITH", "STAND_ASIDE", "OBJECT")
    rows = [(str(ANSWERS[name]), int(getattr(told, name.lower()))) for name in names]
    return [
        *(row for row in rows if row[1] or row[0] != str(ANSWERS["AGREE"])),
        (_("Still to answer"), told.silent),
    ]


def _next_steps(
    request: MemberRequest,
    proposal: Proposal,
    outcome: Outcome | None,
    standing: selectors.Standing | None,
    governance: Governance | None,
) -> dict[str, Any]:
    """Return the buttons that this reader has now, as (address, words); no button without the right to press it."""
    actor, round = request.actor, proposal.round
    steps = []
    if access.change_proposal.allows(actor, proposal):
        steps.append(("edit", _("Change the text")))
    if access.amend.allows(actor, proposal):
        steps.append(("amend", _("Amend the text")))
    if access.open_round.allows(actor, proposal):
        steps.append(
            ("round", _("Open the consent round") if round is None else _("Open a new consent round"))
        )
    if round is None and access.call_urgent.allows(actor, proposal, governance):
        steps.append(("urgent", _("It cannot wait")))
    hurried = proposal.state == State.ADOPTED and round is not None and round.urgent
    if hurried and access.confirm_urgent.allows(actor, proposal):
        steps.append(("confirm", _("Open the ordinary round that confirms it")))
    if getattr(proposal, "meets", False):
        steps.insert(0, ("live", _("Go to the meeting")))
    elif access.start_meeting.allows(actor, proposal):
        steps.append(("meet", _("Decide it in a meeting")))
    if way_out_due(actor, proposal):
        steps.insert(0, ("way-out", _("Choose a way out")))
    if round and standing and access.record_answer.allows(actor, round, None):
        steps.append(("record-answer", _("Write down an answer for somebody")))
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
    return {
        "steps_open": [(url_of(request, name, proposal.number), words) for name, words in steps],
        "lapsed": lapsed,
    }


def way_out_due(actor: Actor, proposal: Proposal) -> bool:
    """Say whether a text went round too often; asked only where it may have."""
    round = proposal.round
    if round is None or round.number <= MOST_LOOPS or not access.leads(actor, proposal):
        return False
    due = selectors.choice_due(proposal)
    return due and access.choose_way_out.allows(actor, proposal, MOST_LOOPS)


@require_safe
def answered(request: MemberRequest, number: int) -> HttpResponse:
    """Say what happened with my answer, and until when it can be changed."""
    proposal = found_or_404(selectors.proposal(request.actor, number))
    round = found_or_404(proposal.round)
    over = round.closed_at is not None
    standing = selectors.count_round(round, over=over, reader=request.actor)
    outcome = outcome_of(round)
    context = {
        "proposal": proposal,
        "version": proposal.version,
        "round": round,
        "outcome": outcome,
        "outcome_rule": sentences.outcome_rule(outcome) if outcome else "",
        "mine": ANSWERS.get(standing.mine or ""),
        "words": standing.concern,
        "needed": "" if over else first_line.of_round(standing.result, round.rule, closes_at=round.closes_at),
        "shown": selectors.shows_answers(
            request.actor, round, answered=standing.mine is not None, has_voice=standing.has_voice
        ),
        "earlier": [
            (ANSWERS[position], words) for position, words in selectors.earlier_answers(request.actor, round)
        ],
        "objected": standing.mine == Position.OBJECT.value,
    }
    return render(request, "decisions/answered.html", context)


@require_safe
def versions(request: MemberRequest, number: int) -> HttpResponse:
    """The texts that the proposal has had, with what changed from one to the next."""
    proposal = found_or_404(selectors.draft(request.actor, number))
    context = {"proposal": proposal, "versions": selectors.versions(request.actor, proposal)[:50]}
    return render(request, "decisions/versions.html", {**context, "crumbs": crumbs_of(request, proposal)})


@require_safe
def record(request: MemberRequest, number: int, round_number: int | None = None) -> HttpResponse:
    """The record: rule, base, numbers, who and when, and where the register keeps it; made to be printed."""
    outcome = found_or_404(selectors.record(request.actor, number, round_number))
    proposal = outcome.round.proposal
    entry = selectors.entry_of(outcome)
    page = Paginator(outcome.voices, 100).get_page(request.GET.get("page"))
    context = {
        "outcome": outcome,
        "proposal": proposal,
        "round": outcome.round,
        "version": outcome.round.version,
        "concerned": selectors.concerned_name(request.actor, proposal),
        "rule": sentences.outcome_rule(outcome),
        "numbers": sentences.outcome_numbers(outcome),
        "base": sentences.base_words(outcome.round.rule) if outcome.round.is_vote else "",
        "share": sentences.share_of(outcome.round.rule),
        "quorum": sentences.quorum_words(outcome.round.rule, outcome.numbers["entitled"]),
        "files": [
            {**file_row(request, number=number, file=vars(one)), "sha256": one.sha256}
            for one in talking.attachments_of(request.actor, outcome.round)
        ],
        "page": page,
        "voices": [{**voice, "said": ANSWERS.get(voice["answer"])} for voice in page.object_list],
        "left": sum(voice["left"] for voice in outcome.voices),
        "entry": entry,
        "seal": seal_over(entry.number) if entry else None,
        "rounds": selectors.rounds_of(request.actor, proposal),
        "gap": outcome.step == Step.RULE_GAP.value,
        "crumbs": crumbs_of(request, proposal),
    }
    return render(request, "decisions/record.html", context)

"""What these pages share: addresses, crumbs, forms, confirmations."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.core.forms import Form
from tequio.core.http import MemberRequest, address, found_or_404
from tequio.core.texts import say
from tequio.decisions import access, selectors, services
from tequio.decisions.models import POSITIONS, Outcome, Proposal, Round
from tequio.networks.models import Governance

ANSWERS = dict(POSITIONS)


def standing_of(request: MemberRequest, round: Round | None) -> selectors.Standing | None:
    if round is None or round.closed_at is not None:
        return None
    over = clock.now() >= round.closes_at
    found = selectors.count_round(round, over=over, reader=request.actor)
    if round.by_person:
        access.remember_asked(request.actor, round, found.has_voice)
    return found


def is_asked(actor: Actor, round: Round, standing: selectors.Standing) -> bool:
    """Say whether the reader is one of those who answer: in a circle for themselves, else for their member."""
    return standing.has_voice and (round.by_person or actor.votes)


def why_no_answer(actor: Actor, round: Round, standing: selectors.Standing) -> str | None:
    """Say why the reader cannot answer: whoever joined later, or would leave by it, has no voice in it. Source: P18."""
    return access.answer.why_not(actor, round) or (None if standing.has_voice else str(services.NOT_COUNTED))


def outcome_of(round: Round | None) -> Outcome | None:
    outcome = getattr(round, "outcome", None)
    if outcome is not None and round is not None:
        outcome.round = round
    return outcome


def url_of(request: MemberRequest, name: str, number: int) -> str:
    return address(f"decisions:{name}", request.network.slug, number)


def meeting_or(request: MemberRequest, name: str, number: int) -> str:
    """Return where somebody goes on: to the meeting while there is one on the proposal, else to the page of this name."""
    meeting = selectors.live(request.actor, number)
    return url_of(request, "live" if meeting is not None and meeting.closed_at is None else name, number)


def crumbs_of(request: MemberRequest, proposal: Proposal) -> list[tuple[str, str]]:
    title = say(proposal.version.title) if proposal.version else str(proposal.number)
    return [
        (_("Decisions"), address("decisions:list", request.network.slug)),
        (title, url_of(request, "open", proposal.number)),
    ]


def usual_hours(governance: Governance | None) -> int:
    return (governance or Governance()).round_hours


def with_round(request: MemberRequest, number: int) -> tuple[Proposal, Round]:
    proposal = found_or_404(selectors.proposal(request.actor, number))
    return proposal, found_or_404(proposal.round)


def form_page(request: MemberRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, status=422 if context["form"].is_bound else 200)


def overtaken(form: Form, proposal: Proposal, trouble: services.Overtaken) -> dict[str, Any]:
    """Keep what was typed on a text that somebody else changed meanwhile, and return both texts to show beside it."""
    now = found_or_404(selectors.newest(proposal))
    form.add_error(None, str(trouble))
    base = form.cleaned_data.get("base")
    form.data = {**form.data.dict(), "base": str(now.number)}  # type: ignore[attr-defined]
    before = selectors.version(proposal, base or 0)
    return {"after": now, "changes": now.since(before) if before else [], "meanwhile": True}


def confirm_page(
    request: MemberRequest,
    proposal: Proposal,
    form: Form | None,
    question: str,
    lines: list[str],
    verb: str,
) -> HttpResponse:
    context = {
        "form": form,
        "proposal": proposal,
        "question": question,
        "consequences": [line for line in lines if line],
        "verb": verb,
        "back_url": url_of(request, "open", proposal.number),
        "crumbs": crumbs_of(request, proposal),
    }
    return render(request, "decisions/confirm.html", context, status=422 if form and form.is_bound else 200)

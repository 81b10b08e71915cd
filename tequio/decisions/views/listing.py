"""What there is to decide, and writing it down."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tequio.core import clock
from tequio.core.http import MemberRequest, address, found_or_404, see_other
from tequio.core.pages import needs
from tequio.core.texts import say
from tequio.decisions import access, first_line, selectors, services
from tequio.decisions.forms import (
    ProposalForm,
    SearchForm,
    initial_proposal,
)
from tequio.decisions.models import STEPS, Round, RoundKind, State
from tequio.decisions.rules import Matter, Model, Rule
from tequio.decisions.selectors import talking
from tequio.decisions.views.common import (
    form_page,
    meeting_or,
    overtaken,
    url_of,
)

Row = dict[str, Any]
OUTCOMES = dict(STEPS)
_URGENT = gettext_lazy("Urgent")
DRAFTED = Rule(Model.HORIZONTAL, Matter.STRATEGIC)  # nobody was asked: no rule speaks yet


@require_safe
def decision_list(request: MemberRequest) -> HttpResponse:
    """Open rounds for me first, then what is under way, then the agreements in force, searchable."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    before = request.GET.get("before", "")
    shown_before = int(before) if before.isascii() and before.isdecimal() and len(before) < 9 else None
    state = State.NOT_ADOPTED if request.GET.get("state") == State.NOT_ADOPTED else State.ADOPTED
    decided = selectors.decided(request.actor, words=words, state=state, before=shown_before)
    rounds, under_way = selectors.open_rounds(request.actor), selectors.under_way(request.actor)
    counts = selectors.counts(request.actor, [row["pk"] for row in rounds[: selectors.MOST_OPEN]])
    here = address("decisions:list", request.network.slug)
    context = {
        "cards": [
            _card(row, here, _stands(request, row, counts))
            for row in rounds[: selectors.MOST_OPEN]
            if row["waits"] == 0
        ],
        "rounds": [
            _round(row, here, _stands(request, row, counts))
            for row in rounds[: selectors.MOST_OPEN]
            if row["waits"]
        ],
        "under_way": [_draft(row, here) for row in under_way[: selectors.MOST_OPEN]],
        "crowded": max(len(rounds), len(under_way)) > selectors.MOST_OPEN,
        "decided": [_agreement(row, here) for row in decided[: selectors.PAGE]],
        "more": decided[selectors.PAGE - 1]["number"] if len(decided) > selectors.PAGE else None,
        "form": form,
        "words": words,
        "state": state,
        "may_propose": access.propose.allows(request.actor),
    }
    return render(request, "decisions/list.html", context)


def _stands(request: MemberRequest, row: Row, counts: dict[int, dict[str, int]]) -> str:
    """Say how an open round stands; what was answered only where the reader sees it."""
    told = counts.get(row["pk"])
    if told is None:  # all who had a voice have left
        return ""
    round = _like(tuple([row[name] for name in _LIKE]))
    return first_line.of_round(
        selectors.result_of(told, vote=round.is_vote),
        round.rule,
        closes_at=row["closes_at"],
        over=clock.now() >= row["closes_at"],
        shown=selectors.shows_answers(request.actor, round, answered=row["answered"]),
    )


_LIKE = ("kind", "answers_shown", *selectors.RULE)


@lru_cache(maxsize=512)
def _like(values: tuple[Any, ...]) -> Round:
    """Return a round of this kind and rule, open and in no network: most rounds of a network are alike."""
    return Round(**dict(zip(_LIKE, values, strict=True)))


def _card(row: Row, here: str, stands: str) -> Row:
    """Return a round that waits for the reader, as its card shows it."""
    return {
        "url": f"{here}{row['proposal__number']}/",
        "label": _URGENT if row["urgent_why"] else capfirst(RoundKind(row["kind"]).label),
        "title": say(row["version__title"]),
        "text": row["version__summary"],
        "stands": stands,
        "until": row["closes_at"],
        "verb": _("Read and answer"),
    }


def _round(row: Row, here: str, stands: str) -> Row:
    sort = _("Answered") if row["answered"] else capfirst(RoundKind(row["kind"]).label)
    sort = f"{_URGENT}. {sort}" if row["urgent_why"] else sort
    return {
        "url": f"{here}{row['proposal__number']}/",
        "title": say(row["version__title"]),
        "note": f"{sort}. {stands}",
    }


def _draft(row: Row, here: str) -> Row:
    return {
        "url": f"{here}{row['number']}/",
        "title": say(row["version__title"]),
        "note": _waits(row),
        "aside": State(row["state"]).label,
    }


def _waits(row: Row) -> str:
    """Say what a proposal waits for that is in no round."""
    if row["round__model"] is None:
        return first_line.of_proposal(row["state"], DRAFTED, objections=0)
    of_round = tuple([row[f"round__{name}"] for name in selectors.RULE])
    rule = _like((RoundKind.CONSENT, "", *of_round)).rule
    return first_line.of_proposal(row["state"], rule, objections=row["stopping"])


def _agreement(row: Row, here: str) -> Row:
    until = row["in_force_until"]
    return {
        "url": f"{here}{row['number']}/",
        "title": say(row["version__title"]),
        "note": OUTCOMES.get(row["round__outcome__step"], ""),
        "day": row["decided_at"],
        "aside": _("its term is over") if until and until <= clock.today() else "",
    }


@needs(access.propose)
def propose(request: MemberRequest) -> HttpResponse:
    """Write a proposal."""
    start = {
        "review_on": clock.today() + timedelta(days=182),
        "term_months": 12,
        "owner": request.actor.participant_id,
        "leading_team": request.GET.get("team", "")[:120],
    }
    form = ProposalForm(
        request.POST if request.method == "POST" else None,
        languages=request.network.languages, owners=talking.owners(request.actor, None), initial=start,
    )  # fmt: skip
    if form.is_valid():
        proposal = services.propose(by=request.actor, **form.written())
        return see_other(url_of(request, "open", proposal.number))
    return form_page(request, "decisions/proposal_form.html", {"form": form})


def edit(request: MemberRequest, number: int) -> HttpResponse:
    """Change a proposal on which nobody was asked yet."""
    proposal = found_or_404(selectors.draft(request.actor, number))
    access.change_proposal.require(request.actor, proposal)
    assert proposal.version is not None
    languages = request.network.languages
    start = initial_proposal(proposal, proposal.version, languages)
    form = ProposalForm(
        request.POST if request.method == "POST" else None,
        languages=languages, owners=talking.owners(request.actor, proposal), initial=start,
    )  # fmt: skip
    context: dict[str, Any] = {"form": form, "proposal": proposal}
    if form.is_valid():
        try:
            services.change_proposal(
                by=request.actor, proposal=proposal, base=form.cleaned_data["base"], **form.written()
            )
            return see_other(meeting_or(request, "open", number))
        except services.Overtaken as trouble:
            context |= overtaken(form, proposal, trouble)
    return form_page(request, "decisions/proposal_form.html", context)

"""What there is to decide, and writing it down."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tequio.core import clock
from tequio.core.http import MemberRequest, address, found_or_404, see_other
from tequio.core.pages import needs
from tequio.core.texts import Texts, say
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
from tequio.governance import selectors as governance
from tequio.governance.models import Circle
from tequio.people.selectors import today_of

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
    counts = selectors.counts(request.actor, rounds[: selectors.MOST_OPEN])
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
        shown=selectors.shows_answers(
            request.actor, round, answered=row["answered"], has_voice=row["entitled"]
        ),
    )


_LIKE = ("kind", "answers_shown", "circle_id", *selectors.RULE)


@lru_cache(maxsize=512)
def _like(values: tuple[Any, ...]) -> Round:
    """Return a round of this kind and rule, open and in no network: most rounds of a network are alike."""
    return Round(**dict(zip(_LIKE, values, strict=True)))


def _card(row: Row, here: str, stands: str) -> Row:
    """Return a round that waits for the reader, as its card shows it."""
    return {
        "url": f"{here}{row['proposal__number']}/",
        "label": _inside(row, _URGENT if row["urgent_why"] else capfirst(RoundKind(row["kind"]).label)),
        "title": say(row["version__title"]),
        "text": row["version__summary"],
        "stands": stands,
        "until": row["closes_at"],
        "verb": _("Read and answer"),
    }


def _inside(row: Row, words: Any) -> str:
    """Put the name of the circle before words about what it decides."""
    return f"{say(row['circle__name'])}: {words}" if row["circle__name"] else str(words)


def _round(row: Row, here: str, stands: str) -> Row:
    sort = _("Answered") if row["answered"] else capfirst(RoundKind(row["kind"]).label)
    sort = f"{_URGENT}. {sort}" if row["urgent_why"] else sort
    return {
        "url": f"{here}{row['proposal__number']}/",
        "title": say(row["version__title"]),
        "note": f"{_inside(row, sort)}. {stands}",
    }


def _draft(row: Row, here: str) -> Row:
    return {
        "url": f"{here}{row['number']}/",
        "title": say(row["version__title"]),
        "note": _inside(row, _waits(row)),
        "aside": State(row["state"]).label,
    }


def _waits(row: Row) -> str:
    """Say what a proposal waits for that is in no round."""
    if row["round__model"] is None:
        return first_line.of_proposal(row["state"], DRAFTED, objections=0)
    of_round = tuple([row[f"round__{name}"] for name in selectors.RULE])
    rule = _like((RoundKind.CONSENT, "", None, *of_round)).rule
    return first_line.of_proposal(row["state"], rule, objections=row["stopping"])


def _agreement(row: Row, here: str) -> Row:
    until = row["in_force_until"]
    return {
        "url": f"{here}{row['number']}/",
        "title": say(row["version__title"]),
        "note": _inside(row, OUTCOMES.get(row["round__outcome__step"], "")),
        "day": row["decided_at"],
        "aside": _("its term is over") if until and until <= clock.today() else "",
    }


@needs(access.propose)
def propose(request: MemberRequest) -> HttpResponse:
    """Write a proposal, to the whole network or to a circle in which one sits. Source: GOV-11."""
    circle = _circle(request)
    mine = list(governance.circles_of(request.actor, today_of(request.network)))
    start = {
        "review_on": clock.today() + timedelta(days=182),
        "term_months": 12,
        "owner": request.actor.participant_id,
        "leading_team": request.GET.get("team", "")[:120],
    }
    form = ProposalForm(
        request.POST if request.method == "POST" else None,
        languages=_own_first(request.network.languages), owners=talking.owners(request.actor, None), initial=start,
        circle=circle, parts=_parts(circle),
    )  # fmt: skip
    if form.is_valid():
        proposal = services.propose(by=request.actor, circle=circle, **form.written())
        return see_other(url_of(request, "open", proposal.number))
    context = {"form": form, "circle": circle, "circles": mine, "around": _around(circle, mine)}
    return form_page(request, "decisions/proposal_form.html", context)


def _own_first(languages: list[str]) -> list[str]:
    """Put the reader's language before the network's others: whoever writes begins in their own."""
    return sorted(languages, key=lambda code: code != get_language())


def _circle(request: MemberRequest) -> Circle | None:
    """Return the circle to which the page proposes; 404 for none, refused for one in which the reader has no seat."""
    named = request.GET.get("in", "")
    if not named:
        return None
    try:
        circle = found_or_404(governance.circle(request.actor, UUID(named)))
    except ValueError:
        raise Http404 from None
    access.propose_inside.require(
        request.actor, circle, governance.standing(request.actor, circle, today_of(request.network))
    )
    return circle


def _parts(circle: Circle | None) -> list[Texts]:
    return [part.texts for part in governance.free_parts(circle)]


def _around(circle: Circle | None, mine: list[Circle]) -> Circle | None:
    """Return the circle around one, where the reader sits in it too and can bring what is not for the inner one."""
    return next((one for one in mine if circle is not None and one.pk == circle.parent_id), None)


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
        circle=proposal.circle, parts=_parts(proposal.circle) if proposal.touches else [],
        touches=proposal.touches,
    )  # fmt: skip
    context: dict[str, Any] = {"form": form, "proposal": proposal, "circle": proposal.circle}
    if form.is_valid():
        try:
            services.change_proposal(
                by=request.actor, proposal=proposal, base=form.cleaned_data["base"], **form.written()
            )
            return see_other(meeting_or(request, "open", number))
        except services.Overtaken as trouble:
            context |= overtaken(form, proposal, trouble)
    return form_page(request, "decisions/proposal_form.html", context)

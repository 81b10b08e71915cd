"""The page to which a letter leads: one proposal, one voice, one answer; nothing else of the network."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.core.http import MemberRequest, see_other
from tequio.core.pages import by_token
from tequio.decisions import access, selectors, sentences, services
from tequio.decisions.forms import AnswerForm, VoteForm
from tequio.decisions.models import AnswerLink, Round
from tequio.people.middleware import person_id_of
from tequio.people.selectors import today_of


@by_token
def mailed(request: MemberRequest, token: str, mark: str = "") -> HttpResponse:
    """Show what a letter asks with the answer marked, and take it by a form; opening it changes nothing."""
    link = selectors.link_of(services.hash_of(token=token))
    if link is None:
        if not request.network.listed:  # who guesses does not learn that it is there
            raise Http404
        return _page(request, "mailed_over", {"reason": _("This link is not whole, or not from here.")}, 404)
    if person_id_of(request) not in (None, link.participant.person_id):
        somebody_else = _("This link was sent to somebody else, and you are signed in as yourself.")
        return _page(request, "mailed_over", {"reason": somebody_else}, 410)
    by, why_not = _speaker(link, today_of(request.network))
    if by is None:
        return _page(
            request, "mailed_over", {**_about(request, link), "reason": why_not}, 200 if link.used_at else 410
        )
    form = _form(request, link.round, mark)
    if request.method == "POST" and form.is_valid():
        services.answer_from_letter(by=by, link=link, **form.given())
        return see_other(reverse("decisions:mailed", args=[request.network.slug, token]))
    rule = link.round.rule
    context = {
        **_about(request, link),
        "form": form,
        "speaker": by.name,
        "member": link.elector.voice_name,
        "how": _("It is decided by vote.") if link.round.is_vote else sentences.how_decided(rule),
    }
    return _page(request, "mailed", context, 422 if form.is_bound else 200)


def _speaker(link: AnswerLink, today: date) -> tuple[Actor | None, str]:
    """Return who answers with this link, or None and the reason why it cannot be used."""
    actor = selectors.speaker(link, today=today)
    if actor is None:
        return None, _("The person to whom this link was sent takes part no more.")
    reason = access.answer_from_letter.why_not(actor, link)
    return (None, reason) if reason else (actor, "")


def _form(request: HttpRequest, round: Round, mark: str) -> AnswerForm | VoteForm:
    sort = VoteForm if round.is_vote else AnswerForm
    if request.method == "POST":
        return sort(request.POST)
    return sort(initial={"answer": mark.upper() if round.is_vote else mark})


def _about(request: MemberRequest, link: AnswerLink) -> dict[str, object]:
    """Return what both pages show: which proposal, and where one answers after signing in."""
    number = link.round.proposal.number
    return {
        "round": link.round,
        "version": link.round.version,
        "used": link.used_at is not None,
        "still_open": link.round.takes_answers(clock.now()),
        "open_url": reverse("decisions:open", args=[request.network.slug, number]),
    }


def _page(request: MemberRequest, name: str, context: dict[str, object], status: int) -> HttpResponse:
    context.setdefault("open_url", reverse("decisions:list", args=[request.network.slug]))
    answer = render(request, f"decisions/{name}.html", context, status=status)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer

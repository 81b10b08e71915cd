"""Ballots on pages: the list, preparing, casting in two steps, the result that anybody counts again."""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.forms import Form
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.pages import needs
from tequio.core.texts import say
from tequio.elections import access, selectors, services
from tequio.elections.formats import ours
from tequio.elections.forms import BallotForm, PaperForm, ReceiptForm, circles, in_words
from tequio.elections.models import Ballot, BallotKind, BallotState
from tequio.elections.rules import papers as rules
from tequio.elections.views.results import result_of
from tequio.governance.models import ROLES, Circle
from tequio.networks.selectors import joining
from tequio.register.selectors import seal_of

PAGE = 200


def url_of(request: MemberRequest, name: str, ballot: Ballot) -> str:
    """Return the address of a page of a ballot."""
    return reverse(f"elections:{name}", args=[request.network.slug, ballot.number])


def crumbs_of(request: MemberRequest, ballot: Ballot | None = None) -> list[tuple[str, str]]:
    """Return where a page of ballots hangs."""
    slug = request.network.slug
    crumbs = [
        (_("Elections"), reverse("elections:overview", args=[slug])),
        (_("Ballots"), reverse("elections:ballots", args=[slug])),
    ]
    return [*crumbs, (ballot.said_title, url_of(request, "ballot", ballot))] if ballot else crumbs


@require_safe
def ballots(request: MemberRequest) -> HttpResponse:
    """What is open, what is being prepared, and what was counted."""
    rows = selectors.ballots(request.actor)
    here = reverse("elections:ballots", args=[request.network.slug])
    drawn: dict[str, list[dict[str, Any]]] = {state: [] for state in BallotState.values}
    for row in rows:
        drawn[row["state"]].append(line(row, here))
    context = {
        "open": drawn[BallotState.OPEN],
        "drafts": drawn[BallotState.DRAFT],
        "closed": drawn[BallotState.CLOSED],
        "may_prepare": access.prepare.allows(request.actor),
        "crumbs": crumbs_of(request)[:1],
    }
    return render(request, "elections/ballots.html", context)


def line(row: dict[str, Any], here: str) -> dict[str, Any]:
    """Return a ballot as a line of a list: how people answer, and what came of it."""
    sort = str(BallotKind(row["kind"]).label)
    said = [sort, _("secret")] if row["secret"] else [sort]
    said += _came(row) if row["result"] else []
    if row["state"] == BallotState.OPEN and row["took_part"]:
        said.append(_("your paper is in the box"))
    elif row["state"] == BallotState.OPEN and row["has_voice"]:
        said.append(_("your paper is missing"))
    return {
        "url": f"{here}{row['number']}/",
        "title": say(row["title"]),
        "note": " · ".join(said),
        "day": row["closed_at"] or clock.day_of_end(row["closes_at"]),
    }


def _came(row: dict[str, Any]) -> list[str]:
    """Say in a few words what came of a counted ballot: beside its title, where long names break."""
    if row["kind"] == BallotKind.YES_NO:
        return [_("it passes") if row["result"]["stages"][0]["passes"] else _("it does not pass")]
    return list(row["result"]["winners"][:3])


@needs(access.prepare)
def new(request: MemberRequest) -> HttpResponse:
    """Prepare a ballot."""
    form = BallotForm(
        request.POST if request.method == "POST" else None, circles=circles(), currency=joining().currency
    )
    if form.is_valid():
        language = get_language() or request.network.languages[0]
        said = form.cleaned_data
        chosen = form.cleaned_data.get("circle") if form.cleaned_data["electorate"] == "CIRCLE" else None
        body = Circle.objects.get(pk=said["body"]) if said.get("body") else None
        draft = services.Draft(
            title={language: said["title"]}, about={language: said["about"]} if said["about"] else {},
            circle=Circle.objects.get(pk=chosen) if chosen else None, **form.asked(), body=body,
            role=said.get("role") or "", months=said.get("months"),
        )  # fmt: skip
        try:
            ballot = services.prepare(by=request.actor, draft=draft)
            return see_other(url_of(request, "ballot", ballot))
        except Refused as refused:
            form.add_error("body", str(refused))
    context = {"form": form, "crumbs": crumbs_of(request)}
    return render(request, "elections/new.html", context, status=422 if form.is_bound else 200)


@require_safe
def ballot(request: MemberRequest, number: int) -> HttpResponse:
    """One ballot: what is asked, how it stands, and what came of it."""
    found = found_or_404(selectors.ballot(request.actor, number))
    options = selectors.options(found)
    voter, done = selectors.my_voter(request.actor, found)
    cast = found.result["cast"] if found.result else selectors.how_many(found)
    over = found.state == BallotState.OPEN and not found.takes_papers(clock.now())
    context = {
        "ballot": found,
        "options": options
        if found.state == BallotState.DRAFT
        else selectors.in_drawn_order(options, found, voter),
        "done": done,
        "why_not_cast": access.cast.why_not(request.actor, found, voter, done),
        "cast": cast,
        "told": cast >= rules.SHOWN_FROM or found.state == BallotState.CLOSED,
        "took_part": selectors.who_took_part(found, cast=cast),
        "result": result_of(found),
        "over": over,
        "may_change": access.change.allows(request.actor, found),
        "may_weigh": access.weigh.allows(request.actor, found),
        "may_extend": access.extend.allows(request.actor, found),
        "may_record": access.cast_for.allows(request.actor, found),
        "mine": [one.number for one in options if access.stands(request.actor, one)]
        if found.state == BallotState.DRAFT
        else [],
        "role": dict(ROLES).get(found.role, ""),
        "weights": selectors.weights(found) if found.weights and found.state != BallotState.DRAFT else [],
        "why_not_open": access.open_ballot.why_not(request.actor, found, options),
        "seal": seal_of(found.entry_id),
        "may_close": access.close.allows(request.actor, found, over or cast == found.entitled),
        "crumbs": crumbs_of(request),
    }
    return render(request, "elections/ballot.html", context)


def open_(request: MemberRequest, number: int) -> HttpResponse:
    """Open a ballot, after saying what that freezes."""
    found = found_or_404(selectors.ballot(request.actor, number))
    access.open_ballot.require(request.actor, found, selectors.options(found))
    if request.method == "POST":
        services.open_ballot(by=request.actor, ballot=found)
        return see_other(url_of(request, "ballot", found))
    lines = [
        _("Everybody who has a voice is asked. What is asked changes no more."),
        _("It stays open for %(days)s days. Nobody sees results before.") % {"days": found.hours // 24},
        _("Each voice casts one paper. It cannot be changed.") if found.secret else "",
    ]
    return confirm(request, found, _("Open the ballot?"), lines, _("Open it and ask everybody"))


def close(request: MemberRequest, number: int) -> HttpResponse:
    """Count a ballot whose time is over."""
    found = found_or_404(selectors.ballot(request.actor, number))
    over = found.state == BallotState.OPEN and not found.takes_papers(clock.now())
    access.close.require(request.actor, found, over or selectors.how_many(found) == found.entitled)
    if request.method == "POST":
        services.close_ballot(by=request.actor, ballot=found)
        return see_other(url_of(request, "ballot", found))
    lines = [_("All papers are published, so that anybody can count them again.")]
    return confirm(request, found, _("Close and count?"), lines, _("Close and count"))


def confirm(
    request: MemberRequest,
    found: Ballot,
    question: str,
    lines: list[str],
    verb: str,
    form: Form | None = None,
) -> HttpResponse:
    """Ask once more before something that is not taken back."""
    context = {
        "question": question,
        "consequences": [line for line in lines if line],
        "verb": verb,
        "back_url": url_of(request, "ballot", found),
        "form": form,
        "crumbs": crumbs_of(request, found),
    }
    return render(request, "web/confirm.html", context, status=422 if form and form.is_bound else 200)


def cast(request: MemberRequest, number: int) -> HttpResponse:
    """Fill a paper in, look at it with its receipt, and put it into the box: two steps, and no way back.

    The receipt is made in the browser; without JavaScript it is made here, shown once, and kept nowhere.
    """
    found = found_or_404(selectors.ballot(request.actor, number))
    voter, done = selectors.my_voter(request.actor, found)
    access.cast.require(request.actor, found, voter, done)
    options = selectors.in_drawn_order(selectors.options(found), found, voter)
    form = PaperForm(request.POST if request.method == "POST" else None, ballot=found, options=options)
    context: dict[str, Any] = {
        "form": form,
        "ballot": found,
        "options": options,
        "approves": "approve" in form.fields,
        "crumbs": crumbs_of(request, found),
    }
    if not form.is_valid():
        return render(request, "elections/cast.html", context, status=422 if form.is_bound else 200)
    if request.POST.get("sure") == "yes" and "receipt" in request.POST:
        receipt = ReceiptForm({"receipt": request.POST["receipt"]})
        if receipt.is_valid():
            said = receipt.cleaned_data["receipt"]
            services.cast(by=request.actor, ballot=found, paper=form.cleaned_data["paper"], receipt=said)
            return see_other(url_of(request, "ballot", found))
        context["receipt_wrong"] = receipt.errors["receipt"][0]
    context |= {
        "words": form.in_words(),
        "receipt": secrets.token_hex(16),
        "kept": [
            (name, value)
            for name in form.fields
            for value in request.POST.getlist(name)
        ],
    }  # fmt: skip
    return render(request, "elections/sure.html", context, status=422 if "receipt_wrong" in context else 200)


def papers(request: MemberRequest, number: int) -> HttpResponse:
    """Every paper of a closed ballot, by code, and one's own by its receipt."""
    found = found_or_404(selectors.ballot(request.actor, number))
    if found.state != BallotState.CLOSED:
        return found_or_404(None)
    names = {one.number: one.name for one in selectors.options(found)}
    rows = selectors.papers(found)
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    mine = None
    if form.is_bound and form.is_valid():
        mine = selectors.paper_with(found, receipt=form.cleaned_data["receipt"])
        if mine is None:
            form.add_error("receipt", _("No paper of this ballot has this receipt."))
    context = {
        "ballot": found,
        "form": form,
        "mine": mine and (mine.code, in_words(mine.says, names)),
        "papers": [
            (one.code, _whose(one), in_words(one.says, names), one.recorded_name) for one in rows[:PAGE]
        ],
        "more": rows.count() > PAGE,
        "crumbs": crumbs_of(request, found),
    }
    return render(
        request, "elections/papers.html", context, status=422 if form.is_bound and not mine else 200
    )


def _whose(paper: Any) -> str:
    if paper.participation is None:
        return ""
    voter = paper.participation.voter
    return str((voter.membership or voter.participant).name)


@require_safe
def file(request: MemberRequest, number: int) -> HttpResponse:
    """The papers of a closed ballot as a file that ``tequio tally`` counts."""
    found = found_or_404(selectors.ballot(request.actor, number))
    if found.state != BallotState.CLOSED:
        return found_or_404(None)
    said = ours.written(
        title=found.said_title,
        seats=found.seats,
        options=[(one.number, one.name, one.cost(found.currency)) for one in selectors.options(found)],
        budget=found.budget.amount if found.budget else None,
        tie_seed=found.result["tie"]["seed"] if found.result else "",
        rule=found.rule_id,
        step=found.result.get("step") if found.result else None,
        papers=[(one.code, one.says, _whose(one)) for one in selectors.papers(found)],
    )
    response = HttpResponse(
        json.dumps(said, ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="ballot-{found.number}.json"'
    return response

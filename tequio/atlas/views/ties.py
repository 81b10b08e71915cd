"""Who works with whom: one organization and its ties, and the matrix of many."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tequio.atlas import access, selectors, services
from tequio.atlas.drawing import ego
from tequio.atlas.forms.ties import AnswerTieForm, TieForm
from tequio.atlas.models import Tie, TieState
from tequio.atlas.rules.ties import DRAWN, Edges, Reason, Why, pair
from tequio.atlas.selectors import Named, Neighbor
from tequio.core.access import Refused
from tequio.core.http import MemberRequest, address, found_or_404, see_other
from tequio.people import selectors as people
from tequio.people.models import Organization
from tequio.people.rules.countries import choices as countries
from tequio.people.rules.countries import country_name

Context = dict[str, Any]


def ties(request: MemberRequest) -> HttpResponse:
    """Show one's own organization with those it works with, and what waits for an answer."""
    own = selectors.own_organization(request.actor)
    context: Context = {"own": own}
    if own is not None:
        context |= _around(request, own)
        rows = selectors.own_ties(request.actor, own)
        asked = [row for row in rows if row.state == TieState.ASKED]
        asked.sort(key=lambda row: row.other_id != own.pk)  # what this organization has to answer is first
        context["waiting"] = [_waiting(request, row, own) for row in asked]
        context["agreed"] = [_agreed(request, row, own) for row in rows if row.state == TieState.AGREED]
    return render(request, "atlas/ties.html", context)


def ties_of(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Show an organization with those it works with."""
    row: Any = found_or_404(people.organization(request.actor, uuid))
    context = _around(request, row) | {"row": row}
    context["crumbs"] = [(_("Who works with whom"), address("atlas:ties", request.network.slug))]
    return render(request, "atlas/ties_of.html", context)


def _around(request: MemberRequest, organization: Organization) -> Context:
    found = selectors.around(request.actor, organization, on=people.today_of(request.network))
    told = ", ".join(one.organization.name for one in found[:DRAWN])
    words = _("%(name)s, and around it: %(told)s.") % {"name": organization.name, "told": told}
    drawn = [(one.organization.name, one.reasons[0].why == Why.DECLARED) for one in found[:DRAWN]]
    return {
        "name": organization.name,
        "picture": ego(organization.name, drawn, words=words) if drawn else "",
        "left_out": len(found) - len(drawn),
        "rows": [_neighbor(request, one) for one in found],
    }


def _neighbor(request: MemberRequest, one: Neighbor) -> Context:
    named = one.organization
    return {
        "name": named.name,
        "url": address("atlas:ties-of", request.network.slug, named.uuid),
        "country": country_name(named.country, get_language() or "en") if named.country else "",
        "reasons": [said(reason) for reason in one.reasons],
    }


def said(reason: Reason) -> str:
    """Return a reason for a tie in words."""
    words = {
        Why.DECLARED: _("Both say: %(words)s"),
        Why.PROGRAM: _("In the same program: %(words)s"),
        Why.CIRCLE: _("In the same circle: %(words)s"),
        Why.HOSTS: _("Both stand behind the network"),
    }[reason.why]
    return words % {"words": reason.words}


def _waiting(request: MemberRequest, row: Tie, own: Organization) -> Context:
    theirs = row.other_id == own.pk
    name = "atlas:answer-tie" if theirs else "atlas:end-tie"
    return {
        "tie": row,
        "theirs": theirs,
        "name": row.one.name if theirs else row.other.name,
        "url": address(name, request.network.slug, row.uuid),
    }


def _agreed(request: MemberRequest, row: Tie, own: Organization) -> Context:
    return {
        "tie": row,
        "name": row.other.name if row.one_id == own.pk else row.one.name,
        "url": address("atlas:end-tie", request.network.slug, row.uuid),
    }


def _crumbs(request: MemberRequest) -> list[tuple[str, str]]:
    return [(_("Who works with whom"), address("atlas:ties", request.network.slug))]


def new_tie(request: MemberRequest) -> HttpResponse:
    """Say with whom one's organization works."""
    found_or_404(selectors.own_organization(request.actor))
    form = TieForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _declared(request, form):
        return see_other(address("atlas:ties", request.network.slug))
    context = {"form": form, "crumbs": _crumbs(request)}
    return render(request, "atlas/tie_form.html", context, status=422 if form.errors else 200)


def _declared(request: MemberRequest, form: TieForm) -> bool:
    asked = form.cleaned_data
    other = people.called(request.actor, asked["name"])
    if other is None:
        form.add_error("name", _("The directory has no one organization of this name. Record it first."))
        return False
    try:
        services.declare_tie(
            by=request.actor, network=request.network, other=other, what=asked["what"],
            language=get_language() or "es", since_on=asked["since_on"], public=asked["public"],
        )  # fmt: skip
    except Refused as refused:
        form.add_error("name", str(refused))
        return False
    return True


def answer_tie(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Confirm what another organization said, or not."""
    tie = found_or_404(selectors.tie(request.actor, uuid))
    back = address("atlas:ties", request.network.slug)
    if tie.state != TieState.ASKED:
        return see_other(back)
    access.answer_tie.require(request.actor, tie)
    form = AnswerTieForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.answer_tie(by=request.actor, tie=tie, agree=form.cleaned_data["answer"] == "yes")
        return see_other(back)
    context = {"form": form, "tie": tie, "crumbs": _crumbs(request)}
    return render(request, "atlas/tie_answer.html", context, status=422 if form.errors else 200)


def end_tie(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Undo a tie, or take back what waits, after asking."""
    tie = found_or_404(selectors.tie(request.actor, uuid))
    access.end_tie.require(request.actor, tie)
    back = address("atlas:ties", request.network.slug)
    if request.POST.get("confirmed") == "yes":
        services.end_tie(by=request.actor, tie=tie)
        return see_other(back)
    names = {"one": tie.one.name, "other": tie.other.name}
    asked = tie.state == TieState.ASKED
    context = {
        "question": _("Undo the tie of “%(one)s” with “%(other)s”?") % names,
        "consequences": [
            _("Nobody is asked any more. The words go.")
            if asked
            else _("No page shows it any more. The register keeps that it was.")
        ],
        "verb": _("Yes, undo it"),
        "back_url": back,
    }
    return render(request, "web/confirm.html", context)


def matrix(request: MemberRequest) -> HttpResponse:
    """Show who is tied to whom as a table, at most sixty organizations a page."""
    country, circle, page = _asked(request)
    today = people.today_of(request.network)
    rows = rows_asked(request)
    found, edges, more = selectors.matrix(request.actor, rows, on=today, page=page)
    chosen = "".join(
        [f"&country={country}" if country else "", f"&circle={circle}" if circle is not None else ""]
    )
    context = {
        "heads": [(number, one.name) for number, one in enumerate(found, 1)],
        "lines": _lines(request, found, edges),
        "countries": [(code, name, code == country) for code, name in countries(get_language() or "en")],
        "circles": [
            (uuid, name, uuid == circle) for uuid, name in selectors.circles(request.actor, on=today)
        ],
        "before": f"?page={page - 1}{chosen}" if page > 1 else "",
        "after": f"?page={page + 1}{chosen}" if more else "",
        "narrowed": bool(chosen),
        "asked": f"?{chosen[1:]}" if chosen else "",
    }
    return render(request, "atlas/matrix.html", context)


def rows_asked(request: MemberRequest) -> QuerySet[Organization]:
    """Return the organizations that have ties, narrowed as an address asks."""
    country, circle, _page = _asked(request)
    today = people.today_of(request.network)
    rows = selectors.tied(request.actor, on=today, country=country)
    return rows if circle is None else selectors.in_circle(rows, circle, on=today)


def _asked(request: MemberRequest) -> tuple[str, UUID | None, int]:
    country = request.GET.get("country", "")
    known = len(country) == 2 and country.isascii() and country.isalpha()
    number = request.GET.get("page", "1")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    try:
        circle = UUID(request.GET.get("circle", ""))
    except ValueError:
        circle = None
    return country if known else "", circle, max(page, 1)


def _lines(request: MemberRequest, found: Sequence[Named], edges: Edges) -> list[Context]:
    language = get_language() or "en"
    return [
        {
            "number": number,
            "name": one.name,
            "country": country_name(one.country, language) if one.country else "",
            "url": address("atlas:ties-of", request.network.slug, one.uuid),
            "cells": [_cell(one, other, edges) for other in found],
        }
        for number, one in enumerate(found, 1)
    ]


def _cell(one: Named, other: Named, edges: Edges) -> tuple[str, str]:
    """Return what stands in a cell, and the same for the ear."""
    if one.pk == other.pk:
        return "·", _("itself")
    count = len(edges.get(pair(one.pk, other.pk), ()))
    return (str(count), ngettext("%(n)s tie", "%(n)s ties", count) % {"n": count}) if count else ("", "")

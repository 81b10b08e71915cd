"""Who is represented, as everybody sees it where the network tells it."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tequio.atlas import access, selectors, services
from tequio.atlas.models import Showcase
from tequio.atlas.rules.representation import LEAST, Share, ordered, told_shares
from tequio.atlas.selectors.representation import BY, SEATS, SPOKE
from tequio.atlas.services.showcase import MEMBERS
from tequio.atlas.views.representation import NAMES, genders_of, label_of
from tequio.core.http import MemberRequest, address, found_or_404, see_other
from tequio.core.pages import needs, public

Context = dict[str, Any]


def showcase_or_404() -> Showcase:
    """Return what everybody may see; a network that does not tell it has no such page."""
    return found_or_404(selectors.showcase())


@public
def showcase(request: MemberRequest) -> HttpResponse:
    """Show everybody who is represented: members, mandates, who took the word; small groups are withheld."""
    told = showcase_or_404().told
    census = selectors.latest_census()
    context = {
        "on": date.fromisoformat(told["on"]),
        "parts": [(NAMES[by], rows) for by in BY if (rows := _rows(told[by], by))],
        "genders": genders_of([census]) if census else None,
        "least": LEAST,
    }
    return render(request, "atlas/showcase.html", context)


def _rows(columns: dict[str, dict[str, int | None]], by: str) -> list[Context]:
    """Return a line for each value of which anything is told; where nothing is, no line at all."""
    shares = [told_shares(columns[name]) for name in (MEMBERS, SEATS, SPOKE)]
    known = {value: number or 0 for value, number in columns[MEMBERS].items()}
    rows = [
        {"label": label_of(by, value), "cells": [column.get(value, Share(0, None)) for column in shares]}
        for value in ordered(known, most=40)
    ]
    return rows if any(columns[MEMBERS].get(value) for value in known if value) else []


@needs(access.open_showcase)
def open_showcase(request: MemberRequest) -> HttpResponse:
    """Ask the coordination whether everybody may see who is represented, or no longer; act on the button."""
    back = address("atlas:representation", request.network.slug)
    is_open = selectors.showcase() is not None
    if request.POST.get("confirmed") == "yes":
        if is_open:
            services.shut_showcase(by=request.actor)
        else:
            services.open_showcase(by=request.actor, network=request.network)
        return see_other(back)
    context = {
        "question": _("Show it to strangers no longer?")
        if is_open
        else _("Let everybody see who is represented?"),
        "consequences": [_("The public page and its tables go away.")]
        if is_open
        else [
            _("Anybody can read it, without an account. No organization and no person is named."),
            _("Each organization counts only with what it shows to everybody. The rest is “not said”."),
            _("Groups under five are withheld. It is counted once a month."),
        ],
        "verb": _("Show it no longer") if is_open else _("Let everybody see it"),
        "back_url": back,
    }
    return render(request, "web/confirm.html", context)

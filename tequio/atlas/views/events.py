"""Who came to events, of those who answered afterwards."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tequio.atlas import selectors
from tequio.atlas.rules.representation import LEAST, Share, told_shares
from tequio.atlas.selectors import Event
from tequio.core.http import MemberRequest
from tequio.core.texts import say
from tequio.founding.forms.workshops import SECTOR_NAMES

Context = dict[str, Any]
Options = Mapping[str, Mapping[str, str]]


def events(request: MemberRequest) -> HttpResponse:
    """Show the facts of each event: people, countries, cities, hours, sectors, and who had the floor."""
    told = [*selectors.events(request.actor), *selectors.held(request.actor)]
    found = [_event(event) for event in told]
    return render(request, "atlas/events.html", {"events": found, "least": LEAST})


def _event(event: Event) -> Context:
    told = event.facts
    genders, floor = told_shares(told.genders), told_shares(told.floor)
    return {
        "slug": event.slug,
        "closed": event.closed,
        "workshop": event.workshop,
        "title": event.title,
        "facts": told,
        "hours": "" if told.hours is None else f"{told.hours.normalize():f}",
        "sectors": _rows(named_sectors(event), told_shares(told.sectors)),
        "genders": _rows(event.options["gender"], genders, floor),
    }


def named_sectors(event: Event) -> Options:
    """Return the words of the sectors: those of the survey, or the same ones of a workshop."""
    options = event.options["sector"]
    return {key: {"": str(SECTOR_NAMES[key])} for key in options} if event.workshop else options


def _rows(options: Options, *columns: Mapping[str, Share]) -> list[Context]:
    """Return a line for each option that anybody chose, and for those who said nothing."""
    values = [key for key in (*options, "") if any(key in column for column in columns)]
    return [
        {
            "label": say(options[key]) if key else _("not said"),
            "cells": [column.get(key, Share(0, None)) for column in columns],
        }
        for key in values
    ]

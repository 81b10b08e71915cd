"""Who sits and who takes the word, beside who is there: in shares, over time, each number with its rule."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tequio.atlas import access, selectors
from tequio.atlas.models import Census
from tequio.atlas.rules.representation import LEAST, UNSAID, Share, ordered, shares, told_shares
from tequio.atlas.selectors.representation import BY, OWN_WORDS, PEOPLE, SEATS, SPOKE, Seen
from tequio.core.http import MemberRequest
from tequio.people import selectors as people
from tequio.people.models import Gender, Kind, Sector, Size
from tequio.people.rules.countries import country_name

Context = dict[str, Any]
NAMES = {
    "country": gettext_lazy("Country"),
    "size": gettext_lazy("Size"),
    "sector": gettext_lazy("Sector"),
    "kind": gettext_lazy("Kind"),
}
LABELS: Mapping[str, Mapping[Any, Any]] = {
    "size": dict(Size.choices),
    "sector": dict(Sector.choices),
    "kind": dict(Kind.choices),
}
GENDERS: Mapping[str, Any] = {
    **dict(Gender.choices),
    OWN_WORDS: gettext_lazy("in their own words"),
    UNSAID: gettext_lazy("not said"),
}
WORDS = {
    "PROPOSED": gettext_lazy("Proposals"),
    "OBJECTED": gettext_lazy("Objections"),
    "ASKED": gettext_lazy("Questions"),
    "LED": gettext_lazy("Meetings led"),
    "STOOD": gettext_lazy("Candidacies"),
}


def quarters(today: date, *, many: int = 4) -> list[date]:
    """Return the first days of the latest quarters, and today."""
    found: list[date] = []
    year, month = today.year, today.month - (today.month - 1) % 3
    while len(found) < many:
        found.append(date(year, month, 1))
        year, month = (year, month - 3) if month > 3 else (year - 1, month + 9)
    return [*(day for day in found[::-1] if day != today), today]


def representation(request: MemberRequest) -> HttpResponse:
    """Show who sits and who takes the word, beside who is there."""
    by = request.GET.get("by", "")
    by = by if by in BY else BY[0]
    seen = since_somebody(
        selectors.representation(request.actor, by, days=quarters(people.today_of(request.network)))
    )
    context = {
        "by": by,
        "views": [(f"?by={name}", NAMES[name], name == by) for name in BY],
        "label": NAMES[by],
        "members": sum(seen.members[-1].values()),
        "seats": sum(seen.seats[-1].values()),
        "rows": _rows(seen, by),
        "finding": _finding(seen, by),
        "days": seen.days,
        "times": _times(seen, by),
        "bases": [
            (sum(one.values()), sum(other.values()))
            for one, other in zip(seen.members, seen.seats, strict=True)
        ],
        "words": list(WORDS.values()),
        "said": _said(seen, by),
        "genders": genders_of(selectors.censuses(request.actor)),
        "least": LEAST,
        "asked": f"?by={by}",
        "is_open": selectors.showcase() is not None,
        "may_open": access.open_showcase.allows(request.actor),
    }
    return render(request, "atlas/representation.html", context)


def since_somebody(seen: Seen) -> Seen:
    """Leave out the days before anybody was a member or held a mandate, but never the last one."""
    there = zip(seen.members[:-1], seen.seats[:-1], strict=True)
    first = next((at for at, counts in enumerate(there) if any(counts)), len(seen.days) - 1)
    return replace(seen, days=seen.days[first:], members=seen.members[first:], seats=seen.seats[first:])


def label_of(by: str, value: str) -> str:
    """Return what people read for a value."""
    if value == UNSAID:
        return _("not said")
    return (
        country_name(value, get_language() or "en") if by == "country" else str(LABELS[by].get(value, value))
    )


def _rows(seen: Seen, by: str) -> list[Context]:
    members, seats = shares(seen.members[-1]), shares(seen.seats[-1])
    nobody = Share(0, None)
    return [
        {
            "label": label_of(by, value),
            "members": members.get(value, nobody),
            "seats": seats.get(value, nobody),
        }
        for value in ordered(seen.members[-1], seen.seats[-1])
    ]


def _finding(seen: Seen, by: str) -> str:
    """Return the widest distance between members and mandates as a sentence, or nothing."""
    members, seats = shares(seen.members[-1]), shares(seen.seats[-1])
    apart = [
        (abs((share.percent or 0) - ((seats[value].percent if value in seats else 0) or 0)), value)
        for value, share in members.items()
        if value != UNSAID
    ]
    if not apart or not seats or not max(apart)[0]:
        return ""
    value = max(apart)[1]
    return _("%(what)s: %(members)s %% of the members, %(seats)s %% of the mandates.") % {
        "what": label_of(by, value),
        "members": members[value].percent,
        "seats": (seats[value].percent if value in seats else 0) or 0,
    }


def _times(seen: Seen, by: str) -> list[Context]:
    values = ordered(seen.members[-1], seen.seats[-1], most=6)
    members, seats = [shares(each) for each in seen.members], [shares(each) for each in seen.seats]
    return [
        {
            "label": label_of(by, value),
            "cells": [
                (_percent(one, value), _percent(other, value))
                for one, other in zip(members, seats, strict=True)
            ],
        }
        for value in values
        if value != UNSAID
    ]


def _percent(column: Mapping[str, Share], value: str) -> int | None:
    """Return a value's share: none of it is 0, unless there is nothing to share."""
    return (column[value].percent if value in column else 0) if column else None


def _said(seen: Seen, by: str) -> list[Context]:
    """Return how often the organizations with each value took the word in the last year, in each way."""
    values = ordered(seen.members[-1], *seen.words.values())
    return [
        {
            "label": label_of(by, value),
            "cells": [(WORDS[name], seen.words[name].get(value, 0)) for name in WORDS],
        }
        for value in values
    ]


def genders_of(censuses: Sequence[Census]) -> Context | None:
    """Return what was last counted by gender, and the shares over time; None where nothing was counted."""
    if not censuses:
        return None
    last = censuses[-1]
    columns = {name: told_shares(last.told.get(name, {})) for name in (PEOPLE, SEATS, SPOKE)}
    values = [value for value in GENDERS if any(value in column for column in columns.values())]
    return {
        "on": last.on,
        "rows": [
            {
                "label": GENDERS[value],
                "cells": [column.get(value, Share(0, None)) for column in columns.values()],
            }
            for value in values
        ],
        "over": [
            {"on": census.on, "cells": [_share_of(census, value) for value in values if value != UNSAID]}
            for census in censuses
        ],
        "heads": [GENDERS[value] for value in values if value != UNSAID],
    }


def _share_of(census: Census, value: str) -> tuple[Share, Share]:
    """Return the share of a value among who takes part, and among who holds a mandate."""
    people_, seats = (told_shares(census.told.get(name, {})) for name in (PEOPLE, SEATS))
    return people_.get(value, Share(0, None)), seats.get(value, Share(0, None))

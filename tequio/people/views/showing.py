"""Who sees what of me and of an organization, with a look through the eyes of each; and what everybody sees."""

from collections.abc import Callable
from copy import copy
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.pages import public
from tequio.core.texts import say
from tequio.people import access, selectors, services
from tequio.people.forms.organizations import spoken
from tequio.people.forms.showing import LABELS, OWN_LABELS, MyselfShows, OrganizationShows, gender_typed
from tequio.people.models import Kind, Scope, Sector, Size
from tequio.people.rules.countries import country_name
from tequio.people.rules.showing import COORDINATION, EVERYBODY, MEMBERS, OF_ORGANIZATIONS, hidden

PAGE = 50


def organization_shown(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Say who sees what of an organization, and look at it as others do."""
    row = found_or_404(selectors.organization(request.actor, uuid))
    access.show_organization.require(request.actor, row)
    said = said_of(row)
    form = OrganizationShows(_sent(request), shows=row.shows, said=said)
    if form.is_valid():
        services.show_organization(by=request.actor, organization=row, levels=form.levels())
        return see_other(request.path + "?kept=1#seen")
    context = {
        "form": form,
        "row": row,
        "kept": "kept" in request.GET,
        "views": [(label, _seen(row, said, reader)) for reader, label in _readers()],
        "crumbs": [
            (_("Organizations"), reverse("people:organizations", args=[request.network.slug])),
            (row.name, reverse("people:organization", args=[request.network.slug, row.uuid])),
        ],
    }
    return render(request, "people/organization_shown.html", context, status=422 if form.errors else 200)


def _sent(request: MemberRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _readers() -> list[tuple[str, str]]:
    return [
        (EVERYBODY, _("What everybody sees, strangers too")),
        (MEMBERS, _("What the people of this network see")),
        (COORDINATION, _("What the coordination sees, and you")),
    ]


def _seen(row: Any, said: dict[str, str], reader: str) -> list[tuple[Any, str]]:
    unseen = hidden(row.shows, OF_ORGANIZATIONS, reader=reader)
    if "name" in unseen:
        return []
    return [(LABELS[field], text) for field, text in said.items() if text and field not in unseen]


def said_of(row: Any) -> dict[str, str]:
    """Return what is written of an organization, field by field, in words."""
    get: Callable[[str], Any] = row.__getitem__ if isinstance(row, dict) else partial(getattr, row)
    language = get_language() or "en"
    names = dict(spoken())
    cities = [city["name"] or city.get("written", "") for city in get("cities")]
    places = [*cities, _("the whole country") if get("national_level") else "", _label(Scope, get("scope"))]
    return {
        "name": get("name"),
        "aliases": ", ".join([*get("names"), *(part["name"] for part in getattr(row, "parts", ()))]),
        "about": say(get("about")),
        "kind": _joined([_label(Kind, get("kind")), _label(Sector, get("sector"))]),
        "country": country_name(get("country"), language) if get("country") else "",
        "cities": _joined(places),
        "size": _label(Size, get("size")),
        "themes": ", ".join(get("themes")),
        "populations": ", ".join(get("populations")),
        "languages": ", ".join(names.get(code.split("-")[0], code) for code in get("languages")),
        "website": get("website"),
        "email": get("email"),
        "phone": get("phone"),
    }


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value else ""


def _joined(parts: list[str]) -> str:
    return ", ".join(part for part in parts if part)


def my_shown(request: MemberRequest) -> HttpResponse:
    """Write what I tell of myself here, say who sees it, and look at it as others do."""
    mine = found_or_404(selectors.myself(request.actor))
    said = selectors.said_of(mine, reader=COORDINATION)
    first = {"role": mine.role, "about": mine.about, "phone": mine.phone}
    form = MyselfShows(_sent(request), shows=mine.shows, said=said, initial=first | gender_typed(mine.gender))
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in first}
        services.show_myself(
            by=request.actor, participant=mine, levels=form.levels(), gender=form.said_gender(), **told
        )
        return see_other(request.path + "?kept=1#seen")
    context = {
        "form": form,
        "person": mine,
        "kept": "kept" in request.GET,
        "views": [(label, _seen_of_me(mine, reader)) for reader, label in _readers()],
        "crumbs": [
            (_("People"), reverse("people:people", args=[request.network.slug])),
            (mine.name, reverse("people:person", args=[request.network.slug, mine.uuid])),
        ],
    }
    return render(request, "people/my_shown.html", context, status=422 if form.errors else 200)


def _seen_of_me(mine: Any, reader: str) -> list[tuple[Any, str]]:
    said = selectors.said_of(copy(mine), reader=reader)
    return [(OWN_LABELS[field], text) for field, text in said.items()]


@public
def members(request: MemberRequest) -> HttpResponse:
    """Who is in the network, of those that agreed to be named to everybody, with what each shows to everybody."""
    number = request.GET.get("page", "1")
    page = max(int(number), 1) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    rows = selectors.public_members(start=(page - 1) * PAGE, most=PAGE + 1)
    people = selectors.public_people([row["pk"] for row in rows[:PAGE]])
    shown = [
        {**said_of(row), "people": people.get(row["pk"], []), "raw": row["about"]} for row in rows[:PAGE]
    ]
    context = {"members": shown, "page": page, "before": page - 1, "more": len(rows) > PAGE and page + 1}
    return render(request, "people/members.html", context)

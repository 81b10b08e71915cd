"""Where the organizations of a network are, and on what they work: a map of tiles and tables."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tequio.atlas import selectors
from tequio.atlas.rules.counting import VIEWS, Counted, Row, leading
from tequio.core.http import MemberRequest, address
from tequio.core.pages import public
from tequio.people.forms.organizations import wanted_from
from tequio.people.models import Kind
from tequio.people.rules.countries import country_name
from tequio.people.rules.directory import FACETS, Wanted
from tequio.people.views.organizations import facet_names, label_of
from tequio.surveys.rules.capitals import is_capital

Context = dict[str, Any]
NEXT = {"country": "city"}  # what one wants to know once this is chosen


def atlas(request: MemberRequest) -> HttpResponse:
    """Count organizations by country, city, kind and more; all that was chosen stands in the address."""
    wanted, view = narrowed(request)
    found = selectors.atlas(request.actor, wanted, view=view)
    choices = selectors.choices(request.actor, wanted)
    here = address("atlas:atlas", request.network.slug)
    context = {
        "found": found,
        "view": view,
        "views": [(label, _link(here, wanted, by=name), name == view) for name, label in _views()],
        "filters": [_filter(facet, wanted, choices) for facet in FACETS],
        "active": _active(wanted, choices, here, view),
        "bars": [_bar(row, view, _link(here, wanted, by=NEXT.get(view, view), also=(view, row.value))) for row in found.rows],
        "tiles": _tiles(found) if view == "country" else {},
        "told": _told(found),
        "capital": _capital(found, wanted.value("country")),
        "candidates": None if wanted.chosen else _candidates(request),
        "directory": _link(address("people:organizations", request.network.slug), wanted),
        "here": here,
        "asked": _link("", wanted, by=view),
    }  # fmt: skip
    return render(request, "atlas/atlas.html", context)


def narrowed(request: MemberRequest) -> tuple[Wanted, str]:
    """Return what an address asks for: which organizations, counted by what."""
    wanted = Wanted(chosen=wanted_from(request.GET).chosen)
    view = request.GET.get("by", "")
    return wanted, view if view in VIEWS else VIEWS[0]


def _views() -> list[tuple[str, str]]:
    names = facet_names()
    return [(name, names[name]) for name in VIEWS]


def _link(here: str, wanted: Wanted, *, by: str = "", also: tuple[str, str] | None = None) -> str:
    chosen = dict(wanted.chosen) | (dict([also]) if also else {})
    asked = ({"by": by} if by else {}) | chosen
    return f"{here}?{urlencode(asked)}" if asked else here


def _filter(facet: str, wanted: Wanted, choices: list[tuple[str, str, str]]) -> Context:
    options = [
        {"value": value, "label": label_of(facet, value, written), "chosen": value == wanted.value(facet)}
        for each, value, written in choices
        if each == facet
    ]
    return {"name": facet, "label": facet_names()[facet], "options": options}


def _active(
    wanted: Wanted, choices: list[tuple[str, str, str]], here: str, view: str
) -> list[tuple[str, str]]:
    """Return each chosen value with the address that takes it away."""
    written = {(facet, value): label for facet, value, label in choices}
    rows = []
    for facet, value in wanted.chosen:
        rest = Wanted(chosen=tuple(pair for pair in wanted.chosen if pair[0] != facet))
        label = label_of(facet, value, written.get((facet, value), ""))
        rows.append((label, _link(here, rest, by=view)))
    return rows


def _bar(row: Row, view: str, url: str) -> tuple[str, int, str, int]:
    """Return a row of the table of bars: members filled, those only recorded in outline."""
    words = _("%(members)s of %(all)s") % {"members": row.members, "all": row.everybody}
    label = format_html('<a href="{}">{}</a>', url, label_of(view, row.value, row.written))
    return label, row.members, words, row.everybody


def _tiles(found: Counted) -> dict[str, int]:
    return {row.value: row.everybody for row in found.rows}


def _told(found: Counted) -> str:
    """Return in words what the map shows; all of it stands in the table."""
    language = get_language() or "en"
    listed = ", ".join(f"{country_name(row.value, language)} {row.everybody}" for row in found.rows[:8])
    return _("Organizations by country: %(listed)s") % {"listed": listed or "0"}


def _capital(found: Counted, country: str) -> str:
    """Return, of the cities where the organizations of a country work, whether the first is its capital."""
    first = leading(found.rows) if found.view == "city" and country else None
    if first is None or (capital := is_capital(first.value, country)) is None:
        return ""
    said = {"city": first.written, "number": first.everybody}
    if capital:
        return _("The city with most organizations is %(city)s, the capital: %(number)s.") % said
    return _("The city with most organizations is %(city)s, which is not the capital: %(number)s.") % said


def _candidates(request: MemberRequest) -> Context | None:
    rows = selectors.candidates(request.actor)
    if not rows:
        return None
    language = get_language() or "en"
    named = [(country_name(code, language), number) for code, number in rows if code]
    return {
        "number": sum(number for _code, number in rows),
        "countries": ", ".join(f"{name} {number}" for name, number in named),
    }


@public
def public_map(request: MemberRequest) -> HttpResponse:
    """Where the members are, of those that let everybody know it."""
    shown = selectors.public_atlas()
    language = get_language() or "en"
    countries = shown.of("country")
    parts = [
        (_("Country"), [(country_name(code, language), number) for code, number in countries]),
        (_("City"), shown.of("city")[:20]),
        (_("Kind"), [(str(Kind(kind).label), number) for kind, number in shown.of("kind")]),
        (_("Works with"), shown.of("population")[:20]),
        (_("Theme"), shown.of("theme")[:20]),
    ]
    listed = ", ".join(f"{name} {number}" for name, number in parts[0][1][:8])
    context = {
        "members": shown.members,
        "tiles": dict(countries),
        "told": _("Organizations by country: %(listed)s") % {"listed": listed or "0"},
        "parts": [(label, rows) for label, rows in parts if rows],
        "ties": selectors.public_ties(),
        "is_open": selectors.showcase() is not None,
    }
    return render(request, "atlas/public_map.html", context)

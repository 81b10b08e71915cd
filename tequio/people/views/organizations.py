"""The directory and the page of each organization."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, address, found_or_404, see_other
from tequio.core.pages import needs
from tequio.core.texts import quoted
from tequio.people import access, selectors, services
from tequio.people.forms.organizations import OrganizationForm, PlaceForm, spoken, typed, wanted_from
from tequio.people.forms.showing import LABELS as LABELS_OF
from tequio.people.models import Duty, Kind, Organization, Scope, Sector, Status
from tequio.people.rules.countries import country_name
from tequio.people.rules.directory import FACETS, WHOLE, Wanted, cursor
from tequio.people.selectors.directory import Count, Directory, Option, Shown, directory
from tequio.people.selectors.duplicates import duplicate_hints
from tequio.people.views.showing import said_of

Context = dict[str, Any]


def organizations(request: MemberRequest) -> HttpResponse:
    """Show a page of the directory; everything asked for stands in the address."""
    wanted = wanted_from(request.GET)
    found = directory(request.actor, wanted)
    here = address("people:organizations", request.network.slug)
    context = {
        "wanted": wanted,
        "found": found,
        "rows": [_row(row, here) for row in found.rows],
        "total": _said(found.total),
        "filters": [_filter(facet, wanted, found) for facet in FACETS],
        "active": _active(wanted, found, here),
        "here": here,
        "previous": None if found.first or not found.rows else here + _address(wanted, before=found.rows[0]),
        "next": None if found.last or not found.rows else here + _address(wanted, after=found.rows[-1]),
        "why_not_record": access.record_organization.why_not(request.actor),
        "why_not_import": access.import_organizations.why_not(request.actor),
    }
    return render(request, "people/organizations.html", context)


def _row(row: Shown, here: str) -> Context:
    cities = [str(city["name"] or city["written"]) for city in row.cities]
    parts = [Kind(row.kind).label if row.kind else "", ", ".join(cities), _country(row.country)]
    return {
        "name": row.name,
        "url": f"{here}{row.uuid}/",
        "line": " · ".join(str(part) for part in parts if part),
        "member": row.member,
    }


def _country(code: str) -> str:
    return country_name(code, get_language() or "en") if code else ""


def _said(count: Count) -> str:
    return f"{count.number}+" if count.more else str(count.number)


LABELS: dict[str, dict[Any, Any]] = {
    "kind": dict(Kind.choices),
    "sector": dict(Sector.choices),
    "scope": {**dict(Scope.choices), WHOLE: gettext_lazy("The whole country")},
    "standing": {"member": gettext_lazy("Members"), "recorded": gettext_lazy("Recorded, not members")},
}


def label_of(facet: str, value: str, written: str = "") -> str:
    """Return what people read for a value of a facet; ``written`` is what its tally says."""
    if facet == "country":
        return _country(value)
    if facet in LABELS:
        return str(LABELS[facet].get(value, value))
    return written or value


def _label(facet: str, option: Option) -> str:
    return label_of(facet, option.value, option.label)


def _filter(facet: str, wanted: Wanted, found: Directory) -> Context:
    options = [
        {
            "value": option.value,
            "label": _label(facet, option),
            "count": _said(option.count) if option.count else "",
            "chosen": option.value == wanted.value(facet),
        }
        for option in found.facets[facet]
    ]
    return {"name": facet, "label": facet_names()[facet], "options": options, "any": not wanted.value(facet)}


def facet_names() -> dict[str, str]:
    """Return what the facets of the directory are called."""
    return {
        "country": _("Country"),
        "city": _("City"),
        "kind": _("Kind"),
        "sector": _("Sector"),
        "theme": _("Theme"),
        "population": _("Works with"),
        "pillar": _("Pillar"),
        "scope": _("How far it works"),
        "standing": _("In the network"),
    }


def _address(wanted: Wanted, *, after: Shown | None = None, before: Shown | None = None) -> str:
    """Return the same search at another place, as a query string."""
    parts = {"q": wanted.words, **dict(wanted.chosen)}
    if after:
        parts["after"] = cursor(after.folded, after.pk)
    if before:
        parts["before"] = cursor(before.folded, before.pk)
    return "?" + urlencode({name: value for name, value in parts.items() if value})


def _active(wanted: Wanted, found: Directory, here: str) -> list[tuple[str, str]]:
    """Return each chosen value with the address that takes it away."""
    rows = [(quoted(wanted.words), here + _address(replace(wanted, words="")))] if wanted.words else []
    for facet, value in wanted.chosen:
        label = next(
            (_label(facet, option) for option in found.facets[facet] if option.value == value), value
        )
        rest = replace(wanted, chosen=tuple(pair for pair in wanted.chosen if pair[0] != facet))
        rows.append((label, here + _address(rest)))
    return rows


def organization(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Show one organization; one that was merged into another leads there."""
    row: Any = found_or_404(selectors.organization(request.actor, uuid))
    may_merge = access.merge_organizations.allows(request.actor)
    if row.merged_into and not may_merge:
        return see_other(_page(request, row.merged_into))
    hints = (
        duplicate_hints(request.actor, name=row.name, website=row.website, besides=row.pk)
        if may_merge
        else []
    )
    people = selectors.acting_for(request.actor, row, today=selectors.today_of(request.network))
    keeps = request.actor.has(Duty.COORDINATION, Duty.ADMISSION)
    context = {
        "row": row,
        "sector": str(Sector(row.sector).label) if row.sector else "",
        "kind": str(Kind(row.kind).label) if row.kind else "",
        "country": _country(row.country),
        "languages_spoken": _languages(row.languages),
        "people": people,
        "may_name": row.own or request.actor.has(Duty.COORDINATION),
        "may_show": row.own or (keeps and not people and not row.merged_into),
        "member": str(Status(row.standing).label) if row.standing else "",
        "hints": hints if not row.merged_into else [],
        "may_merge": may_merge,
        "why_not_change": access.change_organization.why_not(request.actor, row),
        "crumbs": _crumbs(request),
    }
    return render(request, "people/organization.html", context)


def _languages(codes: list[str]) -> str:
    names = dict(spoken())
    return ", ".join(names.get(code.split("-")[0], code) for code in codes)


def _page(request: MemberRequest, row: Organization) -> str:
    return address("people:organization", request.network.slug, row.uuid)


def _crumbs(request: MemberRequest) -> list[tuple[str, str]]:
    return [(_("Organizations"), address("people:organizations", request.network.slug))]


@needs(access.record_organization)
def new_organization(request: MemberRequest) -> HttpResponse:
    """Record an organization; where one like it is known already, ask first whether it is another."""
    form = OrganizationForm(request.POST or None, asks=request.method == "POST")
    hints = []
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        hints = duplicate_hints(request.actor, name=said["name"], website=said["website"])
        if not hints or said["another"]:
            return see_other(
                _page(request, services.record_details(by=request.actor, details=form.details()))
            )
    return _form_page(request, form, title=_("Record an organization"), hints=hints)


def _form_page(
    request: MemberRequest,
    form: OrganizationForm,
    *,
    title: str,
    hints: Any = (),
    row: Organization | None = None,
) -> HttpResponse:
    if "another" in form.fields and not hints:
        del form.fields["another"]
    context = {"form": form, "title": title, "hints": hints, "row": row, "crumbs": _crumbs(request)}
    status = 422 if request.method == "POST" else 200
    return render(request, "people/organization_form.html", context, status=status)


def edit_organization(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Change what is written about an organization."""
    row = found_or_404(selectors.organization(request.actor, uuid))
    access.change_organization.require(request.actor, row)
    form = OrganizationForm(request.POST or None, initial=typed(row), unseen=row.unseen)
    if request.method == "POST" and form.is_valid():
        services.change_organization(by=request.actor, organization=row, details=form.details(keep=row))
        return see_other(_page(request, row))
    return _form_page(request, form, title=_("Change what is written"), row=row)


@needs(access.merge_organizations)
def merge_organization(request: MemberRequest, uuid: UUID, other: UUID) -> HttpResponse:
    """Ask whether two are one, and which name stays; then make one of them."""
    keep = found_or_404(selectors.organization(request.actor, uuid))
    gone = found_or_404(selectors.organization(request.actor, other))
    if request.method == "POST":
        try:
            services.merge_organizations(by=request.actor, keep=keep, gone=gone)
        except services.CannotMerge as refused:
            return _merge_page(request, keep, gone, why_not=str(refused))
        return see_other(_page(request, keep))
    return _merge_page(request, keep, gone)


def _merge_page(
    request: MemberRequest, keep: Organization, gone: Organization, *, why_not: str = ""
) -> HttpResponse:
    names = {"keep": keep.name, "gone": gone.name}
    context = {
        "question": _("Are “%(gone)s” and “%(keep)s” the same organization?") % names,
        "consequences": [
            *([why_not] if why_not else []),
            _("One page stays: “%(keep)s”. It is found by the names and cities of both.") % names,
            _("Members, voices and open rounds stay as they are."),
            _("Nothing is lost: you can part them again at any time."),
        ],
        "verb": _("Yes, make them one"),
        "back_url": _page(request, keep),
        "turned_url": address("people:merge", request.network.slug, gone.uuid, keep.uuid),
        "gone": gone,
        "keep": keep,
        "rows": _side_by_side(keep, gone),
    }
    return render(request, "people/organization_merge.html", context, status=422 if why_not else 200)


# What the page that stays shows, or is found by, of both; of everything else it shows its own.
_OF_BOTH = ("aliases", "cities", "themes", "populations", "about")


def _side_by_side(keep: Any, gone: Any) -> list[Context]:
    """Return, field by field, what each says and where it goes; what both leave empty is left out."""
    one, other = said_of(keep), said_of(gone)
    return [
        {
            "label": str(LABELS_OF[field]),
            "keep": one[field],
            "gone": other[field],
            "goes": _goes(field, one, other),
        }
        for field in one
        if one[field] or other[field]
    ]


def _goes(field: str, one: dict[str, str], other: dict[str, str]) -> str:
    if field == "name":
        return _("It becomes another name of the one that stays.")
    if not other[field] or one[field] == other[field]:
        return _("Nothing changes.")
    if field in _OF_BOTH:
        return _("Both are found.")
    return _("It is put away, and comes back if you part them.")


@needs(access.merge_organizations)
def part_organization(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Undo a merge, after asking."""
    row = found_or_404(selectors.organization(request.actor, uuid))
    keep = found_or_404(row.merged_into)
    if request.method == "POST":
        services.part_organizations(by=request.actor, organization=row)
        return see_other(_page(request, row))
    context = {
        "question": _("Part “%(name)s” from “%(keep)s”?") % {"name": row.name, "keep": keep.name},
        "consequences": [
            _("Each stands in the directory for itself again, with the names and cities it had.")
        ],
        "verb": _("Part them"),
        "back_url": _page(request, keep),
    }
    return render(request, "web/confirm.html", context)


@needs(access.record_organization)
def places(request: MemberRequest) -> HttpResponse:
    """Ask which cities are meant by the spellings that the table does not hold."""
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.place:
        said = form.cleaned_data
        services.name_place(
            by=request.actor, written=said["written"], country=said["country"], place=form.place
        )
        return see_other(request.path)
    asked = [_asked(row, form) for row in selectors.unknown_places(request.actor)]
    context = {"asked": asked, "form": form if form.errors else None, "crumbs": _crumbs(request)}
    return render(request, "people/organization_places.html", context, status=422 if form.errors else 200)


def _asked(row: Any, sent: PlaceForm) -> Context:
    country = row.organization.country
    same = sent.is_bound and (sent["written"].value(), sent["country"].value()) == (row.written, country)
    first = {"written": row.written, "country": country, "city_country": country}
    form = sent if same else PlaceForm(initial=first, auto_id=f"place-{row.pk}-%s")
    return {"written": row.written, "country": _country(country), "name": row.organization.name, "form": form}

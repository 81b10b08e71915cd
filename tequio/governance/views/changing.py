"""Opening a group, changing it, closing it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tequio.core.access import Refused
from tequio.core.http import MemberRequest, see_other
from tequio.governance import access, selectors, services
from tequio.governance.forms import BY_KEY, PATTERNS, ChangeForm, CloseForm, OpenForm, lines
from tequio.governance.models import Circle
from tequio.governance.rules import Kind
from tequio.governance.rules.trees import fits
from tequio.governance.views.common import crumbs, find, map_crumbs, page_of, standing_of
from tequio.networks.models import Model
from tequio.networks.selectors import governance
from tequio.people.models import Participant


def open_circle(request: MemberRequest) -> HttpResponse:
    """Open a group, from a pattern or from nothing. Source: GOV-11, GOV-21, GOV-24."""
    parent = _named(request)
    root, model = (None, "") if parent else (selectors.circle_around_all(), governance().model)
    parent = parent or _usual(request, root, model)
    if parent is None or parent != root:  # of the usual one it was asked already
        access.open_circle.require(request.actor, parent, standing_of(request, parent))
    pattern, kinds = BY_KEY.get(request.GET.get("pattern", "")), _kinds(parent, root, model)
    form = OpenForm(
        request.POST if request.method == "POST" else None, kinds=kinds,
        parts=selectors.free_parts(parent), grounds=selectors.grounds(request.actor), pattern=pattern,
        initial={"kind": kinds[0], "joins": parent is not None},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            return see_other(page_of(request, _open(request, form, parent)))
        except Refused as reason:
            form.add_error("kind", str(reason))
    context = {
        "form": form,
        "parent": parent,
        "patterns": PATTERNS,
        "pattern": pattern,
        "crumbs": map_crumbs(request),
    }
    return render(request, "governance/open.html", context, status=422 if form.errors else 200)


def _named(request: MemberRequest) -> Circle | None:
    """Return the open group that the address names for the new one to lie in."""
    try:
        named = UUID(request.GET.get("in", ""))
    except ValueError:
        return None
    found = selectors.circle(request.actor, named)
    return found if found is not None and found.closed_at is None else None


def _usual(request: MemberRequest, root: Circle | None, model: str) -> Circle | None:
    """Return the circle around all, in a horizontal network, where the reader may open a group in it."""
    if root is None or model != Model.HORIZONTAL:
        return None
    return root if access.open_circle.allows(request.actor, root, standing_of(request, root)) else None


def _kinds(parent: Circle | None, root: Circle | None, model: str) -> list[str]:
    """Return which kinds of group fit there, the usual one of the network's model first."""
    order = [Kind.CIRCLE, Kind.HELPING, Kind.WORKING_GROUP, Kind.COORDINATION, Kind.RING]
    found = [kind for kind in order if fits(kind, parent.kind if parent else None)]
    if parent is None:
        found = [kind for kind in found if kind not in (Kind.COORDINATION, root and Kind.CIRCLE)]
        if model == Model.VERTICAL:
            found.sort(key=lambda kind: kind != Kind.WORKING_GROUP)
    return [kind.value for kind in found]


def _open(request: MemberRequest, form: OpenForm, parent: Circle | None) -> Circle:
    said, language = form.cleaned_data, request.LANGUAGE_CODE
    me = Participant.objects.filter(pk=request.actor.participant_id or 0)
    working = said["kind"] == Kind.WORKING_GROUP
    return services.open_circle(
        by=request.actor, kind=said["kind"], parent=parent, name={language: said["name"]},
        aim={language: said["aim"]}, domain=lines(said["domain"], language), handed_down=form.handed(),
        members=list(me) if said["joins"] else [], expires_on=said.get("expires_on"), ring=said.get("ring"),
        reports_every=1 if working else None, entry=form.entry(),
    )  # fmt: skip


def change(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Change what a group is for and how it works."""
    found = find(request, uuid)
    access.change_circle.require(request.actor, found, standing_of(request, found))
    own = [item for item in selectors.domain(found) if item.of_id is None]
    form = ChangeForm(request.POST if request.method == "POST" else None, circle=found, own=own)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_circle(by=request.actor, circle=found, **_changed(request, form, found))
            return see_other(page_of(request, found))
        except Refused as reason:
            form.add_error("domain", str(reason))
    context = {"form": form, "circle": found, "crumbs": crumbs(request, found)}
    return render(request, "governance/change.html", context, status=422 if form.errors else 200)


def _changed(request: MemberRequest, form: ChangeForm, found: Circle) -> dict[str, Any]:
    said, language = form.cleaned_data, request.LANGUAGE_CODE
    return {
        "name": {**found.name, language: said["name"]},
        "aim": {**found.aim, language: said["aim"]},
        "policies": {**found.policies, language: said["policies"]},
        "own": form.items(language),
        "regime": said["regime"],
        "term_months": said["term_months"],
        "reports_every": said["reports_every"],
        "cooling_off_months": said.get("cooling_off_months", found.cooling_off_months),
        "expires_on": said.get("expires_on"),
    }


def close(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Ask whether to close a group, and why; act on the button."""
    found = find(request, uuid)
    access.close_circle.require(request.actor, found, standing_of(request, found))
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.close_circle(by=request.actor, circle=found, why=form.cleaned_data["why"])
            return see_other(page_of(request, found))
        except Refused as reason:
            form.add_error("why", str(reason))
    context = {
        "question": _("Close this group?"),
        "consequences": [
            _("Its seats end today."),
            _("What it decided goes back to the circle around it."),
            _("Its page stays, with everything that was written."),
        ],
        "verb": pgettext("group", "Close it"),
        "back_url": page_of(request, found),
        "form": form,
        "crumbs": crumbs(request, found),
    }
    return render(request, "web/confirm.html", context, status=422 if form.errors else 200)

"""Reading: the map of who holds what, one group, and what each ring may."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core.http import MemberRequest, see_other
from tequio.governance import access, drawing, selectors, services
from tequio.governance.forms import RingsForm
from tequio.governance.models import ROLES, TROUBLES
from tequio.governance.rules import Kind, Role
from tequio.governance.rules.invariants import Facts, State, checks
from tequio.governance.rules.links import Trouble
from tequio.governance.rules.rings import ALLIES, MATTERS, RINGS, Verb, reach
from tequio.governance.rules.terms import stretches
from tequio.governance.selectors import Group, Structure
from tequio.governance.views.common import map_crumbs
from tequio.networks.models import Model
from tequio.networks.selectors import governance
from tequio.people.models import Duty
from tequio.people.selectors.voices import today_of

Words = Mapping[str, str | Promise]
CHECKS: Words = {
    "C1": gettext_lazy("It has an aim, a domain and members."),
    "C1_ROLES": gettext_lazy("Somebody leads, somebody facilitates, somebody writes."),
    "C2": gettext_lazy("Its domain is a part of what the circle around it holds."),
    "C3": gettext_lazy("Two different people tie it to the circle around it: leader and delegate."),
    "C4": gettext_lazy("Both are full members of the two circles, each by a decision."),
    "C5": gettext_lazy("It does not lie inside itself."),
    "C6": gettext_lazy("Every role has an end."),
    "C7": gettext_lazy("It is for one task, until a day."),
    "C8": gettext_lazy("Whoever is to be removed does not answer on it."),
    "C9": gettext_lazy("The link may hang on one person, by a decision and for a time."),
}
ROLE_WORDS = dict(ROLES)


def circles(request: MemberRequest) -> HttpResponse:
    """Show who holds what in the network, as a picture and as a table. Source: GOV-02, GOV-15, GOV-21."""
    today = today_of(request.network)
    found = selectors.structure(request.actor, today)
    done = selectors.reported(today) if any(g.circle.reports_every for g in found.walk()) else set()
    rows = [_row(group, done, today) for group in found.walk()]
    context = {
        "rows": rows,
        "pictures": drawing.picture(found),
        "red": [row for row in rows if row["group"].is_red],
        "may_open": access.open_circle.allows(request.actor, None, _anywhere(request, found)),
        "leads": request.actor.has(Duty.COORDINATION),
        "four": _four(found) if governance().model == Model.HORIZONTAL else [],
    }
    return render(request, "governance/circles.html", context)


def _four(found: Structure) -> list[tuple[str, bool]]:
    """Say the four rules of a horizontal network, which hold together, and whether each holds today. Source: GOV-08."""
    groups = found.of(Kind.CIRCLE)
    leaders = [seat for group in groups for seat in group.with_role(Role.LEADER)]
    return [
        (_("Consent: nothing is decided while an objection stays."), True),
        (_("Circles: each decides alone on its domain."), bool(groups)),
        (
            _("Double link: two people tie each circle to the one around it."),
            not any(g.is_red for g in groups),
        ),
        (
            _("Open choice: whoever leads a circle is elected without objections."),
            all(s.entry for s in leaders),
        ),
    ]


def _anywhere(request: MemberRequest, found: Structure) -> access.Standing:
    """Return the reader's roles in all groups together: who is in one can open another inside it."""
    roles = [
        seat.role
        for g in found.walk()
        for seat in g.seats
        if seat.participant == request.actor.participant_id
    ]
    return access.Standing(frozenset(roles), True)


def _row(group: Group, done: set[tuple[int, date]], today: date) -> dict[str, Any]:
    circle = group.circle
    every = circle.reports_every
    over = stretches(circle.opened_on, every, on=today) if every else []
    return {
        "group": group,
        "kind": circle.get_kind_display(),
        "roles": [(ROLE_WORDS[role], seats) for role, seats in group.roles],
        "count": len(group.members),
        "missing": [start for start, _end in over if (circle.pk, start) not in done],
    }


def circle(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Show one group: aim, domain, people, terms, links, what flows, and which of its rules hold. Source: GOV-11 to GOV-15."""
    today = today_of(request.network)
    found = selectors.structure(request.actor, today, whole=True)
    group = next((one for one in found.walk() if one.circle.uuid == uuid), None)
    if group is None:
        return _ended(request, uuid)
    context = {
        **_told(request, found, group, today),
        **_may(request, found, group),
        "crumbs": map_crumbs(request),
    }
    return render(request, "governance/circle.html", context)


def _ended(request: MemberRequest, uuid: UUID) -> HttpResponse:
    gone = selectors.circle(request.actor, uuid)
    if gone is None:
        raise Http404
    return render(request, "governance/ended.html", {"circle": gone, "crumbs": map_crumbs(request)})


def _told(request: MemberRequest, found: Structure, group: Group, today: date) -> dict[str, Any]:
    circle, parts = group.circle, selectors.domain(group.circle)
    around = found.by_pk.get(circle.parent_id or 0)
    names = {seat.participant: seat.name for one in found.walk() for seat in one.seats}
    return {
        "group": group,
        "circle": circle,
        "around": around,
        "domain": [(item, found.by_pk.get(item.handed)) for item in parts],  # type: ignore[attr-defined]
        "people": _people(group),
        "checks": [(CHECKS[c.code], c.state.value) for c in checks(_facts(group, parts, around), on=today)],
        "troubles": _troubles(group, names),
        "lacks": _lacks(group),
        "links": [(inner, _troubles(inner, names)) for inner in group.inside if inner.link],
        "inside": [inner for inner in group.inside if not inner.link],
        "flow": selectors.flow(request.actor, circle)[:5] if group.link else [],
        "reports": _reports(request, group, today) if circle.reports_every else [],
        "bare": list(selectors.without_mandate(circle, today)) if circle.kind == Kind.COORDINATION else [],
        "broken": State.BROKEN.value,
    }


def _people(group: Group) -> list[dict[str, Any]]:
    """Return everybody in a group once, with their roles and when each ends; the members without a role last."""
    found: dict[int, dict[str, Any]] = {}
    for role, seats in [*group.roles, (Role.MEMBER.value, group.members)]:
        for seat in seats:
            row = found.setdefault(seat.participant, {"seat": seat, "roles": [], "member": None})
            if role == Role.MEMBER:
                row["member"] = seat
            else:
                row["roles"].append((ROLE_WORDS[role], seat))
    return list(found.values())


def _facts(group: Group, parts: list[Any], around: Group | None) -> Facts:
    circle = group.circle
    outside = sum(part.of_id is None for part in parts) if around and around.circle.kind == Kind.CIRCLE else 0
    return Facts(
        kind=circle.kind, opened_on=circle.opened_on, expires_on=circle.expires_on, aim=bool(circle.aim),
        domain=len(parts), outside=outside, members=len(group.members),
        roles={seat.role for seat in group.seats},
        endless=sum(seat.until is None for seat in group.seats if seat.role != Role.MEMBER), link=group.link,
    )  # fmt: skip


def _troubles(group: Group, names: Mapping[int, str]) -> list[str]:
    """Say what a link lacks, in words."""
    found = group.link.troubles if group.link else ()
    return [str(TROUBLES[trouble]) % {"name": names.get(person or 0, "—")} for trouble, person in found]


def _lacks(group: Group) -> str:
    """Return the role that has to be filled before the link holds, or nothing when that is not what is missing."""
    kinds = {trouble for trouble, _person in group.link.troubles} if group.link else set()
    if Trouble.NO_LEADER in kinds:
        return Role.LEADER.value
    return Role.DELEGATE.value if kinds & {Trouble.NO_DELEGATE, Trouble.SAME_PERSON} else ""


def _reports(request: MemberRequest, group: Group, today: date) -> list[dict[str, Any]]:
    circle = group.circle
    written = selectors.reports(request.actor, circle)
    over = stretches(circle.opened_on, circle.reports_every or 1, on=today)
    running = over[0][1] if over else circle.opened_on
    rows: list[tuple[date, date | None]] = [(running, None), *over]
    return [{"start": start, "end": end, "report": written.get(start)} for start, end in rows[:13]]


def _may(request: MemberRequest, found: Structure, group: Group) -> dict[str, Any]:
    actor, standing = request.actor, found.standing(request.actor, group)
    return {
        "may_keep": access.change_circle.allows(actor, group.circle, standing),
        "may_open": access.open_circle.allows(actor, group.circle, standing),
        "may_flow": access.write_flow.allows(actor, group.circle, standing),
        "may_report": access.report.allows(actor, group.circle, standing),
        "may_elect": Role.MEMBER in standing.roles,
        "may_ask": access.ask_for_seat.allows(actor, group.circle, standing) and bool(group.seats),
        "me": actor.participant_id,
    }


def rings(request: MemberRequest) -> HttpResponse:
    """Show what each ring may open, vote on and see; the coordination writes down what was decided. Source: GOV-22."""
    rights = selectors.ring_rights()
    may = access.set_ring_rights.allows(request.actor) and governance().model != Model.HORIZONTAL
    form = RingsForm(
        request.POST if request.method == "POST" else None, rights=rights, words=_ring_words(),
        grounds=selectors.binding_grounds(request.actor) if may else (),
    )  # fmt: skip
    if request.method == "POST":
        access.set_ring_rights.require(request.actor)
        if form.is_valid():
            services.set_ring_rights(by=request.actor, rights=form.rights(), entry=form.entry())
            return see_other(reverse("governance:rings", args=[request.network.slug]))
    context = {
        "table": [
            (word, [[number <= reach(rights, verb, matter) for matter in MATTERS] for verb in Verb])
            for number, word in zip(RINGS, _ring_words(), strict=True)
        ],
        "mine": selectors.ring_of_actor(request.actor, today_of(request.network)),
        "words": _ring_words(),
        "keeps": any(reach(rights, Verb.SEE, matter) < ALLIES for matter in MATTERS),
        "form": form if may else None,
        "crumbs": map_crumbs(request),
    }
    return render(request, "governance/rings.html", context, status=422 if form.errors else 200)


def _ring_words() -> list[str]:
    return [
        _("0: the coordination"),
        _("1: the working groups"),
        _("2: the members"),
        _("3: allies, without a voice"),
    ]

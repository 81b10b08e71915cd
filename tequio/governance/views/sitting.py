"""Joining a group, taking a seat, leaving it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tequio.core.access import Refused
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.governance import access, selectors, services
from tequio.governance.forms import EndForm, SeatForm
from tequio.governance.models import Circle
from tequio.governance.rules import Ended, Kind, Role
from tequio.governance.rules.terms import months_after
from tequio.governance.views.common import crumbs, find, page_of, standing_of
from tequio.people.selectors.voices import today_of


@require_POST
def join(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Ask a group to take oneself in."""
    found = find(request, uuid)
    services.ask_for_seat(by=request.actor, network=request.network, circle=found)
    return see_other(page_of(request, found) + "?asked=1")


def seat(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Write down who takes which role, until when, and by which decision. Source: GOV-14, GOV-16, GOV-19."""
    found = find(request, uuid)
    access.seat.require(request.actor, found, standing_of(request, found))
    form = SeatForm(
        request.POST if request.method == "POST" else None, circle=found,
        grounds=selectors.grounds(request.actor), until=months_after(today_of(request.network), found.term_months),
        initial={
            "who": selectors.name_of(request.GET.get("who", "")), "role": _role(request.GET.get("role", "")),
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _seat(request, form, found):
        return see_other(page_of(request, found))
    people = selectors.members_of(found)
    context = {"form": form, "circle": found, "people": people, "crumbs": crumbs(request, found)}
    return render(request, "governance/seat.html", context, status=422 if form.errors else 200)


def _role(named: str) -> str:
    return named if named in set(Role) else Role.MEMBER.value


def _seat(request: MemberRequest, form: SeatForm, found: Circle) -> bool:
    """Seat somebody, or say in the form why not."""
    said = form.cleaned_data
    participant = selectors.called(found, said["who"])
    if participant is None:
        form.add_error("who", _("Nobody takes part under this name, or more than one person does."))
        return False
    forever = said["role"] == Role.MEMBER and found.kind != Kind.COORDINATION
    try:
        services.seat(
            by=request.actor, circle=found, participant=participant, role=said["role"],
            until=None if forever else said["until"], entry=form.entry(),
        )  # fmt: skip
    except Refused as reason:
        form.add_error("role", str(reason))
        return False
    return True


def end_seat(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Ask whether to give one's own seat back, or to write down that somebody is removed; act on the button."""
    found = found_or_404(selectors.seat(request.actor, uuid))
    access.end_seat.require(request.actor, found, standing_of(request, found.circle))
    own = found.participant_id == request.actor.participant_id
    form = None if own else EndForm(
        request.POST if request.method == "POST" else None, grounds=selectors.grounds(request.actor)
    )  # fmt: skip
    if request.POST.get("confirmed") == "yes" and (form is None or form.is_valid()):
        why = Ended.RESIGNED if own else Ended.REMOVED
        services.end_seat(by=request.actor, seat=found, why=why, entry=form.entry() if form else None)
        return see_other(page_of(request, found.circle))
    context = {
        "question": _("Give this seat back?") if own else _("Write down that this seat ends?"),
        "consequences": _consequences(found.role, found.get_role_display(), found.participant.name),
        "verb": _("Give it back") if own else _("It ends"),
        "back_url": page_of(request, found.circle),
        "form": form,
        "crumbs": crumbs(request, found.circle),
    }
    return render(request, "web/confirm.html", context, status=422 if form and form.errors else 200)


def _consequences(role: str, word: str, name: str) -> list[str]:
    told = [_("%(name)s: %(role)s.") % {"name": name, "role": word}]
    if role == Role.MEMBER:
        told.append(_("The roles in this group end with it."))
    if role in (Role.MEMBER, Role.LEADER, Role.DELEGATE):
        told.append(_("If the double link hangs on it, both circles are told at once."))
    return [*told, _("It stands in the register.")]

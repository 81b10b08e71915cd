"""Who speaks for a member, and who stands in on which days."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.access import Refused
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.people import access, selectors, services
from tequio.people.forms.voices import StandInForm
from tequio.people.models import Voice


def voice(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Say who carries an organization's voice on which days; two never do at once."""
    row = found_or_404(selectors.organization(request.actor, uuid))
    membership = found_or_404(selectors.open_membership(row))
    access.stand_in.require(request.actor, membership)
    today = selectors.today_of(request.network)
    form = StandInForm(
        request.POST if request.method == "POST" else None,
        people=selectors.could_stand_in(membership),
        today=today,
        initial={"first_on": today, "last_on": today + timedelta(days=13)},
    )
    if form.is_valid():
        try:
            services.stand_in(by=request.actor, membership=membership, **form.cleaned_data)
            return see_other(request.path)
        except Refused as refused:
            form.add_error("first_on", str(refused))
    people = selectors.acting_for(request.actor, row, today=today)
    context = {
        "row": row,
        "form": form,
        "people": people,
        "could": any(one.voice != Voice.DELEGATE for one in people),
        "speaker": _speaker(people),
        "times": _times(request, row, membership, today),
        "crumbs": _crumbs(request, row),
    }
    return render(request, "people/voice.html", context, status=422 if form.errors else 200)


def _speaker(people: list[Any]) -> Any:
    """Return who carries the voice today: who stands in, else the delegate."""
    now = [one for one in people if one.stands_in]
    return next(iter(now or [one for one in people if one.voice == Voice.DELEGATE]), None)


def _times(request: MemberRequest, row: Any, membership: Any, today: date) -> list[dict[str, Any]]:
    return [
        {
            "name": one.participant.name,
            "first": one.starts_on,
            "last": one.ends_on - timedelta(days=1),
            "end_url": reverse("people:end-standing-in", args=[request.network.slug, row.uuid, one.pk]),
        }
        for one in selectors.standing_in(request.actor, membership.pk, today=today)
    ]


def _crumbs(request: MemberRequest, row: Any) -> list[tuple[str, str]]:
    return [
        (_("Organizations"), reverse("people:organizations", args=[request.network.slug])),
        (row.name, reverse("people:organization", args=[request.network.slug, row.uuid])),
    ]


def end_voice(request: MemberRequest, uuid: UUID, number: int) -> HttpResponse:
    """Give the voice back before its day, after asking."""
    row = found_or_404(selectors.substitution(request.actor, number, organization=uuid))
    access.stand_in.require(request.actor, row.membership)
    back = reverse("people:voice", args=[request.network.slug, uuid])
    if request.POST.get("confirmed") == "yes":
        services.end_standing_in(by=request.actor, substitution=row)
        return see_other(back)
    context = {
        "question": _("Does %(name)s no longer stand in?") % {"name": row.participant.name},
        "consequences": [
            _("The delegate carries the voice again, from now on."),
            _("What was answered meanwhile stays."),
        ],
        "verb": _("Yes, end it"),
        "back_url": back,
    }
    return render(request, "web/confirm.html", context)

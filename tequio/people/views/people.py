"""The people of a network: who acts here, for whom, with which duties; invitations."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tequio.core.access import Refused
from tequio.core.http import MemberRequest, address, found_or_404, see_other
from tequio.people import access, selectors, services
from tequio.people.forms.accounts import DutiesForm, InviteForm, NameForm, VoiceForm
from tequio.people.models import Duty, Organization, Participant, Voice
from tequio.people.views.entering import limited, too_many

PAGE = 50


def people(request: MemberRequest) -> HttpResponse:
    """List who acts here, by organization."""
    number = request.GET.get("page", "1")
    page = max(int(number), 1) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    rows = selectors.list_people(request.actor, page=page, size=PAGE)
    context = {
        "people": _said(rows[:PAGE], here=_url(request, "people"), me=request.actor.participant_id),
        "page": page,
        "more": page + 1 if len(rows) > PAGE else 0,
        "before": page - 1,
        "why_not_invite": why_not_invite(request),
    }
    return render(request, "people/people.html", context)


def _said(rows: list[dict[str, Any]], *, here: str, me: int | None) -> list[dict[str, Any]]:
    """Return the people with what each is here, in words, and where each is shown."""
    nobody = _("without an organization")
    voices = {Voice.DELEGATE.value: _("delegate"), Voice.SUBSTITUTE.value: _("substitute")}
    duties = {Duty.COORDINATION.value: _("coordination"), Duty.CONTACT.value: _("contact person")}
    for row in rows:
        known = [duties[duty] for duty in row["duties"] if duty in duties]
        parts = [row["member"] or nobody, row["role"], voices.get(row["voice"], ""), *known]
        row["what"] = " · ".join(part for part in parts if part)
        row["url"] = f"{here}{row['uuid']}/"
        row["me"] = row["pk"] == me
    return rows


def why_not_invite(request: MemberRequest) -> str | None:
    """Return why the actor may bring nobody in, or None."""
    return access.seat.why_not(request.actor, selectors.my_membership(request.actor), frozenset())


def person(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Show one person's part here, with what the reader may change in it."""
    found = found_or_404(selectors.participant(request.actor, uuid))
    return render(request, "people/person.html", _person(request, found))


def _person(request: MemberRequest, found: Participant) -> dict[str, object]:
    by, membership = request.actor, found.membership
    speaks = membership is not None and access.name_delegate.allows(by, membership)
    return {
        "person": found,
        "seen": selectors.seen_of(by, found),
        "me": found.pk == by.participant_id,
        "duties": [Duty(duty).label for duty in found.duties],
        "name_form": NameForm(initial={"name": found.name}) if found.pk == by.participant_id else None,
        "voice_form": VoiceForm(initial={"voice": found.voice}) if speaks else None,
        "duties_form": DutiesForm(initial={"duties": found.duties}) if access.give_duty.allows(by) else None,
        "may_end": access.end_participation.allows(by, found),
    }


def me(request: MemberRequest) -> HttpResponse:
    """Lead to my own part in this network."""
    mine = found_or_404(selectors.myself(request.actor))
    return see_other(_url(request, "person", mine.uuid))


def _url(request: MemberRequest, name: str, *args: object) -> str:
    return address(f"people:{name}", request.network.slug, *args)


@require_POST
def rename(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Choose the name under which I appear here."""
    found = found_or_404(selectors.participant(request.actor, uuid))
    form = NameForm(request.POST)
    if not form.is_valid():
        return render(
            request,
            "people/person.html",
            {**_person(request, found), "name_form": form, "form": form},
            status=422,
        )
    services.rename(by=request.actor, participant=found, name=form.cleaned_data["name"])
    return see_other(_url(request, "person", uuid))


@require_POST
def speak(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Say whether somebody carries the voice of their organization."""
    found = found_or_404(selectors.participant(request.actor, uuid))
    membership = found_or_404(found.membership)
    form = VoiceForm(request.POST)
    if not form.is_valid():
        return render(
            request,
            "people/person.html",
            {**_person(request, found), "voice_form": form, "form": form},
            status=422,
        )
    change = {
        Voice.DELEGATE: services.name_delegate,
        Voice.SUBSTITUTE: services.name_substitute,
        Voice.NONE: services.end_voice,
    }[Voice(form.cleaned_data["voice"])]
    change(by=request.actor, membership=membership, participant=found)
    return see_other(_url(request, "person", uuid))


@require_POST
def set_duties(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Give and take duties for the whole network."""
    found = found_or_404(selectors.participant(request.actor, uuid))
    access.give_duty.require(request.actor)
    form = DutiesForm(request.POST)
    if not form.is_valid():
        return render(
            request,
            "people/person.html",
            {**_person(request, found), "duties_form": form, "form": form},
            status=422,
        )
    wanted = set(form.cleaned_data["duties"])
    if Duty.COORDINATION in set(found.duties) - wanted and selectors.coordinates_alone(found):
        return _offer_first(request)
    for duty in sorted(wanted - set(found.duties)):
        services.give_duty(by=request.actor, participant=found, duty=duty)
    offered = {duty for duty, _label in DutiesForm.base_fields["duties"].choices}  # type: ignore[attr-defined]
    for duty in sorted(offered & set(found.duties) - wanted):
        services.take_duty(by=request.actor, participant=found, duty=duty)
    return see_other(_url(request, "person", uuid))


def _offer_first(request: MemberRequest) -> HttpResponse:
    """Lead to where the coordination is offered to somebody, so that it never stays empty."""
    return see_other(address("archive:offers", request.network.slug) + "?first=yes")


def end(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Say that somebody no longer acts here; the last of a coordination first offers it to somebody."""
    found = found_or_404(selectors.participant(request.actor, uuid))
    access.end_participation.require(request.actor, found)
    if selectors.coordinates_alone(found):
        return _offer_first(request)
    if request.POST.get("confirmed") != "yes":
        return render(request, "web/confirm.html", _ending(request, found))
    services.end_participation(by=request.actor, participant=found)
    return see_other("/" if found.pk == request.actor.participant_id else _url(request, "people"))


def _ending(request: MemberRequest, found: Participant) -> dict[str, object]:
    return {
        "question": _("Does %(name)s no longer act here?") % {"name": found.name},
        "consequences": [
            _("Their devices are signed out, and nothing waits for them any more."),
            _("What they did stays in the register."),
        ],
        "verb": _("Yes, they left"),
        "back_url": _url(request, "person", found.uuid),
    }


# Invitations


def invite(request: MemberRequest) -> HttpResponse:
    """Invite somebody by mail."""
    if reason := why_not_invite(request):
        raise Refused(reason)
    mine = selectors.my_membership(request.actor)
    initial = {"language": get_language(), "organization": mine.organization_id if mine else None}
    form = InviteForm(
        request.POST or None,
        initial=initial,
        organizations=_organizations(request),
        gives_duties=access.give_duty.allows(request.actor),
    )
    if not form.is_valid():
        return render(request, "people/invite.html", {"form": form}, status=422 if form.is_bound else 200)
    if limited(request, action="invite", address=form.cleaned_data["email"], most=60):
        return too_many(request)
    services.invite(by=request.actor, **form.cleaned_data)
    return see_other(_url(request, "invitations"))


def _organizations(request: MemberRequest) -> QuerySet[Organization]:
    """Return the organizations for which the actor may invite."""
    members = Organization.objects.filter(memberships__ended_on=None, memberships__isnull=False)
    if not access.join.allows(request.actor):
        members = members.filter(memberships=request.actor.membership_id)
    return members.order_by("name", "pk")


def invitations(request: MemberRequest) -> HttpResponse:
    """List the invitations that are open."""
    context = {
        "invitations": selectors.invitations(request.actor)[:200],
        "why_not_invite": why_not_invite(request),
    }
    return render(request, "people/invitations.html", context)


def revoke(request: MemberRequest, number: int) -> HttpResponse:
    """Take an invitation back."""
    found = found_or_404(selectors.invitation(request.actor, number))
    if request.POST.get("confirmed") == "yes":
        services.revoke(by=request.actor, invitation=found)
        return see_other(_url(request, "invitations"))
    context = {
        "question": _("Take back the invitation to %(email)s?") % {"email": found.email},
        "consequences": [_("The link in their letter opens nothing any more.")],
        "verb": _("Take it back"),
        "back_url": _url(request, "invitations"),
    }
    return render(request, "web/confirm.html", context)

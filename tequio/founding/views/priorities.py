"""What comes first after a workshop: asked, marked on one phone or on many, signed, and carried on. Source: CTX-07."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.http import MemberRequest, address, see_other
from tequio.core.texts import say
from tequio.founding import access, selectors
from tequio.founding.forms.workshops import AskForm, MarkForm, MoreTimeForm, PlanForm
from tequio.founding.models import Workshop, WorkshopAction, WorkshopState
from tequio.founding.selectors import workshops as reading
from tequio.founding.services import following
from tequio.founding.services import workshop_time as time_of
from tequio.founding.services import workshops as services
from tequio.founding.views.workshops import action_of, crumbs, form_page, lacking, url_of, workshop_of


def ask_priorities(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Close the list of actions and ask what comes first."""
    found = workshop_of(request, uuid)
    access.lead_workshop.require(request.actor, found)
    access.write_action.require(request.actor, found)
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        services.ask_for_priorities(
            by=request.actor, network=request.network, workshop=found, each=said["each"],
            everybody=said["whose"] == "ALL", until_at=_end_of(request, said["until_on"]),
        )  # fmt: skip
        return see_other(url_of(request, "workshop", uuid))
    lead = _("The list of actions closes. Each person marks the few that matter most; the marks are counted.")
    if absent := [name for _code, name, _url in lacking(request, found, reading.actions(found))]:
        still = _("Something is still missing in: %(languages)s.") % {"languages": ", ".join(absent)}
        lead = f"{lead} {still}"
    return form_page(request, form, found, title=_("What comes first?"), lead=lead, verb=_("Ask them"))


def _end_of(request: MemberRequest, day: date | None) -> datetime | None:
    """Return the moment at which a day is over where the network lives."""
    if not day:
        return None
    return datetime.combine(day, time(), clock.zone_of(request.network.time_zone)) + timedelta(days=1)


def more_time(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Let people mark for longer."""
    found = workshop_of(request, uuid)
    access.lead_workshop.require(request.actor, found)
    form = MoreTimeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        until_at = _end_of(request, form.cleaned_data["until_on"])
        assert until_at is not None
        try:
            time_of.give_more_time(by=request.actor, workshop=found, until_at=until_at)
            return see_other(url_of(request, "workshop", uuid))
        except Refused as refused:
            form.add_error("until_on", str(refused))
    lead = _("Who has not marked finds it again among what waits. What was marked stays.")
    return form_page(request, form, found, title=_("Give more time"), lead=lead, verb=_("Give more time"))


def mark_actions(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Mark the actions that come first, for oneself."""
    found = workshop_of(request, uuid)
    came = reading.came(request.actor, found)
    access.mark_actions.require(request.actor, found, came, reading.is_over(found))
    mine = reading.marking(request.actor, found).mine
    start: dict[str, Any] | None = {"actions": mine.actions, "words": mine.words} if mine else None
    form = _mark_form(request, found, start)
    if form.is_valid():
        services.mark_actions(
            by=request.actor,
            workshop=found,
            numbers=form.cleaned_data["actions"],
            words=form.cleaned_data["words"],
        )
        return see_other(url_of(request, "workshop", uuid))
    return _mark_page(request, found, form, title=_("What comes first?"))


def mark_around(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Take the marks of whoever holds this phone now; then show an empty paper to the next one."""
    found = workshop_of(request, uuid)
    access.lead_workshop.require(request.actor, found)
    access.mark_actions.require(request.actor, found, True, reading.is_over(found))
    form = _mark_form(request, found, None)
    if form.is_valid():
        services.mark_actions(
            by=request.actor, workshop=found, numbers=form.cleaned_data["actions"], words=form.cleaned_data["words"],
            around=True,
        )  # fmt: skip
        return see_other(url_of(request, "mark-around", uuid) + "?kept=1")
    around = reading.marking(request.actor, found).around
    return _mark_page(request, found, form, title=_("Your turn: what comes first?"), around=around)


def _mark_form(request: MemberRequest, found: Workshop, start: dict[str, Any] | None) -> MarkForm:
    return MarkForm(
        request.POST if request.method == "POST" else None,
        rows=reading.actions(found), each=found.each, initial=start,
    )  # fmt: skip


def _mark_page(
    request: MemberRequest, found: Workshop, form: MarkForm, *, title: str, around: int | None = None
) -> HttpResponse:
    context = {
        "workshop": found, "form": form, "title": title, "around": around, "crumbs": crumbs(request, found),
        "kept": "kept" in request.GET, "back_url": url_of(request, "workshop", found.uuid),
    }  # fmt: skip
    return render(request, "founding/mark.html", context, status=422 if form.is_bound else 200)


def close_workshop(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Count and sign the order, after asking."""
    found = workshop_of(request, uuid)
    access.lead_workshop.require(request.actor, found)
    if request.POST.get("confirmed") == "yes":
        services.close_workshop(by=request.actor, workshop=found)
        return see_other(url_of(request, "workshop", uuid))
    number = reading.marking(request.actor, found).papers
    context = {
        "question": _("Sign the order of the actions?"),
        "consequences": [
            ngettext("%(number)s person has marked.", "%(number)s people have marked.", number)
            % {"number": number},
            _("Nobody marks or changes anything after that."),
            _("The register keeps the count without names, and your signature."),
        ],
        "verb": _("Sign the order"),
        "back_url": url_of(request, "workshop", uuid),
        "crumbs": crumbs(request, found),
    }
    return render(request, "web/confirm.html", context)


def plan_action(request: MemberRequest, uuid: UUID, number: int) -> HttpResponse:
    """Put an action of the order into the strategic plan: only who, until when and with what is asked."""
    found = workshop_of(request, uuid)
    action = action_of(found, number)
    access.answer.require(request.actor, request.network, selectors.latest_charter(), following.PLAN)
    form = PlanForm(request.POST if request.method == "POST" else None, initial={"who": action.proposes})
    if form.is_valid():
        following.plan_action(
            by=request.actor, network=request.network, action=action, language=get_language() or "es",
            **form.cleaned_data,
        )  # fmt: skip
        return see_other(address("founding:planning", request.network.slug) + "?kept=1")
    return form_page(
        request,
        form,
        found,
        title=_("Put it into the strategic plan"),
        lead=say(action.words),
        verb=_("Put it there"),
    )


def bring_action(request: MemberRequest, uuid: UUID, number: int) -> HttpResponse:
    """Make a proposal of an action; its text is opened to be worked on."""
    found = workshop_of(request, uuid)
    action = action_of(found, number)
    back = url_of(request, "workshop", uuid)
    if request.POST.get("confirmed") == "yes":
        proposal = following.bring_action(
            by=request.actor, action=action, reason=_reason(request, found, action)
        )
        return see_other(address("decisions:edit", request.network.slug, proposal.number))
    context = {
        "question": _("Make a proposal of “%(name)s”?") % {"name": say(action.words)},
        "consequences": [
            _("You work on its text next. Nobody is asked yet."),
            _("It says from which workshop it comes."),
        ],
        "verb": _("Make a proposal"),
        "back_url": back,
        "crumbs": crumbs(request, found),
    }
    return render(request, "founding/bring.html", context)


def _reason(request: MemberRequest, found: Workshop, action: WorkshopAction) -> dict[str, str]:
    """Say, in each language of the network, from which workshop an action comes and how many marked it."""
    if found.state != WorkshopState.CLOSED:
        return {}
    place = next(one for one in reading.places(found) if one.action == str(action.number))
    said = {}
    for language in request.network.languages:
        with override(language):
            said[language] = _(
                "From the workshop “%(title)s”: %(marks)s of %(papers)s people marked it, which is place %(rank)s."
            ) % {"title": say(found.title), "marks": place.marks, "papers": found.papers, "rank": place.rank}
    return said

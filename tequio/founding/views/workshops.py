"""Workshops: what they were, who came, the actions proposed, and which come first. Source: CTX-07."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tequio.core.http import MemberRequest, address, found_or_404, see_other
from tequio.core.pages import needs
from tequio.core.texts import language_of, missing, say
from tequio.founding import access
from tequio.founding.forms.languages import SpokenForm
from tequio.founding.forms.workshops import ActionForm, NameForm, WorkshopForm, typed
from tequio.founding.models import Workshop, WorkshopAction, WorkshopState
from tequio.founding.rules.workshops import leading
from tequio.founding.selectors import workshops as selectors
from tequio.founding.services import workshops as services
from tequio.people.rules.countries import country_name

Context = dict[str, Any]


def workshops(request: MemberRequest) -> HttpResponse:
    """List the workshops of the network."""
    states = dict(WorkshopState.choices)
    rows = [
        {**row, "url": url_of(request, "workshop", row["uuid"]), "state": states[row["state"]]}
        for row in selectors.workshops(request.actor)
    ]
    context = {"rows": rows, "why_not": access.hold_workshop.why_not(request.actor)}
    return render(request, "founding/workshops.html", context)


def url_of(request: MemberRequest, name: str, *args: Any) -> str:
    """Return the address of a page of workshops."""
    return address(f"founding:{name}", request.network.slug, *args)


def crumbs(request: MemberRequest, workshop: Workshop | None = None) -> list[tuple[str, str]]:
    """Return the way to a page of workshops."""
    way = [(_("Workshops"), url_of(request, "workshops"))]
    return way + ([(say(workshop.title), url_of(request, "workshop", workshop.uuid))] if workshop else [])


def workshop_of(request: MemberRequest, uuid: UUID) -> Workshop:
    """Return the workshop of an address, or raise ``Http404``."""
    return found_or_404(selectors.workshop(request.actor, uuid))


def form_page(request: MemberRequest, form: Any, workshop: Workshop | None, **words: str) -> HttpResponse:
    """Show one form with its title, its verb and the way back; 422 where something is wrong with it."""
    way = crumbs(request, workshop)
    context = {"form": form, "crumbs": way, "back_url": way[-1][1], **words}
    return render(request, "founding/form.html", context, status=422 if form.is_bound else 200)


def languages_of(request: MemberRequest) -> list[str]:
    """Return the languages of the network, the reader's own first."""
    own = get_language()
    return sorted(request.network.languages, key=lambda code: code != own)


def spoken_page(
    request: MemberRequest, form: SpokenForm, workshop: Workshop | None, **words: str
) -> HttpResponse:
    """Show a form with texts in each language; 422 where something is wrong with it."""
    way = crumbs(request, workshop)
    context = {"form": form, "crumbs": way, "back_url": way[-1][1], **words}
    return render(request, "founding/spoken.html", context, status=422 if form.is_bound else 200)


@needs(access.hold_workshop)
def new_workshop(request: MemberRequest) -> HttpResponse:
    """Write a workshop down."""
    languages = languages_of(request)
    form = WorkshopForm(request.POST if request.method == "POST" else None, languages=languages)
    if form.is_valid():
        made = services.hold_workshop(
            by=request.actor, language=languages[0], facts=form.facts(), title=form.said("title"),
            questions=form.said("questions"),
        )  # fmt: skip
        return see_other(url_of(request, "workshop", made.uuid))
    return spoken_page(request, form, None, title=_("Write a workshop down"), lead=_lead(), verb=_("Keep it"))


def _lead() -> str:
    return _("Numbers of people are told by sector, without names. You can add all of it later.")


def edit_workshop(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Change what is written about a workshop."""
    found = workshop_of(request, uuid)
    access.lead_workshop.require(request.actor, found)
    languages = languages_of(request)
    first = typed(found, languages=languages, language=get_language() or "es")
    form = WorkshopForm(
        request.POST if request.method == "POST" else None, languages=languages, initial=first
    )
    if form.is_valid():
        services.change_workshop(
            by=request.actor, workshop=found, facts=form.facts(), title=form.said("title"),
            questions=form.said("questions"),
        )  # fmt: skip
        return see_other(url_of(request, "workshop", uuid))
    return spoken_page(
        request, form, found, title=_("Change what is written"), lead=_lead(), verb=_("Keep it")
    )


def workshop(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Show a workshop, and what to do next."""
    found = workshop_of(request, uuid)
    return render(request, "founding/workshop.html", _page(request, found, NameForm()))


def _page(request: MemberRequest, found: Workshop, form: NameForm) -> Context:
    parts, leads = selectors.parts(found), access.lead_workshop.allows(request.actor, found)
    came = any(part.participant_id == request.actor.participant_id for part in parts if part.participant_id)
    actions = selectors.actions(found)
    asked_in = language_of(found.questions)
    return {
        "workshop": found,
        "questions": [{asked_in: line} for line in say(found.questions).splitlines()],
        "lacking": lacking(request, found, actions),
        "cities": [city["name"] for city in found.places],
        "number_left": len(found.cities),
        "country": country_name(found.country, get_language() or "en") if found.country else "",
        "people": sum(found.sectors.values()),
        "hours": "" if found.hours is None else f"{found.hours.normalize():f}",
        "parts": parts,
        "came": came,
        "leads": leads,
        "form": form if leads else None,
        "actions": actions,
        "own": request.actor.participant_id,
        "may_write": access.write_action.allows(request.actor, found),
        "crumbs": crumbs(request),
        **_state(request, found, actions, came=came),
    }


def lacking(
    request: MemberRequest, found: Workshop, actions: list[WorkshopAction]
) -> list[tuple[str, str, str]]:
    """Return the languages of the network in which something of a workshop is not said: code, own name, address."""
    texts = [found.title, found.questions, *(text for one in actions for text in (one.words, one.why))]
    codes = {
        code for text in texts if any(text.values()) for code in missing(text, request.network.languages)
    }
    return [
        (code, name, url_of(request, "workshop-words", found.uuid, code))
        for code, name in settings.LANGUAGES
        if code in codes
    ]


def _state(request: MemberRequest, found: Workshop, actions: list[WorkshopAction], *, came: bool) -> Context:
    if found.state == WorkshopState.CLOSED:
        return {"order": order_of(found, actions), "words": selectors.words_of(found)}
    if found.state == WorkshopState.MARKING:
        over = selectors.is_over(found)
        return {
            "marking": selectors.marking(request.actor, found),
            "why_not": access.mark_actions.why_not(request.actor, found, came, over),
            "over": over,
        }
    return {}


def order_of(found: Workshop, actions: list[WorkshopAction]) -> list[Context]:
    """Return the signed order as lines: the place, the action, its marks, and whether it is among the first."""
    places, by_number = selectors.places(found), {str(one.number): one for one in actions}
    sure, shared = leading(places, found.each)
    return [
        {
            "place": place,
            "action": by_number[place.action],
            "first": place.action in sure,
            "shared": place.action in shared,
            "bar": (say(by_number[place.action].words), place.marks),
        }
        for place in places
        if place.action in by_number
    ]


@require_POST
def came(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Write down who took part: the reader, or whoever is named; or take somebody out again."""
    found = workshop_of(request, uuid)
    back = url_of(request, "workshop", uuid)
    out = request.POST.get("out", "")
    if out:
        part = found_or_404(next((one for one in selectors.parts(found) if str(one.pk) == out), None))
        services.remove_part(by=request.actor, part=part)
        return see_other(back)
    if "me" in request.POST:
        services.add_myself(by=request.actor, workshop=found)
        return see_other(back)
    access.lead_workshop.require(request.actor, found)
    form = NameForm(request.POST)
    if form.is_valid():
        who = selectors.named(request.actor, form.cleaned_data["name"])
        if who is not None:
            services.add_part(by=request.actor, workshop=found, who=who)
            return see_other(back)
        form.add_error("name", _("The network has no one person or organization of this name."))
    return render(request, "founding/workshop.html", _page(request, found, form), status=422)


def new_action(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Propose an action in a workshop."""
    found = workshop_of(request, uuid)
    access.write_action.require(request.actor, found)
    form = ActionForm(
        request.POST if request.method == "POST" else None, languages=languages_of(request),
        objectives=selectors.objectives(), pillars=selectors.pillars(),
    )  # fmt: skip
    if form.is_valid():
        services.propose_action(
            by=request.actor, workshop=found, words=form.said("words"), why=form.said("why"),
            who=form.cleaned_data["who"], **form.served(),
        )  # fmt: skip
        again = "again" in request.POST
        return see_other(url_of(request, "new-action" if again else "workshop", uuid))
    return spoken_page(
        request, form, found, title=_("Propose an action"), lead=say(found.title), verb=_("Write it down"),
        again=_("Write it down, and another one"),
    )  # fmt: skip


def withdraw_action(request: MemberRequest, uuid: UUID, number: int) -> HttpResponse:
    """Take an action off the list, after asking."""
    found = workshop_of(request, uuid)
    action = action_of(found, number)
    back = url_of(request, "workshop", uuid)
    if request.POST.get("confirmed") == "yes":
        services.withdraw_action(by=request.actor, action=action)
        return see_other(back)
    context = {
        "question": _("Take “%(name)s” off the list?") % {"name": say(action.words)},
        "consequences": [_("The register keeps that it was proposed.")],
        "verb": _("Take it off"),
        "back_url": back,
        "crumbs": crumbs(request, found),
    }
    return render(request, "web/confirm.html", context)


def action_of(found: Workshop, number: int) -> WorkshopAction:
    """Return one action of a workshop, or raise ``Http404``."""
    action = found_or_404(next((one for one in selectors.actions(found) if one.number == number), None))
    action.workshop = found
    return action

"""What a stranger sees: what is asked of members, the request to join, and how it goes."""

from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.access import Refused
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.pages import by_token, public, when_closed
from tequio.membership import countries, rules, selectors, services
from tequio.membership.forms import Join, typed_before, typed_elsewhere, typed_in_a_survey
from tequio.membership.models import Application, Benefit, InKind, State
from tequio.membership.rules import BROUGHT
from tequio.networks.models import Stage
from tequio.people import selectors as people
from tequio.people.accounts import client_key
from tequio.people.models import Candidate, Person
from tequio.people.rules.organizations import Details
from tequio.people.selectors import Carried
from tequio.people.services.limits import allowed

TRIES_A_DAY = 20
TOLD = ("themes", "populations")


@public
def join(request: MemberRequest) -> HttpResponse:
    """Say what is asked of members, and receive a request to join. Source: MEM-02."""
    one = _brought(request)
    return _join(request, brought=one)


def _brought(request: MemberRequest) -> Carried | None:
    """Return the organization that whoever is signed in brings along from another network, if the address names one."""
    try:
        uuid = UUID(request.GET.get("bring", ""))
    except ValueError:
        return None
    if not isinstance(request.user, Person):
        return None
    return people.carried_one(person_id=request.user.pk, uuid=uuid, besides=request.network)


@public
def bring(request: MemberRequest) -> HttpResponse:
    """Let whoever takes part in another network choose which organization to bring along, so that nobody types twice."""
    if not isinstance(request.user, Person):
        return redirect_to_login(request.get_full_path())
    context = {
        "carried": people.carried(person_id=request.user.pk, besides=request.network),
        "to": reverse("membership:join", args=[request.network.slug]),
    }
    return render(request, "people/bring.html", context)


@by_token
def again(request: MemberRequest, uuid: UUID, token: str) -> HttpResponse:
    """Let whoever was not admitted ask again, with what they wrote before. Source: P23."""
    before = found_or_404(selectors.application_by_link(uuid, token))
    if before.open or before.state == State.ADMITTED:
        raise Refused(_("This request is open, or it was admitted: there is nothing to ask again."))
    return _join(request, before)


def join_invited(request: MemberRequest, candidate: Candidate, token: str) -> HttpResponse:
    """Show the form with what a candidate said in a survey, and receive its request."""
    return _join(request, candidate=candidate, token=token)


def _join(
    request: MemberRequest,
    before: Application | None = None,
    brought: Carried | None = None,
    candidate: Candidate | None = None,
    token: str = "",
) -> HttpResponse:
    asked = selectors.asked_of_members()
    if request.network.stage != Stage.IN_FORCE:
        return render(request, "membership/not_yet.html", {"asked": asked})
    details = people.carried_details(one=brought) if brought else None
    form = Join(
        request.POST if request.method == "POST" else None,
        criteria=asked.criteria,
        joining=asked.joining,
        with_code=asked.code is not None,
        initial={"language": request.LANGUAGE_CODE}
        | (typed_before(before, asked.criteria) if before else {})
        | (_typed(request, details) if details else {})
        | (typed_in_a_survey(candidate) if candidate else {}),
    )
    if request.method == "POST" and form.is_valid() and _within_limits(request, form):
        along = carried_along(brought, details) if brought and details else None
        _apply(request, form, said_in_a_survey(candidate) if candidate else along)
        return see_other(reverse("membership:sent", args=[request.network.slug]))
    context = {
        "form": form, "asked": asked, "before": before, "brought": brought, "candidate": candidate, "token": token,
    }  # fmt: skip
    return render(request, "membership/join.html", context, status=422 if form.errors else 200)


def _within_limits(request: MemberRequest, form: Join) -> bool:
    if allowed(action="membership.apply", who=client_key(request), most=TRIES_A_DAY, minutes=24 * 60):
        return True
    form.add_error(None, _("Many requests came from your connection today. Try again tomorrow."))
    return False


def _typed(request: MemberRequest, details: Details) -> dict[str, Any]:
    typed = typed_elsewhere(details, language=request.LANGUAGE_CODE)
    person = request.user
    return typed | (
        {"contact_name": person.name, "contact_email": person.email} if isinstance(person, Person) else {}
    )


def carried_along(one: Carried, details: Details) -> dict[str, Any]:
    """Return what goes along with a request: the portable UUID, and what the form does not ask."""
    return {
        "uuid": str(one.uuid),
        "about": dict(details.about),
        **{key: list(getattr(details, key)) for key in BROUGHT},
    }


def said_in_a_survey(candidate: Candidate) -> dict[str, Any]:
    """Return what goes along with a candidate's request: which candidate it is, and what the form does not ask."""
    told = {name: rules.words_of(candidate.carried.get(name, ()), candidate.language) for name in TOLD}
    return {
        "candidate": str(candidate.uuid),
        **{name: [text[:80] for text in texts] for name, texts in told.items()},
    }


def _apply(request: MemberRequest, form: Join, carried: dict[str, Any] | None) -> None:
    said = form.cleaned_data
    services.apply(
        network=request.network,
        name=said["name"],
        kind=said["kind"],
        country=said["country"],
        cities=said["cities"],
        website=said["website"],
        about=said["about"],
        why=said["why"],
        needs=said["needs"],
        brings=said["brings"],
        benefits=said["benefits"],
        offers=said["offers"],
        contact_name=said["contact_name"],
        contact_email=said["contact_email"],
        language=said["language"],
        answers=form.answered(),
        carried=carried,
    )


@public
def sent(request: MemberRequest) -> HttpResponse:
    """Say that the request has come in, and what happens now."""
    return render(request, "membership/sent.html", {"admission": selectors.admission()})


@by_token
def follow(request: MemberRequest, uuid: UUID, token: str) -> HttpResponse:
    """Show an applicant how the request goes, by the link of the letter."""
    application = found_or_404(selectors.application_by_link(uuid, token))
    stages = [_("You asked"), _("It is being read"), _("It is answered")]
    context = {
        "application": application,
        "token": token,
        "stages": stages,
        "stage": 2 if application.open else 4,
        "may_withdraw": application.state == State.RECEIVED,
        "may_erase": application.state not in (State.DECIDING, State.ADMITTED),
        "benefits": [Benefit(value).label for value in application.benefits if value in Benefit.values],
        "offers": [InKind(value).label for value in application.offers if value in InKind.values],
        "country": countries.name_of(application.country),
        "admission": selectors.admission(),
    }
    return render(request, "membership/follow.html", context)


@by_token
def withdraw(request: MemberRequest, uuid: UUID, token: str) -> HttpResponse:
    """Ask whether to take a request back; act on the button."""
    application = found_or_404(selectors.application_by_link(uuid, token))
    back = reverse("membership:follow", args=[request.network.slug, uuid, token])
    if application.state not in (State.RECEIVED, State.WITHDRAWN):
        raise Refused(_("This request has been answered, or all members are deciding on it."))
    if request.method == "POST":
        services.withdraw(network=request.network, application=application)
        return see_other(back)
    context = {
        "question": _("Take your request back?"),
        "consequences": [_("Nobody will read it any more."), _("You can ask again whenever you want.")],
        "verb": _("Take it back"),
        "back_url": back,
    }
    return render(request, "membership/confirm_public.html", context)


@when_closed
@by_token
def erase_request(request: MemberRequest, uuid: UUID, token: str) -> HttpResponse:
    """Ask whether to erase a request that made nobody a member; act on the button. Source: XCT-02."""
    application = found_or_404(selectors.application_by_link(uuid, token))
    services.require_over(application=application)
    if request.method == "POST":
        services.erase_request(network=request.network, application=application)
        return render(request, "membership/rather_not.html", {"request_erased": True})
    context = {
        "question": _("Erase your request?"),
        "consequences": [
            _("What you wrote, the answer, its reasons and the letters are erased for good."),
            _("What you asked here before with this name and this address goes too."),
            _("Nobody will answer it any more, and this link shows nothing."),
            _("The register keeps that somebody asked, without a word of it. It can still be checked."),
        ],
        "verb": _("Erase the request"),
        "back_url": reverse("membership:follow", args=[request.network.slug, uuid, token]),
    }
    return render(request, "membership/confirm_public.html", context)

"""Inviting candidates, and what they answer: the form with what they said, no, or forget us."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.access import Refused
from tequio.core.actor import system
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.pages import by_token, when_closed
from tequio.membership import access, selectors, services
from tequio.membership.forms import InviteCandidates
from tequio.membership.views.joining import join_invited
from tequio.people import services as people
from tequio.people.models import Candidate, CandidateState

MOST = 100


def invite(request: MemberRequest) -> HttpResponse:
    """Show who would be written to, and write to them on the button. Source: SUR-17."""
    access.invite_candidates.require(request.actor, selectors.admission())
    posted = request.POST if request.method == "POST" else None
    chosen = list(selectors.invitable(_uuids((posted or request.GET).getlist("who"))))
    form = InviteCandidates(posted)
    back = reverse("surveys:candidates", args=[request.network.slug])
    if posted is not None and form.is_valid() and chosen:
        services.invite_candidates(
            by=request.actor,
            network=request.network,
            uuids=[one.uuid for one in chosen],
            words=form.cleaned_data["words"],
        )
        return see_other(f"{back}?state=INVITED")
    context = {"form": form, "chosen": chosen, "back": back, "crumbs": [(_("Candidates"), back)]}
    return render(
        request, "membership/invite_candidates.html", context, status=200 if posted is None else 422
    )


def _uuids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts[:MOST]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def forget_candidate(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Ask whether to forget a candidate, who asked for it some other way; act on the button."""
    access.invite_candidates.require(request.actor, selectors.admission())
    found = found_or_404(selectors.candidate(uuid))
    back = reverse("surveys:candidates", args=[request.network.slug])
    if request.POST.get("confirmed") == "yes":
        people.forget_candidate(by=request.actor, candidate=found)
        return see_other(back)
    return render(request, "web/confirm.html", _forgetting(found, back))


def _forgetting(found: Candidate, back: str) -> dict[str, Any]:
    return {
        "question": _("Forget this candidate?"),
        "consequences": [
            found.name,
            _("Its name, its address, what it said and what was written to it are erased."),
            _("It is not asked again. Its answers to the survey stay among the others."),
        ],
        "verb": _("Forget it"),
        "back_url": back,
    }


def _by_link(request: MemberRequest, uuid: UUID, token: str) -> Candidate:
    found = found_or_404(selectors.candidate_by_link(uuid, token))
    if found.state == CandidateState.JOINED:
        raise Refused(_("This organization is a member already."))
    return found


@by_token
def invited(request: MemberRequest, uuid: UUID, token: str) -> HttpResponse:
    """Show an invited candidate the form with what it said in the survey. Source: SUR-17."""
    return join_invited(request, _by_link(request, uuid, token), token)


@by_token
def decline_invitation(request: MemberRequest, uuid: UUID, token: str) -> HttpResponse:
    """Let a candidate say that it would rather not, without an account."""
    found = _by_link(request, uuid, token)
    if request.method == "POST":
        services.decline_invitation(network=request.network, candidate=found)
        return render(request, "membership/rather_not.html", {"candidate": found, "token": token})
    context = {
        "question": _("Would you rather not join?"),
        "consequences": [
            _("You are not asked again."),
            _("If you change your mind, the link still opens the form."),
        ],
        "verb": _("We would rather not"),
        "back_url": reverse("membership:invited", args=[request.network.slug, uuid, token]),
    }
    return render(request, "membership/confirm_public.html", context)


@when_closed
@by_token
def be_forgotten(request: MemberRequest, uuid: UUID, token: str) -> HttpResponse:
    """Let a candidate have everything erased that is kept of it for inviting, without an account."""
    found = _by_link(request, uuid, token)
    if request.method == "POST":
        people.forget_candidate(by=system(request.network.pk), candidate=found)
        return render(request, "membership/rather_not.html", {"forgotten": True})
    back = reverse("membership:invited", args=[request.network.slug, uuid, token])
    return render(request, "membership/confirm_public.html", _forgetting(found, back))

"""The coordination in other hands."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tequio.archive import access, selectors, services
from tequio.archive.forms import OfferForm
from tequio.archive.models import OfferState
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.pages import needs, when_closed


@when_closed
@needs(access.offer)
def offers(request: MemberRequest) -> HttpResponse:
    """Offer the coordination to somebody, and see which offers wait for an answer."""
    form = OfferForm(
        request.POST if request.method == "POST" else None, people=selectors.receivers(request.actor)
    )
    if form.is_valid():
        asked = form.cleaned_data
        services.offer_coordination(
            by=request.actor,
            network=request.network,
            receiver=asked["receiver"],
            stays=asked["stays"] == "yes",
            words=asked["words"],
        )
        return see_other(reverse("archive:offers", args=[request.network.slug]))
    context = {
        "form": form,
        "offers": selectors.offers(request.actor),
        "first": request.GET.get("first") == "yes",
        "crumbs": [(_("Settings of the network"), reverse("networks:settings", args=[request.network.slug]))],
    }
    return render(request, "archive/offers.html", context, status=422 if form.is_bound else 200)


@when_closed
def offer(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Let the person to whom the coordination was offered accept it or not."""
    found = found_or_404(selectors.offer(request.actor, uuid))
    answer = request.POST.get("answer")
    if answer == "accept":
        services.accept_coordination(by=request.actor, offer=found)
        return see_other(reverse("web:home", args=[request.network.slug]))
    if answer == "decline":
        services.decline_coordination(by=request.actor, offer=found)
        return see_other(reverse("web:home", args=[request.network.slug]))
    context = {
        "offer": found,
        "waits": found.state == OfferState.OPEN,
        "mine": found.receiver_id == request.actor.participant_id,
    }
    return render(request, "archive/offer.html", context, status=422 if request.method == "POST" else 200)


@when_closed
@require_POST
def withdraw(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Take an offer back."""
    found = found_or_404(selectors.offer(request.actor, uuid))
    services.withdraw_offer(by=request.actor, offer=found)
    return see_other(reverse("archive:offers", args=[request.network.slug]))

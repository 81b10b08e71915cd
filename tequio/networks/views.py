"""The settings of a network that no article of its charter governs."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tequio.core.http import MemberRequest, see_other
from tequio.core.pages import needs
from tequio.networks import access, services
from tequio.networks.forms import Listing


@needs(access.show)
def settings(request: MemberRequest) -> HttpResponse:
    """Let the coordination list the network, or take it off the list. Source: SECURITY, people who are persecuted."""
    now = {"listed": "yes" if request.network.listed else "no"}
    form = Listing(request.POST if request.method == "POST" else None, initial=now)
    if form.is_valid():
        services.show(by=request.actor, network=request.network, listed=form.cleaned_data["listed"] == "yes")
        return see_other(reverse("networks:settings", args=[request.network.slug]) + "?kept=1")
    context = {"form": form, "kept": "kept" in request.GET}
    return render(request, "networks/settings.html", context, status=422 if form.is_bound else 200)

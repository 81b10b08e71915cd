"""Lost access: asking for it, confirming somebody, saying no."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tequio.core.actor import system
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.scoping import network_scope
from tequio.networks.models import Network
from tequio.people import selectors, services
from tequio.people.forms.accounts import CodeForm, LostForm
from tequio.people.services import codes
from tequio.people.views.entering import limited, too_many

PENDING = "people.recover"


def lost(request: HttpRequest) -> HttpResponse:
    """Ask which address is lost, who knows the person, and where to write from now on."""
    form = LostForm(request.POST or None)
    if not form.is_valid():
        return render(request, "account/lost.html", {"form": form}, status=422 if form.is_bound else 200)
    if limited(request, action="recover", address=form.cleaned_data["email"]):
        return too_many(request)
    pending = services.send_recovery_code(email=form.cleaned_data["email"], language=get_language() or "es")
    old, network = form.cleaned_data["old"], form.cleaned_data["network"]
    request.session[PENDING] = {**pending, "old": old, "network": network}
    return see_other(reverse("account:lost-code"))


def lost_code(request: HttpRequest) -> HttpResponse:
    """Take the code from the new address; then people are asked. The answer is the same for everybody."""
    pending: Any = request.session.get(PENDING)
    if not codes.is_open(pending=pending):
        request.session.pop(PENDING, None)
        return see_other(reverse("account:lost"))
    form = CodeForm(request.POST or None)
    if form.is_valid():
        right = codes.matches(pending=pending, purpose="recover", typed=form.cleaned_data["code"])
        request.session.modified = True
        if right:
            del request.session[PENDING]
            _ask(pending)
            return see_other(reverse("account:lost-asked"))
        form.add_error("code", _("This is not the code that we sent. Look at the latest letter."))
    context = {"form": form, "address": pending["address"], "minutes": codes.MINUTES}
    return render(request, "account/lost_code.html", context, status=422 if form.is_bound else 200)


def _ask(pending: dict[str, str]) -> None:
    network = Network.objects.filter(slug=pending["network"]).first()
    if network is not None:
        with network_scope(network.pk):
            services.ask_recovery(network=network, old=pending["old"], new=pending["address"])


def lost_asked(request: HttpRequest) -> HttpResponse:
    """Say what happens now, and how long it takes."""
    return render(request, "account/lost_asked.html")


def refuse(request: HttpRequest, where: str, token: str) -> HttpResponse:
    """Let the old address stop a recovery that its owner did not ask for."""
    network = found_or_404(Network.objects.filter(slug=where).first())
    with network_scope(network.pk):
        found = found_or_404(selectors.find_recovery_to_refuse(token))
        if request.method != "POST":
            return render(request, "account/refuse.html", {"recovery": found})
        services.refuse_recovery(by=system(network.pk), recovery=found)
    return render(request, "account/refused.html")


def recovery(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Ask somebody who knows a person whether the new address is theirs."""
    found = found_or_404(selectors.recovery(request.actor, uuid))
    if request.method != "POST":
        return render(request, "people/recovery.html", {"recovery": found, "vouches": found.vouches.count()})
    if request.POST.get("answer") == "yes":
        services.vouch(by=request.actor, recovery=found)
    else:
        services.refuse_recovery(by=request.actor, recovery=found)
    return see_other(reverse("people:people", args=[request.network.slug]))

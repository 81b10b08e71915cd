"""Coming in: by a code to one's mail, by a link, by an invitation; and leaving a device."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tequio.core.http import found_or_404, see_other
from tequio.core.scoping import network_scope
from tequio.networks.models import Network
from tequio.people import selectors, services
from tequio.people.accounts import client_key
from tequio.people.forms.accounts import CodeForm, EnterForm, NameForm
from tequio.people.models import Person
from tequio.people.services import codes

PENDING = "people.enter"
LOOPBACK = ("127.0.0.1", "::1", "")


def next_url(request: HttpRequest) -> str:
    """Return where somebody wanted to go, when that lies on this server."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe and len(target) <= 1000 else ""


def limited(request: HttpRequest, *, action: str, address: str = "", most: int = 20) -> bool:
    """Count a try from this place, and one for this address; say whether there were too many."""
    place = services.allowed(action=f"{action}.place", who=client_key(request), most=most, minutes=10)
    mailbox = not address or services.allowed(
        action=f"{action}.mail", who=address.lower(), most=8, minutes=30
    )
    return not (place and mailbox)


def too_many(request: HttpRequest) -> HttpResponse:
    """Ask for patience; the same page whoever it is."""
    return render(request, "account/wait.html", status=429)


def let_in(request: HttpRequest, person: Person, *, method: str, target: str = "") -> HttpResponse:
    """Sign somebody in, through their authenticator app if they switched it on; the session gets a new key."""
    record_authentication(request, person, method=method, reauthenticated=True)
    response = perform_login(request, Login(user=person, redirect_url=target or None))
    return remember(response, request, person)


def remember(response: HttpResponse, request: HttpRequest, person: Person) -> HttpResponse:
    """Let this device speak the person's language and wear their colors, unless it was told otherwise."""
    for name, value in ((settings.LANGUAGE_COOKIE_NAME, person.language), ("theme", person.theme)):
        if value and name not in request.COOKIES:
            set_preference(response, name, value)
    return response


def set_preference(response: HttpResponse, name: str, value: str) -> None:
    """Keep a choice on this device for a year."""
    response.set_cookie(
        name,
        value,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def enter(request: HttpRequest) -> HttpResponse:
    """Ask for an address, and send it a code. Known or not, the answer is the same."""
    if request.user.is_authenticated:
        return see_other(next_url(request) or "/")
    form = EnterForm(request.POST or None)
    if not form.is_valid():
        context = {"form": form, "next": next_url(request)}
        return render(request, "account/enter.html", context, status=422 if form.is_bound else 200)
    address = form.cleaned_data["email"]
    if limited(request, action="enter", address=address):
        return too_many(request)
    pending = services.send_entry_code(email=address, language=get_language() or "es")
    request.session[PENDING] = {**pending, "next": next_url(request)}
    return see_other(reverse("account:code"))


def code(request: HttpRequest) -> HttpResponse:
    """Take the code; who had no account until now has one from here on."""
    pending: Any = request.session.get(PENDING)
    if not codes.is_open(pending=pending):
        request.session.pop(PENDING, None)
        return see_other(reverse("account_login"))
    form = CodeForm(request.POST or None)
    if form.is_valid():
        right = codes.matches(pending=pending, purpose="enter", typed=form.cleaned_data["code"])
        request.session.modified = True
        if right:
            return _entered(request, pending)
        form.add_error("code", _("This is not the code that we sent. Look at the latest letter."))
    context = {"form": form, "address": pending["address"], "minutes": codes.MINUTES}
    return render(request, "account/code.html", context, status=422 if form.is_bound else 200)


def _entered(request: HttpRequest, pending: dict[str, Any]) -> HttpResponse:
    del request.session[PENDING]
    person = services.person_for(email=pending["address"], language=get_language() or "es")
    return let_in(request, person, method="code", target=pending["next"])


def leave_device(request: HttpRequest) -> HttpResponse:
    """Sign out here; a link only asks."""
    if request.method == "POST":
        logout(request)
        return see_other("/")
    return render(request, "account/sign_out.html")


def demo(request: HttpRequest, token: str) -> HttpResponse:
    """Sign a sample character in with one click: in demo mode only, and only from this machine."""
    person = services.demo_person(token=token)
    if person is None or request.META.get("REMOTE_ADDR", "") not in LOOPBACK:
        raise Http404
    logout(request)
    return let_in(request, person, method="demo", target=next_url(request))


def link(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button, so that a mail scanner that opens the link does not use it up; the button signs in."""
    if request.method != "POST":
        if not services.link_works(token=token):
            raise Http404
        return render(request, "account/link.html")
    person = found_or_404(services.use_link(token=token))
    logout(request)
    return let_in(request, person, method="link")


def invitation(request: HttpRequest, where: str, token: str) -> HttpResponse:
    """Show an invitation and take it. Unknown, used, taken back or too old: there is nothing here."""
    network = found_or_404(Network.objects.filter(slug=where).first())
    with network_scope(network.pk), timezone.override(network.time_zone):  # its end, as the letter said it
        return _invitation(request, network, token)


def _invitation(request: HttpRequest, network: Network, token: str) -> HttpResponse:
    found = found_or_404(selectors.open_invitation(token))
    form = NameForm(request.POST or None, initial={"name": found.name})
    if not form.is_valid():
        mine = not request.user.is_authenticated or request.user.email == found.email
        context = {"form": form, "invitation": found, "inviting": network, "mine": mine}
        return render(request, "account/invitation.html", context, status=422 if form.is_bound else 200)
    person = services.person_for(email=found.email, name=form.cleaned_data["name"], language=found.language)
    found_or_404(services.accept(token=token, person=person, name=form.cleaned_data["name"]))
    home = reverse("web:home", args=[network.slug])
    if request.user.is_authenticated and request.user.pk == person.pk:
        return see_other(home)
    logout(request)
    return let_in(request, person, method="invitation", target=home)


@require_POST
def leave_all(request: HttpRequest) -> HttpResponse:
    """Sign out on every device, this one too."""
    if request.user.is_authenticated:
        services.sign_out_others(person_id=request.user.pk)
        logout(request)
    return see_other("/")

"""One's own account: name, address, devices, ways in, data, and leaving."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tequio.core.http import found_or_404, see_other
from tequio.people import selectors, services
from tequio.people.formats.mydata import pack
from tequio.people.forms.accounts import AddressCodesForm, AddressForm, DeviceForm, ProfileForm
from tequio.people.pages import PersonRequest, signed_in
from tequio.people.selectors import mydata
from tequio.people.services import codes
from tequio.people.sessions import hashed
from tequio.people.views.entering import limited, set_preference, too_many

PENDING = "people.address"


@signed_in
def account(request: PersonRequest) -> HttpResponse:
    """Everything about my account on one page; the form on it is my name, language and colors."""
    person = request.user
    values = {"name": person.name, "language": person.language, "theme": person.theme}
    form = ProfileForm(request.POST or None, initial=values)
    if form.is_valid():
        services.change_profile(by=person, **form.cleaned_data)
        response = see_other(reverse("account:account"))
        set_preference(response, settings.LANGUAGE_COOKIE_NAME, form.cleaned_data["language"])
        set_preference(response, "theme", form.cleaned_data["theme"])
        return response
    return render(
        request, "people/account.html", _account(request, form), status=422 if form.is_bound else 200
    )


def _account(request: PersonRequest, form: ProfileForm) -> dict[str, object]:
    here = hashed(request.session.session_key or "")
    ways = list(Authenticator.objects.filter(user_id=request.user.pk).order_by("pk"))
    return {
        "form": form,
        "person": request.user,
        "devices": sorted(selectors.devices_of(request.user.pk), key=lambda each: each.session_key != here),
        "here": here,
        "passkeys": [way for way in ways if way.type == Authenticator.Type.WEBAUTHN],
        "app": next((way for way in ways if way.type == Authenticator.Type.TOTP), None),
        "participations": selectors.participations_of(request.user.pk),
    }


@signed_in
def ways(request: PersonRequest) -> HttpResponse:
    """Lead to the part of the account page with the ways in: allauth sends people here."""
    return see_other(reverse("account:account") + "#ways")


# Devices


@signed_in
def device(request: PersonRequest, key: str) -> HttpResponse:
    """Name one of my devices, or sign it out."""
    found = found_or_404(selectors.devices_of(request.user.pk).filter(session_key=key).first())
    form = DeviceForm(request.POST or None, initial={"label": found.label})
    if request.POST.get("do") == "sign-out":
        services.sign_out_device(by=request.user, device=key)
        return see_other(reverse("account:account") + "#devices")
    if form.is_valid():
        services.name_device(by=request.user, device=key, label=form.cleaned_data["label"])
        return see_other(reverse("account:account") + "#devices")
    context = {"form": form, "device": found, "here": hashed(request.session.session_key or "")}
    return render(request, "people/account_device.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def sign_out_others(request: PersonRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    services.sign_out_others(person_id=request.user.pk, keep=hashed(request.session.session_key or ""))
    return see_other(reverse("account:account") + "#devices")


# Another address


@signed_in
def address(request: PersonRequest) -> HttpResponse:
    """Ask for the new address, and write a code to both."""
    form = AddressForm(request.POST or None)
    if form.is_valid() and form.cleaned_data["email"].lower() == request.user.email:
        form.add_error("email", _("This is your address already."))
    if not form.is_valid():
        context = {"form": form, "person": request.user}
        return render(request, "people/account_address.html", context, status=422 if form.is_bound else 200)
    if limited(request, action="address", address=request.user.email):
        return too_many(request)
    request.session[PENDING] = services.send_address_codes(by=request.user, email=form.cleaned_data["email"])
    return see_other(reverse("account:address-codes"))


@signed_in
def address_codes(request: PersonRequest) -> HttpResponse:
    """Take a code from each mailbox, and move."""
    pending = request.session.get(PENDING) or {}
    if not (codes.is_open(pending=pending.get("old")) and codes.is_open(pending=pending.get("new"))):
        request.session.pop(PENDING, None)
        return see_other(reverse("account:address"))
    form = AddressCodesForm(request.POST or None)
    if form.is_valid():
        wrong = [
            name
            for name in ("old", "new")
            if not codes.matches(pending=pending[name], purpose="address", typed=form.cleaned_data[name])
        ]
        request.session.modified = True
        if not wrong:
            return _move(request, pending["new"]["address"])
        for name in wrong:
            form.add_error(name, _("This is not the code that we sent. Look at the latest letter."))
    context = {
        "form": form,
        "person": request.user,
        "address": pending["new"]["address"],
        "minutes": codes.MINUTES,
    }
    return render(request, "people/account_codes.html", context, status=422 if form.is_bound else 200)


def _move(request: PersonRequest, new: str) -> HttpResponse:
    del request.session[PENDING]
    services.change_address(by=request.user, email=new)
    services.sign_out_others(person_id=request.user.pk, keep=hashed(request.session.session_key or ""))
    update_session_auth_hash(request, request.user)
    return see_other(reverse("account:account"))


# My data


@signed_in
def my_data(request: PersonRequest) -> HttpResponse:
    """Hand over everything about me in one file: a page for people, tables and JSON for programs."""
    content = pack(
        mydata.about(request.user),
        title=_("My data in Tequio"),
        said=_(
            "Everything that refers to you, network by network. The same lies beside this page as JSON and as tables."
        ),
        language=get_language() or "es",
        name=mydata.table_name,
    )
    response = HttpResponse(content, content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="tequio-my-data.zip"'
    return response


@signed_in
def leave(request: PersonRequest) -> HttpResponse:
    """Close the account for good; first hand over what nobody else coordinates."""
    try:
        if request.POST.get("confirmed") == "yes":
            services.leave(by=request.user)
            logout(request)
            return see_other(reverse("account:left"))
    except services.NeedsSuccessor as reason:
        return render(request, "people/account_leave.html", _leaving(request, str(reason)), status=422)
    return render(request, "people/account_leave.html", _leaving(request))


def _leaving(request: PersonRequest, reason: str = "") -> dict[str, object]:
    return {"participations": selectors.participations_of(request.user.pk), "reason": reason}


def left(request: HttpRequest) -> HttpResponse:
    """Say goodbye, and what stayed."""
    return render(request, "account/left.html")

"""Passkeys: allauth's pages, which meet odd credentials with an error of the server, made to answer them calmly."""

import struct

from allauth.mfa.webauthn import views as passkeys
from cryptography.exceptions import InvalidSignature
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from tequio.core.http import see_other
from tequio.people.pages import PersonRequest, View, signed_in

ODD = (LookupError, TypeError, ValueError, AttributeError, struct.error, InvalidSignature)


def calmly(view: View, request: HttpRequest, *, back: str) -> HttpResponse:
    """Answer with allauth's page; lead back from a credential that no browser makes."""
    try:
        return view(request)
    except ODD:
        if request.method != "POST":
            raise
        return see_other(back)


def enter(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey of this device."""
    return calmly(passkeys.login_webauthn, request, back=reverse("account_login"))


@signed_in
def add(request: PersonRequest) -> HttpResponse:
    """Add a passkey; the spare codes that allauth makes with the first one matter only to the second step."""
    back = reverse("account:account") + "#ways"
    response = calmly(passkeys.add_webauthn, request, back=back)
    added = response.headers.get("Location") == reverse("mfa_view_recovery_codes")
    return see_other(back) if added else response


@signed_in
def confirm(request: PersonRequest) -> HttpResponse:
    """Ask for the passkey once more before something about coming in changes."""
    return calmly(passkeys.reauthenticate_webauthn, request, back=reverse("account:account"))

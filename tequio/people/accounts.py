"""How allauth behaves here: it keeps passkeys and one-time codes; entering by e-mail code is our own (ADR 6).

No address of a computer is kept anywhere: limits count a keyed hash that changes every day.
"""

import hmac
from base64 import urlsafe_b64encode
from functools import cache
from ipaddress import ip_address, ip_network
from itertools import groupby
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.keys import secret_bytes
from tequio.people import selectors
from tequio.people.services import accounts


def client_key(request: HttpRequest) -> str:
    """Return a stand-in for where a request comes from: the same for one day, and no way back to the address."""
    today = clock.today().isoformat()
    said = f"{today}:{_neighborhood(_address(request))}".encode()
    return hmac.new(_secret("limits"), said, "sha256").hexdigest()[:32]


def _address(request: HttpRequest) -> str:
    """Return the address that the connection has, or that our own proxy, when configured, wrote last."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.TRUST_PROXY and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def _neighborhood(address: str) -> str:
    """Return what counts as one place: an IPv4 address, or the half of an IPv6 address that a home gets."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    return str(ip_network(f"{found}/64", strict=False)) if found.version == 6 else str(found)


@cache
def _secret(name: str) -> bytes:
    return secret_bytes(settings.TEQUIO_KEYS_DIR, name)


class SecondFactor(AuthenticateStage):  # type: ignore[misc]
    """Ask for a code of the authenticator app from those who switched it on; a passkey is a way in, not a demand."""

    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        return bool(
            user and is_mfa_enabled(user, [Authenticator.Type.TOTP]) and super()._should_handle(request)
        )


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in; a class because allauth's adapters are classes."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_key(request)

    def get_http_user_agent(self, request: HttpRequest) -> str:
        return ""

    def get_login_stages(self) -> list[str]:
        return ["tequio.people.accounts.SecondFactor"]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the home of the only network somebody is in, or the list of their networks."""
        networks = selectors.networks_of(request.user.pk) if request.user.is_authenticated else []
        return f"/{networks[0].slug}/home/" if len(networks) == 1 else "/"

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        return render(request, "account/closed.html", status=403)

    def get_reauthentication_methods(self, user: AbstractBaseUser) -> list[dict[str, Any]]:
        """Ask for a passkey first where there is no app: a spare code would be spent for nothing."""
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return found if is_mfa_enabled(user, [Authenticator.Type.TOTP]) else found[::-1]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        raise RuntimeError("Letters are written by people.services, never by allauth.")

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell somebody that their ways in changed."""
        accounts.tell_ways_changed(person_id=user.pk)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys and authenticator apps; their secrets are kept encrypted, so that a copy of the database is useless."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)s") % {"number": count + 1}

    def build_totp_svg(self, url: str) -> str:
        return picture_of(url)

    def _get_site_name(self) -> str:
        return "Tequio"


def picture_of(url: str) -> str:
    """Return a QR code as a small SVG: dark runs as strokes on a white ground, so that apps read it at night too."""
    import qrcode  # type: ignore[import-untyped]  # when it is needed: it is rarely

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_L, border=3)
    code.add_data(url)
    rows = code.get_matrix()
    lines = "".join(f"M0 {y}.5{_runs(row)}" for y, row in enumerate(rows) if any(row))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(rows)} {len(rows)}" '
        f'shape-rendering="crispEdges"><path fill="#fff" d="M0 0h99v99H0z"/><path stroke="#000" d="{lines}"/></svg>'
    )


def _runs(row: list[bool]) -> str:
    """Return a row as steps of a pen: ``m`` over what is light, ``h`` along what is dark."""
    runs = [(dark, len(list(cells))) for dark, cells in groupby(row)]
    return "".join(f"h{length}" if dark else f"m{length} 0" for dark, length in runs)


@cache
def _box() -> Fernet:
    return Fernet(urlsafe_b64encode(_secret("authenticators")))

"""The pages on which organizations make the number of a lot themselves: asked, promised, shown."""

from __future__ import annotations

import secrets
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest
from tequio.elections import access, selectors, services
from tequio.elections.forms import AskSecretsForm, PromiseForm, SecretForm
from tequio.elections.rules import beacon
from tequio.elections.views.lots_forms import found_lot, lot_page, posted, taken


def ask(request: MemberRequest, lot: UUID) -> HttpResponse:
    """Ask the organizations for secrets, until a moment."""
    found = found_lot(request, lot)
    enough = selectors.promised_enough(selectors.promises(found))
    access.ask_for_secrets.require(request.actor, found, enough)
    form = AskSecretsForm(posted(request))

    def act(said: dict[str, Any]) -> None:
        services.ask_for_secrets(by=request.actor, lot=found, until=said["at"])

    return taken(request, form, act, lot=found, beside="at") or lot_page(
        request, found, form,
        heading=_("Make the number together"),
        lead=_("For when there is no internet, or nobody trusts the source outside. Each organization promises a secret "
               "and shows it afterwards. All of them together decide, so nobody alone can choose."),
        verb=_("Ask the organizations"),
    )  # fmt: skip


def promise(request: MemberRequest, lot: UUID) -> HttpResponse:
    """Promise a secret: it is made in the browser, and only its SHA-256 leaves it.

    Without JavaScript it is made here, shown once, and kept nowhere.
    """
    found = found_lot(request, lot)
    access.promise_secret.require(
        request.actor, found, selectors.own_promise(request.actor, selectors.promises(found))
    )
    made = secrets.token_hex(32) if request.method != "POST" else ""
    form = PromiseForm(posted(request), initial={"promise": beacon.promise_of(made)} if made else {})

    def act(said: dict[str, Any]) -> None:
        services.promise_secret(by=request.actor, lot=found, promise=said["promise"])

    return taken(request, form, act, lot=found, beside="promise") or lot_page(
        request, found, form, "elections/lot_promise.html", secret=made
    )


def show(request: MemberRequest, lot: UUID) -> HttpResponse:
    """Show the secret that was promised."""
    found = found_lot(request, lot)
    access.show_secret.require(
        request.actor, found, selectors.own_promise(request.actor, selectors.promises(found))
    )
    form = SecretForm(posted(request))

    def act(said: dict[str, Any]) -> None:
        services.show_secret(by=request.actor, lot=found, secret=said["secret"])

    return taken(request, form, act, lot=found, beside="secret") or lot_page(
        request, found, form,
        heading=_("Show the secret"),
        lead=_("Everybody sees it. With the last one, the draw is made at once."),
        verb=_("Show it"),
    )  # fmt: skip

"""The pages on which organizations make the number of a lot themselves: asked, promised, shown."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tequio.core.access import Refused
from tequio.core.http import MemberRequest, see_other
from tequio.elections import access, selectors, services
from tequio.elections.forms import AskSecretsForm, PromiseForm, SecretForm
from tequio.elections.rules import beacon
from tequio.elections.views.lots_words import crumbs_of, url_of
from tequio.elections.views.lots_written import form_page, found_lot, posted


def ask(request: MemberRequest, lot: UUID) -> HttpResponse:
    """Ask the organizations for secrets, until a moment."""
    found = found_lot(request, lot)
    enough = selectors.promised_enough(selectors.promises(found))
    access.ask_for_secrets.require(request.actor, found, enough)
    form = AskSecretsForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            services.ask_for_secrets(by=request.actor, lot=found, until=form.cleaned_data["at"])
        except Refused as why:
            form.add_error("at", str(why))
        else:
            return see_other(url_of(request, "lot", found))
    return form_page(
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
    if form.is_bound and form.is_valid():
        try:
            services.promise_secret(by=request.actor, lot=found, promise=form.cleaned_data["promise"])
        except Refused as why:
            form.add_error("promise", str(why))
        else:
            return see_other(url_of(request, "lot", found))
    context = {
        "form": form,
        "lot": found,
        "secret": made,
        "back_url": url_of(request, "lot", found),
        "crumbs": crumbs_of(request, found),
    }
    return render(request, "elections/lot_promise.html", context, status=422 if form.is_bound else 200)


def show(request: MemberRequest, lot: UUID) -> HttpResponse:
    """Show the secret that was promised."""
    found = found_lot(request, lot)
    access.show_secret.require(
        request.actor, found, selectors.own_promise(request.actor, selectors.promises(found))
    )
    form = SecretForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            services.show_secret(by=request.actor, lot=found, secret=form.cleaned_data["secret"])
        except Refused as why:
            form.add_error("secret", str(why))
        else:
            return see_other(url_of(request, "lot", found))
    return form_page(
        request, found, form,
        heading=_("Show the secret"),
        lead=_("Everybody sees it. With the last one, the draw is made at once."),
        verb=_("Show it"),
    )  # fmt: skip

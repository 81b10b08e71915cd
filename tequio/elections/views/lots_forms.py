"""What every form of a lot does: take what was sent, or show it again with what stands against it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from tequio.core.access import Refused
from tequio.core.forms import Form
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.elections import selectors
from tequio.elections.models import Lot
from tequio.elections.views.lots_words import crumbs_of, url_of


def found_lot(request: MemberRequest, lot: UUID) -> Lot:
    """Return a lot, or 404."""
    return found_or_404(selectors.lot(request.actor, lot))


def posted(request: MemberRequest) -> Any:
    """Return what was sent, or nothing when a page is only read."""
    return request.POST if request.method == "POST" else None


def taken(
    request: MemberRequest,
    form: Form,
    act: Callable[[dict[str, Any]], Lot | None],
    *,
    lot: Lot | None,
    beside: str | None,
) -> HttpResponse | None:
    """Do what a valid form asks and lead to the lot; None while there is something to show.

    What the service refuses stands beside the field of this name. ``act`` may answer another lot, to which it leads.
    """
    if not (form.is_bound and form.is_valid()):
        return None
    try:
        made = act(form.cleaned_data) or lot
    except Refused as why:
        form.add_error(beside, str(why))
        return None
    assert made is not None
    return see_other(url_of(request, "lot", made))


def lot_page(
    request: MemberRequest,
    lot: Lot | None,
    form: Form,
    template: str = "elections/lot_form.html",
    **words: Any,
) -> HttpResponse:
    """Draw a form of a lot, with its heading, lead and verb."""
    context = {
        "form": form,
        "lot": lot,
        "crumbs": crumbs_of(request, lot),
        "back_url": url_of(request, "lot", lot) if lot else crumbs_of(request)[-1][1],
        **words,
    }
    return render(request, template, context, status=422 if form.is_bound else 200)

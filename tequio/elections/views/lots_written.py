"""What is written on the pages of a lot, from its list to its seats."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tequio.core.forms import Form
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.elections import access, selectors, services
from tequio.elections.forms import AnnounceForm, HoldForm, NumberForm, QuotasForm, ReasonForm, RowForm
from tequio.elections.models import Entrant, Lot, LotState
from tequio.elections.rules import beacon
from tequio.elections.views.lots_forms import found_lot, lot_page, posted, taken
from tequio.elections.views.lots_words import choices_of, crumbs_of, said_value, url_of
from tequio.governance import selectors as structure


def _mine(request: MemberRequest, lot: Lot) -> Entrant:
    return found_or_404(selectors.mine(request.actor, lot))


def _confirm(
    request: MemberRequest, lot: Lot, question: str, lines: list[str], verb: str, form: Form | None = None
) -> HttpResponse:
    context = {
        "question": question,
        "consequences": lines,
        "verb": verb,
        "form": form,
        "back_url": url_of(request, "lot", lot),
        "crumbs": crumbs_of(request, lot),
    }
    return render(request, "web/confirm.html", context, status=422 if form and form.is_bound else 200)


def hold(request: MemberRequest) -> HttpResponse:
    """Begin a lot."""
    return _hold(request, None)


def again(request: MemberRequest, lot: UUID) -> HttpResponse:
    """Begin a lot that repeats another, for a reason that all can read."""
    before = found_lot(request, lot)
    access.draw_again.require(request.actor, before)
    return _hold(request, before)


def _hold(request: MemberRequest, before: Lot | None) -> HttpResponse:
    access.hold_lot.require(request.actor)
    body = structure.coordination_body()
    start = before and {
        "title": before.said_title, "of": before.of, "size": before.size, "features": before.features,
        "seats": before.body_id is not None,
    }  # fmt: skip
    form = HoldForm(posted(request), body=body is not None, again=before is not None, initial=start or {})

    def act(said: dict[str, Any]) -> Lot:
        return services.hold_lot(
            by=request.actor, title=said["title"], about=said["about"], of=said["of"], size=said["size"],
            features=said["features"], body=body if said.get("seats") else None, again_of=before,
            reason=said.get("reason", ""),
        )  # fmt: skip

    return taken(request, form, act, lot=before, beside=None) or lot_page(
        request, before, form,
        heading=_("Draw again") if before else _("Draw lots"),
        lead=_("Everybody on the list has three days to look at their own row. Then the list closes."),
        verb=_("Open the list"),
    )  # fmt: skip


def open_(request: MemberRequest, lot: UUID) -> HttpResponse:
    """Open the list of a lot that the clock prepared."""
    found = found_lot(request, lot)
    access.open_list.require(request.actor, found)
    lines = [_("Everybody on the list has three days to look at their own row. Then the list closes.")]
    if request.method == "POST":
        services.open_list(by=request.actor, lot=found)
        return see_other(url_of(request, "lot", found))
    return _confirm(request, found, _("Open the list?"), lines, _("Open the list"))


def row(request: MemberRequest, lot: UUID) -> HttpResponse:
    """Look at one's own row, and correct it."""
    found = found_lot(request, lot)
    own = _mine(request, found)
    access.correct_row.require(request.actor, own)
    form = RowForm(
        posted(request), choices={name: choices_of(name) for name in found.features}, initial=own.values
    )

    def act(said: dict[str, Any]) -> None:
        services.correct_row(by=request.actor, entrant=own, values=said)

    return taken(request, form, act, lot=found, beside=None) or lot_page(
        request, found, form,
        heading=_("My row in the list"),
        lead=_("People outside the network see it without your name, by the code %(code)s.") % {"code": own.code}
        if found.of_people
        else "",
        verb=_("It is right"),
    )  # fmt: skip


def leave(request: MemberRequest, lot: UUID) -> HttpResponse:
    """Take oneself off the list."""
    found = found_lot(request, lot)
    own = _mine(request, found)
    access.correct_row.require(request.actor, own)
    if request.method == "POST":
        services.leave_lot(by=request.actor, entrant=own)
        return see_other(url_of(request, "lot", found))
    lines = [_("You cannot be drawn. Until the list closes you can come back.")]
    return _confirm(request, found, _("Leave the list?"), lines, _("Leave the list"))


def quotas(request: MemberRequest, lot: UUID) -> HttpResponse:
    """Write how many of each value sit in a panel, at least and at most."""
    found = found_lot(request, lot)
    access.set_quotas.require(request.actor, found)
    values = {
        feature: [(value, said_value(feature, value), count) for value, count in sorted(counted.items())]
        for feature, counted in selectors.values_there(found).items()
    }
    form = QuotasForm(posted(request), values=values, size=found.size, initial=_written(found, values))

    def act(_said: dict[str, Any]) -> None:
        services.set_quotas(by=request.actor, lot=found, quotas=form.quotas())

    return taken(request, form, act, lot=found, beside=None) or lot_page(
        request, found, form, "elections/lot_quotas.html"
    )


def _written(lot: Lot, values: dict[str, list[tuple[str, str, int]]]) -> dict[str, int]:
    """Return the quotas that stand, by the names of their fields."""
    standing = {(one["feature"], one["value"]): one for one in lot.quotas}
    start: dict[str, int] = {}
    for feature, rows in values.items():
        for number, (value, _said, _count) in enumerate(rows):
            if one := standing.get((feature, value)):
                start |= {f"{feature}-{number}-min": one["min"], f"{feature}-{number}-max": one["max"]}
    return start


def freeze(request: MemberRequest, lot: UUID) -> HttpResponse:
    """Close the list, and have the odds computed."""
    found = found_lot(request, lot)
    access.freeze_lot.require(request.actor, found)
    lines = [_("Nobody comes in and nobody leaves any more."), _("Everybody's odds are computed and shown.")]
    if request.method == "POST":
        services.freeze_lot(by=request.actor, lot=found)
        return see_other(url_of(request, "lot", found))
    return _confirm(request, found, _("Close the list?"), lines, _("Close the list"))


def announce(request: MemberRequest, lot: UUID) -> HttpResponse:
    """Say which number decides, before anybody can know it."""
    found = found_lot(request, lot)
    access.announce_draw.require(request.actor, found)
    promised = found.state == LotState.PROMISING
    form = AnnounceForm(posted(request), promised=promised)

    def act(said: dict[str, Any]) -> None:
        services.announce_draw(by=request.actor, lot=found, at=said["at"])

    return taken(request, form, act, lot=found, beside="at") or lot_page(
        request, found, form,
        heading=_("Announce the draw"),
        lead=_("From now on the secrets are shown. For one that is missing, a number from outside takes its place.")
        if promised
        else _("A source outside publishes a number every three seconds. Nobody can foresee or choose it."),
        verb=_("Announce it"),
    )  # fmt: skip


def draw(request: MemberRequest, lot: UUID) -> HttpResponse:
    """Bring the number, and draw."""
    found = found_lot(request, lot)
    access.draw_lots.require(request.actor, found)
    form = NumberForm(posted(request))

    def act(said: dict[str, Any]) -> None:
        services.draw_lots(by=request.actor, lot=found, signature=said["signature"])

    return taken(request, form, act, lot=found, beside="signature") or lot_page(
        request, found, form,
        heading=_("Bring the number"),
        lead=_("Open this address and copy what stands beside “signature”. Then everybody sees who was drawn."),
        address=f"https://api.drand.sh/{beacon.QUICKNET.hash}/public/{found.round}",
        verb=_("Draw"),
    )  # fmt: skip


def accept(request: MemberRequest, lot: UUID) -> HttpResponse:
    """Accept the seat."""
    return _answer(request, lot, accepts=True)


def refuse(request: MemberRequest, lot: UUID) -> HttpResponse:
    """Leave the seat to the next reserve."""
    return _answer(request, lot, accepts=False)


def _answer(request: MemberRequest, lot: UUID, *, accepts: bool) -> HttpResponse:
    found = found_lot(request, lot)
    own = _mine(request, found)
    access.answer_seat.require(request.actor, own)
    if request.method == "POST":
        services.answer_seat(by=request.actor, entrant=own, accepts=accepts)
        return see_other(url_of(request, "lot", found))
    if accepts:
        lines = [_("You take the seat for as long as the charter says.")] if found.body else []
        return _confirm(request, found, _("Accept the seat?"), lines, _("I accept"))
    lines = [_("The next reserve is asked. Nobody asks you for a reason.")]
    return _confirm(request, found, _("Leave the seat to the next?"), lines, _("I do not accept"))


def pass_over(request: MemberRequest, lot: UUID, code: str) -> HttpResponse:
    """Let the next reserve in for somebody who did not answer in time."""
    found = found_lot(request, lot)
    entrant = found_or_404(selectors.entrant(request.actor, found, code))
    access.pass_over.require(request.actor, entrant)
    if request.method == "POST":
        services.pass_over(by=request.actor, entrant=entrant)
        return see_other(url_of(request, "lot", found))
    lines = [_("The time to answer is over. The next reserve is asked.")]
    return _confirm(request, found, _("Ask the next reserve?"), lines, _("Ask the next"))


def cancel(request: MemberRequest, lot: UUID) -> HttpResponse:
    """Call a lot off before it is drawn."""
    found = found_lot(request, lot)
    access.cancel_lot.require(request.actor, found)
    form = ReasonForm(posted(request))
    if form.is_bound and form.is_valid():
        services.cancel_lot(by=request.actor, lot=found, why=form.cleaned_data["why"])
        return see_other(url_of(request, "lot", found))
    lines = [_("It stays on its page with your reason, and counts as a time that lots were to be drawn.")]
    return _confirm(request, found, _("Call this lot off?"), lines, _("Call it off"), form)

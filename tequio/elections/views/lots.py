"""The ceremony of a lot: before it, the countdown, the result, and how anybody checks it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from tequio.core import clock
from tequio.core.http import MemberRequest, found_or_404
from tequio.core.pages import public
from tequio.core.texts import say
from tequio.elections import access, selectors
from tequio.elections.drawing import threads
from tequio.elections.models import FEATURES, STATES, Lot, LotState, SecretPromise
from tequio.elections.rules import beacon, lot_facts
from tequio.elections.rules.lots import TICKETS, odds
from tequio.elections.services.lots_drawn import REFUSALS
from tequio.elections.views.lots_words import (
    crumbs_of,
    frame,
    percents,
    said_problem,
    said_quota,
    said_value,
)
from tequio.register.selectors import seal_of

SHOWN = 200


@require_safe
def lots(request: MemberRequest) -> HttpResponse:
    """The lots of the network: under way, drawn, called off."""
    context = {
        "rows": [line_of_lot(row, "") for row in selectors.lots(request.actor)],
        "may_hold": access.hold_lot.allows(request.actor),
        "crumbs": crumbs_of(request)[:1],
    }
    return render(request, "elections/lots.html", context)


def line_of_lot(row: dict[str, Any], here: str) -> dict[str, Any]:
    """Return a lot as a line of a list: where it stands, and since or until when."""
    return {
        "url": f"{here}{row['uuid']}/",
        "title": say(row["title"]),
        "note": str(dict(STATES)[row["state"]]),
        "day": row["drawn_at"] or row["draws_at"] or row["opened_at"],
    }


@public
@require_safe
def lot(request: MemberRequest, lot: UUID) -> HttpResponse:
    """One lot, wherever it stands; strangers see codes where members see the names of people."""
    found = found_or_404(selectors.lot(request.actor, lot))
    now = clock.now()
    groups = selectors.groups(request.actor, found, now=now)
    promised = selectors.promises(found)
    context = {
        **frame(request),
        "lot": found,
        "state": dict(STATES)[found.state],
        "groups": groups,
        "count": len(groups["all"]),
        "shown": [_named(row) for row in groups["all"][:SHOWN]],
        "hidden": max(0, len(groups["all"]) - SHOWN),
        "quotas": [said_quota(one) for one in found.quotas if one["min"] or one["max"] < found.size],
        "features": [str(dict(FEATURES)[one]) for one in found.features],
        "problem": said_problem(found),
        "empty": _empty(found, groups),
        "picture": _picture(found, groups),
        "due": found.state == LotState.ANNOUNCED and found.draws_at is not None and found.draws_at <= now,
        "early": now < found.correct_until,
        "again": getattr(found, "again", None),
        "seal": seal_of(found.entry),
        "promises": promised,
        "unshown": sum(not row.shown for row in promised),
        **(_own(request, found, promised) if request.actor else {}),
    }
    return render(request, "elections/lot.html", context)


def _empty(lot: Lot, groups: dict[str, list[selectors.Row]]) -> int:
    """Count the seats that nobody of the list can take, since no reserve would keep the quotas."""
    held = sum(row.answer not in REFUSALS for row in groups["seats"])
    return lot.size - held if lot.state == LotState.DRAWN else 0


def _named(row: selectors.Row) -> dict[str, Any]:
    return {"name": row.name, "odds": percents(row.odds) if row.odds else None, "mine": row.mine}


def _picture(lot: Lot, groups: dict[str, list[selectors.Row]]) -> Any:
    """Draw everybody as a thread, by name: the order of the list says nothing."""
    if lot.state != LotState.DRAWN:
        return ""
    rows = sorted(groups["all"], key=lambda row: row.name.casefold())
    drawn = [row.place <= lot.size for row in rows]
    names = ", ".join(row.name for row in groups["all"] if row.place <= lot.size)
    label = ngettext("%(count)s thread; drawn: %(names)s", "%(count)s threads; drawn: %(names)s", len(rows))
    return threads(drawn, label % {"count": len(rows), "names": names})


def _own(request: MemberRequest, lot: Lot, promised: Sequence[SecretPromise]) -> dict[str, Any]:
    """Return what the reader may do, and their own row."""
    actor, own = request.actor, selectors.mine(request.actor, lot)
    promise, enough = selectors.own_promise(actor, promised), lot.state == LotState.PROMISING
    enough = enough and selectors.promised_enough(promised)
    row = own and [
        (str(dict(FEATURES)[name]), said_value(name, own.values.get(name, selectors.NOT_SAID)))
        for name in lot.features
    ]
    odds = lot_odds(lot).get(own.code) if own and lot.odds else None
    return {
        "own": own,
        "own_row": row,
        "own_odds": odds,
        "may_correct": own is not None and access.correct_row.allows(actor, own),
        "may_answer": own is not None and access.answer_seat.allows(actor, own),
        "may": {
            "open": access.open_list.allows(actor, lot),
            "quotas": bool(lot.features) and access.set_quotas.allows(actor, lot),
            "freeze": access.freeze_lot.allows(actor, lot),
            "announce": access.announce_draw.allows(actor, lot) and (enough or lot.state == LotState.READY),
            "secrets": access.ask_for_secrets.allows(actor, lot, enough),
            "promise": access.promise_secret.allows(actor, lot, promise),
            "show": access.show_secret.allows(actor, lot, promise),
            "draw": access.draw_lots.allows(actor, lot),
            "cancel": access.cancel_lot.allows(actor, lot),
            "again": lot.state in (LotState.DRAWN, LotState.CANCELLED) and access.draw_again.allows(actor, lot),
            "pass_over": access.hold_lot.allows(actor),
        },
    }  # fmt: skip


def lot_odds(lot: Lot) -> dict[str, Any]:
    """Return everybody's probability in percent, by code."""
    frozen, panels = lot_facts.read(lot.odds)
    return {code: percents(selectors.percent(share)) for code, share in odds(frozen, panels).items()}


@public
@require_safe
def steps(request: MemberRequest, lot: UUID) -> HttpResponse:
    """The sum, step by step, so that anybody can do it again with any language or on paper."""
    found = found_or_404(selectors.lot(request.actor, lot))
    if not found.odds:
        return render(request, "elections/lot_steps.html", {**frame(request, found), "lot": found})
    frozen, panels = lot_facts.read(found.odds)
    promised = selectors.promises(found)
    context = {
        **frame(request, found),
        "lot": found,
        "promises": promised,
        "shown": [row for row in promised if row.shown],
        "file": _file_of(request, found),
        "panels": len(panels),
        "tickets": TICKETS,
        "count": len(frozen.pool),
        "chain": beacon.QUICKNET,
        "address": f"https://api.drand.sh/{beacon.QUICKNET.hash}/public/{found.round}",
        "drawn": _recomputed(found) if found.state == LotState.DRAWN else None,
    }
    return render(request, "elections/lot_steps.html", context)


def _recomputed(lot: Lot) -> dict[str, Any]:
    facts = selectors.draw_facts(lot)
    drawn = lot_facts.drawn_from({**facts, "lot": lot.odds})
    problems = lot_facts.recompute({**facts, "lot": lot.odds, "ticket": lot.ticket})
    return {"facts": facts, "seed": drawn.seed, "ticket": drawn.ticket, "holds": not problems}


@public
@require_safe
def lot_file(request: MemberRequest, lot: UUID) -> HttpResponse:
    """All that a check needs, as one file; people stand in it by their codes."""
    found = selectors.lot(request.actor, lot)
    found = found_or_404(found if found is not None and found.odds else None)
    whole = json.dumps(
        selectors.document(found, stranger=request.actor is None), ensure_ascii=False, indent=1
    )
    name = _file_of(request, found)
    return HttpResponse(
        whole + "\n",
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _file_of(request: MemberRequest, lot: Lot) -> str:
    """Return how the file of a lot is called."""
    return f"{request.network.slug}-lot-{str(lot.uuid)[:8]}.json"

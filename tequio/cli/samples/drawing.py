"""A panel of a sample network that was drawn by lot: balanced, its number made by the organizations themselves."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.elections import services as elections
from tequio.elections.models import Entrant, Lot
from tequio.elections.rules import beacon
from tequio.elections.rules.lots import TICKETS, Panel, Quota
from tequio.people.selectors import find_actor

TITLE = "Quién revisa las cuentas del año"
ABOUT = "Dos personas miran las cuentas y cuentan a la red lo que vieron. Una mujer y un hombre."
GENDERS = {"Ana": "WOMAN", "Inés": "WOMAN", "Dora": "WOMAN", "Beto": "MAN", "João": "MAN"}


def draw_a_panel(everybody: Sequence[Actor]) -> None:
    """Draw one woman and one man; each organization promised a secret and showed it, and one person has accepted."""
    first, begun = everybody[0], clock.now() - timedelta(days=9)
    lot = _closed(first, begun)
    promised = begun + timedelta(hours=74)
    with clock.at(promised):
        elections.ask_for_secrets(by=first, lot=lot, until=promised + timedelta(hours=25))
        kept = {actor: secrets.token_hex(32) for actor in everybody}
        for actor, secret in kept.items():
            elections.promise_secret(by=actor, lot=lot, promise=beacon.promise_of(secret))
    with clock.at(promised + timedelta(hours=26)):
        elections.announce_draw(by=first, lot=lot, at=promised + timedelta(hours=52))
        for actor, secret in kept.items():
            elections.show_secret(by=actor, lot=lot, secret=secret)
    drawn = Entrant.objects.select_related("lot", "participant__person").get(lot=lot, place=1)
    chosen = find_actor(drawn.participant.person) if drawn.participant else None
    if chosen is not None:
        elections.answer_seat(by=chosen, entrant=drawn, accepts=True)


def _closed(first: Actor, begun: datetime) -> Lot:
    """Open the list, let everybody look at their row, and close it; with two kinds and two quotas one panel is possible."""
    with clock.at(begun):
        lot = elections.hold_lot(by=first, title=TITLE, about=ABOUT, of="PEOPLE", size=2, features=["gender"])
        for row in Entrant.objects.select_related("lot", "participant__person").filter(lot=lot):
            actor = find_actor(row.participant.person) if row.participant else None
            if row.participant is not None and actor is not None:
                gender = GENDERS.get(row.participant.name.split()[0], "OTHER")
                elections.correct_row(by=actor, entrant=row, values={"gender": gender})
        quotas = [Quota("gender", "MAN", 1, 1), Quota("gender", "WOMAN", 1, 1)]
        elections.set_quotas(by=first, lot=lot, quotas=quotas)
    with clock.at(begun + timedelta(hours=73)):
        lot = elections.freeze_lot(by=first, lot=lot)
        return elections.publish_odds(by=first, lot=lot, panels=[Panel((1, 1), TICKETS)])

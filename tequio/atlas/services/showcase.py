"""Telling everybody who is represented: opened by the coordination, counted once a month, small groups withheld."""

from collections import Counter
from datetime import date
from typing import Any

from django.db import transaction

from tequio.atlas import access, events
from tequio.atlas.models import Showcase
from tequio.atlas.rules.representation import shown_to_all
from tequio.atlas.selectors.representation import BY, SEATS, SPOKE, representation
from tequio.core.actor import Actor, system
from tequio.networks.models import Network
from tequio.people.rules.showing import EVERYBODY
from tequio.people.selectors.voices import today_of

MEMBERS = "MEMBERS"


@transaction.atomic
def open_showcase(*, by: Actor, network: Network) -> Showcase:
    """Let everybody see who is represented, as far as each organization shows it to everybody. Source: XCT-05."""
    access.open_showcase.require(by)
    row, _new = Showcase.objects.select_for_update().get_or_create()
    if not row.open:
        row.open = True
        row.save()
        events.showcase_opened.record(row, by=by)
    count_showcase(network=network)
    row.refresh_from_db()
    return row


@transaction.atomic
def shut_showcase(*, by: Actor) -> None:
    """Let strangers no longer see who is represented."""
    access.open_showcase.require(by)
    row = Showcase.objects.select_for_update().filter(open=True).first()
    if row is not None:
        row.open = False
        row.save()
        events.showcase_shut.record(row, by=by)


@transaction.atomic
def count_showcase(*, network: Network, on: date | None = None) -> bool:
    """Count once a month what everybody sees, where it is open; say whether it was counted."""
    day = on or today_of(network)
    row = Showcase.objects.select_for_update().filter(open=True).first()
    if row is None or str(row.told.get("on", ""))[:7] >= day.isoformat()[:7]:
        return False
    row.told = {"on": day.isoformat(), **{by: _told(by, day) for by in BY}}
    row.save()
    events.showcase_counted.record(row, by=system(network.pk), on=day)
    return True


def _told(by: str, day: date) -> dict[str, Any]:
    seen = representation(None, by, days=[day], level=EVERYBODY)
    spoke: Counter[str] = Counter()
    for each in seen.words.values():
        spoke.update(each)
    return shown_to_all({MEMBERS: seen.members[0], SEATS: seen.seats[0], SPOKE: dict(spoke)}, base=MEMBERS)

"""What the charter promises to do regularly, held against what was written down. Source: XCT-06."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Value

from tequio.atlas.rules.rhythms import YEAR, Told, told, told_letter
from tequio.core import clock
from tequio.core.actor import Actor
from tequio.decisions.models import Live
from tequio.founding.models import Article, Charter, CharterState, Workshop
from tequio.membership.models import Occasion
from tequio.networks.models import Gathering, Network
from tequio.networks.selectors import rhythms
from tequio.notify.selectors import last_weekly

ARTICLE = "rhythms"


@dataclass(frozen=True)
class Promise:
    """One thing that is promised so many times a year, and what came of it."""

    kind: Gathering
    times_a_year: int
    told: Told


def promises(actor: Actor, *, network: Network) -> tuple[date | None, list[Promise]]:
    """Return since when the charter promises as it does, and each promise with what came of it; five questions.

    A meeting of members is a date online to which who came was written down, or a day on which all took a decision
    step by step; two on one day are one. They meet in person at other such dates, and at workshops that have a place.
    """
    zone = clock.zone_of(network.time_zone)
    since, today = _since(zone), clock.now().astimezone(zone).date()
    agreed = {kind: times for kind, times in rhythms().items() if times}
    if since is None or not agreed:
        return since, []
    days = _days(zone, today)
    found = []
    for kind in Gathering:
        if kind == Gathering.DIGEST and kind in agreed:
            last = last_weekly(network_id=network.pk)
            sent = last.astimezone(zone).date() if last else None
            found.append(Promise(kind, agreed[kind], told_letter(agreed[kind], sent, since=since, on=today)))
        elif kind in agreed:
            found.append(Promise(kind, agreed[kind], told(agreed[kind], days[kind], since=since, on=today)))
    return since, found


def _since(zone: ZoneInfo) -> date | None:
    """The day on which the words that hold today came into force."""
    version = Article.objects.filter(charter__state=CharterState.IN_FORCE, key=ARTICLE).values("since")
    row = Charter.objects.filter(version__in=version, in_force_at__isnull=False).first()
    return row.in_force_at.astimezone(zone).date() if row and row.in_force_at else None


def _days(zone: ZoneInfo, today: date) -> dict[Gathering, set[date]]:
    """The days of the last year on which members met online, met in person, and held a workshop."""
    earliest = clock.now() - YEAR - timedelta(days=1)
    found: dict[Gathering, set[date]] = {kind: set() for kind in Gathering}
    lives = Live.objects.filter(proposal__circle=None, opened_at__gte=earliest)
    met = Occasion.objects.filter(held_at__isnull=False, at__gte=earliest).values_list("at", "online")
    for at, online in met.union(lives.values_list("opened_at", Value(True)), all=True):
        found[Gathering.MEETING if online else Gathering.FACE_TO_FACE].add(_day(at, zone))
    held = Workshop.objects.filter(held_on__gte=earliest.date(), held_on__lte=today)
    for day, place in held.order_by().values_list("held_on", "place"):
        found[Gathering.WORKSHOP].add(day)
        if place:
            found[Gathering.FACE_TO_FACE].add(day)
    return found


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()

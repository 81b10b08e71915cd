"""The double links of a network: which hold, which are red, and why. A link is never stored, it is asked."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from tequio.governance.models import Circle, Seat, Waiver, active_on, open_on
from tequio.governance.rules import LINKED, SENDING, Held, Link, Role, link_of
from tequio.people.selectors.voices import network_today

_KINDS = sorted(kind.value for kind in LINKED)
_ENDS = [role.value for role in SENDING]


def linked(on: date) -> QuerySet[Circle]:
    """The circles that owe a double link on a day to the one around them."""
    around = Circle.objects.filter(open_on(on), kind__in=_KINDS)
    return Circle.objects.filter(open_on(on), kind__in=_KINDS, parent__in=around).order_by("pk")


def waived(on: date) -> Exists:
    """Return the condition that a circle's link may hang on one person on a day. Source: C9."""
    rows = Waiver.objects.filter(circle=OuterRef("pk"), ended_at=None, since__lte=on, until__gt=on)
    return Exists(rows)


def red_links(on: date | None = None) -> QuerySet[Circle]:
    """The circles whose double link is broken on a day: the rule ``rules.link_of`` as one question to the database.

    That a circle has one leader at most is a constraint; so there is no counting here. Source: GOV-13, GOV-14.
    """
    day = on or network_today()
    ends = Seat.objects.filter(active_on(day), circle=OuterRef("pk"), role__in=_ENDS)
    whole = _is_member("circle", day) & _is_member("circle__parent", day) & ~Q(entry=None)
    both = Exists(_other_end(day))
    missing = ~Exists(ends.filter(role=Role.LEADER)) | ~Exists(ends.filter(role=Role.DELEGATE))
    lame = Exists(ends.filter(~whole | both))
    carried = Exists(ends.filter(whole & ~both))
    return linked(day).filter(missing | lame).exclude(waived(day) & carried)


def _is_member(place: str, day: date) -> Exists:
    """Return the condition that whoever holds a seat is a full member, by a decision, of the circle at ``place``."""
    rows = Seat.objects.filter(active_on(day), role=Role.MEMBER, participant=OuterRef("participant"))
    return Exists(rows.filter(circle=OuterRef(place)).exclude(entry=None))


def _other_end(day: date) -> QuerySet[Seat]:
    rows = Seat.objects.filter(
        active_on(day), role__in=_ENDS, participant=OuterRef("participant"), circle=OuterRef("circle")
    )
    return rows.exclude(role=OuterRef("role"))


def links(on: date | None = None) -> list[Link]:
    """Every double link of the network on a day, with what is missing, in two questions to the database."""
    day = on or network_today()
    return links_among(_pairs(linked(day), day), day)


def _pairs(rows: QuerySet[Circle], on: date) -> list[tuple[int, int, bool]]:
    found = rows.annotate(hangs=waived(on)).values_list("pk", "parent_id", "hangs")
    return [(child, parent, hangs) for child, parent, hangs in found if parent is not None]


def links_among(pairs: Sequence[tuple[int, int, bool]], on: date) -> list[Link]:
    """The links of these pairs (child, parent, waived)."""
    around = {circle for child, parent, _hangs in pairs for circle in (child, parent)}
    rows = Seat.objects.filter(active_on(on), circle__in=around, role__in=[Role.MEMBER, *_ENDS])
    seats = [
        Held(circle, person, role, entry is not None)
        for circle, person, role, entry in rows.values_list("circle_id", "participant_id", "role", "entry")
    ]
    return [link_of(child, parent, seats, waived=hangs) for child, parent, hangs in pairs]

"""Opening, changing and closing groups."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.core.texts import Texts
from tequio.governance import access, events, selectors
from tequio.governance.models import Circle, DomainItem, Seat
from tequio.governance.rules import Ended, Kind, Regime, Role
from tequio.governance.rules.trees import fits
from tequio.governance.services.seats import end_seats, found_seats, mandate_end, require_ground
from tequio.notify import services as notify
from tequio.people.models import Participant
from tequio.people.selectors.voices import network_today
from tequio.register.events import ref_of


@transaction.atomic
def open_circle(
    *,
    by: Actor,
    name: Texts,
    aim: Texts,
    kind: str = Kind.CIRCLE,
    parent: Circle | None = None,
    domain: Sequence[Texts] = (),
    handed_down: Collection[DomainItem] = (),
    members: Collection[Participant] = (),
    regime: str = Regime.EXPLORE,
    term_months: int = 12,
    reports_every: int | None = None,
    ring: int | None = None,
    expires_on: date | None = None,
    cooling_off_months: int = 0,
    entry: UUID | None = None,
) -> Circle:
    """Open a circle, helping circle, ring, working group or the coordination body, with its first members.

    ``domain`` are things that it decides alone; ``handed_down`` parts of the domain of the circle around it.
    ``entry`` is the decision it rests on; without one its first members rest on the opening itself.
    Raises Refused for a group without name or aim, or in a place where it does not fit. Source: GOV-11, GOV-21, C1, C2, C5, C7.
    """
    access.open_circle.require(by, parent, selectors.standing(by, parent))
    today = network_today()
    _require_place(kind, parent, expires_on=expires_on, today=today)
    circle = Circle.objects.create(
        name=_written(name), aim=_written(aim), kind=Kind(kind), parent=parent, ring=_ring(kind, ring),
        regime=Regime(regime), term_months=term_months, reports_every=reports_every, opened_on=today,
        expires_on=expires_on if kind == Kind.HELPING else None, cooling_off_months=cooling_off_months,
    )  # fmt: skip
    _set_domain(circle, own=domain, handed_down=handed_down)
    if entry is not None or (kind == Kind.COORDINATION and members):
        require_ground(circle=circle, role=Role.MEMBER, entry=entry)
    opened = events.circle_opened.record(
        circle, by=by, circle=circle.name, uuid=circle.uuid, kind=circle.kind, aim=circle.aim, entry=entry,
        parent=parent.uuid if parent else None, ring=circle.ring,
    )  # fmt: skip
    found_seats(
        by=by, circle=circle, members=members, entry=entry or opened.pk, until=mandate_end(circle=circle)
    )
    return circle


def _written(texts: Texts) -> dict[str, str]:
    kept = {language: text.strip() for language, text in texts.items() if text.strip()}
    if not kept:
        raise Refused(_("A group has a name and an aim."))
    return kept


def _ring(kind: str, ring: int | None) -> int | None:
    """Return the number of a ring: 0 for the coordination, 1 for working groups unless another is named."""
    if kind == Kind.COORDINATION:
        return 0
    if kind == Kind.WORKING_GROUP:
        return ring or 1
    if kind == Kind.RING and not ring:
        raise Refused(_("A ring has a number, from 1 on."))
    return ring if kind == Kind.RING else None


def _require_place(kind: str, parent: Circle | None, *, expires_on: date | None, today: date) -> None:
    if parent is not None and parent.closed_at is not None:
        raise Refused(_("The circle around it is closed."))
    if not fits(kind, parent.kind if parent else None):
        raise Refused(_("A group of this kind does not belong there."))
    if kind == Kind.HELPING and (expires_on is None or expires_on <= today):
        raise Refused(_("A helping circle ends on a day that is still to come."))
    taken = Circle.objects.filter(kind=kind, closed_at=None)
    if kind == Kind.COORDINATION and taken.exists():
        raise Refused(_("There is a coordination body already."))
    if kind == Kind.CIRCLE and parent is None and taken.filter(parent=None).exists():
        raise Refused(_("Say in which circle it lies: one circle already holds all the others."))


def _set_domain(circle: Circle, *, own: Sequence[Texts], handed_down: Collection[DomainItem]) -> None:
    for item in handed_down:
        if item.circle_id != circle.parent_id:
            raise Refused(_("A circle hands down parts of its own domain."))
        if DomainItem.objects.filter(of=item).exists():
            raise Refused(_("Another circle has this part of the domain already."))
    start = DomainItem.objects.filter(circle=circle).count()
    rows = [DomainItem(circle=circle, of=item, texts=item.texts) for item in handed_down]
    rows += [DomainItem(circle=circle, texts=dict(texts)) for texts in own if any(texts.values())]
    for position, row in enumerate(rows, start):
        row.position = position
    DomainItem.objects.bulk_create(rows)


@transaction.atomic
def change_circle(
    *,
    by: Actor,
    circle: Circle,
    name: Texts,
    aim: Texts,
    policies: Texts,
    own: Sequence[Texts],
    regime: str,
    term_months: int,
    reports_every: int | None = None,
    cooling_off_months: int = 0,
    expires_on: date | None = None,
) -> Circle:
    """Write down what a group is for now and how it works; ``own`` are the parts of its domain that nobody handed down."""
    circle = hold(circle=circle)
    access.change_circle.require(by, circle, selectors.standing(by, circle))
    if circle.kind == Kind.HELPING and (expires_on is None or expires_on <= network_today()):
        raise Refused(_("A helping circle ends on a day that is still to come."))
    circle.name, circle.aim = _written(name), _written(aim)
    circle.policies = {language: text for language, text in policies.items() if text.strip()}
    circle.regime, circle.term_months, circle.reports_every = Regime(regime), term_months, reports_every
    circle.cooling_off_months = cooling_off_months
    circle.expires_on = expires_on if circle.kind == Kind.HELPING else None
    circle.save()
    _rewrite_domain(circle, own)
    events.circle_changed.record(circle, by=by, circle=circle.name, uuid=circle.uuid, aim=circle.aim)
    return circle


def _rewrite_domain(circle: Circle, own: Sequence[Texts]) -> None:
    """Keep the parts that are still written, add new ones, drop the others; a part handed on stays."""
    kept = [dict(texts) for texts in own]
    rows = DomainItem.objects.filter(circle=circle, of=None)
    known = [row for row in rows if row.texts in kept]
    gone = rows.exclude(pk__in=[row.pk for row in known])
    if gone.filter(handed_down__isnull=False).exists():
        raise Refused(_("A part of the domain that was handed down stays until it is handed back."))
    gone.delete()
    fresh = [texts for texts in kept if texts not in [row.texts for row in known]]
    last = DomainItem.objects.filter(circle=circle).order_by("-position").first()
    start = last.position + 1 if last else 0
    rows_new = [DomainItem(circle=circle, texts=texts, position=start + n) for n, texts in enumerate(fresh)]
    DomainItem.objects.bulk_create(rows_new)


@transaction.atomic
def close_circle(*, by: Actor, circle: Circle, why: str) -> Circle:
    """Close a group: its seats end, and what it decided goes back to the circle around it.

    Raises Refused while other groups lie in it, and without a reason.
    """
    circle = hold(circle=circle)
    access.close_circle.require(by, circle, selectors.standing(by, circle))
    if not why.strip():
        raise Refused(_("Say why: it is written into the register."))
    if Circle.objects.filter(parent=circle, closed_at=None).exists():
        raise Refused(_("Other groups lie in this one: close them first."))
    end_seats(by=by, seats=Seat.objects.filter(circle=circle, ended_at=None), why=Ended.CLOSED)
    end_seats(by=by, seats=Seat.objects.filter(sent_by=circle, ended_at=None), why=Ended.CLOSED)
    DomainItem.objects.filter(circle=circle).update(of=None)
    circle.closed_at = clock.now()
    circle.save(update_fields=["closed_at"])
    notify.close_asks(subject=ref_of(circle))
    events.circle_closed.record(circle, by=by, circle=circle.name, uuid=circle.uuid, why=why.strip())
    return circle


def hold(*, circle: Circle) -> Circle:
    """Return the group as it stands now, held until the transaction ends."""
    return Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)

"""Taking no part for a while: a member pauses and comes back, by itself on the day or by hand."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.notify import services as notify
from tequio.people import access, events
from tequio.people.models import Membership, Participant, Pause, Status, Voice
from tequio.people.models.memberships import VOICED
from tequio.people.selectors.voices import network_today

SPEAKING = (
    "consent",
    "vote",
    "ratification",
    "objection",
    "code",
    "delegate",
    "needs",
    "second",
    "meet",
    "look",
)
LONGEST = 366


@transaction.atomic
def pause(*, by: Actor, membership: Membership, from_on: date, until_on: date | None = None) -> Pause:
    """Let a member take no part from a day until before another, or until it says so; from today, at once.

    Raises Refused for days in the past, more than a year, or a second pause.
    """
    access.pause_membership.require(by, membership)
    membership = _hold(membership)
    if membership.status not in VOICED or open_pause(membership=membership):
        raise Refused(_("A pause is written down already."))
    _require_days(from_on, until_on)
    row = Pause.objects.create(
        membership=membership,
        from_on=from_on,
        until_on=until_on,
        asked_by_id=by.participant_id,
        asked_at=clock.now(),
    )
    if from_on <= network_today():
        _begin(row, by=by)
    else:
        events.pause_planned.record(
            membership, by=by, name=membership.name, from_on=from_on, until_on=until_on
        )
    return row


def _require_days(from_on: date, until_on: date | None) -> None:
    if from_on < network_today():
        raise Refused(_("A pause starts today or later."))
    if until_on is not None and not 1 <= (until_on - from_on).days <= LONGEST:
        raise Refused(_("A pause lasts from one day to a year."))


def _hold(membership: Membership) -> Membership:
    return Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)


def open_pause(*, membership: Membership) -> Pause | None:
    """Return the pause that is on, or written down for later."""
    return Pause.objects.filter(membership=membership, ended_at=None).first()


def _begin(row: Pause, *, by: Actor) -> None:
    membership = _hold(row.membership)
    row.before, row.began_at = membership.status, clock.now()
    row.save(update_fields=["before", "began_at"])
    membership.status = Status.PAUSED
    membership.save(update_fields=["status"])
    _let_nothing_wait(membership)
    events.paused.record(
        membership,
        by=by,
        name=membership.name,
        from_on=row.from_on,
        until_on=row.until_on,
        uuid=membership.uuid,
    )


def _let_nothing_wait(membership: Membership) -> None:
    """Close what waits for the member's people; who looks after something for the whole network keeps that."""
    for participant in Participant.objects.filter(membership=membership, until_on=None):
        kinds = SPEAKING if participant.duties else None
        notify.close_asks_of(person_id=participant.person_id, kinds=kinds)


@transaction.atomic
def resume(*, by: Actor, membership: Membership) -> Membership:
    """End a pause, or let one that has not begun not begin."""
    access.pause_membership.require(by, membership)
    row = Pause.objects.select_for_update(of=("self",)).filter(membership=membership, ended_at=None).first()
    if row is None:
        raise Refused(_("There is no pause to end."))
    return _end(row, by=by)


def _end(row: Pause, *, by: Actor) -> Membership:
    membership = _hold(row.membership)
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    if row.began_at is None:
        events.pause_dropped.record(membership, by=by, name=membership.name, uuid=membership.uuid)
        return membership
    membership.status = row.before or Status.ACTIVE
    membership.save(update_fields=["status"])
    events.resumed.record(membership, by=by, name=membership.name, uuid=membership.uuid)
    return membership


@transaction.atomic
def turn_pauses(*, network_id: int) -> int:
    """Begin the pauses whose day has come and end those that are over; return how many."""
    by, today = system(network_id), network_today()
    rows = Pause.objects.select_for_update(of=("self",)).select_related("membership").filter(ended_at=None)
    due = rows.filter(Q(until_on__lte=today) | Q(began_at=None, from_on__lte=today)).order_by("pk")
    turned = list(due)
    for row in turned:
        if row.until_on is not None and row.until_on <= today:
            _end(row, by=by)
        else:
            _begin(row, by=by)
    return len(turned)


def speaking_for(*, membership: Membership) -> list[Participant]:
    """Return who carries the member's voice."""
    rows = Participant.objects.filter(
        membership=membership, until_on=None, voice__in=[Voice.DELEGATE, Voice.SUBSTITUTE]
    )
    return list(rows.select_related("person").order_by("pk"))

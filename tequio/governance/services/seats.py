"""Taking a seat and leaving it."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.governance import access, events, selectors
from tequio.governance.models import ENDINGS, ROLES, Circle, Seat, active_on
from tequio.governance.rules import ALONE, SENDING, Ended, Kind, Role
from tequio.governance.rules.grounds import Wrong, wrong_with
from tequio.governance.rules.terms import may_begin, months_after
from tequio.notify import services as notify
from tequio.people import services as people
from tequio.people.models import Duty, Participant
from tequio.people.selectors.acting import coordinates_alone
from tequio.people.selectors.voices import network_today
from tequio.register.events import ref_of

WRONGS: dict[str, str | Promise] = {
    Wrong.NO_DECISION: gettext_lazy("Say on which decision this rests: this entry decided nothing."),
    Wrong.NOT_BY_CONSENT: gettext_lazy(
        "Whoever leads a circle is chosen without objections, never by a majority."
    ),
    Wrong.OTHER_CIRCLE: gettext_lazy("Another circle decided this: it seats nobody here."),
    Wrong.ONLY_FIRST_MEMBERS: gettext_lazy("Opening a group seats its first members, and nobody else."),
}


@transaction.atomic
def seat(
    *,
    by: Actor,
    circle: Circle,
    participant: Participant,
    role: str,
    until: date | None = None,
    entry: UUID | None = None,
    sent_by: Circle | None = None,
) -> Seat:
    """Give somebody a role in a group until before a day, on the ground of a register entry.

    Roles but MEMBER are for its members and always have an end. A role for one person passes on from whoever held it;
    who had it takes a new mandate, never the old one longer. Leader and delegate are different people; in the
    coordination, length, renewals and rest are those of the charter. Raises Refused otherwise. Source: GOV-14, GOV-16,
    GOV-19, GOV-20, C3, C4, C6.
    """
    circle = Circle.objects.select_for_update(of=("self",)).get(pk=circle.pk)
    access.seat.require(by, circle, selectors.standing(by, circle))
    today, role = network_today(), Role(role)
    _require_open(circle, participant, today)
    _require_term(circle, role, until=until, today=today)
    require_ground(circle=circle, role=role, entry=entry)
    _require_fit(circle, participant, role, today=today)
    renewals = _renewals(circle, participant, role, today=today)
    _make_room(circle, participant, role, by=by, today=today)
    sender = sent_by or _sender(circle, participant, role, today)
    row = Seat.objects.create(
        circle=circle, participant=participant, role=role, since=today, until=until, entry=entry,
        renewals=renewals, sent_by=sender,
    )  # fmt: skip
    _record_seat(row, by=by)
    _coordinate(circle, participant, role)
    _end_interim(row)
    notify.close_asks(subject=f"{ref_of(circle)}/{participant.pk}", because=notify.Closed.DONE)
    return row


def _require_open(circle: Circle, participant: Participant, today: date) -> None:
    if circle.closed_at is not None or (circle.expires_on and circle.expires_on <= today):
        raise Refused(_("This group is closed."))
    if participant.until_on is not None:
        raise Refused(_("This person no longer takes part."))


def _require_term(circle: Circle, role: Role, *, until: date | None, today: date) -> None:
    mandate = role != Role.MEMBER or circle.kind == Kind.COORDINATION
    if until is None:
        if mandate:
            raise Refused(_("Say until when: every mandate has an end."))
        return
    if until <= today:
        raise Refused(_("A term ends on a day that is still to come."))
    if circle.kind == Kind.COORDINATION and role == Role.MEMBER:
        longest = selectors.mandate_rule(circle).months
        if until > months_after(today, longest):
            raise Refused(
                _("The charter says how long a mandate lasts: %(months)s months.") % {"months": longest}
            )


def require_ground(*, circle: Circle, role: str, entry: UUID | None) -> None:
    """Refuse an entry that is no decision; the two ends of a link, and the coordination, never sit without one."""
    found = selectors.ground(entry)
    needed = (circle.kind == Kind.CIRCLE and role in SENDING) or circle.kind == Kind.COORDINATION
    if found is None:
        if entry is not None or needed:
            raise Refused(_("Say on which decision of the register this rests."))
        return
    near = {str(one) for one in Circle.objects.filter(_tied(circle)).values_list("uuid", flat=True)}
    if wrong := wrong_with(found.kind, found.facts, role=role, circle=circle.kind, near=near):
        raise Refused(str(WRONGS[wrong]))


def _tied(circle: Circle) -> Q:
    """Return the condition of a circle, the one around it, and those inside it."""
    return Q(pk__in=[circle.pk, circle.parent_id or 0]) | Q(parent=circle)


def require_decision(*, entry: UUID | None) -> None:
    """Refuse an entry that is not in the register, or decided nothing."""
    found = selectors.ground(entry)
    if found is None or wrong_with(found.kind, found.facts, role=Role.DELEGATE, circle=Kind.CIRCLE):
        raise Refused(_("Say on which decision of the register this rests."))


def _require_fit(circle: Circle, participant: Participant, role: Role, *, today: date) -> None:
    seats = Seat.objects.filter(active_on(today), circle=circle, participant=participant)
    mine = set(seats.values_list("role", flat=True))
    if role != Role.MEMBER and Role.MEMBER not in mine:
        raise Refused(_("Roles are for members of the group: seat them as a member first."))
    if role in SENDING and mine & (set(SENDING) - {role}):
        raise Refused(_("Whoever leads a circle is not its delegate: two people tie two circles."))
    if role == Role.MEMBER and Role.MEMBER in mine and circle.kind != Kind.COORDINATION:
        raise Refused(_("This person is in it already."))


def _renewals(circle: Circle, participant: Participant, role: Role, *, today: date) -> int:
    """Return how many mandates in a row came before; in the coordination refuse one too many. Source: GOV-20."""
    if circle.kind == Kind.COORDINATION and role == Role.MEMBER:
        past = selectors.mandates_of(circle, [participant.pk]).get(participant.pk, [])
        if not may_begin(past, on=today, rule=selectors.mandate_rule(circle)):
            raise Refused(_("This person has had as many mandates in a row as the charter allows."))
        return selectors.renewals_of(circle, participant, on=today)
    before = (
        Seat.objects.filter(circle=circle, participant=participant, role=role)
        .order_by("-since", "-pk")
        .first()
    )
    follows = before is not None and role != Role.MEMBER and (before.until is None or before.until >= today)
    return before.renewals + 1 if before is not None and follows else 0


def _make_room(circle: Circle, participant: Participant, role: Role, *, by: Actor, today: date) -> None:
    """End what stands in the place: seats whose term is over, whose holder is gone, or that pass on now."""
    rows = Seat.objects.select_for_update(of=("self",)).filter(circle=circle, role=role, ended_at=None)
    rows = rows if role in ALONE else rows.filter(participant=participant)
    for row in rows:
        over = row.until is not None and row.until <= today
        _end(row, why=Ended.TERM if over or row.participant_id == participant.pk else Ended.REPLACED, by=by)


def _sender(circle: Circle, participant: Participant, role: Role, today: date) -> Circle | None:
    """Return the circle that sends a new member into the one around it, or None."""
    if role != Role.MEMBER:
        return None
    ends = Seat.objects.filter(
        active_on(today), participant=participant, role__in=SENDING, circle__parent=circle
    )
    found = ends.filter(circle__closed_at=None).select_related("circle").first()
    return found.circle if found else None


def _record_seat(row: Seat, *, by: Actor) -> None:
    event = events.seated if row.until else events.member_seated
    event.record(
        row, by=by, **_facts(row), until=row.until, renewals=row.renewals, entry=row.entry,
        sent_by=row.sent_by.uuid if row.sent_by else None,
    )  # fmt: skip


def _facts(row: Seat) -> dict[str, Any]:
    """Return what members may know of a seat, for the register."""
    return {
        "name": row.participant.name,
        "participant": row.participant.uuid,
        "circle": row.circle.name,
        "uuid": row.circle.uuid,
        "seat": row.uuid,
        "role": said_in_all(label=dict(ROLES)[row.role]),
    }


def said_in_all(*, label: str | Promise) -> dict[str, str]:
    """Return a word in each language of the interface: the register speaks its reader's."""
    texts = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            texts[code] = str(label)
    return texts


def _coordinate(circle: Circle, participant: Participant, role: str) -> None:
    """Let who sits in the coordination body have its duty, on which permissions rest."""
    if circle.kind == Kind.COORDINATION and role == Role.MEMBER:
        people.give_duty(by=system(circle.network_id), participant=participant, duty=Duty.COORDINATION)


def _end_interim(row: Seat) -> None:
    """Let whoever stayed until somebody is chosen go, now that somebody is."""
    if not _is_mandate(row):
        return
    stayed = Seat.objects.filter(circle=row.circle, interim=True, ended_at=None).exclude(
        participant=row.participant
    )
    for each in stayed.select_related("circle", "participant"):
        let_go(seat=each, why=Ended.REPLACED)


@transaction.atomic
def end_seat(*, by: Actor, seat: Seat, why: str, entry: UUID | None = None) -> Seat:
    """Let somebody leave a seat: given back, or ended by those who keep the group.

    Who is removed is removed by a decision (``entry``). With a membership its roles end, and with the end of a link the
    membership of the circle around it that came with it. Ended twice, it acts once. Source: GOV-14, GOV-16.
    """
    seat = (
        Seat.objects.select_for_update(of=("self",)).select_related("circle", "participant").get(pk=seat.pk)
    )
    if seat.ended_at is not None:
        return seat
    access.end_seat.require(by, seat, selectors.standing(by, seat.circle))
    if why == Ended.REMOVED and not by.is_system and selectors.ground(entry) is None:
        raise Refused(_("Somebody is removed only by a decision: say which one."))
    if _is_mandate(seat):
        people.take_duty(by=system(seat.network_id), participant=seat.participant, duty=Duty.COORDINATION)
    _end(seat, why=Ended(why), by=by)
    return seat


def _is_mandate(seat: Seat) -> bool:
    return seat.circle.kind == Kind.COORDINATION and seat.role == Role.MEMBER


@transaction.atomic
def let_go(*, seat: Seat, why: str, keep_duty: bool = False) -> None:
    """End a mandate of the coordination by itself; its duty goes too, unless nobody else would coordinate."""
    by = system(seat.network_id)
    if not keep_duty and not coordinates_alone(seat.participant):
        people.take_duty(by=by, participant=seat.participant, duty=Duty.COORDINATION)
    _end(seat, why=Ended(why), by=by)


def _end(seat: Seat, *, why: Ended, by: Actor) -> None:
    seat.ended_at, seat.ended_why = clock.now(), why
    seat.save(update_fields=["ended_at", "ended_why"])
    events.seat_ended.record(seat, by=by, **_facts(seat), why=said_in_all(label=dict(ENDINGS)[why.value]))
    for row in _hanging_on(seat) if why != Ended.TERM else ():
        _end(row, why=Ended.LEFT, by=by)


def _hanging_on(seat: Seat) -> Iterable[Seat]:
    """Return the open seats that go with this one."""
    mine = Seat.objects.select_related("circle", "participant").filter(
        participant=seat.participant, ended_at=None
    )
    if seat.role == Role.MEMBER:
        return list(mine.filter(circle=seat.circle).exclude(pk=seat.pk))
    if seat.role in SENDING and not mine.filter(circle=seat.circle, role__in=SENDING).exists():
        return list(mine.filter(sent_by=seat.circle))
    return []


def end_seats(*, by: Actor, seats: Iterable[Seat], why: str) -> None:
    """End several seats for the same reason; who may has been asked before."""
    for row in seats:
        fresh = (
            Seat.objects.select_for_update(of=("self",))
            .select_related("circle", "participant")
            .get(pk=row.pk)
        )
        if fresh.ended_at is None:
            _end(fresh, why=Ended(why), by=by)


def found_seats(
    *, by: Actor, circle: Circle, members: Collection[Participant], entry: UUID, until: date | None
) -> None:
    """Seat the first members of a group; who may has been asked before."""
    for participant in members:
        row = Seat.objects.create(
            circle=circle,
            participant=participant,
            role=Role.MEMBER,
            since=circle.opened_on,
            until=until,
            entry=entry,
        )
        _record_seat(row, by=by)
        _coordinate(circle, participant, Role.MEMBER)


def mandate_end(*, circle: Circle) -> date | None:
    """Return when a mandate of the coordination that begins today ends; other memberships have no end."""
    if circle.kind != Kind.COORDINATION:
        return None
    return months_after(circle.opened_on, selectors.mandate_rule(circle).months)

"""What the clock brings up: terms that near their end, the coordination until the next one, reports that are missing."""

from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from tequio.core.actor import system
from tequio.governance import events, selectors
from tequio.governance.models import Circle, Report, Seat, open_on
from tequio.governance.rules import Ended, Kind, Role
from tequio.governance.rules.terms import INTERIM_DAYS, REMIND_BEFORE_DAYS, SELECT_BEFORE_DAYS, stretches
from tequio.governance.services.seats import let_go
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.notify.models import Ask
from tequio.notify.words import phrase
from tequio.people.selectors.acting import coordinators
from tequio.people.selectors.voices import network_today
from tequio.register.events import ref_of

Words = str | Promise
SELECT = (
    gettext_lazy("Open the next selection of the coordination"),
    gettext_lazy("A mandate ends soon. Whoever follows is chosen or drawn, never kept on by silence."),
)
CHOOSE = (
    gettext_lazy("A term ends in “%(circle)s”"),
    gettext_lazy("Choose somebody for it, or choose the same person again."),
)
REPORT = (
    gettext_lazy("“%(circle)s” owes a report"),
    gettext_lazy("Tell the network what you did, what is next and what you need."),
)


@transaction.atomic
def look_after_terms(*, network: Network) -> int:
    """Bring up what ends soon, once each: the coordination's next selection 60 days before, other terms 30, 7 and 0.

    Return how many times somebody was asked. Source: GOV-19, C6.
    """
    today = network_today()
    ending = selectors.active(today).filter(until__lte=today + timedelta(days=SELECT_BEFORE_DAYS))
    asked = 0
    for seat in ending.select_related("circle").order_by("until", "pk"):
        if seat.circle.kind == Kind.COORDINATION and seat.role == Role.MEMBER:
            subject = f"{ref_of(seat.circle)}/{seat.until}"
            fresh = _ask_once(network, seat.circle, subject, SELECT, until=seat.until, kind="mandate")
            if fresh:  # the app above prepares it
                events.selection_due.record(
                    seat.circle,
                    by=system(network.pk),
                    circle=seat.circle.name,
                    uuid=seat.circle.uuid,
                    until=seat.until,
                )
            asked += fresh
        elif seat.role != Role.MEMBER and (left := _threshold(seat, today)) is not None:
            subject = f"{ref_of(seat)}/{left}"
            asked += _ask_once(network, seat.circle, subject, CHOOSE, until=seat.until, kind="mandate")
    return asked


def _threshold(seat: Seat, today: date) -> int | None:
    """Return the smallest of 30, 7 and 0 days that the end of a term has reached, or None."""
    days = (seat.until - today).days if seat.until else SELECT_BEFORE_DAYS
    reached = [limit for limit in REMIND_BEFORE_DAYS if days <= limit + (limit == 0)]
    return min(reached) if reached else None


def _ask_once(
    network: Network,
    circle: Circle,
    subject: str,
    words: tuple[Words, Words],
    *,
    until: date | None,
    kind: str,
) -> int:
    """Ask those who keep a group; what was asked about a subject before is never asked again."""
    if Ask.objects.filter(kind=kind, subject=subject).exists():
        return 0
    title, why = words
    asked = selectors.keepers_of(circle).values_list("person_id", flat=True) or coordinators().values_list(
        "person_id", flat=True
    )
    return notify.ask_each(
        person_ids=list(asked),
        kind=kind,
        title=phrase(title, circle=circle.name),
        why=phrase(why),
        minutes=10,
        path=reverse("governance:circle", args=[network.slug, circle.uuid]),
        subject=subject,
        due_at=datetime.combine(until, time(12), tzinfo=UTC) if until else None,
    )


@transaction.atomic
def turn_mandates(*, network: Network) -> int:
    """Let whoever coordinated stay until somebody is chosen, 90 days at most; end what is over. Return how many turned.

    The duty goes with the last day, unless nobody else would coordinate. Source: GOV-19.
    """
    today, body = network_today(), selectors.coordination_body()
    if body is None:
        return 0
    rows = Seat.objects.select_for_update(of=("self",)).select_related("participant", "circle")
    over = list(rows.filter(circle=body, role=Role.MEMBER, ended_at=None, until__lte=today).order_by("pk"))
    regular = selectors.active(today).filter(circle=body, role=Role.MEMBER, interim=False)
    for seat in over:
        let_go(seat=seat, why=Ended.TERM, keep_duty=not (seat.interim or regular.exists()))
        if not seat.interim and not regular.exists():
            _stay(seat, today)
    return len(over)


def _stay(seat: Seat, today: date) -> None:
    """Seat somebody again for the time until the next selection."""
    last = (seat.until or today) + timedelta(days=INTERIM_DAYS)
    if last <= today or seat.participant.until_on is not None:
        return
    row = Seat.objects.create(
        circle=seat.circle, participant=seat.participant, role=Role.MEMBER, since=today, until=last, interim=True,
        entry=seat.entry, renewals=seat.renewals,
    )  # fmt: skip
    events.interim_began.record(
        row, by=system(row.network_id), name=row.participant.name, circle=row.circle.name, until=last,
        participant=row.participant.uuid, uuid=row.circle.uuid, seat=row.uuid,
    )  # fmt: skip


@transaction.atomic
def ask_for_reports(*, network: Network) -> int:
    """Ask the groups whose last stretch is over for the report they owe, once each. Source: GOV-23."""
    today, asked = network_today(), 0
    for circle in Circle.objects.filter(open_on(today), reports_every__isnull=False).order_by("pk"):
        over = stretches(circle.opened_on, circle.reports_every or 1, on=today)[:1]
        for start, _end in over:
            if not Report.objects.filter(circle=circle, starts_on=start).exists():
                asked += _ask_once(
                    network, circle, f"{ref_of(circle)}/report/{start}", REPORT, until=None, kind="report"
                )
    return asked

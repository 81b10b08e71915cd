"""The clock of a workshop: who has not marked is reminded a day before the end, and at the end somebody signs."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app as jobs

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.decisions.sentences import ending
from tequio.founding import access, events
from tequio.founding.models import Workshop, WorkshopState
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.notify.models import Ask
from tequio.notify.rules import Reader
from tequio.people.models import Duty, Participant, Person

REMINDER = timedelta(hours=24)
SHORT = timedelta(hours=36)  # what is as short as this is fresh in everybody's mind: nobody is reminded
AGAIN = timedelta(days=3)  # after the end, when nobody has signed
MARK, SIGN = "workshop", "sign"  # the kinds of what waits
SIGN_TITLE = gettext_lazy("Count and sign the order: %(title)s")
SIGN_WHY = gettext_lazy("The time to mark is over. The order holds once you have signed it.")


def held_still(*, workshop: Workshop) -> Workshop:
    """Return the workshop as it stands, with its row locked until the transaction ends."""
    return Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)


def subject_of(*, workshop: Workshop) -> str:
    """Return the subject of what waits for people about a workshop."""
    return f"founding.Workshop:{workshop.pk}"


def schedule(*, workshop: Workshop) -> None:
    """Set the clock for the reminder, 24 hours before the end, and for the end, where there is one."""
    if workshop.until_at is None:
        return
    facts = {"network_id": workshop.network_id, "workshop_id": workshop.pk}
    if workshop.until_at - clock.now() > SHORT and workshop.reminded_at is None:
        job = jobs.configure_task(
            "tequio.founding.tasks.remind_to_mark", schedule_at=workshop.until_at - REMINDER
        )
        job.defer(**facts)
    for at in (workshop.until_at, workshop.until_at + AGAIN):
        jobs.configure_task("tequio.founding.tasks.ask_to_sign", schedule_at=at).defer(**facts)


@transaction.atomic
def give_more_time(*, by: Actor, workshop: Workshop, until_at: datetime) -> Workshop:
    """Let people mark for longer than was said; who has not marked finds it among what waits for them again."""
    workshop = held_still(workshop=workshop)
    access.lead_workshop.require(by, workshop)
    if workshop.state != WorkshopState.MARKING:
        raise Refused(_("Nobody is asked now what comes first."))
    if until_at <= max(clock.now(), workshop.until_at or clock.now()):
        raise Refused(_("More time ends later than the time that there is."))
    late = workshop.until_at is not None and workshop.until_at <= clock.now()
    asked = Ask.objects.filter(subject=subject_of(workshop=workshop), kind=MARK)
    if late:
        asked.filter(closed_because="OVER").update(closed_at=None, closed_because="")
        notify.close_asks(subject=subject_of(workshop=workshop), kind=SIGN)
    asked.filter(closed_at=None).update(due_at=until_at)
    workshop.until_at = until_at
    workshop.save(update_fields=["until_at"])
    schedule(workshop=workshop)
    events.more_time_given.record(
        workshop, by=by, uuid=workshop.uuid, title=workshop.title, until=until_at.date()
    )
    return workshop


@transaction.atomic
def remind_to_mark(*, network: Network, workshop: Workshop) -> int:
    """Write to those who were asked and have not marked, once, within a day of the end; return how many letters."""
    workshop, now = held_still(workshop=workshop), clock.now()
    until_at = workshop.until_at
    if workshop.state != WorkshopState.MARKING or workshop.reminded_at or until_at is None:
        return 0
    if not now < until_at <= now + REMINDER:
        return 0
    workshop.reminded_at = now
    workshop.save(update_fields=["reminded_at"])
    waiting = Ask.objects.filter(subject=subject_of(workshop=workshop), kind=MARK, closed_at=None)
    people = Person.objects.filter(pk__in=waiting.values("person_id"), is_active=True).order_by("pk")
    return notify.mail_each(
        readers=[Reader(*row) for row in people.values_list("pk", "email", "language")],
        kind="reminder", template="founding/mail/mark", key=f"founding.mark:{workshop.uuid}",
        context={
            "workshop": workshop, "ends": partial(ending, until_at),
            "url": _link("founding:mark-actions", network, workshop),
        },
    )  # fmt: skip


@transaction.atomic
def ask_to_sign(*, network: Network, workshop: Workshop) -> int:
    """Ask whoever holds a workshop to count and sign, once its time is over; three days later the coordination too.

    Return how many letters.
    """
    workshop, now = held_still(workshop=workshop), clock.now()
    if workshop.state != WorkshopState.MARKING or workshop.until_at is None or workshop.until_at > now:
        return 0
    again = now >= workshop.until_at + AGAIN
    people = _who_signs(workshop, again=again)
    notify.close_asks(subject=subject_of(workshop=workshop), kind=MARK)
    notify.ask_each(
        person_ids=[one.person_id for one in people], kind=SIGN, minutes=2, handable=False,
        title=notify.phrase(SIGN_TITLE, title=workshop.title), why=SIGN_WHY, subject=subject_of(workshop=workshop),
        path=reverse("founding:workshop", args=[network.slug, workshop.uuid]),
    )  # fmt: skip
    return notify.mail_each(
        readers=[Reader(one.person_id, one.person.email, one.person.language) for one in people],
        kind="reminder" if again else "asked", template="founding/mail/sign",
        key=f"founding.sign:{workshop.uuid}:{workshop.until_at:%Y%m%d}:{again:d}",
        context={"workshop": workshop, "url": _link("founding:workshop", network, workshop)},
    )  # fmt: skip


def _who_signs(workshop: Workshop, *, again: bool) -> list[Participant]:
    """Return who holds it; and the coordination, where that person has left or did not sign."""
    here = (
        Participant.objects.filter(until_on=None, person__is_active=True)
        .select_related("person")
        .order_by("pk")
    )
    holder = list(here.filter(pk=workshop.held_by_id))
    if holder and not again:
        return holder
    others = here.filter(duties__contains=[Duty.COORDINATION]).exclude(pk=workshop.held_by_id)
    return [*holder, *others]


def _link(name: str, network: Network, workshop: Workshop) -> str:
    return settings.ORIGIN.rstrip("/") + reverse(name, args=[network.slug, workshop.uuid])

"""The clock of a ballot: its letters at the beginning and a day before the end, more time once, and its result told."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app as jobs

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.decisions.sentences import ending
from tequio.elections import access, events, selectors
from tequio.elections.models import Ballot
from tequio.elections.services.ballot_facts import about, full_hour, hold_ballot, path_of_ballot
from tequio.notify import services as notify
from tequio.notify.models import Ask
from tequio.notify.rules import Reader
from tequio.people.models import Person
from tequio.people.selectors import readers
from tequio.register.events import ref_of

REMINDER = timedelta(hours=24)
SHORT = timedelta(hours=36)  # a ballot as short as this is fresh in everybody's mind: nobody is reminded
MORE_DAYS = 30


def schedule(*, ballot: Ballot) -> None:
    """Set the clock for the reminder, 24 hours before the end, and for the end."""
    assert ballot.opened_at is not None
    assert ballot.closes_at is not None
    facts = {"network_id": ballot.network_id, "ballot_id": ballot.pk}
    reminder = ballot.closes_at - REMINDER
    if ballot.closes_at - ballot.opened_at > SHORT and reminder > clock.now() and not ballot.reminded_at:
        jobs.configure_task("tequio.elections.tasks.remind", schedule_at=reminder).defer(**facts)
    jobs.configure_task("tequio.elections.tasks.close", schedule_at=ballot.closes_at).defer(**facts)


@transaction.atomic
def ask_by_letter(*, ballot: Ballot) -> int:
    """Write to everybody who has a voice that the ballot is open; return how many letters."""
    if not ballot.takes_papers(clock.now()):
        return 0
    return _write(
        ballot, kind="asked", template="elections/mail/opened", key=f"elections.opened:{ballot.uuid}"
    )


@transaction.atomic
def remind(*, ballot: Ballot) -> int:
    """Write to those whose paper is missing, once a ballot; return how many letters. Source: GOVERNANCE 4.6."""
    ballot = hold_ballot(ballot=ballot)
    now = clock.now()
    if not ballot.takes_papers(now) or ballot.reminded_at or ballot.closes_at is None:
        return 0
    if ballot.closes_at - now > REMINDER:
        return 0
    Ballot.objects.filter(pk=ballot.pk).update(reminded_at=now)
    return _write(
        ballot, kind="reminder", template="elections/mail/reminder", key=f"elections.reminder:{ballot.uuid}"
    )


@transaction.atomic
def extend_ballot(*, by: Actor, ballot: Ballot, days: int, why: str) -> Ballot:
    """Give a ballot more time, once and before it ends, for a reason that everybody reads. Source: GOVERNANCE 4.6."""
    ballot = hold_ballot(ballot=ballot)
    access.extend.require(by, ballot)
    if not 1 <= days <= MORE_DAYS:
        raise Refused(_("A ballot can be open for 30 days more at most."))
    if not why.strip():
        raise Refused(_("Say why: everybody reads it."))
    assert ballot.closes_at is not None
    ballot.closes_at = full_hour(end=ballot.closes_at + timedelta(days=days))
    ballot.extended_at, ballot.extension_reason = clock.now(), why.strip()[:1000]
    ballot.save(update_fields=["closes_at", "extended_at", "extension_reason"])
    events.extended.record(
        ballot, by=by, **about(ballot=ballot), closes_at=ballot.closes_at.strftime("%Y-%m-%d %H:%M UTC"),
        why=ballot.extension_reason,
    )  # fmt: skip
    Ask.objects.filter(subject=ref_of(ballot), closed_at=None).update(due_at=ballot.closes_at)
    schedule(ballot=ballot)
    return ballot


@transaction.atomic
def tell_of_more_time(*, ballot: Ballot) -> int:
    """Write to those whose paper is missing that there is more time, and why; return how many letters."""
    return _write(
        ballot, kind="asked", template="elections/mail/extended", key=f"elections.extended:{ballot.uuid}"
    )


@transaction.atomic
def tell_outcome(*, ballot: Ballot) -> int:
    """Write to everybody in the network what came of it; return how many letters."""
    return notify.mail_each(
        readers=readers(), kind="decision", template="elections/mail/outcome", context=_context(ballot),
        key=f"elections.outcome:{ballot.uuid}",
    )  # fmt: skip


def _write(ballot: Ballot, *, kind: str, template: str, key: str) -> int:
    people = Person.objects.filter(pk__in=selectors.persons_asked(ballot)).order_by("pk")
    return notify.mail_each(
        readers=[Reader(*row) for row in people.values_list("pk", "email", "language")],
        kind=kind, template=template, context=_context(ballot), key=key,
    )  # fmt: skip


def _context(ballot: Ballot) -> dict[str, Any]:
    assert ballot.closes_at is not None
    result = ballot.result or {}
    return {
        "ballot": ballot,
        "passes": result["stages"][0].get("passes") if result.get("stages") else None,
        "winners": result.get("winners", []),
        "cast": result.get("cast", 0),
        "ends": partial(ending, ballot.closes_at),  # said in the language of each reader
        "url": settings.ORIGIN.rstrip("/") + path_of_ballot(ballot=ballot),
    }

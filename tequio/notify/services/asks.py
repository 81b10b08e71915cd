"""What waits for whom: opened and closed by the service that causes or ends it."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Value

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.notify import access
from tequio.notify.models import Ask, Closed
from tequio.notify.services import paces
from tequio.notify.words import Words, phrase


@transaction.atomic
def ask(
    *,
    person_id: int,
    kind: str,
    title: Words,
    why: Words = "",
    minutes: int,
    path: str,
    subject: str,
    due_at: datetime | None = None,
    alone: bool = False,
    handable: bool = True,
    language: str = "",
) -> Ask:
    """Put something before a person; asked again about the same, the open ask is renewed.

    ``language`` is that of plain strings (default: the installation's).
    """
    ask_each(
        person_ids=[person_id], kind=kind, title=title, why=why, minutes=minutes, path=path, subject=subject,
        due_at=due_at, alone=alone, handable=handable, language=language,
    )  # fmt: skip
    return Ask.objects.get(person_id=person_id, kind=kind, subject=subject, closed_at=None)


@transaction.atomic
def ask_each(
    *,
    person_ids: Collection[int],
    kind: str,
    title: Words,
    why: Words = "",
    minutes: int,
    path: str,
    subject: str,
    due_at: datetime | None = None,
    alone: bool = False,
    handable: bool = True,
    language: str = "",
) -> int:
    """Put the same thing before many people, in one go; return before how many."""
    said = _said(title, language), _said(why, language)
    told = paces.minutes_of(kind=kind, guess=minutes)
    renewed = Ask.objects.filter(person_id__in=person_ids, kind=kind, subject=subject, closed_at=None)
    renewed.update(
        title=said[0], why=said[1], guess=minutes, minutes=told, path=path, due_at=due_at, alone=alone,
        handable=handable,
    )  # fmt: skip
    known = set(renewed.values_list("person_id", flat=True))
    fresh = [
        Ask(
            person_id=person_id, kind=kind, title=said[0], why=said[1], guess=minutes, minutes=told, path=path,
            subject=subject, due_at=due_at, alone=alone, handable=handable, opened_at=clock.now(),
        )
        for person_id in sorted(set(person_ids) - known)
    ]  # fmt: skip
    Ask.objects.bulk_create(fresh, batch_size=5000)
    return len(known) + len(fresh)


def _said(words: Words, language: str) -> dict[str, str]:
    if isinstance(words, str):
        return {language or settings.LANGUAGE_CODE: words} if words else {}
    return phrase(words)


@transaction.atomic(savepoint=False)
def close_asks(
    *, subject: str, person_id: int | None = None, because: str = "", kind: str | None = None
) -> int:
    """Close what waits about a subject, for one person or for all; return how many asks there were.

    Without a reason: done for a person, over for all.
    """
    open_ones = Ask.objects.filter(subject=subject, closed_at=None)
    if person_id is not None:
        open_ones = open_ones.filter(person_id=person_id)
    if kind is not None:
        open_ones = open_ones.filter(kind=kind)
    reason = because or (Closed.OVER if person_id is None else Closed.DONE)
    took = paces.took_by_sender() if reason == Closed.DONE else Value(None)
    return open_ones.update(closed_at=clock.now(), closed_because=str(reason)[:40], took=took)


@transaction.atomic
def forget_when(*, subject: str) -> None:
    """Forget at which moment each person did what was asked about a subject: all of it counts as done now."""
    Ask.objects.filter(subject=subject).exclude(closed_at=None).update(closed_at=clock.now())


@transaction.atomic
def close_asks_of(*, person_id: int, because: str = Closed.OVER, kinds: Collection[str] | None = None) -> int:
    """Close all that waits for one person in this network, such as when they leave; return how many asks there were.

    With ``kinds``, only what is of these.
    """
    open_ones = Ask.objects.filter(person_id=person_id, closed_at=None)
    if kinds is not None:
        open_ones = open_ones.filter(kind__in=kinds)
    return open_ones.update(closed_at=clock.now(), closed_because=str(because)[:40])


@transaction.atomic
def decline_ask(*, by: Actor, ask: Ask) -> None:
    """Take note that the person cannot this time. No reason is asked. Source: EXPERIENCE 3.3."""
    access.answer_ask.require(by, ask)
    Ask.objects.filter(pk=ask.pk, closed_at=None).update(
        closed_at=clock.now(), closed_because=Closed.DECLINED
    )


@transaction.atomic
def reopen_ask(*, by: Actor, ask: Ask) -> None:
    """Take a "not this time" back; what has been asked again meanwhile stays as it is."""
    access.answer_ask.require(by, ask)
    same = Ask.objects.filter(person_id=ask.person_id, kind=ask.kind, subject=ask.subject, closed_at=None)
    if not same.exists():
        declined = Ask.objects.filter(pk=ask.pk, closed_because=Closed.DECLINED)
        declined.update(closed_at=None, closed_because="")


@transaction.atomic
def hand_ask(*, by: Actor, ask: Ask, to_person_id: int) -> Ask:
    """Hand an ask to a colleague: it leaves my home and waits on theirs. The caller knows who is a colleague."""
    access.hand_ask.require(by, ask)
    open_or_declined = Ask.objects.filter(pk=ask.pk, closed_because__in=["", Closed.DECLINED])
    open_or_declined.update(closed_at=clock.now(), closed_because=Closed.HANDED)
    again = Ask.objects.filter(
        person_id=to_person_id, kind=ask.kind, subject=ask.subject, closed_at=None
    ).first()
    return again or Ask.objects.create(
        person_id=to_person_id, kind=ask.kind, title=ask.title, why=ask.why, guess=ask.guess, minutes=ask.minutes,
        path=ask.path, subject=ask.subject, due_at=ask.due_at, alone=ask.alone, handable=ask.handable, opened_at=clock.now(),
    )  # fmt: skip

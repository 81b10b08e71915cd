"""Every read: what waits for somebody, and the outbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import BigIntegerField, CharField, F

from tequio.core.actor import Actor
from tequio.core.prepared import among, prepared, slot
from tequio.notify import access
from tequio.notify.kinds import LETTERS, WEEKLY_LETTER, LetterKind
from tequio.notify.models import Ask, Closed, HowOften, Letter, Preference, State
from tequio.notify.rules import fitting


@dataclass(frozen=True)
class Waiting:
    """What fits into the minutes somebody has, and what is for another time; ``further`` of these are not read."""

    now: Sequence[Ask]
    later: Sequence[Ask]
    further: int = 0
    noted: Ask | None = None
    can_hand: bool = False

    @property
    def total_minutes(self) -> int:
        return sum(ask.minutes for ask in self.now)


MOST = 200  # of what waits for somebody: more than these nobody is shown


class _Open(NamedTuple):
    """All that has to be known of an ask to find its place."""

    pk: int
    minutes: int


_open_asks = prepared(
    lambda: (
        Ask.objects.filter(person_id=slot("person"), closed_at=None)
        .order_by(F("due_at").asc(nulls_last=True), "-alone", "opened_at", "pk")
        .values_list("pk", "minutes")[:MOST]
    )
)
_asks = prepared(
    lambda: Ask.objects.filter(among("pk", "keys", BigIntegerField())).only(
        "uuid", "kind", "title", "why", "minutes", "due_at", "path"
    )
)


def waiting(actor: Actor, *, minutes: int, most_later: int = MOST, noted: str = "") -> Waiting:
    """What waits for the actor: closes soonest first, then what waits for them alone. Source: EXPERIENCE 3.3.

    Of what is for another time only the first ``most_later`` are read: somebody may have some hundred.
    ``noted`` names the ask to which they have just said that they cannot this time.
    """
    if actor.person_id is None:
        return Waiting([], [])
    rows = [_Open(*row) for row in _open_asks(person=actor.person_id)]
    now, later = fitting(rows, minutes=minutes)
    first = later[:most_later]
    found = _found([*now, *first])
    declined = _declined(actor, noted)
    can_hand = (
        declined is not None and actor.membership_id is not None and access.hand_ask.allows(actor, declined)
    )
    further = len(later) - len(first)
    return Waiting(_in_order(now, found), _in_order(first, found), further, declined, can_hand)


def _found(rows: Sequence[_Open]) -> dict[int, Ask]:
    return {ask.pk: ask for ask in _asks(keys=[row.pk for row in rows])} if rows else {}


def _in_order(rows: Sequence[_Open], found: Mapping[int, Ask]) -> list[Ask]:
    """Return the asks of these rows; one that was closed in between is left out."""
    return [found[row.pk] for row in rows if row.pk in found]


def _declined(actor: Actor, noted: str) -> Ask | None:
    try:
        ask = ask_of(actor, UUID(noted)) if noted else None
    except ValueError:
        return None
    return ask if ask and ask.closed_because == Closed.DECLINED else None


def ask_of(actor: Actor, uuid: UUID) -> Ask | None:
    """Return one thing that waits, or waited, for the actor."""
    return Ask.objects.filter(uuid=uuid, person_id=actor.person_id or 0).first()


_asked = prepared(
    lambda: Ask.objects.filter(
        subject=slot("subject", CharField()), kind=slot("kind", CharField()), closed_at=None
    ).values_list("pk", flat=True)[:1]
)


def is_asked(*, subject: str, kind: str) -> bool:
    """Say whether something of this kind about a subject waits for anybody."""
    return bool(_asked(subject=subject, kind=kind))


def said_no_this_time(actor: Actor, *, subject: str) -> set[int]:
    """Return the persons who said that they cannot this time, so that nobody counts them as absent."""
    rows = Ask.objects.filter(subject=subject, closed_because=Closed.DECLINED)
    return set(rows.values_list("person_id", flat=True))


@dataclass(frozen=True)
class Choice:
    """A kind of letter, and how often the actor wants it."""

    kind: str
    said: LetterKind
    how_often: str


def preferences(actor: Actor) -> list[Choice]:
    """Return how often the actor wants each kind of letter from this network."""
    rows = Preference.objects.filter(person_id=actor.person_id or 0).values_list("kind", "how_often")
    chosen = dict(rows)
    return [Choice(kind, said, chosen.get(kind, _usual(said))) for kind, said in LETTERS.items()]


def _usual(said: LetterKind) -> HowOften:
    return HowOften.WEEKLY if said.weekly else HowOften.NOW


def outbox(*, is_operator: bool) -> list[Letter] | None:
    """Return the letters that wait or failed, newest first: in a demonstration to anybody, else to operators only."""
    if not (settings.DEMO or is_operator):
        return None
    return list(
        Letter.objects.filter(state__in=[State.WAITING, State.HELD, State.FAILED]).order_by("-written_at")[
            :200
        ]
    )


def letter(pk: int) -> Letter | None:
    """Return one letter of a demonstration's outbox. In a real installation nobody reads what letters say."""
    return Letter.objects.filter(pk=pk).exclude(state=State.SENT).first() if settings.DEMO else None


def last_weekly(*, network_id: int) -> datetime | None:
    """When a weekly letter of a network last left; of what was sent, the last month is kept. Source: COM-04."""
    sent = Letter.objects.filter(state=State.SENT, kind=WEEKLY_LETTER, network_id=network_id)
    return sent.order_by("-sent_at").values_list("sent_at", flat=True).first()

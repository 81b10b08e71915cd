"""The decisions on which a seat, a waiver or a change of the structure can rest."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from tequio.core.actor import Actor
from tequio.governance.rules.grounds import CHARTER, CHOSEN, DECIDED
from tequio.register.models import Entry
from tequio.register.selectors import said_to
from tequio.register.selectors.keeping import kept_among

MOST = 50
AGREED = Q(kind__in=[DECIDED, CHARTER])


@dataclass(frozen=True)
class Ground:
    """An entry of the register that decided something: when, and what in one line."""

    pk: UUID
    kind: str
    at: datetime
    title: str


def grounds(actor: Actor) -> list[Ground]:
    """The latest entries on which something can rest, the newest first."""
    return _latest(actor, AGREED | Q(kind__in=CHOSEN))


def binding_grounds(actor: Actor) -> list[Ground]:
    """The latest that all agreed on, adopted proposals and the charter, the newest first."""
    return _latest(actor, AGREED)


def _latest(actor: Actor, kinds: Q) -> list[Ground]:
    latest = Entry.objects.filter(kinds, payload__erased_at=None).select_related("payload").order_by("-turn")
    found = list(latest[:MOST])
    kept = kept_among(actor, {(row.kind, row.ref) for row in found})
    rows = [row for row in found if (row.kind, row.ref) not in kept]
    return [
        Ground(row.pk, row.kind, row.at, said) for row, said in zip(rows, said_to(actor, rows), strict=True)
    ]


def ground(entry: UUID | None) -> Entry | None:
    """The entry with its facts, or None."""
    if entry is None:
        return None
    return Entry.objects.select_related("payload").filter(pk=entry).first()

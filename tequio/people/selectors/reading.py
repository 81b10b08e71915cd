"""What is kept from whom: an app above tells it from a participant's row, and the actor carries it along. Source: GOV-22."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from tequio.people.models import Participant


@dataclass(frozen=True)
class Kept:
    """The matters that somebody does not see, and the groups whose matters they see all the same."""

    unseen: frozenset[str] = frozenset()
    inside: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Reading:
    """How it is told: a column for the row of a participant on a day, and what its value comes to."""

    column: Callable[[Any], Any]
    says: Callable[[Participant, Any], Kept]


NOTHING = Kept()
_told: list[Reading] = []  # one at most


def tell(reading: Reading) -> None:
    """Say what is kept from whom; called when the app that knows it is ready."""
    _told[:] = [reading]


def with_reading(rows: QuerySet[Participant], today: Any) -> QuerySet[Participant]:
    """Say of participants (``reads``) what is kept from them on a day, in the same query."""
    return rows.annotate(reads=_told[0].column(today)) if _told else rows


def kept_from(participant: Participant) -> Kept:
    """Return what is kept from a participant whose row tells it (``with_reading``)."""
    return _told[0].says(participant, participant.reads) if _told else NOTHING  # type: ignore[attr-defined]

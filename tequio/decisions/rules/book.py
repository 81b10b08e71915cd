"""The book of agreements as rules: where one stands, which text held on a day, by which words it is found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tequio.people.rules.words import stems_of

MOST_WORDS = 500  # of one agreement; what is longer is found by its beginning
MOST_ASKED = 6


class Stands(StrEnum):
    """Where an agreement stands: under review when its day came, or a proposal would take its place."""

    IN_FORCE = "IN_FORCE"
    UNDER_REVIEW = "UNDER_REVIEW"
    REPLACED = "REPLACED"
    ENDED = "ENDED"


@dataclass(frozen=True)
class Held:
    """An agreement in its line: in force from ``since`` until the day before ``until`` (None: it has no end)."""

    number: int
    since: date
    until: date | None

    def on(self, day: date) -> bool:
        """Say whether it was in force on a day. Periods are half-open."""
        return self.since <= day and (self.until is None or day < self.until)


def stands(*, until: date | None, review_on: date, replaced: bool, changing: bool, today: date) -> Stands:
    """Return where an adopted agreement stands today."""
    if until is not None and until <= today:
        return Stands.REPLACED if replaced else Stands.ENDED
    return Stands.UNDER_REVIEW if changing or review_on <= today else Stands.IN_FORCE


def held_on(line: Iterable[Held], day: date) -> Held | None:
    """Return which agreement of a line was in force on a day: the last that began, if two did."""
    found = [one for one in line if one.on(day)]
    return max(found, key=lambda one: (one.since, one.number), default=None)


def found_by(texts: Iterable[Mapping[str, str]]) -> list[str]:
    """Return the words of an agreement without accents and endings, from all of its languages."""
    stems = dict.fromkeys(stem for each in texts for text in each.values() for stem in stems_of(text))
    return list(stems)[:MOST_WORDS]


def asked_for(words: str) -> Sequence[str]:
    """Return the words that somebody looks for, the longest first: it is the rarest, as a rule."""
    return sorted(stems_of(words)[:MOST_ASKED], key=lambda stem: (-len(stem), stem))


class Arrival(StrEnum):
    """What an agreement from a file is to this network: OWN was written here, SAME was brought already."""

    NEW = "NEW"
    NEWER = "NEWER"
    SAME = "SAME"
    OLDER = "OLDER"
    OWN = "OWN"


def arrival(*, edition: int, brought: int | None, own: bool) -> Arrival:
    """Compare an edition with the newest one of its line that was brought here, None if there is none."""
    if own:
        return Arrival.OWN
    if brought is None:
        return Arrival.NEW
    if edition == brought:
        return Arrival.SAME
    return Arrival.NEWER if edition > brought else Arrival.OLDER

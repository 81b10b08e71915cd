"""What a page of results shows: few answers are counted when it is asked for, many were counted aside by a job.

No page loads NumPy: what the job found is a row.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tequio.surveys.models import Packed, Tallied
from tequio.surveys.rules.asks import Ask, Found, found_in, of_sheet, require
from tequio.surveys.rules.columns import Column, column_in
from tequio.surveys.selectors import sheets
from tequio.surveys.selectors.sheets import Study

MANY = 5_000  # answers from which on a job counts


@dataclass(frozen=True)
class Results:
    """The questions, and what was counted, in the order of the asks. ``made_at`` is empty where it was just now."""

    size: int
    columns: tuple[Column, ...]
    found: tuple[Found, ...]
    made_at: datetime | None = None
    since: int = 0

    def column(self, key: str) -> Column | None:
        """Return the question of this key."""
        return next((one for one in self.columns if one.key == key), None)


@dataclass(frozen=True)
class Waiting:
    """What was asked is not counted yet. ``asked`` says that the job knows of it; ``done`` of ``total`` answers are in."""

    size: int
    asked: bool
    done: int = 0
    total: int = 0


def many(study: Study) -> bool:
    """Say whether the answers of a survey are counted aside."""
    return study.answers >= MANY


def results(study: Study, asks: Sequence[Ask], *, only: Collection[str] | None = None) -> Results | Waiting:
    """Return what was counted, of the questions ``only``; raise ``Unknown`` or ``ValueError`` for what cannot be asked."""
    if not many(study):
        sheet = sheets.sheet(study, only=only)
        for ask in asks:
            require(ask, sheet.columns)
        return Results(sheet.size, sheet.columns, tuple(of_sheet(sheet, ask) for ask in asks))
    packed = Packed.objects.filter(survey=study.survey).defer("content").first()
    if packed is None or packed.made_at is None:
        asked = packed is not None and packed.wanted_at is not None
        return Waiting(study.answers, asked, packed.done if packed else 0, packed.total if packed else 0)
    return _counted(study, packed, asks)


def _counted(study: Study, packed: Packed, asks: Sequence[Ask]) -> Results | Waiting:
    columns = tuple(column_in(one) for one in packed.columns)
    for ask in asks:
        require(ask, columns)
    digests = [ask.digest for ask in asks]
    rows = Tallied.objects.filter(survey=study.survey, digest__in=digests)
    known: dict[str, Any] = dict(rows.values_list("digest", "found"))
    if any(known.get(digest) is None for digest in digests):
        return Waiting(study.answers, all(digest in known for digest in digests), packed.done, packed.total)
    found = tuple(found_in(known[ask.digest], ask, columns) for ask in asks)
    return Results(packed.answers, columns, found, packed.made_at, max(study.answers - packed.answers, 0))

"""Taking the answers of a survey out, row by row; the register keeps who did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from tequio.core.actor import Actor
from tequio.surveys import access, events
from tequio.surveys.formats.answers.writing import Row, as_csv, as_workbook, codebook, table
from tequio.surveys.models import Reply, Survey
from tequio.surveys.rules.coded import Codes, with_codes
from tequio.surveys.rules.instrument import Instrument
from tequio.surveys.rules.sheeted import merged
from tequio.surveys.selectors.said import cities_of, counting, said
from tequio.surveys.selectors.settled import codes_of, put, settled_of

_AT_ONCE = 2_000
KINDS = ("xlsx", "csv", "codebook")
_TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@dataclass(frozen=True)
class Export:
    """A file that is handed out."""

    name: str
    kind: str
    content: bytes


@transaction.atomic
def export_answers(*, by: Actor, survey: Survey, kind: str) -> Export:
    """Return the answers of a survey as ``xlsx`` or ``csv``, one row a respondent, or what the columns mean."""
    access.export.require(by, survey)
    versions = [version.instrument for version in survey.versions.exclude(opened_at=None).order_by("-number")]
    asked = merged(versions or [survey.versions.order_by("-number")[0].instrument])
    codes = codes_of(survey)
    instrument = with_codes(asked, codes)
    if kind == "codebook":
        return Export(f"{survey.slug}-codebook.csv", "text/csv; charset=utf-8", as_csv(codebook(instrument)))
    rows = list(_rows(survey, instrument, codes))
    cells = table(instrument, rows, cities=_cities(rows))
    content = (
        as_workbook({"answers": cells, "codebook": codebook(instrument)}) if kind == "xlsx" else as_csv(cells)
    )
    events.answers_exported.record(survey, by=by, title=survey.title, number=len(rows), form=kind)
    suffix = "xlsx" if kind == "xlsx" else "csv"
    return Export(f"{survey.slug}.{suffix}", _TYPES.get(kind, "text/csv; charset=utf-8"), content)


def _rows(survey: Survey, instrument: Instrument, codes: Codes) -> Iterator[Row]:
    """Yield what was sent and counts, in the order in which it came in."""
    replies = list(counting(survey).order_by("sent_at", "pk"))
    in_force = settled_of(survey, codes)
    for start in range(0, len(replies), _AT_ONCE):
        part = replies[start : start + _AT_ONCE]
        found = said(Reply.objects.filter(pk__in=[reply.pk for reply in part]), instrument)
        put(found, in_force)
        for reply in part:
            sent = reply.sent_at or reply.changed_at
            yield Row(str(reply.uuid), reply.began_at, sent, reply.language, found[reply.pk])


def _cities(rows: Sequence[Row]) -> dict[str, str]:
    """Return the names of the cities that anybody chose, by their numbers."""
    keys = {key for row in rows for value in row.values.values() for key in value.chosen}
    return {key: city.text[""] for key, city in cities_of(keys).cities.items()}

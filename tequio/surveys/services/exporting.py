"""Taking the answers of a survey out, row by row; the register keeps who did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from tequio.core.actor import Actor
from tequio.people.models import Place
from tequio.surveys import access, events
from tequio.surveys.formats.answers.writing import Row, as_csv, as_workbook, codebook, table
from tequio.surveys.models import Answer, Reply, Survey, Tick
from tequio.surveys.rules.instrument import Instrument, Value
from tequio.surveys.rules.sheeted import merged

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
    instrument = merged(versions or [survey.versions.order_by("-number")[0].instrument])
    if kind == "codebook":
        return Export(f"{survey.slug}-codebook.csv", "text/csv; charset=utf-8", as_csv(codebook(instrument)))
    rows = list(_rows(survey, instrument))
    cells = table(instrument, rows, cities=_cities(rows))
    content = (
        as_workbook({"answers": cells, "codebook": codebook(instrument)}) if kind == "xlsx" else as_csv(cells)
    )
    events.answers_exported.record(survey, by=by, title=survey.title, number=len(rows), form=kind)
    suffix = "xlsx" if kind == "xlsx" else "csv"
    return Export(f"{survey.slug}.{suffix}", _TYPES.get(kind, "text/csv; charset=utf-8"), content)


def _rows(survey: Survey, instrument: Instrument) -> Iterator[Row]:
    """Yield what was sent and counts, in the order in which it came in."""
    replies = list(
        Reply.objects.filter(survey=survey, sent_at__isnull=False, set_aside=False).order_by("sent_at", "pk")
    )
    order = {
        question.key: {option.key: place for place, option in enumerate(question.options)}
        for question in instrument.questions()
    }
    for start in range(0, len(replies), _AT_ONCE):
        part = replies[start : start + _AT_ONCE]
        said = _said([reply.pk for reply in part], order)
        for reply in part:
            sent = reply.sent_at or reply.changed_at
            yield Row(str(reply.uuid), reply.began_at, sent, reply.language, said.get(reply.pk, {}))


def _said(numbers: Sequence[int], order: dict[str, dict[str, int]]) -> dict[int, dict[str, Value]]:
    """Return what replies say, in two queries."""
    chosen: dict[tuple[int, str], list[str]] = {}
    rows: dict[tuple[int, str], dict[str, str]] = {}
    ticks = Tick.objects.filter(reply__in=numbers).order_by("pk")
    for reply, question, row, option in ticks.values_list("reply", "question", "row", "option"):
        if row:
            rows.setdefault((reply, question), {})[row] = option
        else:
            chosen.setdefault((reply, question), []).append(option)
    found: dict[int, dict[str, Value]] = {}
    for (reply, question), options in chosen.items():
        places = order.get(question, {})
        ordered = sorted(options, key=lambda key: places.get(key, len(places)))
        found.setdefault(reply, {})[question] = Value(chosen=tuple(ordered))
    for (reply, question), cells in rows.items():
        found.setdefault(reply, {})[question] = Value(rows=cells)
    answers = Answer.objects.filter(reply__in=numbers)
    for reply, question, text, number, day in answers.values_list(
        "reply", "question", "text", "number", "date"
    ):
        ticked = found.setdefault(reply, {}).get(question, Value())
        plain = number.normalize() if number is not None else None
        number = None if plain is None else plain.quantize(1) if plain == plain.to_integral() else plain
        found[reply][question] = Value(
            ticked.chosen, text, number, day.isoformat() if day else "", ticked.rows
        )
    return found


def _cities(rows: Sequence[Row]) -> dict[str, str]:
    numbers = {
        int(key) for row in rows for value in row.values.values() for key in value.chosen if key.isdigit() and len(key) < 12
    }  # fmt: skip
    named = Place.objects.filter(pk__in=numbers).values_list("pk", "name") if numbers else ()
    return {str(number): name for number, name in named}

"""What replies say, read from their rows: the one reader of analysis, exports and releases."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import CharField, Count, F, OuterRef, Q, QuerySet
from django.db.models import Value as Given
from django.db.models.functions import Concat

from tequio.people.models import Place
from tequio.surveys.models import Answer, Reply, Survey
from tequio.surveys.rules.columns import Category
from tequio.surveys.rules.instrument import CHOOSING, NATIONAL, Instrument, Kind, Value, Values
from tequio.surveys.rules.sheeted import Places

_CUT = "\x1f"
Said = dict[int, dict[str, Value]]


def counting(survey: Survey) -> QuerySet[Reply]:
    """The replies that count: sent, and not set aside."""
    return Reply.objects.filter(survey=survey, sent_at__isnull=False, set_aside=False)


def number_of(survey: OuterRef) -> QuerySet[Any, Any]:
    """The number of the replies that count, as one value of a query around it."""
    rows = Reply.objects.filter(survey=survey, sent_at__isnull=False, set_aside=False).order_by()
    return rows.values("survey").annotate(number=Count("pk")).values("number")


def said(
    rows: QuerySet[Reply],
    instrument: Instrument,
    *,
    ticks: Collection[str] | None = None,
    answers: Collection[str] | None = None,
) -> Said:
    """Return what each reply says, by its row: ticks in one query, and texts, numbers and dates in another.

    Only those of these questions, where they are named; an empty collection reads none. Options are in the order of
    the instrument.
    """
    found = _ticked(rows, ticks, _order(instrument))
    if answers is None or answers:
        _answered(found, rows, answers)
    return found


def resting(instrument: Instrument) -> list[str]:
    """Return the questions without options on which it hangs whether another was asked."""
    kinds = {question.key: question.kind for question in instrument.questions()}
    asks = instrument.leaned_on()
    return sorted(key for key in asks if key in kinds and kinds[key] not in CHOOSING)


def places(instrument: Instrument, values: Iterable[Values]) -> Places:
    """Return the cities that were answered, as the table of cities names them."""
    keys = [question.key for question in instrument.questions() if question.kind is Kind.CITIES]
    numbers = {one for said in values for key in keys if key in said for one in said[key].chosen}
    return cities_of(numbers)


def cities_of(keys: Iterable[str]) -> Places:
    """Return the cities of these numbers; one that the table does not have is left out."""
    numbers = {int(one) for one in keys if one != NATIONAL and one.isdecimal() and len(one) < 12}
    if not numbers:
        return Places()
    rows = Place.objects.filter(pk__in=numbers).values_list("pk", "name", "country")
    return Places({str(number): Category(str(number), {"": name}, country) for number, name, country in rows})


def _order(instrument: Instrument) -> Mapping[str, Mapping[str, int]]:
    return {
        question.key: {option.key: place for place, option in enumerate(question.options)}
        for question in instrument.questions()
        if len(question.options) > 1
    }


def _ticked(
    rows: QuerySet[Reply], keys: Collection[str] | None, order: Mapping[str, Mapping[str, int]]
) -> Said:
    if keys is not None and not keys:
        return {number: {} for number in rows.order_by("pk").values_list("pk", flat=True)}
    parts = (F("ticks__question"), Given(_CUT), F("ticks__row"), Given(_CUT), F("ticks__option"))
    wanted = Q(ticks__isnull=False) if keys is None else Q(ticks__question__in=list(keys))
    told = ArrayAgg(
        Concat(*parts, output_field=CharField()), filter=wanted, default=Given([]), order_by="ticks__pk"
    )
    found = rows.order_by("pk").annotate(said=told).values_list("pk", "said")
    return {number: _values(texts, order) for number, texts in found.iterator()}


def _values(texts: Sequence[str], order: Mapping[str, Mapping[str, int]]) -> dict[str, Value]:
    chosen: dict[str, list[str]] = {}
    rows: dict[str, dict[str, str]] = {}
    for text in texts:
        question, row, option = text.split(_CUT)
        if row:
            rows.setdefault(question, {})[row] = option
        else:
            chosen.setdefault(question, []).append(option)
    values = {key: Value(chosen=tuple(_sorted(options, order.get(key)))) for key, options in chosen.items()}
    return values | {key: Value(rows=options) for key, options in rows.items()}


def _sorted(options: list[str], places: Mapping[str, int] | None) -> list[str]:
    if places is None or len(options) < 2:
        return options
    return sorted(options, key=lambda key: places.get(key, len(places)))


def _answered(found: Said, rows: QuerySet[Reply], keys: Collection[str] | None) -> None:
    """Put what was written beside what was ticked: "other" has both. A reply sent since then waits for the next read."""
    answers = Answer.objects.filter(reply__in=rows.order_by().values("pk"))
    if keys is not None:
        answers = answers.filter(question__in=list(keys))
    for reply, question, text, number, day in answers.values_list(
        "reply_id", "question", "text", "number", "date"
    ):
        if reply not in found:
            continue
        ticked = found[reply].get(question, Value())
        number = None if number is None else _plain(number)
        iso = day.isoformat() if day else ""
        found[reply][question] = Value(ticked.chosen, text, number, iso, ticked.rows)


def _plain(number: Decimal) -> Decimal:
    """A number as it was typed: 12, not 12.000000."""
    plain = number.normalize()
    return plain.quantize(Decimal(1)) if plain == plain.to_integral() else plain

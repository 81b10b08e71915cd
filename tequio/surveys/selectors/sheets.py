"""Replies as columns to be counted: a few queries, however many answered. What was set aside counts nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Concat

from tequio.core.actor import Actor
from tequio.people.models import Place
from tequio.surveys import access
from tequio.surveys.models import Answer, Reply, Survey, Version
from tequio.surveys.rules.columns import Category, Column, Sheet
from tequio.surveys.rules.instrument import CHOOSING, NATIONAL, Instrument, Kind, Question, Section
from tequio.surveys.rules.instrument import Value as Said
from tequio.surveys.rules.sheeted import Places, merged, sheet_of

_CUT = "\x1f"


@dataclass(frozen=True)
class Study:
    """A survey that somebody may analyze, and what it asks over all its versions."""

    survey: Survey
    versions: tuple[Version, ...]

    @cached_property
    def instrument(self) -> Instrument:
        """Everything that was ever asked: an answer to an earlier version counts under the same key."""
        return merged([version.instrument for version in self.versions])

    def countable(self) -> list[Question]:
        """Return the questions that make tables."""
        return [question for question in self.instrument.questions() if question.kind in CHOOSING]

    def told(self) -> list[Question]:
        """Return the questions answered in words."""
        return [
            question
            for question in self.instrument.questions()
            if question.kind is Kind.OPEN and question.role not in ("EMAIL", "ORGANIZATION")
        ]


def study(actor: Actor, slug: str) -> Study | None:
    """Return what is analyzed, in one query; None where there is no such survey that was opened.

    Raises Refused for who may not see exact figures.
    """
    rows = Version.objects.filter(survey__slug=slug, opened_at__isnull=False)
    versions = tuple(rows.select_related("survey").order_by("-number"))
    if not versions:
        return None
    access.analyze.require(actor, versions[0].survey)
    return Study(versions[0].survey, versions)


def counting(survey: Survey) -> QuerySet[Reply]:
    """The replies that count: sent, and not set aside."""
    return Reply.objects.filter(survey=survey, sent_at__isnull=False, set_aside=False)


def sheet(study: Study, *, only: Collection[str] | None = None) -> Sheet:
    """Return the columns of a survey, or only those of these keys, in one query; cities take another one."""
    instrument = _narrowed(study.instrument, only)
    keys = {question.key for question in instrument.questions()}
    replies = _ticked(counting(study.survey), None if only is None else keys)
    asks = _needs_answers(instrument)
    if asks:
        _with_answers(replies, asks)
    values = list(replies.values())
    columns = sheet_of(instrument, values, places=Places(_cities(instrument, values)))
    return columns if only is None else _chosen(columns, only)


def _narrowed(instrument: Instrument, only: Collection[str] | None) -> Instrument:
    """The questions that are wanted, and those on which it hangs whether they were asked."""
    if only is None:
        return instrument
    wanted = {key.partition("/")[0] for key in only}
    gates = {clause.question for clause in _clauses(instrument)}
    sections = [
        Section(
            section.key,
            section.title,
            tuple(one for one in section.questions if one.key in wanted | gates),
            section.about,
            section.condition,
        )
        for section in instrument.sections
    ]
    return Instrument(instrument.languages, instrument.title, tuple(sections))


def _clauses(instrument: Instrument) -> Iterable[Any]:
    for section in instrument.sections:
        for condition in (section.condition, *(question.condition for question in section.questions)):
            yield from condition.clauses if condition else ()


def _chosen(whole: Sheet, only: Collection[str]) -> Sheet:
    kept: list[Column] = [
        column for column in whole.columns if column.key in only or column.key.partition("/")[0] in only
    ]
    return Sheet(whole.size, tuple(kept), whole.weights)


def _ticked(rows: QuerySet[Reply], keys: Collection[str] | None) -> dict[int, dict[str, Said]]:
    """What each reply ticked, by its row; one query, one row a reply."""
    parts = (F("ticks__question"), Value(_CUT), F("ticks__row"), Value(_CUT), F("ticks__option"))
    wanted = Q(ticks__isnull=False) if keys is None else Q(ticks__question__in=list(keys))
    said = ArrayAgg(Concat(*parts, output_field=CharField()), filter=wanted, default=Value([]))
    found = rows.order_by("pk").annotate(said=said).values_list("pk", "said")
    return {number: _values(texts) for number, texts in found.iterator()}


def _values(texts: Iterable[str]) -> dict[str, Said]:
    chosen: dict[str, list[str]] = {}
    rows: dict[str, dict[str, str]] = {}
    for text in texts:
        question, row, option = text.split(_CUT)
        if row:
            rows.setdefault(question, {})[row] = option
        else:
            chosen.setdefault(question, []).append(option)
    values = {key: Said(chosen=tuple(options)) for key, options in chosen.items()}
    return values | {key: Said(rows=options) for key, options in rows.items()}


def _needs_answers(instrument: Instrument) -> list[str]:
    """Questions without options on which it hangs whether another was asked."""
    kinds = {question.key: question.kind for question in instrument.questions()}
    asks = {clause.question for clause in _clauses(instrument)}
    return sorted(key for key in asks if key in kinds and kinds[key] not in CHOOSING)


def _with_answers(replies: dict[int, dict[str, Said]], keys: list[str]) -> None:
    rows = Answer.objects.filter(reply__in=list(replies), question__in=keys)
    for reply, question, text, number, date in rows.values_list(
        "reply", "question", "text", "number", "date"
    ):
        said = Said(text=text, number=number, date=date.isoformat() if date else "")
        replies[reply][question] = said


def _cities(instrument: Instrument, values: Iterable[Mapping[str, Said]]) -> dict[str, Category]:
    keys = [question.key for question in instrument.questions() if question.kind is Kind.CITIES]
    numbers = {one for said in values for key in keys if key in said for one in said[key].chosen}
    numbers = {one for one in numbers if one != NATIONAL and one.isdigit()}
    if not numbers:
        return {}
    rows = Place.objects.filter(pk__in=numbers).values_list("pk", "name", "country")
    return {str(number): Category(str(number), {"": name}, country) for number, name, country in rows}


def texts(study: Study, question: str) -> list[tuple[int, str]]:
    """Return what was written to one question, without who wrote it: (row of the answer, text)."""
    rows = Answer.objects.filter(reply__in=counting(study.survey), question=question).exclude(text="")
    return list(rows.order_by("pk").values_list("pk", "text"))

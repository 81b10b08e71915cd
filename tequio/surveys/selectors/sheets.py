"""Replies as columns to be counted: a few queries, however many answered. What was set aside counts nowhere."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject

from tequio.core.actor import Actor
from tequio.surveys import access
from tequio.surveys.models import Answer, Survey, Version
from tequio.surveys.rules.coded import Codes, key_of, with_codes
from tequio.surveys.rules.columns import Column, Sheet
from tequio.surveys.rules.instrument import CHOOSING, Instrument, Kind, Question, Section
from tequio.surveys.rules.sheeted import merged, sheet_of
from tequio.surveys.rules.weights import weights_of
from tequio.surveys.selectors import said, settled


@dataclass(frozen=True)
class Study:
    """A survey that somebody may analyze, what it asks over all its versions, and into which codes answers are put."""

    survey: Survey
    versions: tuple[Version, ...]
    codes: Codes
    answers: int

    @cached_property
    def instrument(self) -> Instrument:
        """Everything that was ever asked: an answer to an earlier version counts under the same key."""
        return with_codes(merged([version.instrument for version in self.versions]), self.codes)

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
    found = _study(Q(survey__slug=slug))
    if found is not None:
        access.analyze.require(actor, found.survey)
    return found


def opened(survey: Survey) -> Study | None:
    """Return what is counted of a survey, for jobs; None where nothing was opened."""
    return _study(Q(survey=survey))


def _study(which: Q) -> Study | None:
    lists = settled.lists_of(OuterRef("survey"))
    rows = Version.objects.filter(which, opened_at__isnull=False).annotate(
        lists=ArraySubquery(lists.values(json=JSONObject(question=F("question"), codes=F("codes")))),
        answers=Coalesce(Subquery(said.number_of(OuterRef("survey"))), 0),
    )
    versions = tuple(rows.select_related("survey").order_by("-number"))
    if not versions:
        return None
    newest: Any = versions[0]  # with what was counted beside it
    return Study(newest.survey, versions, settled.codes_in(newest.lists), newest.answers)


def sheet(study: Study, *, only: Collection[str] | None = None) -> Sheet:
    """Return the columns of a survey, or only those of these keys, in one query; cities and codes take another one."""
    weighting = study.survey.weighting
    instrument = _narrowed(study.instrument, None if only is None else {*only, *_weighing(study)})
    keys = {question.key for question in instrument.questions()}
    replies = said.said(
        said.counting(study.survey),
        instrument,
        ticks=None if only is None else keys,
        answers={*said.resting(instrument), *_numbers(study)},
    )
    wanted = {question: codes for question, codes in study.codes.items() if key_of(question) in keys}
    settled.put(replies, settled.settled_of(study.survey, wanted))
    values = list(replies.values())
    weights = weights_of(weighting, values)
    whole = sheet_of(instrument, values, places=said.places(instrument, values), weights=weights)
    return whole if only is None else _chosen(whole, only)


def _weighing(study: Study) -> list[str]:
    return [study.survey.weighting["question"]] if study.survey.weighting else []


def _numbers(study: Study) -> list[str]:
    return [] if "sizes" in study.survey.weighting else _weighing(study)


def _narrowed(instrument: Instrument, only: Collection[str] | None) -> Instrument:
    """The questions that are wanted, and those on which it hangs whether they were asked."""
    if only is None:
        return instrument
    wanted = {key.partition("/")[0] for key in only} | instrument.leaned_on()
    sections = [
        Section(
            section.key,
            section.title,
            tuple(one for one in section.questions if one.key in wanted),
            section.about,
            section.condition,
        )
        for section in instrument.sections
    ]
    return Instrument(instrument.languages, instrument.title, tuple(sections))


def _chosen(whole: Sheet, only: Collection[str]) -> Sheet:
    kept: list[Column] = [
        column for column in whole.columns if column.key in only or column.key.partition("/")[0] in only
    ]
    return Sheet(whole.size, tuple(kept), whole.weights)


def texts(study: Study, question: str) -> list[tuple[int, str]]:
    """Return what was written to one question, without who wrote it: (row of the answer, text)."""
    rows = Answer.objects.filter(reply__in=said.counting(study.survey), question=question).exclude(text="")
    return list(rows.order_by("pk").values_list("pk", "text"))

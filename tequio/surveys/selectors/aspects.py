"""All that was read in the answers to an interview, over its questions, in four queries. Source: CTX-09."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet, Value

from tequio.people.models import Place
from tequio.surveys.models import Answer, CodeList
from tequio.surveys.rules import aspects as rules
from tequio.surveys.rules.instrument import NATIONAL
from tequio.surveys.selectors import sheets
from tequio.surveys.selectors.recoding import Coded, spoken
from tequio.surveys.selectors.said import counting

_COLUMNS = (
    "pk", "reply_id", "question", "text", "codings__coder_id", "codings__coder__name", "codings__agreed", "codings__codes",
)  # fmt: skip
_ORDER = ("codings__coder__name", "codings__coder_id", "pk")


@dataclass(frozen=True)
class Interviews:
    """What was coded of all questions as if they were one, and of which interview and question each answer is.

    ``listed`` are the questions that have a list of codes, ``cities`` the names of each interview's cities.
    """

    coded: Coded
    replies: dict[int, int]
    questions: dict[int, str]
    listed: frozenset[str]
    cities: dict[int, list[str]]


def interviews(study: sheets.Study) -> Interviews:
    """Return everything about the coding of an interview on its six aspects."""
    asked = rules.questions(study.instrument)
    lists = CodeList.objects.filter(survey=study.survey, question__in=asked).values_list("question", "codes")
    known = dict(lists)
    words = {
        row["key"]: row["text"] for codes in known.values() for row in codes if row["key"] in rules.ASPECTS
    }
    found = Interviews(Coded({}, spoken(words), {}, {}), {}, {}, frozenset(known), _cities(study))
    rows: QuerySet[Any, Any] = Answer.objects.filter(
        reply__in=counting(study.survey), question__in=asked
    ).exclude(text="")
    for row in rows.order_by(*_ORDER).values_list(*_COLUMNS):
        _keep(found, *row)
    return found


def _keep(
    found: Interviews, answer: int, reply: int, question: str, text: str, coder: int | None, name: str,
    agreed: bool | None, codes: list[str],
) -> None:  # fmt: skip
    found.coded.texts[answer], found.replies[answer], found.questions[answer] = text, reply, question
    if agreed:
        found.coded.agreed[answer] = codes
    elif coder is not None:
        found.coded.alone.setdefault((coder, name), {})[answer] = codes


def _cities(study: sheets.Study) -> dict[int, list[str]]:
    """Return the cities of each interview, by name."""
    asked = study.instrument.with_role("CITIES")
    ticked = Q(ticks__question=asked.key if asked else "")
    said = ArrayAgg("ticks__option", filter=ticked, order_by="ticks__pk", default=Value([]))
    rows: QuerySet[Any, Any] = counting(study.survey).order_by("pk").annotate(said=said)
    options = {pk: [one for one in told if one != NATIONAL] for pk, told in rows.values_list("pk", "said")}
    numbers = {one for told in options.values() for one in told if one.isdigit()}
    names = {str(pk): name for pk, name in Place.objects.filter(pk__in=numbers).values_list("pk", "name")}
    return {pk: [names.get(one, one) for one in told] for pk, told in options.items()}

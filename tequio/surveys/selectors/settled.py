"""Codes that are settled of open answers, put beside what was ticked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from tequio.surveys.models import CodeList, Coding, Survey
from tequio.surveys.rules import coded
from tequio.surveys.rules.coded import Codes
from tequio.surveys.rules.instrument import Value
from tequio.surveys.rules.recoding import settled
from tequio.surveys.selectors.said import Said


def lists_of(survey: Survey | OuterRef) -> QuerySet[CodeList]:
    """Return the lists of codes by which something is settled: by a talk, or by two who read the same."""
    given = Coding.objects.filter(
        answer__reply__survey=OuterRef("survey"), answer__question=OuterRef("question")
    )
    alike = Coding.objects.filter(
        answer=OuterRef("answer"), agreed=False, codes=OuterRef("codes"), pk__lt=OuterRef("pk")
    )
    some = Exists(given.filter(agreed=True)) | Exists(given.filter(Exists(alike), agreed=False))
    return CodeList.objects.filter(some, survey=survey).order_by("pk")


def codes_of(survey: Survey) -> Codes:
    """Return the codes of each open question of a survey that has some."""
    return codes_in(lists_of(survey).values("question", "codes"))


def codes_in(lists: Iterable[Mapping[str, Any]]) -> Codes:
    """Return codes from the rows of their lists."""
    return {
        one["question"]: [(row["key"], row["text"]) for row in one["codes"]] for one in lists if one["codes"]
    }


def settled_of(survey: Survey, codes: Codes) -> Mapping[str, Mapping[int, Value]]:
    """Return what is settled of the open answers of each reply, by the key of its codes; one query if there are any."""
    if not codes:
        return {}
    alone: dict[str, dict[int, dict[int, list[str]]]] = defaultdict(lambda: defaultdict(dict))
    talked: dict[str, dict[int, list[str]]] = defaultdict(dict)
    rows = Coding.objects.filter(answer__reply__survey=survey, answer__question__in=list(codes))
    for question, reply, coder, agreed, given in rows.values_list(
        "answer__question", "answer__reply_id", "coder_id", "agreed", "codes"
    ):
        if agreed:
            talked[question][reply] = given
        else:
            alone[question][coder][reply] = given
    found = {}
    for question, listed in codes.items():
        known = [one for one, _words in listed]
        in_force = settled(list(alone[question].values()), talked[question])
        found[coded.key_of(question)] = {reply: coded.said(given, known) for reply, given in in_force.items()}
    return found


def put(replies: Said, found: Mapping[str, Mapping[int, Value]]) -> None:
    """Let each reply say what is settled of its open answers."""
    for key, values in found.items():
        for reply in replies.keys() & values.keys():
            replies[reply][key] = values[reply]

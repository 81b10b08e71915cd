"""Open answers are put into codes: the list is written, each person codes alone, a talk settles what differs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.utils.text import slugify

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.surveys import access, events
from tequio.surveys.models import Answer, CodeList, Coding, Survey
from tequio.surveys.selectors.said import counting


@transaction.atomic
def list_codes(*, by: Actor, survey: Survey, question: str, texts: Sequence[str]) -> CodeList:
    """Write the codes of an open question; one that keeps its text keeps its key, and so what was coded."""
    access.analyze.require(by, survey)
    found, _new = CodeList.objects.select_for_update().get_or_create(survey=survey, question=question)
    known = {row["text"]: row["key"] for row in found.codes}
    taken = set(known.values())
    codes: list[dict[str, str]] = []
    for text in dict.fromkeys(texts):
        key = known.get(text) or _key(text, taken)
        taken.add(key)
        codes.append({"key": key, "text": text})
    if codes != found.codes:
        found.codes = codes
        found.save(update_fields=["codes"])
        events.codes_listed.record(survey, by=by, title=survey.title, number=len(codes))
    return found


@transaction.atomic
def list_aspects(*, by: Actor, survey: Survey, questions: Sequence[str], texts: Mapping[str, str]) -> None:
    """Begin the list of codes of several questions with the same ones (key -> text); what stands there stays."""
    access.analyze.require(by, survey)
    for question in questions:
        found, _new = CodeList.objects.select_for_update().get_or_create(survey=survey, question=question)
        known = {row["key"] for row in found.codes}
        missing = [{"key": key, "text": text} for key, text in texts.items() if key not in known]
        if missing:
            found.codes = [*missing, *found.codes]
            found.save(update_fields=["codes"])
            events.codes_listed.record(survey, by=by, title=survey.title, number=len(found.codes))


def _key(text: str, taken: Collection[str]) -> str:
    base = slugify(text)[:50] or "code"
    return next(name for name in [base, *(f"{base}-{n}" for n in range(2, 99))] if name not in taken)


@transaction.atomic
def code_answers(
    *, by: Actor, survey: Survey, question: str, given: Mapping[int, Collection[str]], agreed: bool = False
) -> int:
    """Keep what somebody read in some answers, or what a talk ``agreed``; return how many. No code is "none fits"."""
    access.analyze.require(by, survey)
    assert by.participant_id is not None
    codes = {row["key"] for row in CodeList.objects.get(survey=survey, question=question).codes}
    answers = Answer.objects.filter(reply__in=counting(survey), question=question, pk__in=list(given))
    own = {"agreed": True} if agreed else {"agreed": False, "coder_id": by.participant_id}
    numbers = list(answers.values_list("pk", flat=True))
    for number in numbers:
        chosen = sorted(codes & set(given[number]))
        Coding.objects.update_or_create(
            answer_id=number,
            **own,
            defaults={"codes": chosen, "coded_at": clock.now(), "coder_id": by.participant_id},
        )
    if numbers:
        event = events.codes_agreed if agreed else events.answers_coded
        event.record(survey, by=by, title=survey.title, number=len(numbers))
    return len(numbers)

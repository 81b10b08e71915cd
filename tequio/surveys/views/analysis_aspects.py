"""An interview coded on its six aspects by two people: how far they are, how far they agree, and the table by city."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import override

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.people.models.quotes import Aspect
from tequio.surveys.rules import aspects as rules
from tequio.surveys.rules import recoding
from tequio.surveys.selectors import aspects as selectors
from tequio.surveys.selectors import sheets
from tequio.surveys.services import recoding as services
from tequio.surveys.views.analysis_parts import crumbs_of, study_of, url_of, voice_of
from tequio.surveys.views.analysis_recoding import pair_of


def aspects(request: MemberRequest, survey: str) -> HttpResponse:
    """Code the answers to an interview on the six aspects, and see what came up in which city. Source: CTX-09."""
    study = study_of(request, survey)
    asked = rules.questions(study.instrument)
    found_or_404(asked or None)
    if request.method == "POST":
        with override(study.survey.languages[0]):
            words = {one.value: str(one.label) for one in Aspect}
        services.list_aspects(by=request.actor, survey=study.survey, questions=list(asked), texts=words)
        return see_other(url_of(request, "results-aspects", study.survey))
    found = selectors.interviews(study)
    settled = recoding.settled(list(found.coded.alone.values()), found.coded.agreed)
    context = {
        "survey": study.survey,
        "aspects": [str(Aspect(key).label) for key in rules.ASPECTS],
        "questions": [_question(request, study, found, key, settled) for key in asked],
        "ready": all(key in found.listed for key in asked),
        "pairs": [pair_of(one, other, found.coded) for one, other in combinations(found.coded.alone, 2)],
        "answers": len(found.coded.texts),
        "settled": len(settled),
        **_table(found, settled),
        "crumbs": crumbs_of(request, study.survey),
    }
    return render(request, "surveys/results_aspects.html", context)


def _question(
    request: MemberRequest,
    study: sheets.Study,
    found: selectors.Interviews,
    key: str,
    settled: Collection[int],
) -> dict[str, Any]:
    """Return how far one question is: how many answers, how many of them the reader coded, how many are settled."""
    question = next(one for one in study.instrument.questions() if one.key == key)
    answers = [pk for pk, one in found.questions.items() if one == key]
    mine = found.coded.alone.get((request.actor.participant_id or 0, request.actor.name), {})
    return {
        "title": voice_of().text(question.text, key),
        "answers": len(answers),
        "mine": sum(pk in mine for pk in answers),
        "settled": sum(pk in settled for pk in answers),
        "url": url_of(request, "results-coding", study.survey, key),
        "codes": url_of(request, "results-codes", study.survey, key),
    }


def _table(found: selectors.Interviews, settled: Any) -> dict[str, Any]:
    read: dict[int, list[Collection[str]]] = {}
    for answer, codes in settled.items():
        read.setdefault(found.replies[answer], []).append(codes)
    rows, whole = rules.by_city(found.cities, read)
    names = [str(Aspect(key).label) for key in rules.ASPECTS]
    return {
        "rows": rows,
        "whole": whole,
        "lines": [(row, list(zip(names, row.counts, strict=True))) for row in [*rows, whole]],
        "bars": [
            (name, number, "", whole.interviews) for name, number in zip(names, whole.counts, strict=True)
        ],
    }

"""Open answers put into codes: the list, one's own coding alone, agreement, and what is settled by a talk."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from itertools import combinations
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.surveys.forms.recoding import CodesForm
from tequio.surveys.rules import recoding as rules
from tequio.surveys.rules.instrument import Question
from tequio.surveys.rules.shares import percent
from tequio.surveys.selectors import recoding as selectors
from tequio.surveys.selectors import sheets
from tequio.surveys.services import recoding as services
from tequio.surveys.views.analysis_parts import crumbs_of, study_of, url_of, voice_of

AT_ONCE = 10  # answers on one page
MOST_AGAIN = 100  # settled answers that are changed on one page
NONE = "-"  # ticked: no code fits
_FIELD = re.compile(r"\d{1,18}")


def codes(request: MemberRequest, survey: str, column: str) -> HttpResponse:
    """The list of codes, who coded how much, how far people agree, and what they differ on."""
    study, question = _asked(request, survey, column)
    found = selectors.coded(study, column)
    form = CodesForm(
        request.POST if request.method == "POST" else None,
        initial={"codes": "\n".join(found.codes.values())},
    )
    found = replace(found, codes=selectors.spoken(found.codes))
    if form.is_bound and form.is_valid():
        services.list_codes(
            by=request.actor, survey=study.survey, question=column, texts=form.cleaned_data["codes"]
        )
        return see_other(url_of(request, "results-codes", study.survey, column))
    context = {
        "survey": study.survey,
        "column": column,
        "form": form,
        "title": voice_of().text(question.text, column),
        "codes": found.codes,
        "answers": len(found.texts),
        "mine": len(found.alone.get((request.actor.participant_id or 0, request.actor.name), {})),
        "coders": [(name, len(read)) for (_number, name), read in found.alone.items()],
        "pairs": [pair_of(one, other, found) for one, other in combinations(found.alone, 2)],
        "settled": _settled(found),
        "talked": len([number for number in _disputed(found) if number in found.agreed]),
        "crumbs": crumbs_of(request, study.survey),
    }
    return render(request, "surveys/results_codes.html", context, status=422 if form.errors else 200)


def coding(request: MemberRequest, survey: str, column: str) -> HttpResponse:
    """Some answers that this reader has not coded yet; what others read in them is not shown."""
    study, question = _asked(request, survey, column)
    if request.method == "POST":
        services.code_answers(by=request.actor, survey=study.survey, question=column, given=_given(request))
        return see_other(url_of(request, "results-coding", study.survey, column))
    found = _coded(study, column)
    own = found.alone.get((request.actor.participant_id or 0, request.actor.name), {})
    waiting = [number for number in found.texts if number not in own]
    context = _sheet(request, study, question, found, waiting[:AT_ONCE])
    return render(
        request, "surveys/results_coding.html", context | {"waiting": len(waiting), "agreeing": False}
    )


def agreeing(request: MemberRequest, survey: str, column: str) -> HttpResponse:
    """Answers that people read differently, with what each read: they talk, and settle it, or change it ``again``."""
    study, question = _asked(request, survey, column)
    again = "again" in request.GET
    if request.method == "POST":
        services.code_answers(
            by=request.actor, survey=study.survey, question=column, given=_given(request), agreed=True
        )
        following = "results-codes" if again else "results-agreeing"
        return see_other(url_of(request, following, study.survey, column))
    found = _coded(study, column)
    talked = [number for number in _disputed(found) if (number in found.agreed) == again]
    shown = talked[: MOST_AGAIN if again else AT_ONCE]
    context = _sheet(request, study, question, found, shown, told=True)
    waiting = 0 if again else len(talked)
    return render(request, "surveys/results_coding.html", context | {"waiting": waiting, "agreeing": True})


def _coded(study: sheets.Study, column: str) -> selectors.Coded:
    found = selectors.coded(study, column)
    return replace(found, codes=selectors.spoken(found.codes))


def _asked(request: MemberRequest, survey: str, column: str) -> tuple[sheets.Study, Question]:
    study = study_of(request, survey)
    return study, found_or_404(next((one for one in study.told() if one.key == column), None))


def _given(request: MemberRequest) -> dict[int, list[str]]:
    """What was ticked: ``shown`` are the answers that the page held, ``a.NUMBER`` the codes of each, or ``NONE``.

    An answer without a tick goes on waiting: nobody has said anything about it.
    """
    shown = [text for text in request.POST.getlist("shown")[:MOST_AGAIN] if _FIELD.fullmatch(text)]
    return {int(text): ticked for text in shown if (ticked := request.POST.getlist(f"a.{text}"))}


def _sheet(
    request: MemberRequest,
    study: sheets.Study,
    question: Question,
    found: selectors.Coded,
    numbers: Collection[int],
    *,
    told: bool = False,
) -> dict[str, Any]:
    rows = [
        {
            "number": number,
            "text": found.texts[number],
            "settled": (found.agreed[number] or [NONE]) if told and number in found.agreed else [],
            "read": [
                (name, ", ".join(_named(found, read[number])))
                for (_coder, name), read in found.alone.items()
                if told and number in read
            ],
        }
        for number in numbers
    ]
    return {
        "survey": study.survey,
        "title": voice_of().text(question.text, question.key),
        "rows": rows,
        "codes": [*found.codes.items(), (NONE, _("No code fits"))],
        "quotable": study.instrument.with_role("PUBLISH") is not None,
        "back": url_of(request, "results-codes", study.survey, question.key),
        "crumbs": crumbs_of(request, study.survey),
    }


def _named(found: selectors.Coded, keys: Collection[str]) -> list[str]:
    return [found.codes[key] for key in keys if key in found.codes] or [_("none fits")]


def pair_of(one: tuple[int, str], other: tuple[int, str], found: selectors.Coded) -> dict[str, Any]:
    """Return how far two people agree, as lines."""
    voice = voice_of()
    mine, theirs = found.alone[one], found.alone[other]
    whole = rules.agreement(mine, theirs)
    each = rules.by_code(mine, theirs, list(found.codes))
    return {
        "names": voice.listed([one[1], other[1]]),
        "both": whole.both,
        "percent": voice.percent(whole.percent),
        "kappa": "–" if whole.kappa is None else voice.decimal(whole.kappa),
        "disputed": len([item for item in rules.disputed(mine, theirs) if item not in found.agreed]),
        "rows": [
            (
                found.codes[key],
                voice.percent(agreed.percent),
                "–" if agreed.kappa is None else voice.decimal(agreed.kappa),
            )
            for key, agreed in each.items()
        ],
    }


def _disputed(found: selectors.Coded) -> list[int]:
    differ = rules.disputed_by_any(list(found.alone.values()))
    return [number for number in found.texts if number in differ]


def _settled(found: selectors.Coded) -> dict[str, Any] | None:
    """How often each code is in force, as bars."""
    settled = rules.settled(list(found.alone.values()), found.agreed)
    if not settled:
        return None
    voice, bars = voice_of(), []
    for key, text in found.codes.items():
        number = sum(key in codes for codes in settled.values())
        bars.append((text, number, f"{number} ({voice.percent(percent(number, len(settled), digits=1))})"))
    return {"bars": sorted(bars, key=lambda bar: -bar[1]), "base": len(settled)}

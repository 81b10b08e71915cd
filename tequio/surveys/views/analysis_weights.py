"""How much answers weigh: chosen by a question, told by numbers."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.surveys.forms.weighing import SizesForm
from tequio.surveys.rules.instrument import Kind, Question
from tequio.surveys.rules.weights import sizes_of, weighable
from tequio.surveys.selectors import counting, sheets
from tequio.surveys.services.weighing import weigh
from tequio.surveys.views.analysis_parts import crumbs_of, said_in, study_of, url_of, voice_of


def weights(request: MemberRequest, survey: str) -> HttpResponse:
    """Choose by what answers weigh; plain counts stay beside the weighted ones on every page."""
    study = study_of(request, survey)
    choices = [one for one in weighable(study.instrument) if one.role not in ("PUBLISH",)]
    key = said_in(request).get("question", "")
    chosen = found_or_404(next((one for one in choices if one.key == key), None)) if key else None
    form = _form(request, study, chosen)
    if isinstance(form, HttpResponse):
        return form
    if request.method == "POST" and (form is None or form.is_valid()):
        sizes = form.sizes() if form else None
        weigh(by=request.actor, survey=study.survey, question=chosen.key if chosen else "", sizes=sizes)
        return see_other(url_of(request, "results", study.survey))
    voice = voice_of()
    context: dict[str, Any] = {
        "survey": study.survey,
        "choices": [(one.key, voice.text(one.text, one.key)) for one in choices],
        "chosen": chosen.key if chosen else "",
        "title": voice.text(chosen.text, chosen.key) if chosen else "",
        "is_number": chosen is not None and chosen.kind is Kind.NUMBER,
        "now": _now(study),
        "form": form,
        "crumbs": [*crumbs_of(request, study.survey), (_("Weights"), request.path)],
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "surveys/results_weights.html", context, status=status)


def _form(
    request: MemberRequest, study: sheets.Study, chosen: Question | None
) -> SizesForm | HttpResponse | None:
    """The numbers that a question with categories needs; where answers are still to be counted, their page."""
    if chosen is None or chosen.kind is Kind.NUMBER:
        return None
    found = counting.results(study, [], only={chosen.key})
    if isinstance(found, counting.Waiting):
        return see_other(url_of(request, "results", study.survey))
    column, voice = found_or_404(found.column(chosen.key)), voice_of()
    weighting = study.survey.weighting
    return SizesForm(
        request.POST if request.method == "POST" else None,
        categories=[(one.key, voice.name(one)) for one in column.categories],
        before=sizes_of(weighting) if weighting.get("question") == chosen.key else {},
    )


def _now(study: sheets.Study) -> str:
    question = study.instrument.question(study.survey.weighting.get("question", ""))
    return voice_of().text(question.text, question.key) if question else ""

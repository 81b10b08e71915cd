"""Findings of a survey: read, written and signed, changed by new versions, taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tequio.core.http import MemberRequest, address, found_or_404, see_other
from tequio.surveys.forms.findings import FindingForm
from tequio.surveys.models import Finding
from tequio.surveys.rules.instrument import Kind
from tequio.surveys.selectors import findings as selectors
from tequio.surveys.selectors import sheets
from tequio.surveys.services import findings as services
from tequio.surveys.views.analysis_parts import crumbs_of, study_of, url_of, voice_of


def findings(request: MemberRequest, survey: str) -> HttpResponse:
    """What people found, each signed; and the form to add one."""
    study = study_of(request, survey)
    form = _form(request, study)
    if form.is_valid():
        services.sign_finding(
            by=request.actor,
            survey=study.survey,
            text=form.cleaned_data["text"],
            question=form.cleaned_data["question"],
            proposal=form.cleaned_data["decision"],
            language=get_language() or "en",
        )
        return see_other(url_of(request, "results-findings", study.survey))
    context = {
        "survey": study.survey,
        "form": form,
        "findings": [
            line(request, study, one) for one in selectors.findings(study.survey, reader=request.actor)
        ],
        "crumbs": crumbs_of(request, study.survey),
    }
    return render(request, "surveys/results_findings.html", context, status=422 if form.is_bound else 200)


def finding(request: MemberRequest, survey: str, thread: UUID) -> HttpResponse:
    """One finding with its versions, and the form that puts another in force."""
    study = study_of(request, survey)
    versions = found_or_404(selectors.versions(study.survey, thread, reader=request.actor) or None)
    newest = versions[0]
    form = _form(request, study, newest)
    del form.fields["question"]
    if form.is_valid():
        services.change_finding(
            by=request.actor,
            finding=newest,
            text=form.cleaned_data["text"],
            proposal=form.cleaned_data["decision"],
            language=get_language() or "en",
        )
        return see_other(url_of(request, "results-findings", study.survey))
    context = {
        "survey": study.survey,
        "form": form,
        "newest": newest,
        "versions": versions,
        "title": _about(study, newest),
        "crumbs": [
            *crumbs_of(request, study.survey),
            (_("Findings"), url_of(request, "results-findings", study.survey)),
        ],
    }
    return render(request, "surveys/results_finding.html", context, status=422 if form.is_bound else 200)


@require_POST
def take_back(request: MemberRequest, survey: str, thread: UUID) -> HttpResponse:
    """Take a finding back, once it is confirmed; its versions stay."""
    study = study_of(request, survey)
    newest = found_or_404(selectors.versions(study.survey, thread, reader=request.actor) or None)[0]
    if request.POST.get("confirmed") == "yes":
        services.change_finding(by=request.actor, finding=newest, text="", language=newest.language)
        return see_other(url_of(request, "results-findings", study.survey))
    context = {
        "question": _("Take this finding back?"),
        "consequences": [newest.text, _("It leaves the list. Its versions stay, with who signed them.")],
        "verb": _("Take it back"),
        "back_url": url_of(request, "results-finding", study.survey, newest.thread),
        "form": None,
    }
    return render(request, "web/confirm.html", context)


def line(request: MemberRequest, study: sheets.Study, one: Finding) -> dict[str, Any]:
    """Return what a list shows of a finding."""
    led_to = getattr(one, "led_to", None)
    return {
        "text": one.text,
        "language": one.language,
        "about": _about(study, one),
        "who": one.signed_by.name,
        "at": one.signed_at,
        "version": one.version,
        "answers": one.answers,
        "url": url_of(request, "results-finding", study.survey, one.thread),
        "decision": led_to,
        "decision_url": address("decisions:open", request.network.slug, led_to) if led_to else "",
    }


def _about(study: sheets.Study, one: Finding) -> str:
    question = study.instrument.question(one.question) if one.question else None
    return voice_of().text(question.text, question.key) if question else ""


def _form(request: MemberRequest, study: sheets.Study, newest: Finding | None = None) -> FindingForm:
    voice = voice_of()
    questions = [
        (one.key, voice.text(one.text, one.key))
        for one in study.instrument.questions()
        if one.kind is not Kind.DATE and one.role not in ("EMAIL", "ORGANIZATION")
    ]
    initial = {"question": request.GET.get("question", "")}
    if newest is not None:
        initial = {"text": newest.text, "decision": getattr(newest, "led_to", None) or ""}
    return FindingForm(
        request.POST if request.method == "POST" else None,
        actor=request.actor,
        questions=questions,
        initial=initial,
    )

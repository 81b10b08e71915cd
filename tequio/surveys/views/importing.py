"""Bringing a file of answers: upload, look at it, correct and decide, say yes, and undo it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from procrastinate.contrib.django import app as jobs

from tequio.core.access import Refused
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.pages import needs
from tequio.people.formats.tables import Unreadable, write_csv
from tequio.surveys import access
from tequio.surveys.forms.building import named_languages
from tequio.surveys.forms.importing import (
    AnswersForm,
    ColumnsForm,
    FromFileForm,
    decided,
    item_choices,
    item_name,
    short,
)
from tequio.surveys.models import Batch, Stage, State, Survey
from tequio.surveys.rules.instrument import Instrument, Kind, Question
from tequio.surveys.selectors import building as surveys
from tequio.surveys.selectors import importing as selectors
from tequio.surveys.services import importing as services
from tequio.surveys.services.import_reporting import reason, shown_value
from tequio.surveys.views.building import crumbs_of, url_of

AT_ONCE = 500_000  # bytes that are read while the reader waits
ROWS_AT_ONCE = 300
SHOWN = 30


def _found(request: MemberRequest, slug: str) -> Survey:
    survey = found_or_404(surveys.survey(request.actor, slug))
    access.bring.require(request.actor, survey)
    return survey


def _batch(request: MemberRequest, slug: str, uuid: UUID) -> Batch:
    return found_or_404(selectors.find_batch(request.actor, _found(request, slug), uuid))


def _page(request: MemberRequest, batch: Batch) -> str:
    return url_of(request, "import", batch.survey, batch.uuid)


@needs(access.create)
def from_file(request: MemberRequest) -> HttpResponse:
    """Make a survey of a file of answers, or of a structure of LimeSurvey."""
    posted = request.method == "POST"
    languages = named_languages(request.network.languages)
    form = FromFileForm(
        request.POST if posted else None, request.FILES if posted else None, languages=languages
    )
    if posted and form.is_valid():
        try:
            return see_other(_begin(request, form))
        except Unreadable as problem:
            form.add_error("file", reason(code=problem.code))
    context = {"form": form, "crumbs": crumbs_of(request)}
    return render(request, "surveys/import_new.html", context, status=422 if posted else 200)


def _begin(request: MemberRequest, form: FromFileForm) -> str:
    said = form.cleaned_data
    content = said["file"].read()
    if said["file"].name.lower().endswith(".lss"):
        survey, _unsupported = services.begin_from_structure(by=request.actor, content=content)
        return url_of(request, "survey", survey)
    batch = services.begin_from_file(
        by=request.actor,
        title=said["title"],
        language=said["language"],
        name=said["file"].name,
        content=content,
    )
    return _read(request, batch, size=len(content))


def imports(request: MemberRequest, survey: str) -> HttpResponse:
    """Take a file of answers; list the latest ones."""
    found = _found(request, survey)
    posted = request.method == "POST"
    form = AnswersForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        file = form.cleaned_data["file"]
        batch = services.start_batch(by=request.actor, survey=found, name=file.name, content=file.read())
        return see_other(_read(request, batch, size=file.size))
    context = {
        "form": form,
        "survey": found,
        "rows": selectors.batches(request.actor, found),
        "crumbs": crumbs_of(request, found),
    }
    return render(request, "surveys/imports.html", context, status=422 if posted else 200)


def _read(request: MemberRequest, batch: Batch, *, size: int) -> str:
    """Read a small file at once and leave a large one to a job; return where it can be seen."""
    if size > AT_ONCE:
        jobs.configure_task("tequio.surveys.tasks.read_batch").defer(**_job(request, batch))
        return _page(request, batch)
    try:
        services.read_batch(by=request.actor, batch=batch)
    except Unreadable as problem:
        services.fail_batch(by=request.actor, batch=batch, reason=problem.code)
    return _page(request, batch)


def _job(request: MemberRequest, batch: Batch) -> dict[str, Any]:
    return {"network_id": request.network.pk, "batch_id": batch.pk, "language": get_language() or "es"}


def import_(request: MemberRequest, survey: str, uuid: UUID) -> HttpResponse:
    """Show where a file is; take corrections, decisions and the word to write it."""
    batch = _batch(request, survey, uuid)
    if request.method != "POST" or batch.stage != Stage.READY:
        return _show(request, batch)
    if "columns" in request.POST:
        return _correct(request, batch)
    return _decide(request, batch) if "decide" in request.POST else _run(request, batch)


def _decide(request: MemberRequest, batch: Batch) -> HttpResponse:
    instrument = selectors.version_of(batch).instrument
    said = decided(request.POST, batch.report.get("items", [])[:SHOWN], instrument)
    services.decide_batch(by=request.actor, batch=batch, decisions=said)
    return see_other(_read(request, batch, size=len(batch.content or b"")))


def _correct(request: MemberRequest, batch: Batch) -> HttpResponse:
    form = _columns_form(batch, request.POST)
    if not form.is_valid():
        return _show(request, batch, form=form)
    services.map_batch(by=request.actor, batch=batch, mapping=form.mapping())
    return see_other(_read(request, batch, size=len(batch.content or b"")))


def _columns_form(batch: Batch, sent: Any = None) -> ColumnsForm:
    instrument = selectors.version_of(batch).instrument
    return ColumnsForm(sent, columns=batch.report.get("columns", []), instrument=instrument)


def _run(request: MemberRequest, batch: Batch) -> HttpResponse:
    services.confirm_batch(by=request.actor, batch=batch)
    if batch.total > ROWS_AT_ONCE:
        jobs.configure_task("tequio.surveys.tasks.run_batch").defer(**_job(request, batch))
        return see_other(_page(request, batch))
    batch.refresh_from_db()
    try:
        services.run_batch(by=request.actor, batch=batch)
    except Refused as problem:
        services.reopen_batch(by=request.actor, batch=batch, reason=str(problem))
    return see_other(_page(request, batch))


def _show(request: MemberRequest, batch: Batch, *, form: ColumnsForm | None = None) -> HttpResponse:
    templates = {
        Stage.READY: "surveys/import_ready.html",
        Stage.READING: "surveys/import_waiting.html",
        Stage.RUNNING: "surveys/import_waiting.html",
    }
    report = batch.report
    ready = batch.stage == Stage.READY
    version = selectors.version_of(batch)
    instrument = version.instrument
    context = {
        "batch": batch,
        "report": report,
        "form": form or (_columns_form(batch) if ready else None),
        "items": [_item(one, instrument) for one in report.get("items", [])[:SHOWN] if ready],
        "more_items": max(len(report.get("items", [])) - SHOWN, 0),
        "misread": [_misread(one) for one in report.get("misread", [])[:SHOWN]],
        "sample": [_sample(one, instrument) for one in report.get("sample", [])],
        "same": report.get("same", [])[:SHOWN],
        "opens": ready and batch.survey.state == State.DRAFT,
        "stale": ready and report.get("stamp") != version.stamp,
        "reason": reason(code=report["reason"]) if "reason" in report else "",
        "crumbs": [
            *crumbs_of(request, batch.survey),
            (_("Bring answers"), url_of(request, "imports", batch.survey)),
        ],
    }
    template = templates.get(Stage(batch.stage), "surveys/import_done.html")
    return render(request, template, context, status=422 if form else 200)


def _item(item: Mapping[str, Any], instrument: Instrument) -> dict[str, Any]:
    question = instrument.question(item["question"]) or Question(item["question"], Kind.OPEN, {})
    choices = list(item_choices(item, question))
    proposed = [one[0] if isinstance(one, list) else one for one in item["proposals"]]
    sure = question.kind in (Kind.COUNTRY, Kind.CITIES) and bool(proposed) and not item.get("is_country")
    return {
        **item,
        "name": item_name(item),
        "label": short(question),
        "choices": choices,
        "chosen": proposed[0] if sure else choices[0][0],
    }


def _misread(one: list[Any]) -> dict[str, Any]:
    row, heading, text, code = one
    return {"row": row, "heading": heading, "text": text[:120], "reason": reason(code=code)}


def _sample(one: Mapping[str, Any], instrument: Instrument) -> dict[str, Any]:
    said = [
        (short(question), shown_value(said=one["said"][question.key], question=question))
        for question in instrument.questions()
        if question.key in one["said"]
    ]
    return {"row": one["row"], "said": said}


@require_safe
def misread(request: MemberRequest, survey: str, uuid: UUID) -> HttpResponse:
    """Hand out what was not understood, cell by cell, as a table."""
    batch = _batch(request, survey, uuid)
    header = [_("Row"), _("Column"), _("What it says"), _("Why")]
    lines = [
        [row, heading, text, reason(code=code)]
        for row, heading, text, code in batch.report.get("misread", [])
    ]
    response = HttpResponse(write_csv(header, lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="cells-{batch.pk}.csv"'
    return response


def undo_import(request: MemberRequest, survey: str, uuid: UUID) -> HttpResponse:
    """Take back the answers that came with a file, after asking."""
    batch = _batch(request, survey, uuid)
    if batch.stage != Stage.DONE:
        return see_other(_page(request, batch))
    why_not = services.why_not_undo(batch=batch)
    if request.method == "POST" and not why_not:
        services.undo_batch(by=request.actor, batch=batch)
        return see_other(_page(request, batch))
    context = {
        "question": _("Undo the import of %(file)s?") % {"file": batch.name},
        "consequences": [
            why_not or _("Exactly the answers that came with this file go."),
            _("It stays in the register that the import was done and undone."),
        ],
        "verb": _("Undo it"),
        "back_url": _page(request, batch),
        "crumbs": crumbs_of(request, batch.survey),
    }
    return render(request, "web/confirm.html", context, status=409 if request.method == "POST" else 200)


@require_POST
def drop_import(request: MemberRequest, survey: str, uuid: UUID) -> HttpResponse:
    """Leave a file aside before anything was written."""
    batch = _batch(request, survey, uuid)
    services.drop_batch(by=request.actor, batch=batch)
    return see_other(url_of(request, "imports", batch.survey))

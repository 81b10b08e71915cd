"""Bringing a file of answers: upload, look at it, correct and decide, say yes, and undo it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from procrastinate.contrib.django import app as jobs

from tequio.core.access import Refused
from tequio.core.forms import Form
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.pages import needs
from tequio.core.texts import say
from tequio.people.formats.tables import Layout, Unreadable, write_csv
from tequio.surveys import access
from tequio.surveys.formats.answers.doubts import NOTHING
from tequio.surveys.formats.answers.files import refuse_programs
from tequio.surveys.forms.building import named_languages
from tequio.surveys.forms.deciding import DecisionsForm
from tequio.surveys.forms.importing import (
    AnswersForm,
    BeyondForm,
    ColumnsForm,
    FromFileForm,
    LayoutForm,
    NameForm,
    short,
)
from tequio.surveys.models import Batch, Recipe, Stage, State, Survey
from tequio.surveys.rules.instrument import Instrument
from tequio.surveys.selectors import building as surveys
from tequio.surveys.selectors import importing as selectors
from tequio.surveys.services import importing as services
from tequio.surveys.services import recipes
from tequio.surveys.services.import_reporting import reason, shown_value
from tequio.surveys.views.arranging import shown_form
from tequio.surveys.views.building import crumbs_of, url_of

AT_ONCE = 500_000  # bytes that are read while the reader waits
ROWS_AT_ONCE = 300
SHOWN = 30
DECIDED_AT_ONCE = 20  # texts on one page: each brings its options along


def survey_of(request: MemberRequest, slug: str) -> Survey:
    """Return the survey of an address, for who may bring answers into it."""
    survey = found_or_404(surveys.survey(request.actor, slug))
    access.bring.require(request.actor, survey)
    return survey


def _batch(request: MemberRequest, slug: str, uuid: UUID) -> Batch:
    return found_or_404(selectors.find_batch(request.actor, survey_of(request, slug), uuid))


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
            if form.cleaned_data["file"].name.lower().endswith(".lss"):
                asked = shown_form(request, form.cleaned_data["file"].read())
                return render(request, "surveys/from_file.html", {"crumbs": crumbs_of(request), **asked})
            return see_other(_begin(request, form))
        except Unreadable as problem:
            form.add_error("file", reason(code=problem.code))
    context = {"form": form, "crumbs": crumbs_of(request)}
    return render(request, "surveys/import_new.html", context, status=422 if posted else 200)


def _begin(request: MemberRequest, form: FromFileForm) -> str:
    said = form.cleaned_data
    batch = services.begin_from_file(
        by=request.actor,
        title=said["title"],
        language=said["language"],
        name=said["file"].name,
        content=said["file"].read(),
    )
    return _read(request, batch)


def imports(request: MemberRequest, survey: str) -> HttpResponse:
    """Take a file of answers; list the latest ones, and how such files are read."""
    found = survey_of(request, survey)
    posted = request.method == "POST"
    form = AnswersForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        try:
            return see_other(_bring(request, found, form.cleaned_data["file"]))
        except Unreadable as problem:
            form.add_error("file", reason(code=problem.code))
    context = {
        "form": form,
        "survey": found,
        "rows": selectors.batches(request.actor, found),
        "recipes": [one for one in selectors.recipes(request.actor, found) if one.survey_id == found.pk],
        "crumbs": crumbs_of(request, found),
    }
    return render(request, "surveys/imports.html", context, status=422 if posted else 200)


@transaction.atomic
def _bring(request: MemberRequest, survey: Survey, file: UploadedFile[Any]) -> str:
    """Keep a file and read it; of one that cannot be read nothing stays. Raises ``Unreadable``."""
    batch = services.start_batch(by=request.actor, survey=survey, name=str(file.name), content=file.read())
    if (file.size or 0) <= AT_ONCE:
        services.read_batch(by=request.actor, batch=batch)
    else:
        refuse_programs(bytes(batch.content or b""))
        jobs.configure_task("tequio.surveys.tasks.read_batch").defer(**_job(request, batch))
    return _page(request, batch)


def _read(request: MemberRequest, batch: Batch) -> str:
    """Read a small file at once and leave a large one to a job; return where it can be seen. Raises ``Unreadable``."""
    if len(batch.content or b"") > AT_ONCE:
        jobs.configure_task("tequio.surveys.tasks.read_batch").defer(**_job(request, batch))
    else:
        services.read_batch(by=request.actor, batch=batch)
    return _page(request, batch)


def _job(request: MemberRequest, batch: Batch) -> dict[str, Any]:
    return {"network_id": request.network.pk, "batch_id": batch.pk, "language": get_language() or "es"}


def import_(request: MemberRequest, survey: str, uuid: UUID) -> HttpResponse:
    """Show where a file is; take corrections, decisions and the word to write it."""
    batch = _batch(request, survey, uuid)
    if request.method != "POST" or batch.stage != Stage.READY:
        return _show(request, batch)
    doing = next((act for name, act in _ACTS.items() if name in request.POST), _run)
    return doing(request, batch)


def _decide(request: MemberRequest, batch: Batch) -> HttpResponse:
    form = _decisions_form(batch, _page_of(request, batch), request.POST)
    if not form.is_valid():
        return _show(request, batch, decisions=form)
    services.decide_batch(by=request.actor, batch=batch, decisions=form.decided)
    return see_other(_read(request, batch))


def _undecide(request: MemberRequest, batch: Batch) -> HttpResponse:
    services.undecide_batch(by=request.actor, batch=batch)
    return see_other(_read(request, batch))


def _map(request: MemberRequest, batch: Batch) -> HttpResponse:
    form = _columns_form(request, batch, request.POST)
    if not form.is_valid():
        return _show(request, batch, columns=form)
    services.map_batch(by=request.actor, batch=batch, mapping=form.mapping(), name=form.cleaned_data["name"])
    return see_other(_read(request, batch))


def _cut(request: MemberRequest, batch: Batch) -> HttpResponse:
    """Cut the file otherwise; where nothing can be read so, say it and leave all as it was."""
    form = _layout_form(batch, request.POST)
    if not form.is_valid():
        return _show(request, batch, layout=form)
    try:
        with transaction.atomic():
            services.cut_batch(by=request.actor, batch=batch, layout=form.understood())
            return see_other(_read(request, batch))
    except Unreadable as problem:
        form.add_error("header" if problem.code == "no_headings" else None, reason(code=problem.code))
        batch.refresh_from_db()
        return _show(request, batch, layout=form)


def _follow(request: MemberRequest, batch: Batch) -> HttpResponse:
    form = _name_form(batch, selectors.recipes(request.actor, batch.survey), request.POST)
    if not form.is_valid():
        return _show(request, batch, name=form)
    recipe = selectors.find_recipe(request.actor, batch.survey, UUID(form.cleaned_data["recipe"]))
    try:
        with transaction.atomic():
            recipes.follow(by=request.actor, batch=batch, recipe=found_or_404(recipe))
            return see_other(_read(request, batch))
    except Unreadable as problem:
        form.add_error("recipe", reason(code=problem.code))
        batch.refresh_from_db()
        return _show(request, batch, name=form)


def _run(request: MemberRequest, batch: Batch) -> HttpResponse:
    form = BeyondForm(request.POST) if batch.report.get("full") else None
    if form is not None and not form.is_valid():
        return _show(request, batch, beyond=form)
    services.confirm_batch(by=request.actor, batch=batch, beyond=form.cleaned_data["beyond"] if form else "")
    if batch.total > ROWS_AT_ONCE:
        jobs.configure_task("tequio.surveys.tasks.run_batch").defer(**_job(request, batch))
        return see_other(_page(request, batch))
    batch.refresh_from_db()
    try:
        services.run_batch(by=request.actor, batch=batch)
    except Refused as problem:
        services.reopen_batch(by=request.actor, batch=batch, reason=str(problem))
    return see_other(_page(request, batch))


_ACTS = {"columns": _map, "decide": _decide, "undecide": _undecide, "cut": _cut, "follow": _follow}


def _columns_form(
    request: MemberRequest,
    batch: Batch,
    sent: Any = None,
    *,
    asked: Instrument | None = None,
    known: Sequence[Recipe] | None = None,
) -> ColumnsForm:
    known = selectors.recipes(request.actor, batch.survey) if known is None else known
    mine = (
        one.name for one in known if (one.survey_id, one.fingerprint) == (batch.survey_id, batch.fingerprint)
    )
    return ColumnsForm(
        sent,
        columns=batch.report.get("columns", []),
        instrument=asked or selectors.version_of(batch).instrument,
        name=next(mine, ""),
    )


def _layout_form(batch: Batch, sent: Any = None) -> LayoutForm:
    return LayoutForm(sent, layout=Layout(**batch.layout), sheets=batch.report.get("sheets", []))


def _name_form(batch: Batch, known: Sequence[Recipe], sent: Any = None) -> NameForm:
    named = [
        (
            str(one.uuid),
            one.name if one.survey_id == batch.survey_id else f"{one.name} · {say(one.survey.title)}",
        )
        for one in known
    ]
    return NameForm(sent, recipes=named)


def _page_of(request: MemberRequest, batch: Batch) -> Page[Any]:
    return Paginator(batch.report.get("items", []), DECIDED_AT_ONCE).get_page(request.GET.get("page"))


def _decisions_form(
    batch: Batch, page: Page[Any], sent: Any = None, asked: Instrument | None = None
) -> DecisionsForm:
    instrument = asked or selectors.version_of(batch).instrument
    return DecisionsForm(sent, items=list(page), instrument=instrument)


def _show(request: MemberRequest, batch: Batch, **forms: Form) -> HttpResponse:
    if batch.stage == Stage.READY:
        return _show_ready(request, batch, forms)
    waiting = batch.stage in (Stage.READING, Stage.RUNNING)
    report = batch.report
    context = {
        "batch": batch,
        "report": report,
        "misread": [_misread(one) for one in report.get("misread", [])[:SHOWN]],
        "reason": reason(code=report["reason"]) if "reason" in report else "",
        "crumbs": _crumbs(request, batch),
    }
    template = "surveys/import_waiting.html" if waiting else "surveys/import_done.html"
    return render(request, template, context)


def _crumbs(request: MemberRequest, batch: Batch) -> list[tuple[str, str]]:
    return [
        *crumbs_of(request, batch.survey),
        (_("Bring answers"), url_of(request, "imports", batch.survey)),
    ]


def _show_ready(request: MemberRequest, batch: Batch, forms: Mapping[str, Form]) -> HttpResponse:
    """Show what was understood, with the forms to correct it; ``forms`` are those that did not go through."""
    report = batch.report
    version = selectors.version_of(batch)
    asked = version.instrument
    page = _page_of(request, batch)
    known = selectors.recipes(request.actor, batch.survey)
    context = {
        "batch": batch,
        "report": report,
        "page": page,
        "decisions": forms.get("decisions")
        or (_decisions_form(batch, page, asked=asked) if page.object_list else None),
        "columns": forms.get("columns") or _columns_form(request, batch, asked=asked, known=known),
        "layout": forms.get("layout") or _layout_form(batch),
        "names": forms.get("name") or _name_form(batch, known),
        "beyond": forms.get("beyond") or BeyondForm(),
        "without": [short(one) for one in asked.questions() if one.key in report.get("without", [])],
        "full": [_full(one, asked) for one in report.get("full", [])],
        "decided": sum(map(len, batch.decisions.values())),
        "form": next(iter(forms.values()), None),
        "misread": [_misread(one) for one in report.get("misread", [])[:SHOWN]],
        "sample": [_sample(one, asked) for one in report.get("sample", [])],
        "same": report.get("same", [])[:SHOWN],
        "opens": batch.survey.state == State.DRAFT,
        "stale": report.get("stamp") != version.stamp,
        "correcting": bool({"columns", "layout", "name"} & forms.keys()),
        "unreadable": reason(code=report["unreadable"]) if "unreadable" in report else "",
        "crumbs": _crumbs(request, batch),
    }
    return render(request, "surveys/import_ready.html", context, status=422 if forms else 200)


def _full(one: list[Any], instrument: Instrument) -> dict[str, Any]:
    key, option, most, taken, count = one
    question = instrument.question(key)
    said = {"chosen": [option], "rows": {}, "text": ""}
    name = shown_value(said=said, question=question) if question else option
    return {"name": name, "most": most, "taken": taken, "count": count}


def _misread(one: list[Any]) -> dict[str, Any]:
    row, heading, text, code = one
    said = "" if text == NOTHING else text[:120]
    return {"row": row, "heading": heading, "text": said, "reason": reason(code=code)}


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
        [row, heading, "" if text == NOTHING else text, reason(code=code)]
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

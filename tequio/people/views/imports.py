"""Bringing a list of organizations: upload, look at it, say yes, and undo it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app as jobs

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.pages import needs
from tequio.people import access, selectors, services
from tequio.people.formats.tables import Layout, Unreadable, write_csv
from tequio.people.forms.imports import LayoutForm, UploadForm, chosen_duplicates, field_labels
from tequio.people.models import Import, Kind, Sector, State
from tequio.people.rules.countries import country_name

AT_ONCE = 500_000  # bytes that are read while the reader waits
ROWS_AT_ONCE = 300
SHOWN = 40


def _page(request: MemberRequest, row: Import) -> str:
    return reverse("people:import", args=[request.network.slug, row.uuid])


def _crumbs(request: MemberRequest, *more: tuple[str, str]) -> list[tuple[str, str]]:
    slug = request.network.slug
    return [(_("Organizations"), reverse("people:organizations", args=[slug])), *more]


@needs(access.import_organizations)
def imports(request: MemberRequest) -> HttpResponse:
    """Take a file; list the latest imports."""
    sent = request.method == "POST"
    form = UploadForm(request.POST if sent else None, request.FILES if sent else None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        row = services.start_import(by=request.actor, name=file.name, content=file.read())
        return _read(request, row, size=file.size)
    context = {
        "form": form,
        "rows": selectors.imports(request.actor),
        "fields": list(field_labels().values()),
        "crumbs": _crumbs(request),
    }
    return render(request, "people/imports.html", context, status=422 if form.errors else 200)


def _read(request: MemberRequest, row: Import, *, size: int) -> HttpResponse:
    """Read a small file at once and leave a large one to a job; an unreadable one is kept out, with the reason."""
    if size > AT_ONCE:
        jobs.configure_task("tequio.people.tasks.read_import").defer(**_job(request, row))
        return see_other(_page(request, row))
    try:
        services.read_import(by=request.actor, row=row)
    except Unreadable as problem:
        services.fail_import(by=request.actor, row=row, reason=problem.code)
    return see_other(_page(request, row))


def _job(request: MemberRequest, row: Import) -> dict[str, Any]:
    return {"network_id": request.network.pk, "import_id": row.pk, "language": get_language() or "es"}


@needs(access.import_organizations)
def import_(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Show where an import is; take corrections and the choice about duplicates while it waits."""
    row = found_or_404(selectors.find_import(request.actor, uuid))
    if request.method == "POST" and row.state == State.READY:
        return _correct(request, row) if "correct" in request.POST else _run(request, row)
    return _show(request, row)


def _correct(request: MemberRequest, row: Import) -> HttpResponse:
    form = _layout_form(row, request.POST)
    if not form.is_valid():
        return _show(request, row, form=form)
    layout, mapping = form.understood()
    if len(row.content or b"") > AT_ONCE:
        services.correct_import(by=request.actor, row=row, layout=layout, mapping=mapping, choices={})
        return _read(request, row, size=len(row.content or b""))
    try:
        services.read_corrected(by=request.actor, row=row, layout=layout, mapping=mapping)
    except Unreadable as problem:
        row.refresh_from_db()
        form.add_error(None, services.reason(code=problem.code))
        return _show(request, row, form=form)
    return see_other(_page(request, row))


def _run(request: MemberRequest, row: Import) -> HttpResponse:
    services.choose_duplicates(by=request.actor, row=row, choices=chosen_duplicates(request.POST))
    if row.total > ROWS_AT_ONCE:
        jobs.configure_task("tequio.people.tasks.run_import").defer(**_job(request, row))
    else:
        services.run_import(by=request.actor, row=row)
    return see_other(_page(request, row))


def _layout_form(row: Import, sent: Any = None) -> LayoutForm:
    report = row.report
    return LayoutForm(
        sent,
        layout=Layout(**row.layout),
        sheets=report.get("sheets", []),
        columns=report.get("columns", []),
        mapping=row.mapping,
    )


def _show(request: MemberRequest, row: Import, *, form: LayoutForm | None = None) -> HttpResponse:
    templates = {
        State.READY: "people/import_ready.html",
        State.READING: "people/import_waiting.html",
        State.RUNNING: "people/import_waiting.html",
    }
    report = row.report
    context = {
        "row": row,
        "report": report,
        "form": form or (_layout_form(row) if row.state == State.READY else None),
        "rejected": report.get("rejected", [])[:SHOWN],
        "duplicates": report.get("duplicates", [])[:SHOWN],
        "more_duplicates": max(report.get("duplicates_count", 0) - SHOWN, 0),
        "places_unknown": report.get("places_unknown", [])[:SHOWN],
        "sample": [_sample(one) for one in report.get("sample", [])],
        "unknown": [
            (field_labels().get(name, name), texts) for name, texts in report.get("unknown", {}).items()
        ],
        "reason": services.reason(code=report.get("reason", "")),
        "crumbs": _crumbs(
            request, (_("Bring a list"), reverse("people:imports", args=[request.network.slug]))
        ),
    }
    template = templates.get(State(row.state), "people/import_done.html")
    return render(request, template, context, status=422 if form else 200)


def _sample(one: dict[str, Any]) -> dict[str, Any]:
    return {
        **one,
        "kind": str(Kind(one["kind"]).label) if one["kind"] else "",
        "sector": str(Sector(one["sector"]).label) if one["sector"] else "",
        "country": country_name(one["country"], get_language() or "en") if one["country"] else "",
        "cities": ", ".join(one["cities"]),
    }


@needs(access.import_organizations)
def rejected(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Hand out the rows that could not be read, as a table to mend and bring again."""
    row = found_or_404(selectors.find_import(request.actor, uuid))
    header = [_("Row"), _("Why"), *row.report.get("columns", [])]
    lines = [[one["row"], one["reason"], *one["cells"]] for one in row.report.get("rejected", [])]
    response = HttpResponse(write_csv(header, lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rows-{row.pk}.csv"'
    return response


@needs(access.import_organizations)
def undo_import(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Take back what an import added, after asking."""
    row = found_or_404(selectors.find_import(request.actor, uuid))
    if row.state != State.DONE:
        return see_other(_page(request, row))
    if request.method == "POST":
        services.undo_import(by=request.actor, row=row)
        return see_other(_page(request, row))
    context = {
        "question": _("Undo the import of %(file)s?") % {"file": row.name},
        "consequences": [
            _(
                "The organizations that it added go, unless somebody changed them since or they joined the network."
            ),
            _("What it added to organizations that were here already goes too."),
            _("It stays in the register that the import was done and undone."),
        ],
        "verb": _("Undo it"),
        "back_url": _page(request, row),
    }
    return render(request, "web/confirm.html", context)


@needs(access.import_organizations)
def drop_import(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Leave a file aside before anything was written."""
    row = found_or_404(selectors.find_import(request.actor, uuid))
    if request.method == "POST":
        services.drop_import(by=request.actor, row=row)
    return see_other(reverse("people:imports", args=[request.network.slug]))

"""Results for those who may see exact figures: all of it, one question, any question by any others."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tequio.core.http import MemberRequest
from tequio.surveys import access
from tequio.surveys.formats.grid import as_csv, as_xlsx, grid
from tequio.surveys.formats.wording import Voice
from tequio.surveys.rules.crosstab import MOST_LEVELS, Group, Table, cross
from tequio.surveys.rules.findings import Fact, Sort, by_groups, contrast, facts, together
from tequio.surveys.rules.instrument import Base, Kind
from tequio.surveys.rules.shares import percent
from tequio.surveys.rules.unions import grouped, ticked
from tequio.surveys.selectors import sheets
from tequio.surveys.views.analysis_parts import (
    asked_where,
    bars,
    base_within,
    counted,
    crumbs_of,
    figures,
    filters,
    notes,
    only_of,
    study_of,
    url_of,
    voice_of,
)
from tequio.surveys.views.building import ROOMS

ROOMS.append(("results", gettext_lazy("Results"), lambda actor, survey: access.analyze.allows(actor, survey)))
TONES = ("indigo", "carmine", "jade", "walnut", "gold")
HIDDEN = ("PUBLISH", "EMAIL")  # questions that say nothing about the field


@require_safe
def results(request: MemberRequest, survey: str) -> HttpResponse:
    """Everything that was asked, with what stands out."""
    study, voice, where = study_of(request, survey), voice_of(), asked_where(request)
    shown = {one.key for one in study.countable() if one.role not in HIDDEN and one.kind is not Kind.CITIES}
    sheet = sheets.sheet(study, only=shown | where.keys())
    tables = [
        counted(sheet, column.key, [], where)
        for column in sheet.columns
        if column.key.partition("/")[0] in shown
    ]
    told = [(table, facts(table)) for table in tables]
    country = study.instrument.with_role("COUNTRY")
    context = {
        "survey": study.survey,
        "answers": sheet.size,
        "finds": _finds(told, voice),
        "parts": [
            _section(request, study, table, found, voice, at) for at, (table, found) in enumerate(told)
        ],
        "filters": filters(study, sheet, where, voice),
        "only": only_of(sheet, where, voice),
        "places": _by_country(sheet, country.key, where) if country else {},
        "rooms": rooms(request, study),
        "crumbs": crumbs_of(request, study.survey)[:-1],
    }
    return render(request, "surveys/results.html", context)


def rooms(request: MemberRequest, study: sheets.Study) -> dict[str, str]:
    """Return the addresses of the other pages of results."""
    names = {"table": "results-table", "compare": "results-compare", "findings": "results-findings"}
    if study.instrument.with_role("CITIES"):
        names["cities"] = "results-cities"
    if study.told():
        names["words"] = "results-words"
    return {key: url_of(request, name, study.survey) for key, name in names.items()}


def _finds(told: list[tuple[Table, list[Fact]]], voice: Voice) -> list[dict[str, str]]:
    """Three findings: the most common of several answers, the largest share of mentions, the most common answer."""
    kinds: dict[str, Fact] = {}
    for table, found in told:
        for fact in found:
            kind = "mentions" if fact.base is Base.MENTIONS else "several" if table.rows.several else "one"
            best = kinds.get(kind)
            if fact.sort is not Sort.UNION and (best is None or _size(fact) > _size(best)):
                kinds[kind] = fact
    best_of = [(kind, kinds[kind]) for kind in ("mentions", "several", "one") if kind in kinds]
    return [
        {
            "tone": TONES[at],
            "big": voice.percent(_whole(fact)) if kind == "mentions" else str(fact.shares[0].part),
            "about": next(
                voice.title(table.rows) for table, _found in told if table.rows.key == fact.question
            ),
            "says": voice.sentence(fact),
        }
        for at, (kind, fact) in enumerate(best_of)
    ]


def _whole(fact: Fact) -> Decimal | None:
    return percent(fact.shares[0].part, fact.shares[0].whole, digits=0)


def _size(fact: Fact) -> Any:
    return fact.shares[0].percent or 0


def _section(
    request: MemberRequest, study: sheets.Study, table: Table, found: list[Fact], voice: Voice, at: int
) -> dict[str, Any]:
    title = voice.title(table.rows)
    return {
        "headline": voice.sentence(found[0]) if found else title,
        "title": title,
        "url": url_of(request, "results-question", study.survey, table.rows.key),
        "notes": notes(table, voice),
        "bars": bars(table, voice),
        "top": max(table.whole.bases.of(Base.RESPONDENTS), 1) if table.rows.base is not Base.MENTIONS else 0,
        "tone": TONES[at % 4],
    }


def _by_country(sheet: Any, key: str, where: Mapping[str, list[str]]) -> dict[str, int]:
    table = cross(sheet, rows=key, where=where)
    return {
        one.key: table.whole.counts[at]
        for at, one in enumerate(table.rows.categories)
        if table.whole.counts[at]
    }


@require_safe
def question(request: MemberRequest, survey: str, column: str) -> HttpResponse:
    """One question: every figure with its base, options taken together, and what it is split by."""
    study, voice, where = study_of(request, survey), voice_of(), asked_where(request)
    country = study.instrument.with_role("COUNTRY")
    sheet = sheets.sheet(study, only={column, *where, *([country.key] if country else [])})
    table = counted(sheet, column, [], where)
    found = facts(table)
    chosen = [one.key for one in table.rows.categories if one.key in request.GET.getlist("together")]
    context = {
        "survey": study.survey,
        "headline": voice.sentence(found[0]) if found else voice.title(table.rows),
        "more": [voice.sentence(fact) for fact in found[1:]],
        "title": voice.title(table.rows),
        "notes": notes(table, voice),
        "bars": bars(table, voice),
        "figures": figures(table, table.whole, voice),
        "ticked": ticked(table.rows) if table.rows.several and not where else None,
        "groups": _groups(study, table, voice),
        "together": voice.sentence(together(table, tuple(chosen))) if len(chosen) > 1 and not where else "",
        "options": [(one.key, voice.name(one), one.key in chosen) for one in table.rows.categories],
        "several": table.rows.several,
        "by_country": _split_url(request, study, column, country.key, where) if country else "",
        "csv": _file_url(request, study, "csv", rows=column, where=where),
        "xlsx": _file_url(request, study, "xlsx", rows=column, where=where),
        "only": only_of(sheet, where, voice),
        "crumbs": crumbs_of(request, study.survey),
    }
    return render(request, "surveys/results_question.html", context)


def _split_url(
    request: MemberRequest, study: sheets.Study, column: str, by: str, where: Mapping[str, list[str]]
) -> str:
    return (
        ""
        if by == column
        else url_of(request, "results-table", study.survey, rows=column, by=by, **_marked(where))
    )


def _marked(where: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {f"w.{key}": values for key, values in where.items()}


def _file_url(request: MemberRequest, study: sheets.Study, sort: str, **asked: Any) -> str:
    where = asked.pop("where")
    return url_of(request, "results-file", study.survey, sort, **asked, **_marked(where))


def _groups(study: sheets.Study, table: Table, voice: Voice) -> list[tuple[str, int, int, str]]:
    """Options that belong together: mentions, and people who chose at least one."""
    rows = []
    for key, one in grouped(table.rows).items():
        names = [voice.name(option) for option in table.rows.categories if option.key in one.keys]
        rows.append((voice.listed(names), one.mentions, one.respondents, key))
    return rows if len(rows) > 1 or any(len(one.keys) > 1 for one in grouped(table.rows).values()) else []


@require_safe
def table(request: MemberRequest, survey: str) -> HttpResponse:
    """Any question by up to three others, with filters; all of it is in the address."""
    study, voice, where = study_of(request, survey), voice_of(), asked_where(request)
    rows, by = _asked(request, study)
    sheet = sheets.sheet(study)
    found = counted(sheet, rows, by, where) if rows else None
    context: dict[str, Any] = {
        "survey": study.survey,
        "choices": [(column.key, voice.title(column)) for column in sheet.columns],
        "rows": rows,
        "by": [*by, *[""] * (MOST_LEVELS - len(by))],
        "filters": filters(study, sheet, where, voice),
        "only": only_of(sheet, where, voice),
        "crumbs": crumbs_of(request, study.survey),
    }
    if found is not None:
        context |= _crossed(found, voice)
        context |= {
            sort: _file_url(request, study, sort, rows=rows, by=by, where=where) for sort in ("csv", "xlsx")
        }
    return render(request, "surveys/results_table.html", context)


def _asked(request: MemberRequest, study: sheets.Study) -> tuple[str, list[str]]:
    rows = request.GET.get("rows", "")
    by = [key for key in dict.fromkeys(request.GET.getlist("by")) if key and key != rows]
    if len(by) > MOST_LEVELS:
        raise Http404
    return rows, by


def _crossed(table: Table, voice: Voice) -> dict[str, Any]:
    base = base_within(table.rows)
    said = facts(table) if not table.by else by_groups(table)
    return {
        "title": voice.title(table.rows),
        "says": [voice.sentence(fact) for fact in said],
        "notes": notes(table, voice),
        "heads": [voice.title(column) for column in table.by],
        "whole": _cells(table, table.whole, base, voice),
        "options": [voice.name(one) for one in table.rows.categories],
        "groups": [(_names(table, group, voice), _cells(table, group, base, voice)) for group in table.groups]
        if table.by
        else [],
        "contrast": _contrast(table, voice) if len(table.by) == 1 else None,
    }


def _names(table: Table, group: Group, voice: Voice) -> list[str]:
    return [voice.name(column.categories[at]) for column, at in zip(table.by, group.by, strict=False)]


def _cells(table: Table, group: Group, base: Base, voice: Voice) -> dict[str, Any]:
    cells = [
        (str(group.counts[row]), voice.percent(group.share(row, base=base, digits=1)))
        for row in range(len(table.rows.categories))
    ]
    return {"base": group.bases.of(base), "cells": cells}


def _contrast(table: Table, voice: Voice) -> dict[str, Any] | None:
    """Each option in each group against everybody, in points. Source: SUR-28."""
    rows = contrast(table)
    if not rows or len(rows[0][1]) < 2:
        return None
    return {
        "heads": [voice.name(group) for group, _points in rows[0][1]],
        "rows": [
            (voice.name(table.rows.categories[row]), [voice.points(number) for _group, number in points])
            for row, points in rows
        ],
    }


@require_safe
def file(request: MemberRequest, survey: str, sort: str) -> HttpResponse:
    """The same table as CSV or XLSX."""
    study, where = study_of(request, survey), asked_where(request)
    rows, by = _asked(request, study)
    sheet = sheets.sheet(study, only={rows, *by, *where})
    lines = list(grid(counted(sheet, rows, by, where), voice_of()))
    kinds = {
        "csv": (as_csv, "text/csv; charset=utf-8"),
        "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    }
    if sort not in kinds:
        raise Http404
    write, kind = kinds[sort]
    response = HttpResponse(write(lines), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{study.survey.slug}.{sort}"'
    return response

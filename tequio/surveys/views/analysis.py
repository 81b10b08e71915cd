"""Results for those who may see exact figures: all of it, one question, any question by any others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tequio.core.http import MemberRequest, see_other
from tequio.surveys import access
from tequio.surveys.formats.grid import as_csv, as_xlsx, grid
from tequio.surveys.formats.wording import WEIGHTED, Voice
from tequio.surveys.rules import aspects
from tequio.surveys.rules.asks import Ask, Found, members_of, where_of
from tequio.surveys.rules.crosstab import MOST_LEVELS, Group, Table
from tequio.surveys.rules.findings import Fact, Sort, by_groups, contrast, facts, together
from tequio.surveys.rules.instrument import Base, Kind
from tequio.surveys.rules.shares import percent, rounded
from tequio.surveys.rules.unions import Ticked
from tequio.surveys.selectors import pairs, sheets
from tequio.surveys.views.analysis_counted import METHODS, counted, moment_of
from tequio.surveys.views.analysis_parts import (
    asked_where,
    bars,
    base_within,
    columns_of,
    crumbs_of,
    figures,
    filters,
    notes,
    only_of,
    said_in,
    study_of,
    url_of,
    voice_of,
)
from tequio.surveys.views.building import ROOMS

ROOMS.append(("results", gettext_lazy("Results"), lambda actor, survey: access.analyze.allows(actor, survey)))
MOST_TOGETHER = 60
TONES = ("indigo", "carmine", "jade", "walnut", "gold")
PAIRED = ("NEEDS", "OFFERS")  # what such questions ask is matched
HIDDEN = ("PUBLISH", "EMAIL")  # questions that say nothing about the field


@METHODS
def results(request: MemberRequest, survey: str) -> HttpResponse:
    """Everything that was asked, with what stands out."""
    study, voice, where = study_of(request, survey), voice_of(), asked_where(request)
    shown = [one for one in study.countable() if one.role not in HIDDEN and one.kind is not Kind.CITIES]
    keys = [key for one in shown for key in columns_of(one)]
    country = study.instrument.with_role("COUNTRY")
    asks = [Ask(key, where=where_of(where)) for key in [*keys, *([country.key] if country else [])]]
    found = counted(request, study, asks, only={*keys, *where, *([country.key] if country else [])})
    if isinstance(found, HttpResponse):
        return found
    told = [(one, facts(one.table)) for one in found.found[: len(keys)]]
    paired = {one.key for one in shown if one.role in PAIRED}
    context = {
        "survey": study.survey,
        "answers": found.size,
        "paired": paired,
        "pairs": pairs.waiting(request.actor) if paired else {},
        "finds": _finds(told, voice),
        "parts": [_section(request, study, one, said, voice, at) for at, (one, said) in enumerate(told)],
        "filters": filters(study, found, where, voice),
        "only": only_of(found, where, voice),
        "places": _by_country(found.found[-1].table) if country else {},
        "rooms": rooms(request, study),
        "crumbs": crumbs_of(request, study.survey)[:-1],
    }
    return render(request, "surveys/results.html", context | moment_of(request, study, found))


def rooms(request: MemberRequest, study: sheets.Study) -> dict[str, str]:
    """Return the addresses of the other pages of results."""
    names = {
        "table": "results-table", "compare": "results-compare", "findings": "results-findings",
        "weights": "results-weights",
    }  # fmt: skip
    if study.instrument.with_role("CITIES"):
        names["cities"] = "results-cities"
    if study.told():
        names["words"] = "results-words"
    if aspects.questions(study.instrument):
        names["aspects"] = "results-aspects"
    return {key: url_of(request, name, study.survey) for key, name in names.items()}


def _finds(told: list[tuple[Found, list[Fact]]], voice: Voice) -> list[dict[str, str]]:
    """Three findings: the most common of several answers, the largest share of mentions, the most common answer."""
    kinds: dict[str, Fact] = {}
    for one, found in told:
        for fact in found:
            several = one.table.rows.several
            kind = "mentions" if fact.base is Base.MENTIONS else "several" if several else "one"
            best = kinds.get(kind)
            if fact.sort is not Sort.UNION and (best is None or _size(fact) > _size(best)):
                kinds[kind] = fact
    best_of = [(kind, kinds[kind]) for kind in ("mentions", "several", "one") if kind in kinds]
    return [
        {
            "tone": TONES[at],
            "big": voice.percent(_whole(fact)) if kind == "mentions" else str(fact.shares[0].part),
            "about": next(
                voice.title(one.table.rows) for one, _found in told if one.table.rows.key == fact.question
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
    request: MemberRequest, study: sheets.Study, found: Found, told: list[Fact], voice: Voice, at: int
) -> dict[str, Any]:
    table = found.table
    title = voice.title(table.rows)
    return {
        "headline": voice.sentence(told[0]) if told else title,
        "title": title,
        "key": table.rows.key,
        "url": url_of(request, "results-question", study.survey, table.rows.key),
        "notes": notes(found, voice),
        "bars": bars(found, voice),
        "top": max(table.whole.bases.of(Base.RESPONDENTS), 1) if table.rows.base is not Base.MENTIONS else 0,
        "tone": TONES[at % 4],
    }


def _by_country(table: Table) -> dict[str, int]:
    return {
        one.key: table.whole.counts[at]
        for at, one in enumerate(table.rows.categories)
        if table.whole.counts[at]
    }


@METHODS
def question(request: MemberRequest, survey: str, column: str) -> HttpResponse:
    """One question: every figure with its base, options taken together, and what it is split by."""
    study, voice, where = study_of(request, survey), voice_of(), asked_where(request)
    country = study.instrument.with_role("COUNTRY")
    wanted = tuple(dict.fromkeys(said_in(request).getlist("together")))[:MOST_TOGETHER]
    asks = [Ask(column, where=where_of(where), together=wanted, groups=True, sizes=True)]
    found = counted(request, study, asks, only={column, *where, *([country.key] if country else [])})
    if isinstance(found, HttpResponse):
        return found
    table = found.found[0].table
    told = facts(table)
    context = {
        "survey": study.survey,
        "headline": voice.sentence(told[0]) if told else voice.title(table.rows),
        "more": [voice.sentence(fact) for fact in told[1:]],
        "title": voice.title(table.rows),
        "notes": notes(found.found[0], voice),
        "bars": bars(found.found[0], voice),
        "figures": figures(found.found[0], voice),
        "ticked": Ticked.of(found.found[0].sizes) if table.rows.several else None,
        "groups": _groups(found.found[0], voice),
        "by_country": _split_url(request, study, column, country.key, where) if country else "",
        "csv": _file_url(request, study, "csv", rows=column, where=where),
        "xlsx": _file_url(request, study, "xlsx", rows=column, where=where),
        "only": only_of(found, where, voice),
        "crumbs": crumbs_of(request, study.survey),
    }
    context |= _together(found.found[0], wanted, voice) | moment_of(request, study, found)
    return render(request, "surveys/results_question.html", context)


def _together(found: Found, wanted: Sequence[str], voice: Voice) -> dict[str, Any]:
    """The options to be taken together, and what those that were say."""
    options = found.table.rows.categories
    chosen = tuple(one.key for one in options if one.key in wanted)
    fact = together(found.table, chosen, people=found.together) if len(chosen) > 1 else None
    return {
        "together": voice.sentence(fact) if fact else "",
        "options": [(one.key, voice.name(one), one.key in chosen) for one in options],
        "several": found.table.rows.several,
    }


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


def _groups(found: Found, voice: Voice) -> list[tuple[str, int, int, str]]:
    """Options that belong together: mentions, and people who chose at least one."""
    rows, members, counts = [], members_of(found.table.rows), found.table.whole.counts
    places = {one.key: at for at, one in enumerate(found.table.rows.categories)}
    for group, keys in members.items():
        names = [voice.name(found.table.rows.categories[places[key]]) for key in keys]
        mentions = sum(counts[places[key]] for key in keys)
        rows.append((voice.listed(names), mentions, (found.groups or {}).get(group, 0), group))
    return rows if len(rows) > 1 or any(len(keys) > 1 for keys in members.values()) else []


@METHODS
def table(request: MemberRequest, survey: str) -> HttpResponse:
    """Any question by up to three others, with filters; all of it is in the address."""
    study, voice, where = study_of(request, survey), voice_of(), asked_where(request)
    rows, by = _asked(request)
    asks = [Ask(rows, tuple(by), where_of(where))] if rows else []
    counted_ = counted(request, study, asks)
    if isinstance(counted_, HttpResponse):
        return counted_
    found = counted_.found[0] if rows else None
    context: dict[str, Any] = {
        "survey": study.survey,
        "choices": [(column.key, voice.title(column)) for column in counted_.columns],
        "rows": rows,
        "by": [*by, *[""] * (MOST_LEVELS - len(by))],
        "filters": filters(study, counted_, where, voice),
        "only": only_of(counted_, where, voice),
        "crumbs": crumbs_of(request, study.survey),
    }
    if found is not None:
        context |= _crossed(found, voice)
        context |= {
            sort: _file_url(request, study, sort, rows=rows, by=by, where=where) for sort in ("csv", "xlsx")
        }
    return render(request, "surveys/results_table.html", context | moment_of(request, study, counted_))


def _asked(request: MemberRequest) -> tuple[str, list[str]]:
    rows = said_in(request).get("rows", "")
    by = [key for key in dict.fromkeys(said_in(request).getlist("by")) if key and key != rows]
    if len(by) > MOST_LEVELS:
        raise Http404
    return rows, by


def _crossed(found: Found, voice: Voice) -> dict[str, Any]:
    table, beside = found.table, found.weighted
    base = base_within(table.rows)
    weighed = (
        {group.by: group for group in (beside.groups if beside.by else (beside.whole,))} if beside else {}
    )
    said = facts(table) if not table.by else by_groups(table)
    return {
        "title": voice.title(table.rows),
        "says": [voice.sentence(fact) for fact in said],
        "notes": notes(found, voice),
        "heads": [voice.title(column) for column in table.by],
        "whole": _cells(table.whole, base, voice, beside.whole if beside else None),
        "options": [voice.name(one) for one in table.rows.categories],
        "groups": [
            (_names(table, group, voice), _cells(group, base, voice, weighed.get(group.by)))
            for group in table.groups
        ]
        if table.by
        else [],
        "contrast": _contrast(table, voice) if len(table.by) == 1 else None,
    }


def _names(table: Table, group: Group, voice: Voice) -> list[str]:
    return [voice.name(column.categories[at]) for column, at in zip(table.by, group.by, strict=False)]


def _cells(group: Group, base: Base, voice: Voice, weighed: Group | None) -> dict[str, Any]:
    cells = []
    for row, number in enumerate(group.counts):
        beside = voice.percent(weighed.share(row, base=base, digits=1)) if weighed else ""
        share = voice.percent(group.share(row, base=base, digits=1))
        cells.append((str(number), share, voice.say(WEIGHTED) % {"share": beside} if weighed else ""))
    weight = voice.decimal(rounded(weighed.bases.weighted(base), digits=1)) if weighed else ""
    return {"base": group.bases.of(base), "weight": weight, "cells": cells}


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
    """The same table as CSV or XLSX; what is not counted yet is asked for on its page."""
    study, where = study_of(request, survey), asked_where(request)
    rows, by = _asked(request)
    kinds = {
        "csv": (as_csv, "text/csv; charset=utf-8"),
        "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    }
    if sort not in kinds:
        raise Http404
    found = counted(request, study, [Ask(rows, tuple(by), where_of(where))], only={rows, *by, *where})
    if isinstance(found, HttpResponse):
        return see_other(url_of(request, "results-table", study.survey, rows=rows, by=by, **_marked(where)))
    write, kind = kinds[sort]
    response = HttpResponse(write(list(grid(found.found[0], voice_of()))), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{study.survey.slug}.{sort}"'
    return response

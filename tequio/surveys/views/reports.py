"""The public report of a survey: its page, its figures as files, its paper."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, bring_style, found_or_404
from tequio.core.pages import public
from tequio.core.texts import say
from tequio.register.rules.canonical import canonical
from tequio.surveys import access
from tequio.surveys.formats import opendata
from tequio.surveys.models import Access, Release, State, Survey
from tequio.surveys.selectors import published, reporting
from tequio.surveys.selectors import releases as selectors
from tequio.surveys.views.building import crumbs_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LATER = "surveys/report.css"
MAKERS = {"csv": (opendata.csv_of, "text/csv; charset=utf-8"), "xlsx": (opendata.xlsx_of, XLSX)}


@public
def reports(request: MemberRequest) -> HttpResponse:
    """List what was published of the surveys of a network, for whoever looks."""
    lines = [
        {
            "url": reverse("surveys:report", args=[request.network.slug, one.survey]),
            "title": say(one.title),
            "note": _stands(one),
            "day": one.day,
        }
        for one in published.reports()
    ]
    context = {"layout": _layout(request), "reports": lines}
    return render(request, "surveys/reports.html", context)


def _stands(one: published.Report) -> str:
    if one.withdrawn:
        return _("taken back")
    return ngettext("%(number)s answer", "%(number)s answers", one.respondents) % {"number": one.respondents}


def _layout(request: MemberRequest) -> str:
    return "web/base.html" if request.actor else "web/public.html"


@public
def report(request: MemberRequest, survey: str) -> HttpResponse:
    """Show the newest report of a survey that was not taken back; else the newest of all. Source: SUR-24."""
    found, releases = _found(survey)
    corrected = _corrected(releases)
    standing = (one for one in releases if not hasattr(one, "withdrawal") and one.number not in corrected)
    return _show(request, found, next(standing, releases[0]), releases)


@public
def release(request: MemberRequest, survey: str, number: int) -> HttpResponse:
    """Show one report of a survey, however old."""
    found, releases = _found(survey)
    return _show(request, found, _one(releases, number), releases)


def _corrected(releases: Sequence[Release]) -> dict[int, int]:
    """Return the numbers of reports that were corrected, each with the number of its correction."""
    return {one.document["corrects"]["number"]: one.number for one in releases if "corrects" in one.document}


def _found(slug: str) -> tuple[Survey, list[Release]]:
    found = found_or_404(selectors.survey(slug))
    releases = selectors.releases(found)
    if not releases:
        raise Http404
    return found, releases


def _one(releases: list[Release], number: int) -> Release:
    return found_or_404(next((one for one in releases if one.number == number), None))


def _show(request: MemberRequest, found: Survey, shown: Release, releases: list[Release]) -> HttpResponse:
    told = reporting.report(shown.document, column=request.GET.get("by", ""))
    context: dict[str, Any] = {
        "layout": _layout(request),
        "survey": found,
        "release": shown,
        "withdrawal": getattr(shown, "withdrawal", None),
        "report": told,
        "names": selectors.named(shown),
        "earlier": [one for one in releases if one.pk != shown.pk],
        "corrected_by": _corrected(releases).get(shown.number),
        "corrects": shown.document.get("corrects", {}).get("number"),
        "may_correct": bool(request.actor) and access.correct_release.allows(request.actor, found, shown),
        "papers": [code for code, paper in selectors.papers(shown).items() if paper.made_at],
        "tends": bool(request.actor) and access.leads(request.actor, found),
        "crumbs": crumbs_of(request, found) if request.actor else [],
        "page_url": reverse("surveys:release", args=[request.network.slug, found.slug, shown.number]),
        "published_on": reporting.published_on(shown),
        "cited": reporting.cited(shown, request.network),
        **_next(request, found),
    }
    page = render(request, "surveys/report.html", context)
    return bring_style(page, href=static(LATER), rules=_later())


@cache
def _later() -> str:
    """Return the rules by which a chart is put together when it comes into view: the first letters show sooner."""
    return Path(str(finders.find(LATER))).read_text(encoding="utf-8")


def _next(request: MemberRequest, found: Survey) -> dict[str, str]:
    """Return where a reader can go on: answer a survey that is open to all, or read the exact numbers."""
    if request.actor and access.analyze.allows(request.actor, found):
        return {"exact_url": reverse("surveys:results", args=[request.network.slug, found.slug])}
    if found.state == State.OPEN and found.access == Access.PUBLIC:
        return {"answer_url": reverse("surveys:answer", args=[request.network.slug, found.token])}
    return {}


@public
def tables(request: MemberRequest, survey: str, number: int, kind: str) -> HttpResponse:
    """Send the figures of a report, all of them or those of one table, as CSV or as a workbook."""
    maker, content_type = found_or_404(MAKERS.get(kind))
    found, releases = _found(survey)
    shown = _one(releases, number)
    table = request.GET.get("table", "")
    if table and table not in {one["key"] for one in shown.tables}:
        raise Http404
    content = maker(shown.document, get_language() or "en", table=table)
    name = f"{found.slug}-{number}{'-' + table.replace('/', '-') if table else ''}.{kind}"
    return _file(content, content_type, name)


@public
def package(request: MemberRequest, survey: str, number: int) -> HttpResponse:
    """Send the open data of a report as a data package."""
    found, releases = _found(survey)
    shown = _one(releases, number)
    content = opendata.package_of(shown.document, canonical(shown.document), digest=shown.digest)
    return _file(content, "application/zip", f"{found.slug}-{number}.zip")


@public
def paper(request: MemberRequest, survey: str, number: int, language: str) -> HttpResponse:
    """Send a report as PDF, where it was printed."""
    found, releases = _found(survey)
    shown = found_or_404(selectors.paper(_one(releases, number), language))
    return _file(bytes(shown.content), "application/pdf", f"{found.slug}-{number}-{language}.pdf")


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

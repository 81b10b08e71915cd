"""Surveys for those who ask: the list, a new one, one survey, and what changes its state."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tequio.core.forms import Form
from tequio.core.http import MemberRequest, address, found_or_404, see_other
from tequio.core.pages import needs
from tequio.core.texts import say
from tequio.surveys import access
from tequio.surveys.forms.building import Begin, named_languages
from tequio.surveys.models import State, Survey
from tequio.surveys.rules.faults import faults
from tequio.surveys.rules.instrument import Instrument
from tequio.surveys.selectors import building as selectors
from tequio.surveys.selectors import published
from tequio.surveys.selectors.releases import has_report
from tequio.surveys.services import building as services


def url_of(request: MemberRequest, name: str, survey: Survey, *args: Any) -> str:
    """Return the address of a page of a survey."""
    return address(f"surveys:{name}", request.network.slug, survey.slug, *args)


def crumbs_of(request: MemberRequest, survey: Survey | None = None) -> list[tuple[str, str]]:
    """Return where a page of surveys hangs."""
    crumbs = [(_("Surveys"), address("surveys:list", request.network.slug))]
    return [*crumbs, (say(survey.title), url_of(request, "survey", survey))] if survey else crumbs


@require_safe
def surveys(request: MemberRequest) -> HttpResponse:
    """What is open, what is being written, and what was closed."""
    drawn: dict[str, list[dict[str, Any]]] = {state: [] for state in State.values}
    reports = {one.survey: one for one in published.reports()}
    for row in selectors.surveys(request.actor):
        drawn[row["state"]].append(_line(request, row) | _told_of(reports.get(row["slug"])))
    context = {
        "open": drawn[State.OPEN],
        "drafts": drawn[State.DRAFT],
        "closed": drawn[State.CLOSED],
        "may_create": access.create.allows(request.actor),
        "reports": [_report(request, one) for one in reports.values()],
    }
    return render(request, "surveys/surveys.html", context)


def _told_of(report: published.Report | None) -> dict[str, str]:
    if report is None:
        return {}
    said = _("report %(number)s was taken back") if report.withdrawn else _("report %(number)s is public")
    return {"note": said % {"number": report.number}}


def _report(request: MemberRequest, one: published.Report) -> dict[str, Any]:
    url = address("surveys:report", request.network.slug, one.survey)
    return {"url": url, "title": say(one.title), "note": _told_of(one)["note"], "day": one.day}


def _line(request: MemberRequest, row: Mapping[str, Any]) -> dict[str, Any]:
    days = {State.OPEN: row["closes_at"], State.CLOSED: row["closed_at"], State.DRAFT: row["began"]}
    url = address("surveys:survey", request.network.slug, row["slug"])
    return {"url": url, "title": say(row["title"]), "day": days[row["state"]]}


@needs(access.create)
def new(request: MemberRequest) -> HttpResponse:
    """Begin a survey, from a template or from nothing."""
    form = Begin(request.POST if request.method == "POST" else None, languages=request.network.languages)
    if form.is_valid():
        survey = services.create_survey(
            by=request.actor,
            title=form.title_texts(),
            languages=form.cleaned_data["languages"],
            template=form.cleaned_data["begin"],
        )
        return see_other(url_of(request, "survey", survey))
    context = {"form": form, "crumbs": crumbs_of(request)}
    return render(request, "surveys/new.html", context, status=422 if form.is_bound else 200)


@require_safe
def survey(request: MemberRequest, survey: str) -> HttpResponse:
    """One survey: where it is, what is asked, and what can be done with it."""
    found = found_or_404(selectors.survey(request.actor, survey))
    versions = selectors.versions(found)
    draft = versions[0] if versions[0].opened_at is None else None
    asked = versions[0].instrument
    wrong = faults(asked)
    tends = access.tend.allows(request.actor, found)
    context = {
        "survey": found,
        "draft": draft,
        "versions": versions,
        "parts": _parts(asked),
        "count": sum(1 for _question in asked.questions()),
        "to_mend": sum(fault.blocks for fault in wrong),
        "untranslated": _untranslated(asked.languages, wrong),
        "languages": named_languages(list(asked.languages)),
        "answer_url": _answer_url(request, found),
        "tends": tends,
        "rooms": _rooms(request, found),
        "messages": [_("It is erased.")] if "erased" in request.GET else [],
        "crumbs": crumbs_of(request),
    }
    return render(request, "surveys/survey.html", context)


def _parts(asked: Instrument) -> list[tuple[Any, int, Any]]:
    """Return each section's title, the number of its first question, and its questions."""
    first, parts = 1, []
    for section in asked.sections:
        parts.append((section.title, first, section.questions))
        first += len(section.questions)
    return parts


def _untranslated(languages: Sequence[str], wrong: Sequence[Any]) -> list[tuple[str, int]]:
    """Return for each language how many texts it lacks, where it lacks some."""
    lacking = [(name, sum(f.language == code for f in wrong)) for code, name in named_languages([*languages])]
    return [(name, number) for name, number in lacking if number]


def _answer_url(request: MemberRequest, survey: Survey) -> str:
    try:
        path = address("surveys:answer", request.network.slug, survey.token)
    except NoReverseMatch:
        return ""
    return request.build_absolute_uri(path)


# What else there is to a survey: the name of its page, its label, and who may see it. Each room adds its own line.
ROOMS: list[tuple[str, Any, Callable[[Any, Survey], bool]]] = [
    ("report", gettext_lazy("Read the public report"), has_report),
    ("publish", gettext_lazy("Publish a report"), access.prepare_release.allows),
    (
        "links",
        gettext_lazy("Ask people to answer"),
        lambda actor, survey: access.invite.allows(actor, survey),
    ),
    (
        "progress",
        gettext_lazy("How it goes"),
        lambda actor, survey: bool(survey.opened_at) and access.leads(actor, survey),
    ),
    (
        "record",
        gettext_lazy("Record an interview"),
        lambda actor, survey: access.record.allows(actor, survey),
    ),
    ("imports", gettext_lazy("Bring answers from a file"), access.bring.allows),
    ("export", gettext_lazy("Take the answers out, row by row"), access.export.allows),
    (
        "forget",
        gettext_lazy("Erase somebody’s answers"),
        lambda actor, survey: bool(survey.opened_at) and access.forget.allows(actor, survey),
    ),
]


def _rooms(request: MemberRequest, survey: Survey) -> list[tuple[str, str]]:
    return [
        (url_of(request, name, survey), str(label))
        for name, label, seen in ROOMS
        if seen(request.actor, survey)
    ]


def confirm(
    request: MemberRequest,
    survey: Survey,
    question: str,
    lines: Sequence[str],
    verb: str,
    form: Form | None = None,
    back: str = "",
) -> HttpResponse:
    """Ask once more before something that others notice."""
    context = {
        "question": question,
        "consequences": [line for line in lines if line],
        "verb": verb,
        "back_url": back or url_of(request, "survey", survey),
        "form": form,
        "crumbs": crumbs_of(request, survey),
    }
    return render(request, "web/confirm.html", context, status=422 if form and form.is_bound else 200)

"""How a survey is answered, its versions and what changed, and its form as a file, in and out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tequio.core.access import Refused
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.pages import needs
from tequio.people.formats.tables import Unreadable
from tequio.surveys import access
from tequio.surveys.formats import xlsform
from tequio.surveys.formats.answers.limesurvey import read_structure
from tequio.surveys.formats.xlsform.telling import Problem
from tequio.surveys.formats.xlsform.words import OUTCOMES, REASONS, UNUSABLE
from tequio.surveys.forms.arranging import CHANGES, Arrange, FormFile
from tequio.surveys.forms.building import named_languages
from tequio.surveys.forms.writing import kinds_in_words
from tequio.surveys.rules.changes import changes
from tequio.surveys.rules.faults import faults
from tequio.surveys.rules.instrument import Instrument
from tequio.surveys.rules.written import as_json, from_json
from tequio.surveys.selectors import building as selectors
from tequio.surveys.services import building as services
from tequio.surveys.services.import_reporting import reason
from tequio.surveys.views.building import crumbs_of, url_of

SALT = "surveys.form"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def arrange(request: MemberRequest, survey: str) -> HttpResponse:
    """Say who answers, how often, how many of each, and until when."""
    found = found_or_404(selectors.survey(request.actor, survey))
    access.tend.require(request.actor, found)
    asked = selectors.versions(found)[0].instrument
    form = Arrange(
        request.POST if request.method == "POST" else None,
        survey=found, asked=asked, zone=request.network.time_zone,
    )  # fmt: skip
    if form.is_valid():
        try:
            services.arrange_survey(by=request.actor, survey=found, arrangement=form.arrangement())
            more = request.POST.get("do") == "more"
            return see_other(url_of(request, "arrange" if more else "survey", found))
        except Refused as refused:
            form.add_error("closes_at", str(refused))
    context = {"form": form, "survey": found, "crumbs": crumbs_of(request, found)}
    return render(request, "surveys/arrange.html", context, status=422 if form.is_bound else 200)


@require_safe
def versions(request: MemberRequest, survey: str) -> HttpResponse:
    """Every version, and what each asks otherwise than the one before."""
    found = found_or_404(selectors.survey(request.actor, survey))
    rows = selectors.versions(found)
    drawn = [
        {
            "version": one,
            "changes": [
                {"what": CHANGES[change.sort], "text": change.text, "options": change.options}
                for change in (changes(before.instrument, one.instrument) if before else ())
            ],
            "first": before is None,
        }
        for one, before in zip(rows, [*rows[1:], None], strict=True)
    ]
    context = {"survey": found, "versions": drawn, "crumbs": crumbs_of(request, found)}
    return render(request, "surveys/versions.html", context)


@require_safe
def form_file(request: MemberRequest, survey: str) -> HttpResponse:
    """The newest version as a workbook in XLSForm."""
    found = found_or_404(selectors.survey(request.actor, survey))
    asked = selectors.versions(found)[0].instrument
    response = HttpResponse(xlsform.write(asked), content_type=WORKBOOK)
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.xlsx"'
    return response


@needs(access.create)
def from_file(request: MemberRequest) -> HttpResponse:
    """Read a form in XLSForm, or of LimeSurvey, show what is not taken over, and begin a survey once somebody says so."""
    if request.method == "POST" and "read" in request.POST:
        return _begin(request)
    form = FormFile(request.POST if request.method == "POST" else None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "crumbs": crumbs_of(request)}
    if form.is_valid():
        try:
            file = form.cleaned_data["file"]
            context |= shown_form(request, file.read(), name=PurePath(file.name).stem)
        except xlsform.Unusable as unusable:
            form.add_error("file", _(UNUSABLE[unusable.code]))
        except Unreadable as problem:
            form.add_error("file", reason(code=problem.code))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "surveys/from_file.html", context, status=status)


def shown_form(request: MemberRequest, content: bytes, *, name: str = "") -> dict[str, Any]:
    """Return what a file asks as the page shows it, and the instrument itself, signed, to be sent back.

    ``name`` is that of a form without a title.

    Raises ``xlsform.Unusable``, and ``Unreadable`` for a structure of LimeSurvey.
    """
    asked, problems = _read(content, get_language() or request.network.languages[0], name)
    words = kinds_in_words()
    return {
        "asked": asked,
        "languages": named_languages(list(asked.languages)),
        "questions": [(one.text, words[one.kind.value]) for one in asked.questions()],
        "problems": [(one, _(OUTCOMES[one.outcome]), _(REASONS[one.code])) for one in problems],
        "to_mend": sum(fault.blocks for fault in faults(asked)),
        "signed": signing.dumps([request.actor.person_id, as_json(asked)], salt=SALT, compress=True),
    }


def _read(content: bytes, language: str, name: str) -> tuple[Instrument, Sequence[Problem]]:
    if not content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        reading = xlsform.read(content, language=language, name=name[:200])
        return reading.instrument, reading.problems
    found = read_structure(content)
    title = found.instrument.title or {found.instrument.languages[0]: _("Survey from LimeSurvey")}
    return replace(found.instrument, title=title), found.problems


def _begin(request: MemberRequest) -> HttpResponse:
    """Begin a survey with what was read; only what this person was shown an hour ago at most."""
    try:
        person, document = signing.loads(request.POST["read"], salt=SALT, max_age=3600)
        asked = from_json(document)
    except (signing.BadSignature, ValueError, KeyError):
        return see_other(request.path)
    if person != request.actor.person_id or not asked.languages:
        return see_other(request.path)
    survey = services.create_survey(
        by=request.actor, title=asked.title, languages=asked.languages, instrument=asked
    )
    return see_other(url_of(request, "survey", survey))

"""The versions of a shared text, and choosing between texts that were written at the same time."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.access import Refused
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.founding import forms, rules, selectors, services, texts
from tequio.founding.models import SharedText
from tequio.founding.views.tables import RowSaid, rows_said


@dataclass(frozen=True)
class VersionShown:
    """A version, and its table in words."""

    row: SharedText
    rows: list[RowSaid]


def _shown(question: rules.Question, row: SharedText | None) -> VersionShown | None:
    return VersionShown(row, rows_said(question, row.rows)) if row else None


def text(request: MemberRequest, question: str) -> HttpResponse:
    """Show the versions of a shared text; choose or join texts that were written at the same time."""
    asked = found_or_404(rules.BY_CODE.get(question))
    found_or_404(asked if asked.shared else None)
    wanted = request.POST.get("language", request.GET.get("lang", ""))
    language = selectors.writing_language(request.network, wanted) if asked.spoken else ""
    versions = selectors.versions(question, language)
    current = next((row for row in versions if row.state == "CURRENT"), None)
    apart = [row for row in versions if row.state == "APART"]
    form = forms.ChooseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _choose(request, question, language, form, current, apart)
        return see_other(reverse("founding:step", args=[request.network.slug, asked.step]))
    context = {
        "question": asked,
        "words": texts.QUESTIONS[question],
        "language": language,
        "current": _shown(asked, current),
        "other": _shown(asked, apart[-1] if apart else None),
        "versions": [_shown(asked, row) for row in versions],
        "joined": "\n\n".join(row.body for row in (current, *apart[-1:]) if row and row.body),
        "crumbs": [
            (_("Found the network"), reverse("founding:path", args=[request.network.slug])),
            (
                str(texts.TOPICS[asked.topic]),
                reverse("founding:topic", args=[request.network.slug, asked.topic]),
            ),
        ],
    }
    return render(request, "founding/text.html", context, status=422 if request.method == "POST" else 200)


def _choose(
    request: MemberRequest,
    question: str,
    language: str,
    form: forms.ChooseForm,
    current: Any,
    apart: list[Any],
) -> None:
    """Settle on one of the texts, or on both."""
    if current is None or not apart:
        raise Refused(_("There is nothing to choose any more: somebody has done it."))
    other, choice = apart[-1], form.cleaned_data["choice"]
    body, rows = {
        "current": (current.body, current.rows),
        "other": (other.body, other.rows),
        "joined": (form.cleaned_data["joined"], _both(current.rows, other.rows)),
    }[choice]
    services.choose_text(
        by=request.actor, network=request.network, question=question, language=language, body=body, rows=rows
    )


def _both(current: list[dict[str, Any]], other: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows of both tables; of a row that says two things, both stand."""
    known = {row.get("id"): row for row in current}
    more = [
        {**row, "id": ""} if row.get("id") in known else row
        for row in other
        if known.get(row.get("id")) != row
    ]
    return [*current, *more][: forms.MOST_ROWS]

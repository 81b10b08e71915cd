"""The versions of a shared text, and choosing between texts that were written at the same time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.access import Refused
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.options import Option
from tequio.core.texts import say
from tequio.founding import forms, rules, selectors, services, texts
from tequio.founding.models import SharedText
from tequio.founding.rules import Kind, Met, PartKind, Question
from tequio.founding.views.tables import Others, RowSaid, part_said, rows_said


@dataclass(frozen=True)
class VersionShown:
    """A version, and its table in words."""

    row: SharedText
    rows: list[RowSaid]


@dataclass(frozen=True)
class Meeting:
    """Two texts written at the same time; of tables, row by row what they come to (``met``)."""

    question: Question
    here: SharedText
    there: SharedText
    met: Sequence[Met] = field(default=())

    @property
    def is_table(self) -> bool:
        return self.question.kind is Kind.ROWS


def text(request: MemberRequest, question: str) -> HttpResponse:
    """Show the versions of a shared text; choose or join texts that were written at the same time."""
    asked = found_or_404(rules.BY_CODE.get(question))
    found_or_404(asked if asked.shared else None)
    wanted = request.POST.get("language", request.GET.get("lang", ""))
    language = selectors.writing_language(request.network, wanted) if asked.spoken else ""
    versions = selectors.versions(question, language)
    meeting = _meeting(asked, versions)
    if request.method == "POST" and meeting is None:
        raise Refused(_("There is nothing to choose any more: somebody has done it."))
    form = _form(request, meeting) if meeting else None
    changed = bool(form and meeting and form.is_bound and _read(form) != _now(meeting))
    if form and meeting and not changed and form.is_valid():
        _settle(request, meeting, form)
        return see_other(reverse("founding:step", args=[request.network.slug, asked.step]))
    context = _context(request, asked, language, versions, meeting) | {"form": form, "changed": changed}
    return render(request, "founding/text.html", context, status=422 if request.method == "POST" else 200)


def _meeting(asked: Question, versions: Sequence[SharedText]) -> Meeting | None:
    """Return the text that stands beside the one that has waited longest; None when none waits."""
    current = next((row for row in versions if row.state == "CURRENT"), None)
    apart = [row for row in versions if row.state == "APART"]
    if current is None or not apart:
        return None
    there = apart[-1]
    if asked.kind is not Kind.ROWS:
        return Meeting(asked, current, there)
    base = next((row for row in versions if row.version == there.base), None)
    return Meeting(asked, current, there, rules.meet(base.rows if base else [], current.rows, there.rows))


def _now(meeting: Meeting) -> tuple[int, int]:
    return meeting.here.version, meeting.there.version


def _read(form: forms.ChooseForm | forms.RowsForm) -> tuple[int, int]:
    """Return the versions that were on the page from which somebody chose."""
    form.is_valid()
    return form.cleaned_data.get("here") or 0, form.cleaned_data.get("there") or 0


def _form(request: MemberRequest, meeting: Meeting) -> forms.ChooseForm | forms.RowsForm:
    data = request.POST if request.method == "POST" else None
    initial = {"here": meeting.here.version, "there": meeting.there.version}
    if not meeting.is_table:
        both = "\n\n".join(row.body for row in (meeting.here, meeting.there) if row.body)
        return forms.ChooseForm(data, initial={**initial, "joined": both})
    names = (meeting.here.participant.name, meeting.there.participant.name)
    others = _others(meeting.question)
    asked = [_row_asked(meeting.question, met, names, others) for met in meeting.met if met.clashes]
    return forms.RowsForm(data, asked=asked, initial=initial)


def _others(question: Question) -> Others:
    """Return the tables that rows of this one point to, as they stand."""
    return {part.of: selectors.rows_standing(part.of) for part in question.parts if part.kind is PartKind.ROW}


def _row_asked(question: Question, met: Met, names: tuple[str, str], others: Others) -> forms.RowAsked:
    here, there = met.here, met.there
    return forms.RowAsked(
        key=met.key,
        name=forms.said_by(here or there or {}),
        here=_option(question, names[0], here, there, others),
        there=_option(question, names[1], there, here, others),
        both=bool(here and there),
    )


def _option(
    question: Question,
    name: str,
    row: Mapping[str, Any] | None,
    beside: Mapping[str, Any] | None,
    others: Others,
) -> Option:
    """Return a side of a row as an option: who wrote it, and what it says that the other does not."""
    told = _differing(question, row, beside or {}, others) if row else _("Without this row.")
    return Option(_("As %(name)s has it") % {"name": name}, help=told)


def _differing(question: Question, row: Mapping[str, Any], beside: Mapping[str, Any], others: Others) -> str:
    words = texts.QUESTIONS[question.code].parts
    lines = []
    for part in question.parts:
        value, other = row.get(part.code), beside.get(part.code)
        if value == other:
            continue
        if part.spoken:
            lines += [
                f"{words[part.code]}{where}: {said}" for where, said in _spoken(value or {}, other or {})
            ]
        else:
            said = say(part_said(question, part, value, others)) if value else ""
            lines.append(f"{words[part.code]}: {said or '—'}")
    return "; ".join(lines)


def _spoken(value: Mapping[str, str], other: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the languages in which two texts differ, each by its name, with what the first says."""
    return [
        (f" ({texts.own_names([language])})", value.get(language) or "—")
        for language in {**value, **other}
        if value.get(language) != other.get(language)
    ]


def _settle(request: MemberRequest, meeting: Meeting, form: forms.ChooseForm | forms.RowsForm) -> None:
    """Let stand what was chosen."""
    here, there = meeting.here, meeting.there
    body, rows = "", []
    if isinstance(form, forms.RowsForm):
        rows = rules.settled_rows(meeting.met, form.choices())[: forms.MOST_ROWS]
    else:
        joined = form.cleaned_data["joined"]
        body = {"here": here.body, "there": there.body, "both": joined}[form.cleaned_data["choice"]]
    services.choose_text(
        by=request.actor,
        network=request.network,
        question=meeting.question.code,
        language=here.language,
        body=body,
        rows=rows,
        met=_now(meeting),
    )


def _shown(question: Question, row: SharedText) -> VersionShown:
    return VersionShown(row, rows_said(question, row.rows))


def _context(
    request: MemberRequest,
    asked: Question,
    language: str,
    versions: Sequence[SharedText],
    meeting: Meeting | None,
) -> dict[str, Any]:
    slug = request.network.slug
    agreed = [met.one for met in meeting.met if met.one] if meeting else []
    return {
        "question": asked,
        "words": texts.QUESTIONS[asked.code],
        "language": language,
        "meeting": meeting,
        "agreed": rows_said(asked, agreed),
        "here": _shown(asked, meeting.here) if meeting else None,
        "there": _shown(asked, meeting.there) if meeting else None,
        "versions": [_shown(asked, row) for row in versions],
        "crumbs": [
            (_("Found the network"), reverse("founding:path", args=[slug])),
            (str(texts.TOPICS[asked.topic]), reverse("founding:topic", args=[slug, asked.topic])),
        ],
    }

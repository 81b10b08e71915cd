"""The editor: sections and questions, put in, changed, moved by buttons, taken out. It works without JavaScript."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tequio.core.forms import Form
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.texts import say
from tequio.people.rules.words import fold
from tequio.surveys import access
from tequio.surveys.formats.fault_words import SENTENCES
from tequio.surveys.forms.answering import Questionnaire, spoken_in
from tequio.surveys.forms.arranging import CHANGES
from tequio.surveys.forms.building import named_languages
from tequio.surveys.forms.writing import KINDS, ROLES, AboutForm, QuestionForm
from tequio.surveys.models import Survey, Version
from tequio.surveys.rules import editing
from tequio.surveys.rules.changes import changes
from tequio.surveys.rules.faults import Fault, faults
from tequio.surveys.rules.instrument import Instrument, Kind, Question, Section
from tequio.surveys.rules.roles import likely_role
from tequio.surveys.rules.written import from_json
from tequio.surveys.selectors import building as selectors
from tequio.surveys.services import building as services
from tequio.surveys.views.building import confirm, crumbs_of, url_of

MOVES = {"up": -1, "down": 1}


def draft_of(request: MemberRequest, slug: str) -> tuple[Survey, Version]:
    """Return the survey and its draft; 404 without one, refused to whoever does not look after it."""
    found = found_or_404(selectors.survey(request.actor, slug))
    access.tend.require(request.actor, found)
    return found, found_or_404(found.versions.filter(opened_at=None).first())


def crumbs(request: MemberRequest, survey: Survey) -> list[tuple[str, str]]:
    """Return where a page of the editor hangs."""
    return [*crumbs_of(request, survey), (_("Questions"), url_of(request, "write", survey))]


def changed(
    request: MemberRequest, survey: Survey, version: Version, asked: Instrument, form: Form | None = None
) -> bool:
    """Keep a change; False, with the reason in the form, when somebody else was faster."""
    seen = request.POST.get("seen") or version.stamp
    try:
        services.change_draft(by=request.actor, survey=survey, instrument=asked, seen=seen)
    except services.Changed as told:
        if form is None:
            raise
        form.add_error(None, str(told))
        return False
    return True


def write(request: MemberRequest, survey: str) -> HttpResponse:
    """Everything that is asked, in order, with buttons to move it."""
    found, version = draft_of(request, survey)
    asked = version.instrument
    if request.method == "POST":
        return _pressed(request, found, version)
    context = {
        "last": _last_change(version),
        "survey": found,
        "version": version,
        "parts": _parts(asked),
        "wrong": _wrong(asked),
        "languages": named_languages(list(asked.languages)),
        "crumbs": crumbs_of(request, found),
    }
    return render(request, "surveys/write.html", context)


def _pressed(request: MemberRequest, survey: Survey, version: Version) -> HttpResponse:
    """Do what a button says: one place up or down, once more, or the last change taken back."""
    asked = version.instrument
    verb, _mark, key = request.POST.get("do", "").partition(":")
    if verb == "undo":
        seen = request.POST.get("seen") or version.stamp
        services.take_back(by=request.actor, survey=survey, seen=seen)
        return see_other(url_of(request, "write", survey))
    if verb == "copy":
        changed(request, survey, version, editing.with_copy(asked, key))
    elif verb in MOVES:
        move = editing.with_section_moved if editing.section_of(asked, key) else editing.with_question_moved
        changed(request, survey, version, move(asked, key, MOVES[verb]))
    return see_other(f"{url_of(request, 'write', survey)}#at-{key}")


def _last_change(version: Version) -> str:
    """Say what changed last, where that can be taken back."""
    before = selectors.last_change(version)
    if before is None:
        return ""
    found = changes(from_json(before.document), version.instrument)
    if not found:
        return _("You changed something other than the questions.")
    name = say(found[0].text)
    name = f"{name[:60]}…" if len(name) > 60 else name
    first = _("“%(name)s”: %(change)s") % {"name": name, "change": CHANGES[found[0].sort]}
    more = len({change.key for change in found}) - 1
    return f"{first} +{more}" if more else first


def _parts(asked: Instrument) -> list[dict[str, Any]]:
    """Return the sections with their questions as the editor shows them."""
    shown = Questionnaire(asked, spoken_in(asked.languages, "", ""))
    words = {one.question.key: one for part in shown.parts for one in part.questions}
    lacking = _lacking(asked)
    return [
        {
            "section": section,
            "only": shown.condition_words(section.condition),
            "lacking": lacking.get(section.key, ""),
            "start": shown.numbers[section.questions[0].key] if section.questions else 1,
            "rows": [
                {
                    "question": one,
                    "number": words[one.key].number,
                    "kind": KINDS[one.kind],
                    "only": words[one.key].only,
                    "lacking": lacking.get(one.key, ""),
                    "options": [*one.rows, *one.options][:6],
                }
                for one in section.questions
            ],
        }
        for section in asked.sections
    ]


def _lacking(asked: Instrument) -> dict[str, str]:
    """Return in which languages a section or a question lacks something."""
    names = dict(named_languages(list(asked.languages)))
    found: dict[str, dict[str, None]] = {}
    for fault in faults(asked):
        if fault.language in names:
            found.setdefault(fault.question or fault.section, {})[names[fault.language]] = None
    return {key: ", ".join(languages) for key, languages in found.items()}


def _wrong(asked: Instrument) -> list[tuple[str, str]]:
    """Return what has to be mended before it opens: (where, sentence)."""
    numbers = Questionnaire(asked, "").numbers
    return [(_where(fault, numbers, asked), _sentence(fault)) for fault in faults(asked) if fault.blocks]


def _where(fault: Fault, numbers: Any, asked: Instrument) -> str:
    if fault.question in numbers:
        return _("Question %(number)s") % {"number": numbers[fault.question]}
    section = editing.section_of(asked, fault.section)
    return say(section.title) if section else ""


def _sentence(fault: Fault) -> str:
    return _(SENTENCES[fault.code]) % {"about": fault.about, "language": fault.language}


def title(request: MemberRequest, survey: str) -> HttpResponse:
    """Change the title of a survey and what it is about."""
    found, version = draft_of(request, survey)
    asked = version.instrument
    form = AboutForm(
        request.POST if request.method == "POST" else None,
        languages=asked.languages, title=asked.title, about=asked.about, needed=True,
    )  # fmt: skip
    if form.is_valid() and changed(request, found, version, form.instrument(asked), form):
        return see_other(url_of(request, "write", found))
    return _texts_page(request, found, version, form, _("Title and introduction"))


def section(request: MemberRequest, survey: str, key: str = "") -> HttpResponse:
    """Change a section, or add one."""
    found, version = draft_of(request, survey)
    asked = version.instrument
    one = found_or_404(editing.section_of(asked, key)) if key else Section("", {}, ())
    form = AboutForm(
        request.POST if request.method == "POST" else None,
        languages=asked.languages, title=one.title, about=one.about, needed=True,
    )  # fmt: skip
    if form.is_valid():
        said = form.section(one)
        if not key:
            fresh = editing.key_from(say(said.title), editing.keys_of(asked), fallback="section")
            said = Section(fresh, said.title, (), said.about)
        if changed(request, found, version, editing.with_section(asked, said), form):
            return see_other(f"{url_of(request, 'write', found)}#at-{said.key}")
    return _texts_page(request, found, version, form, say(one.title) or _("A new section"))


def _texts_page(
    request: MemberRequest, survey: Survey, version: Version, form: AboutForm, heading: str
) -> HttpResponse:
    context = {
        "survey": survey, "version": version, "form": form, "heading": heading, "crumbs": crumbs(request, survey),
    }  # fmt: skip
    return render(request, "surveys/write_texts.html", context, status=422 if form.is_bound else 200)


def new_question(request: MemberRequest, survey: str, key: str) -> HttpResponse:
    """Add a question at the end of a section; its options come on the next page."""
    found, version = draft_of(request, survey)
    asked = version.instrument
    home = found_or_404(editing.section_of(asked, key))
    form = QuestionForm(
        request.POST if request.method == "POST" else None,
        languages=asked.languages, question=Question("", Kind.SINGLE, {}), new=True,
    )  # fmt: skip
    if form.is_valid():
        said = form.asked()
        fresh = editing.key_from(say(said.text), editing.keys_of(asked), fallback="question")
        taken = {one.role for one in asked.questions()}
        role = likely_role(said.kind, map(fold, said.text.values()), taken=taken)
        question = Question(fresh, said.kind, said.text, hint=said.hint, required=said.required, role=role)
        after = editing.with_question(asked, question, section=home.key)
        if changed(request, found, version, after, form):
            return see_other(url_of(request, "question", found, fresh))
    return _question_page(request, found, version, form, _("A new question"))


def question(request: MemberRequest, survey: str, key: str) -> HttpResponse:
    """Change a question and its options; buttons move an option or take it out, and keep the rest."""
    found, version = draft_of(request, survey)
    asked = version.instrument
    one = found_or_404(asked.question(key))
    form = QuestionForm(
        request.POST if request.method == "POST" else None, languages=asked.languages, question=one
    )
    if form.is_valid():
        do = request.POST.get("do", "")
        after = editing.with_question(asked, form.asked(do))
        if changed(request, found, version, after, form):
            stays = do != "done" or form.cleaned_data["kind"] != one.kind
            back = url_of(request, "question", found, key) if stays else url_of(request, "write", found)
            return see_other(f"{back}#{'options' if stays else f'at-{key}'}")
    number = Questionnaire(asked, "").numbers[key]
    return _question_page(request, found, version, form, _("Question %(number)s") % {"number": number})


def _question_page(
    request: MemberRequest, survey: Survey, version: Version, form: QuestionForm, heading: str
) -> HttpResponse:
    context = {
        "survey": survey, "version": version, "form": form, "heading": heading, "question": form.question,
        "feeds": ROLES[form.question.role] if form.question.role else "",
        "crumbs": crumbs(request, survey),
    }  # fmt: skip
    return render(request, "surveys/write_question.html", context, status=422 if form.is_bound else 200)


def remove(request: MemberRequest, survey: str, key: str) -> HttpResponse:
    """Take a question or a section out, after saying what goes with it."""
    found, version = draft_of(request, survey)
    asked = version.instrument
    one, part = asked.question(key), editing.section_of(asked, key)
    found_or_404(one or part)
    if request.method == "POST":
        after = editing.without_question(asked, key) if one else editing.without_section(asked, key)
        changed(request, found, version, after)
        return see_other(url_of(request, "write", found))
    lines = _goes_with(asked, [one] if one else list(part.questions if part else ()))
    name = say(one.text if one else part.title if part else {})
    question_ = _("Take out “%(name)s”?") % {"name": name}
    return confirm(request, found, question_, lines, _("Take it out"), back=url_of(request, "write", found))


def _goes_with(asked: Instrument, gone: Sequence[Question]) -> list[str]:
    keys = {question.key for question in gone}
    resting = [
        say(one.text)
        for one in asked.questions()
        if one.condition
        and keys & {clause.question for clause in one.condition.comparisons()}
        and one.key not in keys
    ]
    lines = [_("Its questions go with it: %(names)s.") % {"names": ", ".join(say(one.text) for one in gone)}]
    lines = lines if len(gone) > 1 else []
    if resting:
        lines.append(_("Whether these are asked hangs on it: %(names)s.") % {"names": ", ".join(resting)})
    return [*(lines or [_("Answers to earlier versions keep it.")]), _("You can take this back afterwards.")]


@require_safe
def paper(request: MemberRequest, survey: str) -> HttpResponse:
    """What is asked, to be printed and filled in by hand."""
    return _shown(request, survey, "surveys/on_paper.html", opened=True)


@require_safe
def preview(request: MemberRequest, survey: str) -> HttpResponse:
    """What is asked, as those who answer see it; nothing is sent."""
    return _shown(request, survey, "surveys/preview.html")


def _shown(request: MemberRequest, survey: str, template: str, *, opened: bool = False) -> HttpResponse:
    """Show the newest version, or with ``opened`` the one that people answer now, where there is one."""
    found = found_or_404(selectors.survey(request.actor, survey))
    versions = selectors.versions(found)
    answered = next((one for one in versions if one.opened_at), None) if opened else None
    asked = (answered or versions[0]).instrument
    language = spoken_in(asked.languages, "", request.GET.get("language", ""))
    with override(language):
        shown = Questionnaire(asked, language)
        _parts_now = shown.parts
        labels = {"who": _("Who answers"), "day": _("Date"), "national": _("We work in the whole country")}
    context = {
        "survey": found,
        "asked": shown,
        "title": say(asked.title, language),
        "about": say(asked.about, language),
        "language": language,
        "here": get_language(),
        "labels": labels,
        "languages": named_languages(list(asked.languages)),
        "crumbs": crumbs_of(request, found),
    }
    return render(request, template, context)

"""In which languages a survey is asked: one more, or one less, with what is missing in each."""

from __future__ import annotations

from collections import Counter

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, see_other
from tequio.surveys.forms.answering import own_name
from tequio.surveys.forms.languages import AddLanguage
from tequio.surveys.rules import editing
from tequio.surveys.rules.faults import faults
from tequio.surveys.views.building import confirm, url_of
from tequio.surveys.views.writing import changed, crumbs, draft_of


def languages(request: MemberRequest, survey: str) -> HttpResponse:
    """Show the languages of a survey with how many texts each lacks; add one. Source: XCT-01."""
    found, version = draft_of(request, survey)
    asked = version.instrument
    form = AddLanguage(request.POST if request.method == "POST" else None, taken=asked.languages)
    if form.is_valid():
        after = editing.with_language(asked, form.cleaned_data["language"])
        if changed(request, found, version, after, form):
            return see_other(url_of(request, "languages", found))
    lacking = Counter(fault.language for fault in faults(asked) if fault.language)
    context = {
        "survey": found,
        "version": version,
        "form": form,
        "rows": [(code, own_name(code), lacking[code]) for code in asked.languages],
        "crumbs": crumbs(request, found),
    }
    return render(request, "surveys/languages.html", context, status=422 if form.is_bound else 200)


def drop_language(request: MemberRequest, survey: str, code: str) -> HttpResponse:
    """Ask in one language less, after saying what that means."""
    found, version = draft_of(request, survey)
    asked = version.instrument
    if code not in asked.languages or len(asked.languages) == 1:
        raise Http404
    back = url_of(request, "languages", found)
    if request.method == "POST":
        changed(request, found, version, editing.without_language(asked, code))
        return see_other(back)
    lines = [
        _("Nobody is asked in it any more."),
        _("Its texts are kept. Add the language again, and they are back."),
        _("You can take this back afterwards."),
    ]
    if code == asked.languages[0]:
        lines.insert(
            1,
            _("What is missing elsewhere is then shown in %(language)s.")
            % {"language": own_name(asked.languages[1])},
        )
    question = _("Ask no more in %(language)s?") % {"language": own_name(code)}
    return confirm(request, found, question, lines, _("Take this language out"), back=back)

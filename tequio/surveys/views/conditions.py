"""When something is asked: a condition put together by choosing a question, then an answer to it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, see_other
from tequio.core.texts import say
from tequio.surveys.forms.answering import Questionnaire, countries, spoken_in
from tequio.surveys.forms.writing import JOINED, ClauseForm
from tequio.surveys.rules import editing
from tequio.surveys.rules.conditions import simple
from tequio.surveys.rules.faults import operators
from tequio.surveys.rules.instrument import (
    NATIONAL,
    NO,
    YES,
    Clause,
    Condition,
    Instrument,
    Kind,
    Operator,
    Question,
    Section,
)
from tequio.surveys.views.building import url_of
from tequio.surveys.views.writing import changed, crumbs, draft_of

MOST_CLAUSES = 10


def condition(request: MemberRequest, survey: str, key: str) -> HttpResponse:
    """When a question or a section is asked: what holds now, taken out one by one, and another one put in."""
    found, version = draft_of(request, survey)
    asked = version.instrument
    one = _asked(asked, key)
    earlier = editing.before(asked, key)
    on = next((q for q in earlier if q.key == request.GET.get("on", "")), None)
    form = _form(request, on)
    if request.method == "POST":
        now = _pressed(one.condition, request.POST.get("do", ""))
        if form is not None and form.is_valid() and on is not None:
            now = _added(one.condition, _clause(on, form))
        if form is None or form.is_valid():
            changed(request, found, version, editing.with_condition(asked, key, now))
            return see_other(url_of(request, "condition", found, key))
    shown = Questionnaire(asked, spoken_in(asked.languages, "", ""))
    context = {
        "survey": found, "version": version, "form": form, "on": on, "key": key,
        "name": say(one.text if isinstance(one, Question) else one.title),
        "clauses": [shown.clause_words(clause) for clause in (one.condition.clauses if one.condition else ())],
        "any_of": bool(one.condition and one.condition.any_of),
        "joined": JOINED,
        "earlier": [(q.key, shown.numbers[q.key], say(q.text)) for q in earlier],
        "crumbs": crumbs(request, found),
    }  # fmt: skip
    return render(
        request, "surveys/write_condition.html", context, status=422 if form and form.is_bound else 200
    )


def _asked(asked: Instrument, key: str) -> Question | Section:
    either = asked.question(key) or editing.section_of(asked, key)
    if either is None:
        raise Http404
    return either


def _form(request: MemberRequest, on: Question | None) -> ClauseForm | None:
    if on is None:
        return None
    said = request.POST if request.method == "POST" and not request.POST.get("do") else None
    choices = [(f"{operator}:{value}", label) for operator, value, label in _choices(on)]
    return ClauseForm(said, choices=choices, numbers=Operator.AT_LEAST in operators(on))


def _choices(on: Question) -> list[tuple[Operator, str, Any]]:
    """Return every comparison that fits a question, in words."""
    found: list[tuple[Operator, str, Any]] = []
    takes = operators(on)
    for value, name in _answers(on):
        found.append((Operator.IS, value, _("It is “%(answer)s”") % {"answer": name}))
        found.append((Operator.IS_NOT, value, _("It is not “%(answer)s”") % {"answer": name}))
    if Operator.AT_LEAST in takes:
        counted = on.kind is not Kind.NUMBER
        found.append(
            (
                Operator.AT_LEAST,
                "",
                _("At least so many were chosen") if counted else _("At least this number"),
            )
        )
        found.append(
            (Operator.AT_MOST, "", _("At most so many were chosen") if counted else _("At most this number"))
        )
    found.append((Operator.ANSWERED, "", _("It was answered, whatever it says")))
    return found


def _answers(on: Question) -> list[tuple[str, str]]:
    if on.kind is Kind.YES_NO:
        return [(YES, _("Yes")), (NO, _("No"))]
    if on.kind is Kind.CITIES:
        return [(NATIONAL, _("We work in the whole country"))]
    if on.kind is Kind.COUNTRY and not on.options:
        return countries()
    if on.kind is Kind.MATRIX:
        return [
            (f"{row.key}/{option.key}", f"{say(row.text)}: {say(option.text)}")
            for row in on.rows
            for option in on.options
        ]
    return [(option.key, say(option.text)) for option in on.options]


def _clause(on: Question, form: ClauseForm) -> Clause:
    operator, _mark, value = form.cleaned_data["said"].partition(":")
    if operator in (Operator.AT_LEAST, Operator.AT_MOST):
        value = f"{form.cleaned_data['number'].normalize():f}"
    return Clause(on.key, Operator(operator), value)


def _added(now: Condition | None, clause: Clause) -> Condition | None:
    """Put a comparison beside the others; those that belong together stay so."""
    if now and len(list(now.comparisons())) >= MOST_CLAUSES:
        return now
    return simple(Condition((*(now.clauses if now else ()), clause), any_of=bool(now and now.any_of)))


def _pressed(now: Condition | None, do: str) -> Condition | None:
    """Return the condition after a button: one comparison taken out, or how several are joined."""
    if now is None:
        return None
    verb, _mark, which = do.partition(":")
    if verb == "take" and which.isascii() and which.isdigit():
        clauses = tuple(one for place, one in enumerate(now.clauses) if place != int(which[:4]))
        return simple(Condition(clauses, now.any_of))
    if verb == "joined" and len(now.clauses) > 1:
        return simple(Condition(now.clauses, any_of=which == "any"))
    return now

"""How a survey goes while it runs, interviews, and answers under the same name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, to_locale
from django.views.decorators.http import require_safe

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.surveys import access
from tequio.surveys.forms.answering import Questionnaire
from tequio.surveys.forms.links import Heard
from tequio.surveys.models import Survey
from tequio.surveys.rules.instrument import Instrument, Question
from tequio.surveys.rules.posted import read
from tequio.surveys.selectors import addresses, building, following
from tequio.surveys.selectors import answering as selectors
from tequio.surveys.selectors.following import Progress
from tequio.surveys.selectors.recordings import interviews
from tequio.surveys.services import replying
from tequio.surveys.views.answering import Asking, page_context, refusal, styled
from tequio.surveys.views.building import crumbs_of, url_of

Rows = list[tuple[str, int]]
LATELY = 14  # so many days stand open on the page; the days before them unfold


@require_safe
def progress(request: MemberRequest, survey: str) -> HttpResponse:
    """Show how many answered, from where, of which kind, on which day; what quotas lack; when the last one came."""
    found = found_or_404(building.survey(request.actor, survey))
    access.follow.require(request.actor, found)
    version = found_or_404(selectors.version_of(found))
    how = following.progress(request.actor, found, version.instrument)
    asked = Questionnaire(version.instrument, request.LANGUAGE_CODE)
    context = {
        "survey": found,
        "how": how,
        "tables": [
            (asked.say(question.text).text, _rows(asked, question, how))
            for role in ("COUNTRY", "KIND")
            if (question := version.instrument.with_role(role))
        ],
        "days": _days(how.days[-LATELY:]),
        "days_before": _days(how.days[-60:-LATELY]),
        "quotas": _quotas(found, version.instrument, asked, how),
        "crumbs": crumbs_of(request, found),
    }
    return render(request, "surveys/progress.html", context)


def _days(days: Sequence[tuple[date, int]]) -> Rows:
    from babel.dates import format_date

    locale = to_locale(get_language() or "en")
    return [(format_date(day, "long", locale=locale), number) for day, number in days]


def _rows(asked: Questionnaire, question: Question, how: Progress) -> Rows:
    counted = [(option, number) for (key, option), number in how.ticked.items() if key == question.key]
    ordered = sorted(counted, key=lambda pair: (-pair[1], pair[0]))
    return [(asked.option_text(question, option), number) for option, number in ordered]


def _quotas(
    survey: Survey, instrument: Instrument, asked: Questionnaire, how: Progress
) -> list[tuple[str, int, int]]:
    found = []
    several = len({row.get("question") for row in survey.quotas}) > 1
    for row in survey.quotas:
        question = instrument.question(row.get("question", ""))
        if question is not None:
            taken = how.ticked.get((question.key, row["option"]), 0)
            name = asked.option_text(question, row["option"])
            label = f"{asked.say(question.text)} {name}" if several else name
            found.append((label, taken, int(row["most"])))
    return found


def record(request: MemberRequest, survey: str) -> HttpResponse:
    """Let somebody of the network write down what another person answers, on paper, by phone or in person."""
    found = found_or_404(building.survey(request.actor, survey))
    access.record.require(request.actor, found)
    version = found_or_404(selectors.version_of(found))
    language = request.LANGUAGE_CODE if request.LANGUAGE_CODE in found.languages else found.languages[0]
    posting = request.method == "POST"
    key = request.POST.get("key", "")
    once = addresses.once_of_form(found, key, participant_id=request.actor.participant_id) or uuid4()
    posted = {name: request.POST.getlist(name) for name in request.POST}
    asking = Asking(
        request, found, version, language, once, values=read(version.instrument, posted) if posting else {}
    )
    form = Heard(request.POST if posting else None)
    if posting and not request.POST.get("go") and form.is_valid():
        try:
            kept = replying.record_reply(
                by=request.actor, survey=found, version=version, once=once, values=asking.values,
                language=language, manner=form.cleaned_data["manner"], another=request.POST.get("another") == "yes",
            )  # fmt: skip
        except replying.NotTakenError as why:
            asking = refusal(asking, why)
        else:
            return see_other(url_of(request, "record", found) + f"?kept={kept.uuid}")
    context = {
        **page_context(asking),
        "heard": form,
        "kept": "kept" in request.GET and not posting,
        "interviews": [] if posting else interviews(request.actor, found),
        "keep": f"{found.token}:interview",
        "crumbs": crumbs_of(request, found),
    }
    return styled(render(request, "surveys/record.html", context, status=422 if posting else 200), asking)


def same_names(request: MemberRequest, survey: str) -> HttpResponse:
    """Show answers under the name of an organization that had answered; say of each whether it counts."""
    found = found_or_404(building.survey(request.actor, survey))
    waiting = following.same_names(request.actor, found)
    if request.method == "POST":
        chosen = next((one for one in waiting if str(one.uuid) == request.POST.get("reply")), None)
        if chosen is not None:
            replying.settle_same_name(
                by=request.actor, reply=chosen, apart=request.POST.get("apart") == "yes"
            )
        return see_other(url_of(request, "same-names", found))
    context = {"survey": found, "waiting": waiting, "crumbs": crumbs_of(request, found)}
    return render(request, "surveys/same_names.html", context)

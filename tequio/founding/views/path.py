"""The six steps as one thread: reading, answering, agreeing, inviting, comparing."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.access import Refused
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.founding import access, forms, rules, selectors, services, texts
from tequio.founding.rules import Kind
from tequio.founding.selectors import Path


@dataclass(frozen=True)
class StepShown:
    """A step as the thread shows it."""

    number: int
    title: texts.Word
    ask: texts.Word
    state: str
    minutes: int
    agreed: int


@dataclass(frozen=True)
class FounderShown:
    """A founder as the list beside the thread shows them."""

    name: str
    organization: str
    initial: str
    tone: str
    step: int
    at: Any
    here: bool
    me: bool


TONES = ("jade", "indigo", "gold", "carmine", "walnut")


def _thread(shown: Path, current: int, *, founded: bool) -> list[StepShown]:
    return [
        StepShown(
            number,
            *texts.STEPS[number],
            state="now" if number == current else "done" if founded or shown.is_agreed(number) else "",
            minutes=sum(topic.minutes for topic in rules.topics_shown(number, shown.values)),
            agreed=len(shown.agreed_by(number)),
        )
        for number in rules.STEPS
    ]


def _founders(shown: Path) -> list[FounderShown]:
    found = []
    for place, founder in enumerate(shown.founders):
        last = selectors.place_of(founder)
        found.append(
            FounderShown(
                name=founder.name,
                organization=founder.membership.name if founder.membership else "",
                initial=founder.name[:1].upper(),
                tone=TONES[place % len(TONES)],
                step=rules.step_of(last.topic) if last and last.topic in rules.BY_TOPIC else 0,
                at=last.at if last else None,
                here=selectors.is_here(last),
                me=founder.pk == shown.me,
            )
        )
    return found


def _thread_context(request: MemberRequest, shown: Path, current: int) -> dict[str, Any]:
    settled, founded = shown.settled, not services.founding(network=request.network)
    return {
        "path": shown,
        "founded": founded,
        "steps": _thread(shown, current, founded=founded),
        "current": current,
        "agreed": 6 if founded else len(shown.agreed_steps),
        "founders": _founders(shown),
        "minutes": 0 if founded else shown.minutes_left(),
        "purpose": settled.text("purpose"),
        "why_not": access.answer.why_not(request.actor, request.network, shown.charter),
        "may_invite": access.invite.allows(request.actor, request.network),
        "apart": shown.apart,
    }


def path(request: MemberRequest) -> HttpResponse:
    """Go on where I stopped; with everything answered, the thread alone."""
    shown = selectors.path(request.actor, request.network)
    chosen = rules.current_topic(shown.values, shown.mine, last=shown.last, agreed=shown.agreed_steps)
    if chosen and services.founding(network=request.network):
        return _topic_page(request, shown, chosen, None)
    context = _thread_context(request, shown, 0) | {"form": None, "topic_title": _("Found the network")}
    return render(request, "founding/path.html", context)


def topic(request: MemberRequest, topic: str) -> HttpResponse:
    """Answer the questions of one topic, or read who answered what."""
    found_or_404(rules.BY_TOPIC.get(topic))
    shown = selectors.path(request.actor, request.network)
    if request.method != "POST":
        return _topic_page(request, shown, topic, None)
    access.answer.require(request.actor, request.network, shown.charter)
    language = selectors.writing_language(request.network, request.POST.get("language", ""))
    form = _form(request, shown, topic, language, bound=True)
    if not form.is_valid():
        return _topic_page(request, shown, topic, form, status=422)
    saved = services.save_topic(
        by=request.actor,
        network=request.network,
        topic=topic,
        answers=form.answers(),
        shared=form.shared(),
        language=language,
    )
    return see_other(_after(request, shown, topic, saved))


def _after(request: MemberRequest, shown: Path, topic: str, saved: services.Save) -> str:
    """Return where a founder goes after saving: to texts that met, out, to the next topic, or to the step's end."""
    slug = request.network.slug
    if saved.apart:
        return (
            reverse("founding:text", args=[slug, saved.apart[0].question])
            + f"?lang={saved.apart[0].language}"
        )
    if "leave" in request.POST:
        return reverse("founding:path", args=[slug])
    fresh = selectors.path(request.actor, request.network)
    number = rules.step_of(topic)
    codes = [each.code for each in rules.topics_shown(number, fresh.values)]
    following = codes[codes.index(topic) + 1 :] if topic in codes else codes[:1]
    if following:
        return reverse("founding:topic", args=[slug, following[0]])
    return reverse("founding:step", args=[slug, number])


def _form(
    request: MemberRequest, shown: Path, code: str, language: str, *, bound: bool = False
) -> forms.TopicForm:
    number = rules.step_of(code)
    arising = {each.code: each for each in rules.topics_shown(number, shown.values)}
    me = shown.me or 0
    own = {question: by[me] for question, by in shown.answers.items() if me in by}
    return forms.TopicForm(
        request.POST if bound else None,
        topic=arising.get(code, rules.BY_TOPIC[code]),
        own=own,
        written=selectors.written_in(shown, language),
        leaving="leave" in request.POST,
        language=language,
    )


@dataclass(frozen=True)
class Block:
    """A question on the page: its field or rows, its example, and what the founders said."""

    question: rules.Question
    words: texts.Words
    field: Any
    base: Any
    rows: Any
    voices: selectors.Voices | None
    elsewhere: dict[str, str]


def _blocks(shown: Path, form: forms.TopicForm, language: str) -> list[Block]:
    return [_block(shown, form, language, question) for question in form.topic.questions]


def _block(shown: Path, form: forms.TopicForm, language: str, question: rules.Question) -> Block:
    table = question.kind is Kind.ROWS
    spoken = shown.settled.text(question.code) if question.shared and not table else {}
    return Block(
        question=question,
        words=texts.QUESTIONS[question.code],
        field=None if table else form[question.code],
        base=form[f"{question.code}_base"] if question.shared else None,
        rows=list(form.rows(question)) if table else [],
        voices=None if question.shared else selectors.voices(shown, question),
        elsewhere={} if language in spoken else spoken,
    )


def _topic_page(
    request: MemberRequest, shown: Path, code: str, form: forms.TopicForm | None, status: int = 200
) -> HttpResponse:
    language = selectors.writing_language(
        request.network, request.POST.get("language", request.GET.get("lang", ""))
    )
    form = form or _form(request, shown, code, language)
    number = rules.step_of(code)
    codes = [each.code for each in rules.topics_shown(number, shown.values)]
    context = _thread_context(request, shown, number) | {
        "form": form,
        "blocks": _blocks(shown, form, language),
        "topic": code,
        "topic_title": texts.TOPICS[code],
        "position": codes.index(code) + 1 if code in codes else 1,
        "count": len(codes),
        "writing": language,
        "writable": [(code, name) for code, name in settings.LANGUAGES if code in request.network.languages],
        "several": len(request.network.languages) > 1
        and any(q.shared and q.spoken for q in form.topic.questions),
        "compare": code == "model",
        "leaves_open": any(question.shared for question in form.topic.questions),
    }
    return render(request, "founding/path.html", context, status=status)


@dataclass(frozen=True)
class Line:
    """A question and what stands, on the page where a step is agreed."""

    question: rules.Question
    words: texts.Words
    voices: selectors.Voices | None
    text: texts.Said | None
    lines: list[dict[str, str]]
    rows: list[dict[str, Any]]
    holds: str
    version: int


def _line(shown: Path, question: rules.Question) -> Line:
    settled, shared = shown.settled, question.shared
    holds = "" if shared or question.holds is None else selectors.label_of(question, question.holds, shown)
    return Line(
        question=question,
        words=texts.QUESTIONS[question.code],
        voices=None if shared else selectors.voices(shown, question),
        text=texts.said(settled.text(question.code)) if question.kind is Kind.TEXT else None,
        lines=settled.lines(question.code) if question.kind is Kind.LIST else [],
        rows=settled.rows(question.code) if question.kind is Kind.ROWS else [],
        holds=holds,
        version=max((each.version for each in shown.texts.get(question.code, {}).values()), default=0),
    )


def step(request: MemberRequest, step: int) -> HttpResponse:
    """Read what a step says, and agree to it."""
    found_or_404(texts.STEPS.get(step))
    if request.method == "POST":
        services.agree_step(
            by=request.actor, network=request.network, step=step, state=request.POST.get("state", "")
        )
        return see_other(_after_step(request, step))
    shown = selectors.path(request.actor, request.network)
    agreed = shown.agreed_by(step)
    context = _thread_context(request, shown, step) | {
        "step": step,
        "title": texts.STEPS[step][0],
        "ask": texts.STEPS[step][1],
        "topics": [
            {
                "code": each.code,
                "title": texts.TOPICS[each.code],
                "lines": [_line(shown, q) for q in each.questions],
            }
            for each in rules.topics_shown(step, shown.values)
        ],
        "state": shown.state(step),
        "lacks": [q for q in shown.missing if q.step == step],
        "agreed_names": [each.name for each in agreed],
        "i_agreed": any(each.pk == shown.me for each in agreed),
        "crumbs": [
            (_("Found the network"), reverse("founding:path", args=[request.network.slug])),
            (str(texts.STEPS[step][0]), ""),
        ],
    }
    return render(request, "founding/step.html", context)


def _after_step(request: MemberRequest, step: int) -> str:
    slug = request.network.slug
    if step == rules.STEPS[-1]:
        return reverse("founding:ratify", args=[slug])
    first = rules.TOPICS[[topic.step for topic in rules.TOPICS].index(step + 1)].code
    return reverse("founding:topic", args=[slug, first])


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
        "current": current,
        "other": apart[-1] if apart else None,
        "versions": versions,
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
        "joined": (form.cleaned_data["joined"], [*current.rows, *other.rows][: forms.MOST_ROWS]),
    }[choice]
    services.choose_text(
        by=request.actor, network=request.network, question=question, language=language, body=body, rows=rows
    )


def invite(request: MemberRequest) -> HttpResponse:
    """Invite another founder."""
    access.invite.require(request.actor, request.network)
    form = forms.InviteForm(request.POST or None, initial={"language": request.network.languages[0]})
    if request.method == "POST" and form.is_valid():
        services.invite_founder(
            by=request.actor,
            network=request.network,
            email=form.cleaned_data["email"],
            name=form.cleaned_data["name"],
            organization=form.cleaned_data["organization"],
            language=form.cleaned_data["language"],
        )
        return see_other(reverse("founding:invite", args=[request.network.slug]) + "?sent=1")
    context = {
        "form": form,
        "sent": "sent" in request.GET,
        "waiting": selectors.invited_founders(),
        "crumbs": [
            (_("Found the network"), reverse("founding:path", args=[request.network.slug])),
            (_("Invite"), ""),
        ],
    }
    return render(request, "founding/invite.html", context, status=422 if form.errors else 200)


def compare(request: MemberRequest) -> HttpResponse:
    """Compare the two models rule by rule, counted for a number of members. Source: GOV-03."""
    form = forms.CompareForm(request.GET if "members" in request.GET else None)
    members = form.cleaned_data["members"] if form.is_valid() else 12
    context = {
        "form": form,
        "rules": texts.COMPARISON,
        "members": members,
        "enough": rules.least_yes(members),
        "short": rules.least_yes(members) - 1,
        "crumbs": [
            (_("Found the network"), reverse("founding:path", args=[request.network.slug])),
            (_("Compare"), ""),
        ],
    }
    return render(request, "founding/compare.html", context)

"""The six steps as one thread: reading, answering, inviting, comparing."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.founding import access, forms, rules, selectors, services, texts
from tequio.founding.rules import Kind
from tequio.founding.selectors import Path
from tequio.founding.views.ground import actor_map, carried, plan
from tequio.founding.views.lines import line_of


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
            minutes=rules.AGREEING + sum(topic.minutes for topic in rules.topics_shown(number, shown.values)),
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


def thread_context(request: MemberRequest, shown: Path, current: int) -> dict[str, Any]:
    settled, founded = shown.settled, not services.founding(network=request.network)
    return {
        "path": shown,
        "founded": founded,
        "steps": _thread(shown, current, founded=founded),
        "current": current,
        "agreed": 6 if founded else len(shown.agreed_steps),
        "founders": _founders(shown),
        "minutes": 0 if founded else shown.minutes_left(),
        "later": 0 if founded else shown.minutes_that_wait(),
        "purpose": settled.text("purpose"),
        "why_not": access.answer.why_not(request.actor, request.network, shown.charter),
        "may_invite": access.invite.allows(request.actor, request.network),
        "apart": shown.apart,
    }


def path(request: MemberRequest) -> HttpResponse:
    """Go on at the question where I stopped; show the thread alone to who just left, or has answered everything."""
    shown = selectors.path(request.actor, request.network)
    chosen = rules.current_topic(shown.values, shown.mine, last=shown.last, agreed=shown.agreed_steps)
    if chosen and services.founding(network=request.network) and "left" not in request.GET:
        if shown.last:
            address = reverse("founding:topic", args=[request.network.slug, chosen])
            return redirect(f"{address}#id_{shown.open_in(chosen)}")
        return _topic_page(request, shown, chosen, None)
    context = thread_context(request, shown, 0) | {
        "form": None,
        "topic_title": _("Found the network"),
        "left": chosen if "left" in request.GET else "",
        "waiting": chosen,
    }
    return render(request, "founding/path.html", context)


def topic(request: MemberRequest, topic: str) -> HttpResponse:
    """Answer the questions of one topic, or read who answered what."""
    found_or_404(rules.BY_TOPIC.get(topic))
    shown = selectors.path(request.actor, request.network)
    if request.method != "POST":
        return _topic_page(request, shown, topic, None)
    access.answer.require(request.actor, request.network, shown.charter, topic)
    language = _language(request)
    do = forms.read_do(request.POST.get("do", ""))
    form = _form(request, shown, topic, language, bound=True, do=do)
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
    return see_other(_after(request, topic, saved, do))


def _after(request: MemberRequest, topic: str, saved: services.Save, do: forms.Do | None) -> str:
    """Return where a founder goes after saving: to texts that met, out, to the next topic, or to the step's end."""
    slug = request.network.slug
    if saved.apart:
        return (
            reverse("founding:text", args=[slug, saved.apart[0].question])
            + f"?lang={saved.apart[0].language}"
        )
    if do is not None:
        opened = request.POST.get(f"{do.code}_{do.number}_id", "") if do.what == "open" else ""
        asked = urlencode({"lang": _language(request), **({"open": opened} if opened else {})})
        return reverse("founding:topic", args=[slug, topic]) + f"?{asked}#id_{do.code}"
    if not services.founding(network=request.network):
        return reverse("founding:planning", args=[slug]) + "?kept=1"
    if "leave" in request.POST:
        return reverse("founding:path", args=[slug]) + "?left=1"
    fresh = selectors.path(request.actor, request.network)
    number = rules.step_of(topic)
    codes = [each.code for each in rules.topics_shown(number, fresh.values)]
    following = codes[codes.index(topic) + 1 :] if topic in codes else codes[:1]
    if following:
        return reverse("founding:topic", args=[slug, following[0]])
    return reverse("founding:step", args=[slug, number])


def _language(request: MemberRequest) -> str:
    """Return the language in which somebody writes."""
    wanted = request.POST.get("language", request.GET.get("lang", ""))
    return selectors.writing_language(request.network, wanted)


def _form(
    request: MemberRequest,
    shown: Path,
    code: str,
    language: str,
    *,
    bound: bool = False,
    do: forms.Do | None = None,
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
        tables=selectors.tables_of(shown),
        values=shown.values,
        leaving="leave" in request.POST,
        usual="usual" in request.POST,
        language=language,
        do=do,
        opened=request.GET.get("open", ""),
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


@dataclass(frozen=True)
class Usual:
    """What holds for a question while nobody says otherwise, in words."""

    ask: texts.Word
    label: str


def _usual(shown: Path, topic: rules.Topic) -> list[Usual]:
    """Return what a founder can take over with one press: where each question has an answer that holds by default."""
    closed = [question for question in topic.questions if not question.shared]
    mine = {code for code, by in shown.answers.items() if shown.me in by}
    if len(closed) < 2 or not all(question.holds for question in closed) or mine & {q.code for q in closed}:
        return []
    return [
        Usual(texts.QUESTIONS[each.code].ask, selectors.label_of(each, each.holds, shown)) for each in closed
    ]


def _has_words(question: rules.Question) -> bool:
    """Say whether a table has parts that are written in each language."""
    return any(part.spoken for part in question.parts)


def _be_seen(request: MemberRequest, shown: Path, code: str) -> None:
    """Let the other founders see that this one is here, as long as the path is open."""
    if shown.founds and services.founding(network=request.network):
        services.pass_by(by=request.actor, place=shown.place, topic=code)


def _topic_page(
    request: MemberRequest, shown: Path, code: str, form: forms.TopicForm | None, status: int = 200
) -> HttpResponse:
    language = _language(request)
    _be_seen(request, shown, code)
    why_not = access.answer.why_not(request.actor, request.network, shown.charter, code)
    form = form or _form(request, shown, code, language)
    number = rules.step_of(code)
    codes = [each.code for each in rules.topics_shown(number, shown.values)]
    here_too = shown.here_too(code)
    context = thread_context(request, shown, number) | {
        "why_not": why_not,
        "form": form,
        "blocks": _blocks(shown, form, language),
        "lines": [line_of(shown, question) for question in form.topic.questions] if why_not else [],
        "plan": plan(shown) if why_not and code == "plan" else [],
        "usual": _usual(shown, form.topic),
        "topic": code,
        "topic_title": texts.TOPICS[code],
        "position": codes.index(code) + 1 if code in codes else 1,
        "count": len(codes),
        "writing": language,
        "writable": [(code, name) for code, name in settings.LANGUAGES if code in request.network.languages],
        "several": len(request.network.languages) > 1
        and any(each.spoken or _has_words(each) for each in form.topic.questions),
        "here_too": here_too,
        "here_names": texts.listed(here_too),
        "shareable": rules.SHAREABLE,
        "compare": code in ("ourselves", "model"),
        "map": actor_map(shown) if code == "actors" else None,
        "carried": carried(shown, code),
        "leaves_open": any(question.shared for question in form.topic.questions),
    }
    return render(request, "founding/path.html", context, status=status)


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

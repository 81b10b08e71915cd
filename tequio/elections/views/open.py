"""Open elections by consent: one page for everybody, whose steps who facilitates takes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from tequio.core.access import Refused
from tequio.core.forms import Form
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.elections import access, selectors, services
from tequio.elections.forms.open import (
    AnswerForm,
    BeginForm,
    ChangeForm,
    DescribeForm,
    EndForm,
    ExcuseForm,
    NominateForm,
    ProposeForm,
)
from tequio.elections.models import ELECTIVE, STAGES, OpenElection, OpenVoice
from tequio.elections.rules.open_election import AGREED, ORDER, Bar, Stage, Word, guard, next_of
from tequio.elections.services.open import BARS
from tequio.governance import selectors as governance
from tequio.governance.models import ROLES
from tequio.people.selectors.voices import today_of

Words = str | Promise
NOW: dict[Stage, tuple[Words, Words]] = {
    Stage.ROLE: (
        gettext_lazy("We look at the role"),
        gettext_lazy("What does it do, and what does it decide alone? Who holds it now tells it."),
    ),
    Stage.TERM: (
        gettext_lazy("We agree for how long"),
        gettext_lazy("Every mandate has an end. If you see a harm in this term, say it now."),
    ),
    Stage.QUALIFICATIONS: (
        gettext_lazy("We say what the role needs"),
        gettext_lazy(
            "What should whoever holds it know, have or be? If something is wrong here, say it now."
        ),
    ),
    Stage.NOMINATIONS: (
        gettext_lazy("Each one writes a name"),
        gettext_lazy("In silence, before anybody speaks. All names are opened at once."),
    ),
    Stage.REASONS: (
        gettext_lazy("We hear the reasons"),
        gettext_lazy(
            "It is no vote and nobody counts. Who was moved by a reason changes the name, and says why."
        ),
    ),
    Stage.PROPOSAL: (
        gettext_lazy("A person is proposed"),
        gettext_lazy("Who facilitates proposes whom the best reasons speak for."),
    ),
    Stage.CONSENT: (
        gettext_lazy("We ask for consent"),
        gettext_lazy("Each one answers. Who is proposed answers last."),
    ),
    Stage.CONFIRMATION: (
        gettext_lazy("The circle around consents"),
        gettext_lazy("This person will be a full member there, so its members are asked too."),
    ),
    Stage.ELECTED: (gettext_lazy("Chosen without objections"), ""),
    Stage.ENDED: (gettext_lazy("It ended without anybody chosen"), ""),
}
VERBS: dict[Stage, Words] = {
    Stage.TERM: gettext_lazy("On to the term"),
    Stage.QUALIFICATIONS: gettext_lazy("On to what it needs"),
    Stage.NOMINATIONS: gettext_lazy("On to the names"),
    Stage.REASONS: gettext_lazy("Open all names now"),
    Stage.PROPOSAL: gettext_lazy("On to a proposal"),
    Stage.CONSENT: gettext_lazy("Ask for consent"),
    Stage.CONFIRMATION: gettext_lazy("Ask the circle around"),
    Stage.ELECTED: gettext_lazy("Nobody objects: give the mandate"),
}
SAID = {
    Word.CONSENT: gettext_lazy("can live with it"),
    Word.CONCERN: gettext_lazy("can live with it, with a concern"),
    Word.OBJECT: gettext_lazy("objects"),
}


def elections(request: MemberRequest) -> HttpResponse:
    """The open elections of the network's circles."""
    found = selectors.elections(request.actor)
    context = {
        "under_way": [line_of_election(request, one) for one in found if one.over_at is None],
        "over": [line_of_election(request, one) for one in found if one.over_at is not None],
        "crumbs": _crumbs(request)[:1],
    }
    return render(request, "elections/elections.html", context)


def line_of_election(request: MemberRequest, one: OpenElection) -> dict[str, Any]:
    """Return an election as a line of a list: its circle, its role and where it stands; who was chosen."""
    note = f"{_role(one)} · {one.get_stage_display()}"
    if one.stage == Stage.ELECTED and one.nominee:
        note += f": {one.nominee.name}"
    return {"url": _url(request, "election", one), "title": one.circle_name, "note": note}


def begin_election(request: MemberRequest, circle: UUID) -> HttpResponse:
    """Begin to choose who holds a role of a circle."""
    found = found_or_404(governance.circle(request.actor, circle))
    access.open_election.require(request.actor, found, governance.standing(request.actor, found))
    members = governance.members_of(found)
    people = list(members.values_list("pk", "name"))
    roles = [(role.value, str(dict(ROLES)[role.value]).capitalize()) for role in ELECTIVE]
    form = BeginForm(
        request.POST if request.method == "POST" else None, roles=roles, people=people,
        initial={"role": request.GET.get("role"), "facilitator": request.actor.participant_id},
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            opened = services.open_election(
                by=request.actor, circle=found, role=form.cleaned_data["role"],
                facilitator=found_or_404(members.filter(pk=form.cleaned_data["facilitator"]).first()),
            )  # fmt: skip
            return see_other(_url(request, "election", opened))
        except Refused as trouble:
            form.add_error(None, str(trouble))
    under_way = [
        {"url": _url(request, "election", one), "title": _role(one), "note": one.get_stage_display()}
        for one in selectors.of_circle(request.actor, found)
    ]
    context = {
        "form": form, "circle": found, "people": people, "under_way": under_way, "crumbs": _crumbs(request),
    }  # fmt: skip
    return render(request, "elections/begin.html", context, status=422 if form.is_bound else 200)


def election(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """What the election does now, and what I can say."""
    found = found_or_404(selectors.election(request.actor, uuid))
    today = today_of(request.network)
    asked = selectors.asked(found, today)
    forms = _forms(request, found, asked, today)
    did = request.POST.get("do", "")
    if request.method == "POST":
        form = forms.get(did)
        if form is None:
            raise Refused(_("The election went on. Look where it is now."))
        if form.is_valid():
            try:
                _DO[did](request, found, form.cleaned_data)
                return see_other(_url(request, "election", found))
            except Refused as trouble:
                form.add_error(None, str(trouble))
    context = _context(request, found, asked, forms)
    context["form"] = forms.get(did)
    return render(request, "elections/election.html", context, status=422 if did else 200)


def _forms(
    request: MemberRequest, found: OpenElection, asked: list[selectors.Asked], today: date
) -> dict[str, Form]:
    """Return the forms that the reader can fill in this step, by what they do."""
    actor, stage, did = request.actor, Stage(found.stage), request.POST.get("do", "")
    voice = selectors.voice_among(actor, found, asked)
    said = next((one for one in asked if voice is not None and one.pk == voice.pk), None)

    def data(name: str) -> Any:
        return request.POST if request.method == "POST" and did == name else None

    forms: dict[str, Form] = {}
    if access.facilitate.allows(actor, found):
        if stage in (Stage.ROLE, *AGREED):
            initial = {"about": found.about, "months": found.months, "qualifications": found.qualifications}
            forms["describe"] = DescribeForm(data("describe"), initial=initial)
        if stage is Stage.PROPOSAL:
            proposed = {
                "nominee": found.nominee_id, "reason": found.reasons, "months": found.months, "measures": found.measures,
            }  # fmt: skip
            forms["propose"] = ProposeForm(
                data("propose"), people=selectors.candidates(found, today), initial=proposed
            )
        if away := _awaited(found, asked):
            forms["excuse"] = ExcuseForm(data("excuse"), people=away)
    if access.nominate.allows(actor, found, voice):
        mine = selectors.nomination_of(actor, found)
        written = {"nominee": mine.nominee_id, "reason": mine.reason} if mine else {}
        forms["nominate"] = NominateForm(
            data("nominate"), people=selectors.candidates(found, today), initial=written
        )
    if access.change_nomination.allows(actor, found, voice):
        forms["change"] = ChangeForm(data("change"), people=selectors.candidates(found, today))
    if access.answer.allows(actor, found, voice):
        given = {"word": said.word, "words": said.words} if said else {}
        forms["answer"] = AnswerForm(data("answer"), initial=given)
    return forms


def _awaited(found: OpenElection, asked: list[selectors.Asked]) -> list[tuple[int, str]]:
    """Return for whom this step waits: who may be absent, and can be excused."""
    stage = Stage(found.stage)
    if stage not in (Stage.NOMINATIONS, Stage.CONSENT, Stage.CONFIRMATION):
        return []
    waiting = [
        one for one in asked if one.counts and not (one.wrote if stage is Stage.NOMINATIONS else one.word)
    ]
    nominee = found.nominee_id if stage is Stage.CONSENT else None
    return [(one.pk, one.name) for one in waiting if one.participant_id != nominee]


def _excuse(request: MemberRequest, found: OpenElection, told: dict[str, Any]) -> None:
    voice = found_or_404(OpenVoice.objects.filter(election=found, pk=told["voice"]).first())
    services.excuse_voice(by=request.actor, election=found, voice=voice, why=told["why"])


def _describe(request: MemberRequest, found: OpenElection, told: dict[str, Any]) -> None:
    services.describe_role(
        by=request.actor, election=found, about=told["about"], months=told["months"],
        qualifications=told["qualifications"],
    )  # fmt: skip


def _nominate(request: MemberRequest, found: OpenElection, told: dict[str, Any]) -> None:
    chosen = told["nominee"]
    nominee = found_or_404(selectors.candidate(found, chosen)) if chosen else None
    services.nominate(by=request.actor, election=found, nominee=nominee, reason=told["reason"])


def _change(request: MemberRequest, found: OpenElection, told: dict[str, Any]) -> None:
    nominee = found_or_404(selectors.candidate(found, told["nominee"]))
    services.change_nomination(by=request.actor, election=found, nominee=nominee, reason=told["reason"])


def _propose(request: MemberRequest, found: OpenElection, told: dict[str, Any]) -> None:
    services.propose_nominee(
        by=request.actor, election=found, nominee=found_or_404(selectors.candidate(found, told["nominee"])),
        reasons=told["reason"], months=told["months"], measures=told["measures"],
    )  # fmt: skip


def _answer(request: MemberRequest, found: OpenElection, told: dict[str, Any]) -> None:
    services.answer_election(by=request.actor, election=found, word=Word(told["word"]), words=told["words"])


_DO: dict[str, Callable[[MemberRequest, OpenElection, dict[str, Any]], None]] = {
    "describe": _describe, "nominate": _nominate, "change": _change, "propose": _propose, "answer": _answer,
    "excuse": _excuse,
}  # fmt: skip


def _context(
    request: MemberRequest, found: OpenElection, asked: list[selectors.Asked], forms: dict[str, Form]
) -> dict[str, Any]:
    stage = Stage(found.stage)
    title, words = NOW[stage]
    labels = [
        _("Role"),
        _("Term"),
        _("Needs"),
        _("Names"),
        _("Reasons"),
        _("Proposal"),
        _("Round"),
        _("Mandate"),
    ]
    place = {Stage.CONFIRMATION: 7, Stage.ELECTED: 9, Stage.ENDED: 0}.get(stage) or (
        ORDER.index(stage) + 1 if stage in ORDER else 0
    )
    drives = access.facilitate.allows(request.actor, found)
    return {
        "election": found, "circle": found.circle, "role": _role(found), "stage": stage.value, "now": title,
        "words": words, "labels": labels, "current": place, "forms": forms, "drives": drives,
        "mark": selectors.mark_of(found), "mark_url": _url(request, "election-mark", found),
        "over": found.over_at is not None,
        "waits": not forms and not drives and found.over_at is None,
        "opened": selectors.nominations(request.actor, found),
        "end_url": _url(request, "election-end", found), "step_url": _url(request, "election-step", found),
        "crumbs": _crumbs(request),
        **_ring(request, found, asked),
        **(_steps(found, asked) if drives else {"next": None, "bar": "", "back": False}),
    }  # fmt: skip


def _ring(request: MemberRequest, found: OpenElection, asked: list[selectors.Asked]) -> dict[str, Any]:
    """Return the seats of those who are asked now, and who said what; before names are opened only who has written."""
    stage = Stage(found.stage)
    present = [one for one in asked if one.counts]
    answers = stage in (Stage.CONSENT, Stage.CONFIRMATION, *AGREED)
    if not answers and stage is not Stage.NOMINATIONS:
        return {"seats": [], "said": []}
    mine = request.actor.participant_id
    ordered = sorted(present, key=lambda one: one.participant_id != mine)
    shapes = [one.shape if answers else "consent" if one.wrote else "waiting" for one in ordered]
    done = sum(bool(one.word) if answers else one.wrote for one in present)
    seats = [
        shape if one.participant_id != mine else "you" if shape == "waiting" else f"{shape}+you"
        for one, shape in zip(ordered, shapes, strict=True)
    ]
    return {
        "seats": seats,
        "done": done,
        "of_voices": ngettext("of %(count)s voice", "of %(count)s voices", len(present))
        % {"count": len(present)},
        "said": [
            {"shape": one.shape, "name": one.name, "said": SAID[Word(one.word)], "words": one.words}
            for one in present
            if one.word
        ],
        "silent": [one.name for one in present if not (one.word if answers else one.wrote)],
        "excused": [(one.name, one.excused) for one in asked if one.present and one.excused],
    }


def _steps(found: OpenElection, asked: list[selectors.Asked]) -> dict[str, Any]:
    """Return the step that comes next, or what stands against it, and whether one can go back to a proposal."""
    facts = selectors.facts_of(found, asked)
    to = next_of(facts)
    bar: Bar | None = guard(facts, to) if to else None
    return {
        "next": (to.value, VERBS[to]) if to and bar is None else None,
        "bar": BARS[bar] if bar else "",
        "back": facts.stage in (Stage.CONSENT, Stage.CONFIRMATION) and facts.objections > 0,
    }


@require_safe
def election_mark(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Answer 304 while nothing changed that the screens of an election show."""
    tag = f'"{found_or_404(selectors.election_mark(request.actor, uuid))}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    return HttpResponse(tag, content_type="text/plain", headers={"ETag": tag})


@require_POST
def step_election(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Go on to another step."""
    found = found_or_404(selectors.election(request.actor, uuid))
    to = request.POST.get("to", "")
    found_or_404(to if to in dict(STAGES) else None)
    services.step_election(by=request.actor, election=found, to=Stage(to))
    return see_other(_url(request, "election", found))


def end_election(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """End an election without anybody chosen, saying why."""
    found = found_or_404(selectors.election(request.actor, uuid))
    access.facilitate.require(request.actor, found)
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        services.end_election(by=request.actor, election=found, why=form.cleaned_data["why"])
        return see_other(_url(request, "election", found))
    context = {
        "question": _("End it without anybody chosen?"), "consequences": [_("What was written stays readable.")],
        "verb": _("End the election"), "back_url": _url(request, "election", found), "form": form,
        "crumbs": _crumbs(request),
    }  # fmt: skip
    return render(request, "web/confirm.html", context, status=422 if form.is_bound else 200)


def _role(found: OpenElection) -> str:
    return str(dict(ROLES)[found.role])


def _url(request: MemberRequest, name: str, found: OpenElection) -> str:
    return reverse(f"elections:{name}", args=[request.network.slug, found.uuid])


def _crumbs(request: MemberRequest) -> list[tuple[str, str]]:
    slug = request.network.slug
    return [
        (_("Elections"), reverse("elections:overview", args=[slug])),
        (_("Open elections"), reverse("elections:elections", args=[slug])),
    ]

"""What is said about a proposal, and what lies beside it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tequio.core import files
from tequio.core.http import MemberRequest, address, found_or_404, see_other
from tequio.core.texts import say
from tequio.decisions import access, selectors, services
from tequio.decisions.forms.talking import (
    FileForm,
    QuestionForm,
    ReactionForm,
    RelateForm,
    ReplyForm,
    TranslateForm,
    lacking,
)
from tequio.decisions.models import Attachment, Proposal
from tequio.decisions.selectors import talking
from tequio.decisions.views.common import confirm_page, crumbs_of, form_page, meeting_or, overtaken, url_of


def talk(request: MemberRequest, number: int) -> HttpResponse:
    """The questions about a proposal with their replies, and the quick reactions; ask, or react."""
    proposal = found_or_404(selectors.draft(request.actor, number))
    reacts = request.method == "POST" and "reaction" in request.POST
    asking = QuestionForm(request.POST if request.method == "POST" and not reacts else None)
    reacting = ReactionForm(request.POST if reacts else None)
    if request.method == "POST" and (reacting if reacts else asking).is_valid():
        if reacts:
            services.react(by=request.actor, proposal=proposal, words=reacting.cleaned_data["reaction"])
            return see_other(url_of(request, "talk", number) + "#reactions")
        services.ask_question(by=request.actor, proposal=proposal, words=asking.cleaned_data["words"])
        return see_other(url_of(request, "talk", number) + "#questions")
    context = _talk_context(request, proposal, asking, reacting)
    return render(request, "decisions/talk.html", context, status=422 if request.method == "POST" else 200)


def _talk_context(
    request: MemberRequest, proposal: Proposal, asking: QuestionForm, reacting: ReactionForm
) -> dict[str, Any]:
    reactions = list(talking.reactions(request.actor, proposal))
    own = selectors.own(request.actor, proposal)
    mine = [one.words for one in reactions if one.voice_id == own]
    if mine and not reacting.is_bound:
        reacting.initial["reaction"] = mine[0]
    return {
        "proposal": proposal,
        "questions": talking.questions(request.actor, proposal),
        "reactions": reactions,
        "form": asking if asking.is_bound or not reacting.is_bound else reacting,
        "asking": asking if access.ask_question.allows(request.actor, proposal) else None,
        "reacting": reacting if access.react.allows(request.actor, proposal) else None,
        "no_reaction": access.react.why_not(request.actor, proposal),
        "may_reply": access.mends(request.actor, proposal),
        "crumbs": crumbs_of(request, proposal),
    }


def reply(request: MemberRequest, number: int, question_id: int) -> HttpResponse:
    """Reply to a question."""
    question = found_or_404(talking.question(request.actor, number, question_id))
    access.reply.require(request.actor, question)
    form = ReplyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.reply(by=request.actor, question=question, words=form.cleaned_data["words"])
        return see_other(meeting_or(request, "talk", number) + f"#question-{question.pk}")
    context = {"form": form, "question": question, "proposal": question.proposal}
    return form_page(
        request, "decisions/reply.html", context | {"crumbs": crumbs_of(request, question.proposal)}
    )


def beside(request: MemberRequest, number: int) -> HttpResponse:
    """The files of a proposal and what it is related to; add a file, or relate it to something."""
    proposal = found_or_404(selectors.draft(request.actor, number))
    relating = request.method == "POST" and "to" in request.POST
    may_relate = access.relate.allows(request.actor, proposal)
    choices = talking.related_choices(request.actor, proposal) if may_relate else []
    adding = FileForm(
        request.POST if request.method == "POST" and not relating else None,
        request.FILES if request.method == "POST" and not relating else None,
        languages=request.network.languages,
    )
    relate = RelateForm(
        request.POST if relating else None,
        choices=choices,
        title=lambda number: talking.related_title(
            request.actor, proposal, source=talking.DECISION, key=number
        ),
    )
    if request.method == "POST" and (relate if relating else adding).is_valid():
        if relating:
            services.relate(by=request.actor, proposal=proposal, **relate.given())
            return see_other(url_of(request, "beside", number))
        try:
            services.attach(by=request.actor, proposal=proposal, **adding.given())
            return see_other(url_of(request, "beside", number))
        except services.Unfit as trouble:
            adding.add_error("file", str(trouble))
    context = _beside_context(request, proposal, adding, relate, some=bool(choices))
    return render(request, "decisions/beside.html", context, status=422 if request.method == "POST" else 200)


def _beside_context(
    request: MemberRequest, proposal: Proposal, adding: FileForm, relate: RelateForm, *, some: bool
) -> dict[str, Any]:
    may_attach = access.attach.allows(request.actor, proposal)
    may_relate = access.relate.allows(request.actor, proposal)
    return {
        "proposal": proposal,
        "files": [
            file_row(request, number=proposal.number, file=vars(one))
            for one in talking.attachments(request.actor, proposal)
        ],
        "related": [
            {**related_row(request, vars(one)), "pk": one.pk}
            for one in talking.relations(request.actor, proposal)
        ],
        "form": relate if relate.is_bound else adding,
        "adding": adding if may_attach else None,
        "relating": relate if may_relate and some else None,
        "why_not": access.attach.why_not(request.actor, proposal),
        "may_attach": may_attach,
        "may_relate": may_relate,
        "crumbs": crumbs_of(request, proposal),
    }


def file_row(request: MemberRequest, *, number: int, file: dict[str, Any]) -> dict[str, Any]:
    """Return a file as pages show it: what it is, its language by its own name, its sort and size."""
    language = file["language"]
    return {
        "title": file["label"],
        "uuid": file["uuid"],
        "url": address("decisions:file", request.network.slug, number, file["uuid"]),
        "note": " · ".join(
            part
            for part in (
                get_language_info(language)["name_local"] if language else "",
                file["format"].upper(),
                size_words(file["size"]),
            )
            if part
        ),
    }


def size_words(size: int) -> str:
    """Say how large a file is."""
    if size < 1024 * 1024:
        return f"{max(1, size // 1024)} KB"
    return f"{size // (1024 * 1024)} MB"


def related_row(request: MemberRequest, relation: dict[str, Any]) -> dict[str, Any]:
    """Return something related as pages show it: where it is, and how it is called."""
    source, key, title = relation.get("source", talking.DECISION), relation["key"], say(relation["title"])
    if source == talking.DECISION:
        told = _("Decision %(number)s: %(title)s") % {"number": key, "title": title}
        return {"title": told, "url": address("decisions:open", request.network.slug, key)}
    offered = talking.SOURCES.get(source)
    return {"title": title, "url": offered.address(request.network.slug, key) if offered else ""}


@require_safe
def file(request: MemberRequest, number: int, file: UUID) -> HttpResponseBase:
    """Hand out a file, to be kept and not to be run by the browser."""
    found = found_or_404(talking.attachment(request.actor, number, file))
    content = found_or_404(files.read(name=str(found.content.name)))
    response = FileResponse(content, as_attachment=True, filename=_called(found))
    response.headers["Content-Type"] = files.FORMATS[found.format].mime
    response.headers["Content-Length"] = str(found.size)
    return response


def _called(found: Attachment) -> str:
    """Return the name of a file when it is handed out: from its label, never from where it came."""
    return f"{slugify(found.label) or found.proposal.number}.{found.format}"


def remove_file(request: MemberRequest, number: int, file: UUID) -> HttpResponse:
    """Take a file away, after asking."""
    found = found_or_404(talking.attachment(request.actor, number, file))
    access.attach.require(request.actor, found.proposal)
    if request.method == "POST":
        services.detach(by=request.actor, attachment=found)
        return see_other(url_of(request, "beside", number))
    lines = [found.label, _("The register remembers that it was here.")]
    return confirm_page(request, found.proposal, None, _("Take this file away?"), lines, _("Take it away"))


def unrelate(request: MemberRequest, number: int, relation_id: int) -> HttpResponse:
    """Take a relation away, after asking."""
    found = found_or_404(talking.relation(request.actor, number, relation_id))
    access.relate.require(request.actor, found.proposal)
    if request.method == "POST":
        services.unrelate(by=request.actor, relation=found)
        return see_other(url_of(request, "beside", number))
    lines = [say(found.title)]
    return confirm_page(
        request, found.proposal, None, _("No longer relate it to this?"), lines, _("Take it away")
    )


@require_safe
def languages(request: MemberRequest, number: int) -> HttpResponse:
    """In which languages a proposal is written, and what each one lacks."""
    proposal = found_or_404(selectors.draft(request.actor, number))
    assert proposal.version is not None
    lacks = {code: parts for code, _name, parts in lacking(proposal.version, request.network.languages)}
    context = {
        "proposal": proposal,
        "version": proposal.version,
        "rows": [
            (code, get_language_info(code)["name_local"], lacks.get(code, []))
            for code in request.network.languages
        ],
        "may": access.translate_proposal.allows(request.actor, proposal),
        "mends": access.leads(request.actor, proposal),
        "why_not": access.translate_proposal.why_not(request.actor, proposal),
        "crumbs": crumbs_of(request, proposal),
    }
    return render(request, "decisions/languages.html", context)


def translate(request: MemberRequest, number: int, language: str) -> HttpResponse:
    """Write a proposal in one more language of the network, beside what it says in another."""
    proposal = found_or_404(selectors.draft(request.actor, number))
    found_or_404(language if language in request.network.languages else None)
    access.translate_proposal.require(request.actor, proposal)
    assert proposal.version is not None
    form = TranslateForm(
        request.POST if request.method == "POST" else None,
        version=proposal.version, language=language, mend=access.leads(request.actor, proposal),
    )  # fmt: skip
    context: dict[str, Any] = {
        "form": form,
        "proposal": proposal,
        "language": language,
        "language_name": get_language_info(language)["name_local"],
        "crumbs": crumbs_of(request, proposal),
    }
    if form.is_valid():
        try:
            services.translate_proposal(
                by=request.actor, proposal=proposal, language=language, texts=form.texts(),
                base=form.cleaned_data["base"],
            )  # fmt: skip
            return see_other(url_of(request, "languages", number))
        except services.Overtaken as trouble:
            context |= overtaken(form, proposal, trouble)
    return form_page(request, "decisions/translate.html", context)

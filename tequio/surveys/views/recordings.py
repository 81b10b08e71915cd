"""What an interview rests on: its sound, kept in private, or where its paper lies."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tequio.core import files
from tequio.core.access import Refused
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.surveys import access
from tequio.surveys.forms.links import Source
from tequio.surveys.models import Recording, Reply, Survey
from tequio.surveys.selectors import building
from tequio.surveys.selectors import recordings as selectors
from tequio.surveys.services import forgetting
from tequio.surveys.services import recordings as services
from tequio.surveys.views.building import confirm, crumbs_of, url_of


def _found(request: MemberRequest, slug: str, uuid: UUID) -> tuple[Survey, Reply]:
    survey = found_or_404(building.survey(request.actor, slug))
    return survey, found_or_404(selectors.interview(request.actor, survey, uuid))


def interview(request: MemberRequest, survey: str, uuid: UUID) -> HttpResponse:
    """Show what an interview rests on, and keep one more."""
    found, reply = _found(request, survey, uuid)
    posting = request.method == "POST"
    form = Source(request.POST if posting else None, request.FILES if posting else None)
    if form.is_valid():
        try:
            _keep(request, reply, form.cleaned_data)
            return see_other(url_of(request, "interview", found, uuid))
        except Refused as refused:
            form.add_error("sound" if form.cleaned_data["sound"] else "cited", str(refused))
    context = {
        "survey": found,
        "reply": reply,
        "form": form,
        "rows": [_row(request, found, one) for one in selectors.recordings(reply)],
        "may_erase": access.forget.allows(request.actor, found),
        "crumbs": [*crumbs_of(request, found), (_("Record an interview"), url_of(request, "record", found))],
    }
    return render(request, "surveys/interview.html", context, status=422 if posting else 200)


def _keep(request: MemberRequest, reply: Reply, said: dict[str, Any]) -> None:
    if said["sound"]:
        services.keep_sound(by=request.actor, reply=reply, content=said["sound"].read(files.LARGEST + 1))
    if said["cited"]:
        services.cite_source(by=request.actor, reply=reply, cited=said["cited"])


def _row(request: MemberRequest, survey: Survey, one: Recording) -> dict[str, Any]:
    return {
        "what": one.cited or f"{one.format.upper()}, {max(1, one.size // 1024)} KB",
        "url": url_of(request, "sound", survey, one.reply.uuid, one.uuid) if one.content else "",
        "drop_url": url_of(request, "drop-recording", survey, one.reply.uuid, one.uuid),
        "at": one.added_at,
    }


@require_safe
def sound(request: MemberRequest, survey: str, uuid: UUID, recording: UUID) -> HttpResponseBase:
    """Hand out a sound, to be kept and not to be played by the page."""
    found, reply = _found(request, survey, uuid)
    one = found_or_404(selectors.recording(reply, recording))
    content = found_or_404(files.read(name=str(one.content.name)) if one.content else None)
    response = FileResponse(content, as_attachment=True, filename=f"{found.slug}-{one.pk}.{one.format}")
    response.headers["Content-Type"] = files.FORMATS[one.format].mime
    response.headers["Content-Length"] = str(one.size)
    return response


def drop_recording(request: MemberRequest, survey: str, uuid: UUID, recording: UUID) -> HttpResponse:
    """Take a sound or a paper away, after asking."""
    found, reply = _found(request, survey, uuid)
    one = found_or_404(selectors.recording(reply, recording))
    back = url_of(request, "interview", found, uuid)
    if request.method == "POST":
        services.drop_recording(by=request.actor, recording=one)
        return see_other(back)
    line = _("The sound is deleted for good.") if one.content else one.cited
    lines = [line, _("The answers stay.")]
    return confirm(request, found, _("Take it away?"), lines, _("Take it away"), back=back)


def forget_interview(request: MemberRequest, survey: str, uuid: UUID) -> HttpResponse:
    """Erase an interview with its sounds, when whoever was heard asked for that."""
    found, reply = _found(request, survey, uuid)
    access.forget.require(request.actor, found)
    if request.method == "POST":
        forgetting.forget_reply(by=request.actor, reply=reply)
        return see_other(url_of(request, "survey", found) + "?erased=1")
    lines = [
        _("Its answers and its sounds are erased for good."),
        _("Reports that were published stay: they hold sums."),
    ]
    back = url_of(request, "interview", found, uuid)
    return confirm(request, found, _("Erase this interview?"), lines, _("Erase it"), back=back)

"""Taking the answers of a survey out, row by row."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from tequio.core.http import MemberRequest, found_or_404
from tequio.surveys import access
from tequio.surveys.selectors import building as surveys
from tequio.surveys.services.exporting import KINDS, export_answers
from tequio.surveys.views.building import crumbs_of


def export(request: MemberRequest, survey: str) -> HttpResponse:
    """Say what is handed out, and hand it out."""
    found = found_or_404(surveys.survey(request.actor, survey))
    access.export.require(request.actor, found)
    kind = request.POST.get("kind", "")
    if request.method == "POST" and kind in KINDS:
        made = export_answers(by=request.actor, survey=found, kind=kind)
        response = HttpResponse(made.content, content_type=made.kind)
        response["Content-Disposition"] = f'attachment; filename="{made.name}"'
        return response
    count = found.replies.filter(sent_at__isnull=False, set_aside=False).count()
    context = {"survey": found, "count": count, "crumbs": crumbs_of(request, found)}
    return render(request, "surveys/export.html", context, status=422 if request.method == "POST" else 200)

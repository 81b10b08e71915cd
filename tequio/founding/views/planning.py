"""The strategic planning document, put together from the six steps."""

from django.http import HttpResponse
from django.shortcuts import render

from tequio.core.http import MemberRequest
from tequio.founding import selectors, texts


def planning(request: MemberRequest) -> HttpResponse:
    """Show what was thought through in the six steps as one document, to read and to print. Source: STR-11, REA-11."""
    charter, settled = selectors.settled_now(request.network)
    if settled is None:
        settled = selectors.path(request.actor, request.network).settled
    chapters = texts.planning(settled, languages=request.network.languages)
    context = {
        "charter": charter,
        "chapters": chapters,
        "open": [part.heading for chapter in chapters for part in chapter.parts if part.said is None],
    }
    return render(request, "founding/planning.html", context)

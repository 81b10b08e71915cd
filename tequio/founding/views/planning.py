"""The strategic planning document, put together from the six steps."""

from collections.abc import Collection

from django.http import HttpResponse
from django.shortcuts import render

from tequio.core.http import MemberRequest
from tequio.founding import access, rules, selectors, texts
from tequio.founding.texts.planning import Chapter


def planning(request: MemberRequest) -> HttpResponse:
    """Show what was thought through in the six steps as one document, to read and to print. Source: STR-11, REA-11."""
    charter, settled = selectors.planned_now(request.network)
    if settled is None:
        settled = selectors.path(request.actor, request.network).settled
    living = (
        rules.LIVING
        if charter and access.answer.allows(request.actor, request.network, charter, "plan")
        else ()
    )
    chapters = texts.planning(settled, languages=request.network.languages)
    context = {
        "charter": charter,
        "chapters": [(chapter, _kept_up(chapter, living)) for chapter in chapters],
        "kept": "kept" in request.GET,
        "open": [part.heading for chapter in chapters for part in chapter.parts if part.said is None],
    }
    return render(request, "founding/planning.html", context)


def _kept_up(chapter: Chapter, living: Collection[str]) -> list[tuple[str, texts.Word]]:
    """Return the topics of a chapter that the reader may bring up to date, each with its title."""
    topics = dict.fromkeys(
        rules.BY_CODE[part.code].topic for part in chapter.parts if part.code in rules.BY_CODE
    )
    return [(topic, texts.TOPICS[topic]) for topic in topics if topic in living]

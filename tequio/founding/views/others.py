"""How other networks did it, and letting them read how this one did."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.founding import access, rules, selectors, services, texts


def others(request: MemberRequest, question: str) -> HttpResponse:
    """Read what other networks of this installation answered to a question."""
    asked = found_or_404(rules.BY_CODE.get(question) if question in rules.SHAREABLE else None)
    slug = request.network.slug
    context = {
        "words": texts.QUESTIONS[question],
        "examples": selectors.examples(request.network, asked),
        "topic": asked.topic,
        "crumbs": [
            (_("Found the network"), reverse("founding:path", args=[slug])),
            (str(texts.TOPICS[asked.topic]), reverse("founding:topic", args=[slug, asked.topic])),
            (_("Other networks"), ""),
        ],
    }
    return render(request, "founding/others.html", context)


def sharing(request: MemberRequest) -> HttpResponse:
    """Let the founders of other networks here read what this one agreed on, or no longer."""
    if request.method == "POST":
        wanted = request.POST.get("shared") == "YES"
        services.share_answers(by=request.actor, network=request.network, shared=wanted)
        return see_other(reverse("founding:sharing", args=[request.network.slug]))
    context = {
        "shared": selectors.is_shared(request.network),
        "why_not": access.share.why_not(request.actor, request.network),
        "asked": [texts.QUESTIONS[each.code].ask for each in rules.ALL if each.code in rules.SHAREABLE],
        "crumbs": [
            (_("Charter"), reverse("founding:charter", args=[request.network.slug])),
            (_("For other networks"), ""),
        ],
    }
    return render(request, "founding/sharing.html", context)

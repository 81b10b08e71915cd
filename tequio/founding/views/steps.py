"""A step as a whole: what it says, and agreeing to it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.founding import rules, selectors, services, texts
from tequio.founding.selectors.lived import lived
from tequio.founding.views.asked import asked_of_members
from tequio.founding.views.ground import actor_map, plan
from tequio.founding.views.lines import line_of
from tequio.founding.views.path import thread_context


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
    context = thread_context(request, shown, step) | {
        "step": step,
        "title": texts.STEPS[step][0],
        "ask": texts.STEPS[step][1],
        "topics": [
            {
                "code": each.code,
                "title": texts.TOPICS[each.code],
                "lines": [line_of(shown, q) for q in each.questions],
            }
            for each in rules.topics_shown(step, shown.values)
        ],
        "map": actor_map(shown) if step == 1 else None,
        "plan": plan(shown) if step == 1 else [],
        "vertical": shown.values["model"] == rules.VERTICAL,
        "asked": asked_of_members(shown) if step == 3 else None,
        "lived": lived(request.network, step),
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

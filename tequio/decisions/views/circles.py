"""What a circle or a working group decides, does and evaluates, as three lists. Source: GOV-12, GOV-28."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.decisions import access, services
from tequio.decisions.forms.leaving import LeavingForm
from tequio.decisions.selectors import circles
from tequio.governance import selectors as governance
from tequio.people.selectors import today_of


def circle_work(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Show what a group leads: what it decides now, what it does, and what it looks back at."""
    circle = found_or_404(governance.circle(request.actor, uuid))
    slug = request.network.slug
    context = {
        "circle": circle,
        "work": circles.work_of(request.actor, circle),
        "today": clock.today(),
        "may_propose": access.propose_inside.allows(
            request.actor, circle, governance.standing(request.actor, circle, today_of(request.network))
        ),
        "crumbs": [
            (_("Who holds what"), reverse("governance:circles", args=[slug])),
            (circle.title, reverse("governance:circle", args=[slug, circle.uuid])),
        ],
    }
    return render(request, "decisions/circle.html", context)


def leaving(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Propose to a circle that somebody leaves it; that person has no answer in it. Source: C8."""
    circle = found_or_404(governance.circle(request.actor, uuid))
    access.propose_inside.require(
        request.actor, circle, governance.standing(request.actor, circle, today_of(request.network))
    )
    people = governance.members_of(circle, today_of(request.network)).exclude(
        pk=request.actor.participant_id or 0
    )
    form = LeavingForm(
        request.POST if request.method == "POST" else None, people=list(people.values_list("pk", "name"))
    )
    if form.is_bound and form.is_valid():
        proposal = services.propose_leaving(
            by=request.actor, circle=circle, participant=found_or_404(people.filter(pk=form.cleaned_data["who"]).first()),
            why=form.cleaned_data["why"],
        )  # fmt: skip
        return see_other(reverse("decisions:open", args=[request.network.slug, proposal.number]))
    slug = request.network.slug
    context = {
        "form": form,
        "question": _("Propose that somebody leaves the circle?"),
        "consequences": [
            _("The others decide by consent. Whoever would leave has no answer in it."),
            _("If it is adopted, the seat ends by itself."),
        ],
        "verb": _("Keep the proposal"),
        "back_url": reverse("governance:circle", args=[slug, circle.uuid]),
        "crumbs": [(circle.title, reverse("governance:circle", args=[slug, circle.uuid]))],
    }
    return render(request, "web/confirm.html", context, status=422 if form.is_bound else 200)

"""What a circle or a working group decides, does and evaluates, as three lists. Source: GOV-12, GOV-28."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.http import MemberRequest, found_or_404
from tequio.decisions.selectors import circles
from tequio.governance import selectors as governance


def circle_work(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Show what a group leads: what it decides now, what it does, and what it looks back at."""
    circle = found_or_404(governance.circle(request.actor, uuid))
    slug = request.network.slug
    context = {
        "circle": circle,
        "work": circles.work_of(request.actor, circle),
        "today": clock.today(),
        "crumbs": [
            (_("Who holds what"), reverse("governance:circles", args=[slug])),
            (circle.title, reverse("governance:circle", args=[slug, circle.uuid])),
        ],
    }
    return render(request, "decisions/circle.html", context)

"""What the pages of circles share."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, found_or_404
from tequio.governance import selectors
from tequio.governance.access import Standing
from tequio.governance.models import Circle


def find(request: MemberRequest, uuid: UUID) -> Circle:
    return found_or_404(selectors.circle(request.actor, uuid))


def page_of(request: MemberRequest, circle: Circle) -> str:
    return reverse("governance:circle", args=[request.network.slug, circle.uuid])


def standing_of(request: MemberRequest, circle: Circle | None) -> Standing:
    return selectors.standing(request.actor, circle)


def map_crumbs(request: MemberRequest) -> list[tuple[str, str]]:
    return [(_("Who holds what"), reverse("governance:circles", args=[request.network.slug]))]


def crumbs(request: MemberRequest, circle: Circle) -> list[tuple[str, str]]:
    return [*map_crumbs(request), (circle.title, page_of(request, circle))]

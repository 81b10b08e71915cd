"""Opening, with one click, what the charter names. Source: GOV-02."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, see_other
from tequio.core.pages import needs
from tequio.founding import access, services
from tequio.networks.models import Model
from tequio.networks.selectors import governance


@needs(access.open_areas)
def areas(request: MemberRequest) -> HttpResponse:
    """Show the areas that the charter names, and open those that are not open yet."""
    back = reverse("governance:circles", args=[request.network.slug])
    if request.method == "POST":
        services.open_areas(by=request.actor, network=request.network)
        return see_other(back)
    context = {
        "areas": services.areas(network=request.network),
        "horizontal": governance().model == Model.HORIZONTAL,
        "crumbs": [(_("Who holds what"), back)],
    }
    return render(request, "founding/open_areas.html", context)

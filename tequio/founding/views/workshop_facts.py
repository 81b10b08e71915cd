"""What a workshop says in one more language, and which cities were meant. Source: CTX-07, CTX-20."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.founding import access
from tequio.founding.forms.workshops import WordsForm
from tequio.founding.models import Workshop
from tequio.founding.selectors import workshops as selectors
from tequio.founding.services import workshop_words
from tequio.founding.services import workshops as services
from tequio.founding.views.workshops import crumbs, url_of, workshop_of
from tequio.people.forms.organizations import PlaceForm


def workshop_words_in(request: MemberRequest, uuid: UUID, language: str) -> HttpResponse:
    """Write what a workshop says in one more language of the network."""
    found = workshop_of(request, uuid)
    access.lead_workshop.require(request.actor, found)
    code = found_or_404(language if language in request.network.languages else None)
    form = WordsForm(
        request.POST if request.method == "POST" else None, workshop=found, actions=selectors.actions(found),
        language=code,
    )  # fmt: skip
    back = url_of(request, "workshop", uuid)
    if form.is_valid():
        workshop_words.say_in(by=request.actor, workshop=found, language=code, texts=form.said())
        return see_other(back)
    own = dict(settings.LANGUAGES)[code]
    context = {
        "form": form, "workshop": found, "language": own, "title": _("The workshop in %(language)s") % {"language": own},
        "back_url": back, "crumbs": crumbs(request, found),
    }  # fmt: skip
    return render(request, "founding/workshop_words.html", context, status=422 if form.is_bound else 200)


def workshop_places(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Ask which cities are meant by the spellings that the table of places does not hold."""
    found = workshop_of(request, uuid)
    access.lead_workshop.require(request.actor, found)
    form = PlaceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and form.place:
        services.name_city(
            by=request.actor, workshop=found, written=form.cleaned_data["written"], place=form.place
        )
        return see_other(request.path)
    context = {
        "asked": [(written, _asked(found, written, form)) for written in found.cities],
        "back_url": url_of(request, "workshop", uuid),
        "crumbs": crumbs(request, found),
    }
    return render(request, "founding/workshop_places.html", context, status=422 if form.is_bound else 200)


def _asked(found: Workshop, written: str, sent: PlaceForm) -> PlaceForm:
    if sent.is_bound and sent["written"].value() == written:
        return sent
    country = services.named_country(city=written) or found.country
    first = {"written": written, "country": country, "city_country": country}
    return PlaceForm(initial=first, auto_id=f"place-{found.cities.index(written)}-%s")

"""How files of answers are read: forgetting it, after asking."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.surveys.selectors import importing as selectors
from tequio.surveys.services import recipes
from tequio.surveys.views.building import crumbs_of, url_of
from tequio.surveys.views.importing import survey_of


def forget_recipe(request: MemberRequest, survey: str, uuid: UUID) -> HttpResponse:
    """Forget how the files of one form are read, after asking."""
    found = survey_of(request, survey)
    recipe = found_or_404(selectors.find_recipe(request.actor, found, uuid))
    if recipe.survey_id != found.pk:
        raise Http404
    back = url_of(request, "imports", found)
    if request.method == "POST":
        recipes.forget(by=request.actor, recipe=recipe)
        return see_other(back)
    context = {
        "question": _("Forget how “%(name)s” is read?") % {"name": recipe.name},
        "consequences": [
            _("The next file of this form is guessed anew."),
            _("What was imported stays as it is."),
        ],
        "verb": _("Forget it"),
        "back_url": back,
        "crumbs": crumbs_of(request, found),
    }
    return render(request, "web/confirm.html", context)

"""Who and what stands in a ballot that is being prepared."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tequio.core.access import Refused
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.elections import access, selectors, services
from tequio.elections.forms import OptionForm, StatementForm
from tequio.elections.models import Ballot, Option
from tequio.elections.views.ballots import confirm, crumbs_of, url_of


def option(request: MemberRequest, number: int) -> HttpResponse:
    """Add something or somebody to choose to a draft."""
    found = found_or_404(selectors.ballot(request.actor, number))
    access.change.require(request.actor, found)
    form = OptionForm(request.POST if request.method == "POST" else None, ballot=found)
    if form.is_valid():
        said = form.cleaned_data
        try:
            services.add_option(
                by=request.actor, ballot=found, name=said["name"], statement=said.get("statement") or "",
                language=(get_language() or "") if said.get("statement") else "",
                cost_minor=said.get("cost_minor"), participant=form.participant, membership=form.membership,
            )  # fmt: skip
            return see_other(url_of(request, "ballot", found))
        except Refused as refused:
            form.add_error("name", str(refused))
    context = {"form": form, "ballot": found, "crumbs": crumbs_of(request, found)}
    return render(request, "elections/option.html", context, status=422 if form.is_bound else 200)


def _one(request: MemberRequest, number: int, option_number: int) -> tuple[Ballot, Option]:
    found = found_or_404(selectors.ballot(request.actor, number))
    one = found_or_404(next((one for one in selectors.options(found) if one.number == option_number), None))
    access.speak_as_candidate.require(request.actor, one)
    return found, one


def statement(request: MemberRequest, number: int, option_number: int) -> HttpResponse:
    """Say in one's own words why one stands."""
    found, one = _one(request, number, option_number)
    form = StatementForm(
        request.POST if request.method == "POST" else None, option=one, languages=request.network.languages
    )
    if form.is_valid():
        services.write_statement(by=request.actor, option=one, **form.written())
        return see_other(url_of(request, "ballot", found))
    context = {"form": form, "ballot": found, "heading": one.name, "crumbs": crumbs_of(request, found)}
    return render(request, "elections/option.html", context, status=422 if form.is_bound else 200)


def remove_option(request: MemberRequest, number: int, option_number: int) -> HttpResponse:
    """Take something away from a draft, or one's own name, after asking."""
    found, one = _one(request, number, option_number)
    if request.method == "POST":
        services.remove_option(by=request.actor, option=one)
        reads = selectors.ballot(request.actor, number) is not None
        return see_other(url_of(request, "ballot", found) if reads else crumbs_of(request)[-1][1])
    return confirm(request, found, _("Take “%(name)s” away?") % {"name": one.name}, [], _("Take it away"))

"""The versions of the charter, and what each changed, word by word."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, found_or_404
from tequio.core.pages import public
from tequio.core.texts import say
from tequio.founding import rules, selectors


@public
def charter_versions(request: MemberRequest) -> HttpResponse:
    """List the versions that are or were in force."""
    context = {
        "layout": "web/base.html" if request.actor else "web/public.html",
        "versions": selectors.ruled(request.actor),
        "crumbs": [(_("Charter"), reverse("founding:charter", args=[request.network.slug]))],
    }
    return render(request, "founding/charter_versions.html", context)


@public
def charter_version(request: MemberRequest, version: int) -> HttpResponse:
    """Show what a version changed, word by word."""
    now, before, changed = found_or_404(selectors.compared(request.actor, version))
    context = {
        "layout": "web/base.html" if request.actor else "web/public.html",
        "charter": now,
        "before": before,
        "changed": [
            (
                pair.after or pair.before,
                rules.paired(
                    say(pair.before.texts) if pair.before else "", say(pair.after.texts) if pair.after else ""
                ),
            )
            for pair in changed
        ],
        "crumbs": [
            (_("Charter"), reverse("founding:charter", args=[request.network.slug])),
            (_("Versions"), reverse("founding:charter-versions", args=[request.network.slug])),
        ],
    }
    return render(request, "founding/charter_version.html", context)

"""Preparing a report, reading it before everybody does, publishing it, taking it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.texts import missing
from tequio.surveys import access
from tequio.surveys.forms.releasing import CorrectForm, ReasonForm, WishesForm
from tequio.surveys.models import Finding, Making, Preparation, Release, Survey
from tequio.surveys.rules.grounded import groundless
from tequio.surveys.selectors import findings, reporting
from tequio.surveys.selectors import releases as selectors
from tequio.surveys.services import releasing
from tequio.surveys.views.building import crumbs_of

LANGUAGES = dict(settings.LANGUAGES)


def publish(request: MemberRequest, survey: str) -> HttpResponse:
    """Choose what a report holds, see how far its tables are, and read it as it would be published."""
    found, preparation = found_or_404(selectors.prepared(survey))
    access.prepare_release.require(request.actor, found)
    releases = selectors.releases(found)
    signed = findings.findings(found)
    form = _form(request, found, preparation, releases, signed)
    if form.is_bound and form.is_valid():
        releasing.prepare_release(by=request.actor, survey=found, wishes=form.wishes())
        return see_other(reverse("surveys:publish", args=[request.network.slug, found.slug]))
    ready = preparation if preparation and preparation.state == Making.READY else None
    context: dict[str, Any] = {
        "survey": found,
        "form": form,
        "preparation": preparation,
        "reason": _reason(preparation, found) if preparation else "",
        "report": reporting.report(ready.document) if ready and ready.document else None,
        "warnings": _warnings(found, ready.document) if ready and ready.document else [],
        "left_out": _left_out(ready, signed) if ready else [],
        "releases": releases,
        "crumbs": crumbs_of(request, found),
    }
    return render(request, "surveys/publish.html", context, status=422 if form.errors else 200)


def _warnings(found: Survey, document: Mapping[str, Any]) -> list[str]:
    """Say in which languages words are missing, and which of their numbers no table of the report shows."""
    said = []
    for texts in (document["words"], document["method"]):
        for code in missing(texts, found.languages) if texts else ():
            said.append(
                _("A text has no words in %(language)s yet.") % {"language": LANGUAGES.get(code, code)}
            )
        for code, text in texts.items():
            if wrong := groundless(text, document):
                told = {"language": LANGUAGES.get(code, code), "numbers": "; ".join(wrong)}
                said.append(
                    _("Your text in %(language)s says numbers that no table shows: %(numbers)s.") % told
                )
    return said


def _left_out(preparation: Preparation, signed: Sequence[Finding]) -> list[str]:
    """Return the findings that were chosen and are not printed, since the public tables do not say their numbers."""
    document = preparation.document or {}
    printed = {one["thread"] for one in document.get("signed", ())}
    gone = set(preparation.chosen.get("signed", ())) - printed
    return [one.text for one in signed if str(one.thread) in gone]


def _form(
    request: MemberRequest,
    found: Survey,
    preparation: Preparation | None,
    releases: list[Release],
    signed: Sequence[Finding],
) -> WishesForm:
    instrument = found_or_404(selectors.opened_instrument(found))
    first = releases[-1] if releases else None
    return WishesForm(
        request.POST if request.method == "POST" else None,
        instrument=instrument,
        languages=found.languages,
        before=releasing.wishes_of(document=preparation.chosen) if preparation else None,
        authors=request.network.title,
        fixed=(first.document["dimension"] or {}).get("key", "") if first else None,
        signed=[(str(one.thread), one.text) for one in signed],
    )


def _reason(preparation: Preparation, found: Survey) -> str:
    least = {"number": 2 * found.quorum_cell}
    return {
        "FEW": _("Fewer than %(number)s answers came: any number would tell of single people.") % least,
        "SOON": _(
            "Fewer than %(number)s answers came since an earlier report. Whoever holds the two side by side "
            "would learn what single people answered. Wait for more answers."
        )
        % least,
        "SPLIT": _("Split by this question, all groups but one would be too small. Choose another, or none."),
        "NOTHING": _("None of the chosen tables can be shown without telling of small groups."),
    }.get(preparation.reason, "")


def freeze(request: MemberRequest, survey: str) -> HttpResponse:
    """Publish what was prepared, after asking once more."""
    found = found_or_404(selectors.survey(survey))
    preparation = selectors.preparation(request.actor, found)
    access.publish_release.require(request.actor, found, preparation)
    if request.method == "POST" and preparation and request.POST.get("confirmed") == "yes":
        releasing.publish_release(by=request.actor, survey=found, preparation=preparation)
        return see_other(reverse("surveys:report", args=[request.network.slug, found.slug]))
    context = {
        "question": _("Publish this report?"),
        "consequences": [
            _("Everybody can read it and download its tables, without an account."),
            _("It stays as it is. You can take it back with a reason, but copies that others made remain."),
            _("The next report needs enough new answers, so that nobody learns who answered since."),
            *(_warnings(found, preparation.document) if preparation and preparation.document else []),
        ],
        "verb": _("Publish the report"),
        "back_url": reverse("surveys:publish", args=[request.network.slug, found.slug]),
        "crumbs": crumbs_of(request, found),
    }
    return render(request, "web/confirm.html", context)


def correct(request: MemberRequest, survey: str, number: int) -> HttpResponse:
    """Put other words beside the same tables, and say what changed; the report that was wrong stays."""
    found = found_or_404(selectors.survey(survey))
    release = found_or_404(next((one for one in selectors.releases(found) if one.number == number), None))
    access.correct_release.require(request.actor, found, release)
    form = CorrectForm(
        request.POST if request.method == "POST" else None,
        document=release.document,
        languages=found.languages,
    )
    if form.is_bound and form.is_valid():
        newer = releasing.correct_release(by=request.actor, release=release, correction=form.correction())
        return see_other(reverse("surveys:release", args=[request.network.slug, found.slug, newer.number]))
    page = reverse("surveys:release", args=[request.network.slug, found.slug, number])
    context = {
        "survey": found,
        "release": release,
        "form": form,
        "page_url": page,
        "crumbs": crumbs_of(request, found),
    }
    return render(request, "surveys/correct.html", context, status=422 if form.errors else 200)


def withdraw(request: MemberRequest, survey: str, number: int) -> HttpResponse:
    """Take a report back; its page stays and says why."""
    found = found_or_404(selectors.survey(survey))
    release = found_or_404(next((one for one in selectors.releases(found) if one.number == number), None))
    access.withdraw_release.require(request.actor, found, release)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    page = reverse("surveys:release", args=[request.network.slug, found.slug, number])
    if form.is_bound and form.is_valid():
        releasing.withdraw_release(by=request.actor, release=release, reason=form.cleaned_data["reason"])
        return see_other(page)
    context = {
        "question": _("Take this report back?"),
        "consequences": [
            _("Its page stays, and says that it was taken back and why."),
            _("Its numbers are no longer shown there. Copies that others made remain."),
        ],
        "verb": _("Take it back"),
        "back_url": page,
        "form": form,
    }
    return render(request, "web/confirm.html", context, status=422 if form.errors else 200)

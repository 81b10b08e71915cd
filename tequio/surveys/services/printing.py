"""A report on paper: one PDF a language, made once by a job."""

from __future__ import annotations

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from tequio.core import clock
from tequio.core.catalogs import gather
from tequio.core.printing import PressFailed, pdf_of, pdf_possible
from tequio.core.texts import say
from tequio.networks.models import Network
from tequio.surveys.formats.opendata import LICENCES
from tequio.surveys.models import Printout, Release
from tequio.surveys.selectors import reporting
from tequio.surveys.selectors.releases import named

MOST_IN_SHORT = 26  # questions on the first two pages


@transaction.atomic
def print_release(*, release: Release) -> int:
    """Print a release in each language that has no paper yet; return how many. Where nothing can print, none."""
    if not pdf_possible():
        return 0
    have = set(Printout.objects.filter(release=release).values_list("language", flat=True))
    made = 0
    for language in release.languages:
        if language not in have:
            _keep(release, language)
            made += 1
    return made


def _keep(release: Release, language: str) -> None:
    try:
        content = pdf_of(page_of(release=release, language=language))
    except PressFailed:
        content = b""
    Printout.objects.create(release=release, language=language, content=content, made_at=clock.now())


def page_of(*, release: Release, language: str) -> str:
    """Return a report as one page of HTML for print, which asks for nothing from outside."""
    gather(language)
    network = Network.objects.get(pk=release.network_id)
    with override(language), timezone.override(network.time_zone):
        context = {
            "report": reporting.report(release.document),
            "release": release,
            "language": language,
            "most_in_short": f":{MOST_IN_SHORT}",
            "network": say(network.name, language),
            "published_on": reporting.published_on(release),
            "cited": reporting.cited(release, network),
            "names": named(release),
            "corrects": release.document.get("corrects", {}).get("number"),
            "licence_url": LICENCES.get(release.document["licence"], ""),
        }
        return render_to_string("surveys/report_paper.html", context)

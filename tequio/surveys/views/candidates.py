"""From a survey to candidates: who would join, with which experience, and who could coordinate what."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.pages import needs
from tequio.core.texts import say
from tequio.people.rules.countries import country_name
from tequio.surveys import access
from tequio.surveys.models import State, Survey
from tequio.surveys.rules.experience import Experience, Level, Point
from tequio.surveys.selectors.candidates import NO, YES, Found, Wanted, states
from tequio.surveys.selectors.candidates import candidates as found_candidates
from tequio.surveys.selectors.willing import willing
from tequio.surveys.services.candidates import make_candidates
from tequio.surveys.views.building import ROOMS, crumbs_of

LEVELS = {
    Level.LOW: pgettext_lazy("experience", "low"),
    Level.MEDIUM: pgettext_lazy("experience", "medium"),
    Level.HIGH: pgettext_lazy("experience", "high"),
}
POINTS = {
    Point.LED: gettext_lazy("led the making of a network"),
    Point.NOT_LED: gettext_lazy("has led no network"),
    Point.IN_NETWORK: gettext_lazy("takes part in a regional network"),
    Point.NOT_IN_NETWORK: gettext_lazy("takes part in no regional network"),
    Point.NO_THEME: gettext_lazy("works on none of the themes"),
}
THEMES = ngettext_lazy("works on %(number)s of the themes", "works on %(number)s of the themes", "number")
SAID = {
    "populations": gettext_lazy("Works with"),
    "needs": gettext_lazy("Asks for"),
    "offers": gettext_lazy("Offers"),
    "challenges": gettext_lazy("Finds hard"),
}
ROOMS.append(
    (
        "make-candidates",
        gettext_lazy("Who would join"),
        lambda actor, survey: survey.state != State.DRAFT and access.tend_candidates.allows(actor),
    )
)


def why(experience: Experience) -> str:
    """Say in words what a level of experience rests on."""
    told = [
        THEMES % {"number": experience.themes} if point is Point.THEMES else str(POINTS[point])
        for point in experience.points
    ]
    return ", ".join(told)


@needs(access.tend_candidates)
def candidates(request: MemberRequest) -> HttpResponse:
    """List who could be invited, by theme, experience and country. Source: SUR-17, SUR-18, SUR-19."""
    wanted = Wanted(
        **{name: request.GET.get(name, "")[:80].replace("\0", "") for name in Wanted.__dataclass_fields__}
    )
    found = found_or_404(found_candidates(request.actor, wanted, page=_page(request.GET.get("page", ""))))
    language = get_language() or "en"
    asked = {name: value for name, value in vars(wanted).items() if value}
    context = {
        "found": found,
        "rows": [_row(row, found, language) for row in found.page.object_list],
        "page": found.page,
        "filters": _filters(wanted, found, language),
        "filtered": any(vars(wanted).values()),
        "chosen": request.GET.get("chosen") == "all",
        "all_url": f"?{urlencode(asked | {'page': found.page.number, 'chosen': 'all'})}",
        "here": f"&{urlencode({'country': wanted.country})}" if wanted.country else "",
        "levels": list(LEVELS.values()),
        "lines": [
            {
                "label": label,
                "line": line,
                "rest": max(len(line.proposed) - 5, 0),
                "why": why(line.proposed[0].experience) if line.proposed else "",
            }
            for line, label in found.lines
        ],
    }
    return render(request, "surveys/candidates.html", context)


def _page(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _row(row: dict[str, Any], found: Found, language: str) -> dict[str, Any]:
    carried, level = row["carried"], row["experience"].level
    said = [(label, _listed(carried.get(name, ()))) for name, label in SAID.items()]
    return {
        **row,
        "country_name": country_name(row["country"], language) if row["country"] else "",
        "cities": ", ".join(carried.get("cities", ())),
        "theme_names": ", ".join(found.themes.get(theme, theme) for theme in row["themes"]),
        "level": LEVELS[level] if level else "",
        "why": why(row["experience"]),
        "said": [(label, words) for label, words in said if words],
        "survey": say(carried.get("survey", {}).get("title")),
        "invitable": bool(row["email"]) and not row["member"] and row["state"] == "NEW",
    }


def _listed(options: Any) -> str:
    return ", ".join(say(option["text"]) or option["key"] for option in options)


def _filters(wanted: Wanted, found: Found, language: str) -> list[dict[str, Any]]:
    countries = [(code, country_name(code, language)) for code in found.countries]
    filters = {
        "theme": (_("Theme"), list(found.themes.items())),
        "experience": (_("Experience"), [(level.value, label) for level, label in LEVELS.items()]),
        "country": (_("Country"), sorted(countries, key=lambda pair: pair[1])),
        "state": (_("What became of it"), states()),
        "member": (_("Already a member"), [(YES, _("yes")), (NO, _("no"))]),
    }
    return [
        {"name": name, "label": label, "chosen": getattr(wanted, name), "options": options}
        for name, (label, options) in filters.items()
    ]


def _unasked(survey: Survey) -> bool:
    """Say whether no question asks who would join, so that nobody can be found."""
    return not any(version.instrument.with_role("JOINS") for version in survey.versions.all())


@needs(access.tend_candidates)
def make(request: MemberRequest, survey: str) -> HttpResponse:
    """Show who would join according to a survey; make candidates of them on the button. Source: SUR-17."""
    asked = found_or_404(Survey.objects.filter(slug=survey).first())
    if request.method == "POST":
        make_candidates(by=request.actor, survey=asked)
        return see_other(reverse("surveys:candidates", args=[request.network.slug]))
    found = found_or_404(willing(request.actor, asked))
    context = {
        "survey": asked,
        "found": found,
        "crumbs": crumbs_of(request, asked),
        "unasked": not (found.new or found.members or found.known or found.nameless) and _unasked(asked),
        "without_address": sum(not one.email for one in found.new),
    }
    return render(request, "surveys/make_candidates.html", context)

"""The charter, and asking the founders to ratify it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.pages import public
from tequio.founding import access, rules, selectors, services, texts
from tequio.founding.models import Charter, CharterState


@dataclass(frozen=True)
class ArticleShown:
    """An article as the page shows it; ``address`` is where what it governs is at work, ``page`` its own page.

    ``lacking`` are the languages that it lacks, each with where it can be written, if the reader may.
    """

    number: int
    chapter: texts.Word
    heading: Any
    said: texts.Said | None
    page: str
    lacking: Sequence[tuple[str, str]]
    words: str
    address: str


@public
def charter(request: MemberRequest) -> HttpResponse:
    """Show the charter in force; to participants also the one being ratified, or the draft as it stands."""
    kept: Any = selectors.charter_to_read(request.actor)
    if kept is None:
        found_or_404(request.actor)
    articles: Any = SimpleLazyObject(partial(_articles, request, kept))
    may_translate = request.actor is not None and access.translate.allows(request.actor)
    context = {
        "layout": "web/base.html" if request.actor else "web/public.html",
        "charter": kept,
        "articles": SimpleLazyObject(lambda: _shown(request, kept, articles)),
        "missing": SimpleLazyObject(lambda: _missing(articles)),
        "drawn_for": (
            (request.network.slug, kept.written, kept.state, request.actor is not None, may_translate)
            if kept
            else None
        ),
        "founding": services.founding(network=request.network),
        "ratifying": kept is not None and kept.state == CharterState.RATIFYING,
        "in_force": kept is not None and kept.state == CharterState.IN_FORCE,
    }
    return render(request, "founding/charter.html", context)


def _articles(request: MemberRequest, kept: Charter | None) -> Sequence[Any]:
    """Return the articles of a charter, or of the draft as it stands."""
    if kept:
        return selectors.articles_of(kept)
    shown = selectors.draft(request.actor, request.network)
    return texts.articles(shown.settled, name=request.network.name, languages=request.network.languages)


def _missing(articles: Sequence[Any]) -> list[tuple[str, list[int]]]:
    """Return the languages that are missing, each with the numbers of the articles that lack it."""
    found: dict[str, list[int]] = {}
    for number, article in enumerate(articles, start=1):
        for language in article.missing:
            found.setdefault(language, []).append(number)
    return [(texts.own_names([language]), numbers) for language, numbers in found.items()]


def _shown(request: MemberRequest, kept: Charter | None, articles: Sequence[Any]) -> list[ArticleShown]:
    slug, inside = request.network.slug, request.actor is not None and kept is not None
    may = request.actor is not None and access.translate.allows(request.actor)
    return [
        ArticleShown(
            number,
            texts.CHAPTERS[article.key],
            article.heading,
            texts.said(article.texts, missing=article.missing),
            reverse("founding:article", args=[slug, article.key]) if inside else "",
            [
                (name, _where_to_write(slug, kept, article.key, code) if may else "")
                for code, name in texts.named(article.missing)
            ],
            *_rules(request, article.governs),
        )
        for number, article in enumerate(articles, start=1)
    ]


def _where_to_write(slug: str, kept: Charter | None, key: str, language: str) -> str:
    """Return where a missing language is written: on the path as long as nothing is drafted, then by the article."""
    if kept is not None:
        return reverse("founding:translate", args=[slug, key, language])
    shared = next(code for code in texts.CODES[key] if rules.BY_CODE[code].shared)
    return reverse("founding:topic", args=[slug, rules.BY_CODE[shared].topic]) + f"?lang={language}"


def _rules(request: MemberRequest, governs: Any) -> tuple[str, str]:
    """Return the words and the address of what an article rules; empty when it can be seen nowhere yet."""
    area = governs[0].partition(".")[0] if governs else ""
    name, words = {
        "governance": ("decisions:list", _("It rules how this network decides")),
        "joining": ("membership:join", _("It rules how one joins")),
        "criterion": ("membership:join", _("It rules how one joins")),
        "contact": ("founding:care", _("It names who helps")),
        "pillar": ("founding:front", _("It stands on the public page")),
    }.get(area, ("", ""))
    if not name or (request.actor is None and area == "governance"):
        return "", ""
    try:
        return words, reverse(name, args=[request.network.slug])
    except NoReverseMatch:
        return "", ""


def ratify(request: MemberRequest) -> HttpResponse:
    """See what is still open, and ask the founders for their consent to the charter."""
    if request.method == "POST":
        services.open_ratification(by=request.actor, network=request.network)
        return see_other(reverse("founding:ratify", args=[request.network.slug]))
    shown = selectors.path(request.actor, request.network)
    kept = shown.charter
    context = {
        "path": shown,
        "charter": kept,
        "ratifying": kept is not None and kept.state == CharterState.RATIFYING,
        "returned": kept is not None and kept.state == CharterState.RETURNED,
        "founding": services.founding(network=request.network),
        "why_not": access.ratify.why_not(request.actor, request.network, kept, len(shown.missing)),
        "lacking": [(question, texts.QUESTIONS[question.code].ask) for question in shown.missing],
        "apart": [(row, texts.QUESTIONS[row.question].ask) for row in shown.apart],
        "steps": [
            {
                "number": number,
                "title": texts.STEPS[number][0],
                "names": [each.name for each in shown.agreed_by(number)],
                "agreed": shown.is_agreed(number),
            }
            for number in rules.STEPS
        ],
        "differing": _differing(shown),
        "crumbs": [
            (_("Found the network"), reverse("founding:path", args=[request.network.slug])),
            (_("Ratify"), ""),
        ],
    }
    return render(request, "founding/ratify.html", context)


def _differing(shown: selectors.Path) -> list[dict[str, Any]]:
    """Return the closed questions where founders differ, with the answer that the charter will propose."""
    found = []
    for number in rules.STEPS:
        for topic in rules.topics_shown(number, shown.values):
            for question in topic.questions:
                if question.shared or len(shown.standings[question.code].chosen) < 2:
                    continue
                found.append({
                    "ask": texts.QUESTIONS[question.code].ask,
                    "topic": topic.code,
                    "voices": selectors.voices(shown, question),
                })  # fmt: skip
    return found

"""The page of an article: its words, the setting it governs, how it changes, its history, what is said about it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.texts import say
from tequio.decisions import sentences
from tequio.decisions.models import Proposal
from tequio.founding import access, forms, rules, selectors, services, texts
from tequio.founding.models import Article, CharterState
from tequio.networks import selectors as networks
from tequio.networks.models import Governance


@dataclass(frozen=True)
class HistoryShown:
    """A moment of an article's history: since when, by which decision, and its words beside those before."""

    version: int
    at: Any
    number: int | None
    pairs: list[tuple[str, str]]


def article(request: MemberRequest, key: str) -> HttpResponse:
    """Read an article, what it governs and how it changes; say something about it."""
    shown = found_or_404(selectors.article(request.actor, key))
    form = forms.RemarkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.remark(
            by=request.actor,
            network=request.network,
            article=shown,
            body=form.cleaned_data["body"],
            proposal=form.cleaned_data["kind"] == "PROPOSAL",
            under=form.cleaned_data["under"],
        )
        return see_other(reverse("founding:article", args=[request.network.slug, key]) + "#said")
    context = _article_context(request, shown) | {"form": form}
    return render(request, "founding/article.html", context, status=422 if form.errors else 200)


def withdraw_remark(request: MemberRequest, number: int) -> HttpResponse:
    """Take back what one said about an article, after asking."""
    said = found_or_404(selectors.remark(request.actor, number))
    access.withdraw_remark.require(request.actor, said)
    page = reverse("founding:article", args=[request.network.slug, said.article]) + "#said"
    if request.method == "POST":
        services.withdraw_remark(by=request.actor, remark=said)
        return see_other(page)
    context = {
        "question": _("Take back what you said?"),
        "consequences": [
            _("No page shows your words any more."),
            _("That you said something stays, with the answers to it."),
        ],
        "verb": _("Take it back"),
        "back_url": page,
    }
    return render(request, "web/confirm.html", context)


def _article_context(request: MemberRequest, shown: Article) -> dict[str, Any]:
    settled = selectors.settled_in(shown.charter, request.network)
    governance = networks.governance()
    return {
        "article": shown,
        "charter": shown.charter,
        "in_force": shown.charter.state == CharterState.IN_FORCE,
        "said": texts.said(shown.texts, missing=shown.missing),
        "lacking": texts.named(shown.missing),
        "settings": settings_shown(settled, shown.key, governance),
        "way": ways(shown.key, shown.charter.settings, governance),
        "history": [_history(stage) for stage in selectors.history(request.actor, shown.key)],
        "changes": selectors.changes_of(request.actor, shown.key),
        "remarks": selectors.remarks(request.actor, shown),
        "may_change": bool(rules.askable(settled, texts.CODES[shown.key]))
        and access.propose_change.allows(request.actor, request.network),
        "why_not": access.propose_change.why_not(request.actor, request.network),
        "may_translate": access.translate.allows(request.actor),
        "crumbs": [
            (_("Charter"), reverse("founding:charter", args=[request.network.slug])),
            (say(shown.heading), ""),
        ],
    }


def _history(stage: selectors.ArticleStage) -> HistoryShown:
    charter = stage.article.charter
    before = say(stage.before.texts) if stage.before else None
    now = say(stage.article.texts)
    return HistoryShown(
        version=charter.version,
        at=charter.in_force_at,
        number=charter.proposal_number,
        pairs=rules.paired(before, now) if before is not None else [],
    )


def settings_shown(
    settled: rules.Settled, key: str, governance: Governance | None
) -> list[tuple[texts.Word, str]]:
    """Return the closed settings that an article governs, each with what holds, in words."""
    found: list[tuple[texts.Word, str]] = [
        (texts.QUESTIONS[code].ask, texts.in_words(settled, code))
        for code in texts.CODES[key]
        if not rules.BY_CODE[code].shared and settled.arises(code)
    ]
    if key == "objections" and governance is not None and settled.values["model"] == "VERTICAL":
        share = f"{governance.majority_numerator}/{governance.majority_denominator}"
        found.append((_("What majority does a vote need?"), share))
    return found


def ways(key: str, settings: Any, governance: Governance | None) -> list[str]:
    """Say how an article changes, and by what majority."""
    way = rules.way_of(key, settings)
    asked = Proposal(
        kind=services.KINDS[way.consent_only].value, matter=services.MATTERS[way.strategic].value
    )
    rule = sentences.rule_of(asked, governance)
    matter = (
        _("It is a strategic matter.")
        if way.strategic
        else _("It is an operational matter: it is about the daily work.")
    )
    return [
        said
        for said in (
            sentences.how_decided(rule),
            sentences.fallback(rule, 0),
            matter,
            sentences.silence_words(rule),
        )
        if said
    ]


def translate(request: MemberRequest, key: str, language: str) -> HttpResponse:
    """Write what an article lacks in one language of the network."""
    access.translate.require(request.actor)
    shown = found_or_404(selectors.article(request.actor, key))
    found_or_404(language if language in shown.missing else None)
    settled = selectors.settled_in(shown.charter, request.network)
    form = forms.TranslateForm(
        request.POST if request.method == "POST" else None,
        settled=settled,
        codes=texts.CODES[key],
        language=language,
    )
    if request.method == "POST" and form.is_valid():
        services.translate_article(
            by=request.actor, network=request.network, article=shown, answers=form.answers()
        )
        return see_other(reverse("founding:article", args=[request.network.slug, key]))
    context = {
        "form": form,
        "article": shown,
        "language": texts.own_names([language]),
        "crumbs": [
            (_("Charter"), reverse("founding:charter", args=[request.network.slug])),
            (say(shown.heading), reverse("founding:article", args=[request.network.slug, key])),
        ],
    }
    return render(request, "founding/translate.html", context, status=422 if form.errors else 200)

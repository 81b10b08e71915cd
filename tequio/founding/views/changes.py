"""Changing an article: the form with what it would change, the change itself, and all of them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.access import Refused
from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.texts import say
from tequio.founding import access, forms, rules, selectors, services, texts
from tequio.founding.models import ChangeState, CharterChange
from tequio.founding.views.articles import ways
from tequio.networks import selectors as networks

Pairs = list[tuple[str, str]]


def propose_change(request: MemberRequest, key: str) -> HttpResponse:
    """Change the settings and the texts of an article: see what would change, then ask the members."""
    access.propose_change.require(request.actor, request.network)
    return _changing(request, key, None)


def amend_change(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Amend a change that is being decided: see what would change, then ask every voice again."""
    shown = found_or_404(selectors.change(request.actor, uuid))
    access.amend_change.require(request.actor, request.network, shown)
    return _changing(request, shown.article, shown)


def _changing(request: MemberRequest, key: str, amended: CharterChange | None) -> HttpResponse:
    charter, settled = selectors.settled_now(request.network)
    charter, settled = found_or_404(charter), found_or_404(settled)
    found_or_404(rules.askable(settled, texts.CODES.get(key, ())) or None)
    language = selectors.writing_language(
        request.network, request.POST.get("language", request.GET.get("lang", ""))
    )
    do = forms.read_do(request.POST.get("do", ""))
    # What the form begins with: the charter, or what the change says so far.
    begun = rules.with_answers(settled, amended.after) if amended else settled
    form = _form(request, key, begun, language, do)
    told, refused, status = None, "", 422 if form.is_bound else 200
    if form.is_bound and (do or form.is_valid()):
        form.is_valid()
        try:
            if do is None and "ask" in request.POST:
                change = _ask(request, key, form, amended)
                return see_other(reverse("founding:change", args=[request.network.slug, change.uuid]))
            if do is None:
                _before, after = services.consider(
                    network=request.network, settled=settled, article=key, answers=form.answers()
                )
                told, status = selectors.tell(request.network, settled, article=key, answers=after), 200
            else:
                form, status = _rearranged(request, form, key, begun, language), 200
        except Refused as refusal:
            refused = str(refusal)
    context = _form_context(request, key, language) | {
        "form": form,
        "told": told,
        "pairs": _pairs(told) if told else [],
        "refused": refused,
        "amended": amended,
        "way": ways(key, charter.settings, networks.governance()),
        "number": list(texts.HEADINGS).index(key) + 1,
    }
    return render(request, "founding/article_change.html", context, status=status)


def _ask(
    request: MemberRequest, key: str, form: forms.ArticleForm, amended: CharterChange | None
) -> CharterChange:
    """Ask the members about a change, or again about one that was amended."""
    why = form.cleaned_data["why"]
    if amended is not None:
        return services.amend_change(
            by=request.actor, network=request.network, change=amended, answers=form.answers(), why=why
        )
    return services.propose_change(
        by=request.actor, network=request.network, article=key, answers=form.answers(), why=why
    )


def _form(
    request: MemberRequest, key: str, settled: rules.Settled, language: str, do: forms.Do | None
) -> forms.ArticleForm:
    return forms.ArticleForm(
        request.POST if request.method == "POST" else None,
        article=key,
        settled=settled,
        languages=request.network.languages,
        language=language,
        do=do,
        initial={"why": request.GET.get("why", "")[:600]},
    )


def _rearranged(
    request: MemberRequest, form: forms.ArticleForm, key: str, settled: rules.Settled, language: str
) -> forms.ArticleForm:
    """Return the form with the rows as a button moved, removed or added them; nothing is saved."""
    laid = rules.with_answers(settled, form.rearranged())
    return forms.ArticleForm(
        article=key,
        settled=laid,
        languages=request.network.languages,
        language=language,
        initial={"why": request.POST.get("why", ""), "keep": "keep" in request.POST},
    )


def _form_context(request: MemberRequest, key: str, language: str) -> dict[str, Any]:
    slug = request.network.slug
    return {
        "heading": texts.HEADINGS[key],
        "key": key,
        "writing": language,
        "writable": [
            (code, texts.own_names([code]))
            for code in request.network.languages
            if len(request.network.languages) > 1
        ]
        if any(rules.BY_CODE[code].kind is rules.Kind.ROWS for code in texts.CODES[key])
        else [],
        "crumbs": [
            (_("Charter"), reverse("founding:charter", args=[slug])),
            (str(texts.HEADINGS[key]), reverse("founding:article", args=[slug, key])),
        ],
    }


def _pairs(told: selectors.Told) -> Pairs:
    return rules.paired(say(told.before), say(told.after))


def change(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """See what a change does, word by word and setting by setting, and what became of it."""
    shown = found_or_404(selectors.change(request.actor, uuid))
    base, _articles = selectors.charter_of(shown.base)
    settled = selectors.settled_in(found_or_404(base), request.network)
    told = selectors.told(request.network, settled, shown)
    context = {
        "change": shown,
        "told": told,
        "pairs": _pairs(told),
        "open": shown.state == ChangeState.OPEN,
        "amendments": [
            (one, rules.paired(say(one.before), say(one.after)))
            for one in selectors.amendments(request.network, settled, shown)
        ],
        "may_amend": access.amend_change.allows(request.actor, request.network, shown),
        "heading": texts.HEADINGS[shown.article],
        "number": list(texts.HEADINGS).index(shown.article) + 1,
        "missing": texts.own_names(told.missing),
        "crumbs": [
            (_("Charter"), reverse("founding:charter", args=[request.network.slug])),
            (_("Changes"), reverse("founding:changes", args=[request.network.slug])),
        ],
    }
    return render(request, "founding/change.html", context)


def changes(request: MemberRequest) -> HttpResponse:
    """List the changes proposed so far, and what became of each."""
    context = {
        "changes": [(one, texts.HEADINGS[one.article]) for one in selectors.changes(request.actor)],
        "crumbs": [(_("Charter"), reverse("founding:charter", args=[request.network.slug]))],
    }
    return render(request, "founding/changes.html", context)

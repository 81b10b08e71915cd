"""The library of quotes: found, kept with consent, shown side by side in each language, withdrawn. Source: CTX-10."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from tequio.core.actor import system
from tequio.core.http import MemberRequest, address, found_or_404, see_other
from tequio.core.pages import by_token, needs
from tequio.core.texts import say
from tequio.people import access
from tequio.people.forms.quotes import AgreeForm, FindForm, QuoteForm, TranslationForm
from tequio.people.models.quotes import Aspect, Origin, Quote, Step
from tequio.people.selectors import quotes as selectors
from tequio.people.services import quotes as services

AT_ONCE = 20


def quotes(request: MemberRequest) -> HttpResponse:
    """Show the quotes that are looked for."""
    form = FindForm(request.GET, organizations=selectors.quoted_organizations(request.actor))
    form.is_valid()
    said = form.cleaned_data
    wanted = selectors.Wanted(
        step=said.get("step"), aspect=said.get("aspect", ""), organization=said.get("organization", ""),
        words=said.get("q", ""),
    )  # fmt: skip
    page = Paginator(selectors.quotes(request.actor, wanted), AT_ONCE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [line_of(request, row) for row in page],
        "waiting": selectors.waiting_for(request.actor),
        "narrowed": any((wanted.step, wanted.aspect, wanted.organization, wanted.words)),
        "why_not": access.keep_quote.why_not(request.actor),
    }
    return render(request, "people/quotes.html", context)


def line_of(request: MemberRequest, row: dict[str, Any]) -> dict[str, Any]:
    """Return a quote as it is drawn: its words, who said them, what they are about, its own page."""
    who = [part for part in (row["said_by"], row["role"], row["organization_name"]) if part]
    about = [str(Step(row["step"]).label), str(Aspect(row["aspect"]).label)]
    url = address("people:quote", request.network.slug, row["uuid"])
    return {"words": row["words"], "who": " · ".join(who), "about": " · ".join(about), "url": url}


def _crumbs(request: MemberRequest) -> list[tuple[str, str]]:
    return [(_("How others lived it"), address("people:quotes", request.network.slug))]


@needs(access.keep_quote)
def new_quote(request: MemberRequest) -> HttpResponse:
    """Keep what somebody said."""
    return keep(request, start={"origin": request.GET.get("from", ""), "step": request.GET.get("step", "")})


def keep(
    request: MemberRequest,
    *,
    start: dict[str, Any],
    source: str = "",
    crumbs: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    """Ask for what somebody said, begun with what is known of it, and keep it."""
    start = {**start, "origin": start.get("origin") if start.get("origin") in Origin.values else Origin.OTHER}
    start.setdefault("language", get_language())
    form = QuoteForm(
        request.POST if request.method == "POST" else None, languages=request.network.languages, initial=start
    )
    if form.is_valid():
        author = services.author_called(name=form.cleaned_data["name"]) if form.cleaned_data["name"] else None
        if author is None and not form.cleaned_data["consent"]:
            form.add_error("consent", _("Say how the person agreed. Without that, nothing is kept."))
        else:
            kept = services.keep_quote(
                by=request.actor, network=request.network, said=form.said(source=source), author=author
            )
            return see_other(address("people:quote", request.network.slug, kept.uuid))
    way = crumbs or _crumbs(request)
    context = {
        "form": form, "title": _("Keep a quote"), "verb": _("Keep it"), "crumbs": way, "back_url": way[-1][1],
        "lead": _("Only with the consent of whoever said it. They can withdraw it at any time."),
    }  # fmt: skip
    return render(request, "people/hosts_form.html", context, status=422 if form.is_bound else 200)


def _quote_of(request: MemberRequest, uuid: UUID) -> Quote:
    return found_or_404(selectors.quote(request.actor, uuid))


def quote(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Show a quote in each language; its author says here how it is shown."""
    found = _quote_of(request, uuid)
    start = {"byline": found.byline, "name": found.name, "reach": found.reach}
    form = AgreeForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST":
        access.agree_to_quote.require(request.actor, found)
        if form.is_valid():
            services.agree_to_quote(by=request.actor, quote=found, **form.cleaned_data)
            return see_other(request.path)
    return render(
        request, "people/quote.html", _page(request, found, form), status=422 if form.is_bound else 200
    )


def _page(request: MemberRequest, found: Quote, form: AgreeForm) -> dict[str, Any]:
    codes = dict.fromkeys([found.language, *request.network.languages])
    keeps = found.recorded_by_id == request.actor.participant_id
    outside = found.participant_id is None and found.withdrawn_at is None
    return {
        "quote": found,
        "who": " · ".join(part for part in (selectors.byline_of(found), found.role, found.organization_name) if part),
        "sides": [
            (code, get_language_info(code)["name_local"], found.words.get(code, ""), code != found.language)
            for code in codes
        ],
        "form": form if access.agree_to_quote.allows(request.actor, found) else None,
        "may_translate": access.translate_quote.allows(request.actor, found),
        "may_withdraw": access.withdraw_quote.allows(request.actor, found),
        "own_link": request.build_absolute_uri(
            address("people:own-quote", request.network.slug, selectors.token_of(found))
        )
        if keeps and outside
        else "",
        "crumbs": _crumbs(request),
    }  # fmt: skip


def translate_quote(request: MemberRequest, uuid: UUID, language: str) -> HttpResponse:
    """Put a translation beside somebody's words."""
    found = _quote_of(request, uuid)
    access.translate_quote.require(request.actor, found)
    found_or_404(language if language in request.network.languages and language != found.language else None)
    form = TranslationForm(
        request.POST if request.method == "POST" else None, initial={"words": found.words.get(language, "")}
    )
    back = address("people:quote", request.network.slug, uuid)
    if form.is_valid():
        services.translate_quote(
            by=request.actor, quote=found, language=language, words=form.cleaned_data["words"]
        )
        return see_other(back)
    context = {
        "form": form, "title": _("Translate a quote: %(language)s") % {"language": get_language_info(language)["name_local"]},
        "lead": found.words.get(found.language, ""), "verb": _("Keep it"), "crumbs": _crumbs(request), "back_url": back,
    }  # fmt: skip
    return render(request, "people/hosts_form.html", context, status=422 if form.is_bound else 200)


def withdraw_quote(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Withdraw a quote, after asking."""
    found = _quote_of(request, uuid)
    access.withdraw_quote.require(request.actor, found)
    back = address("people:quotes", request.network.slug)
    if request.POST.get("confirmed") == "yes":
        services.withdraw_quote(by=request.actor, quote=found)
        return see_other(back)
    context = {
        "question": _("Withdraw this quote?"),
        "consequences": [say(found.words), _("Its words go at once, also where other networks read them.")],
        "verb": _("Withdraw it"),
        "back_url": address("people:quote", request.network.slug, uuid),
        "crumbs": _crumbs(request),
    }
    return render(request, "web/confirm.html", context)


@by_token
def own_quote(request: MemberRequest, token: str) -> HttpResponse:
    """Show an author without an account their own words, and let them withdraw these."""
    found = found_or_404(selectors.quote_by_token(token))
    if request.POST.get("confirmed") == "yes" and found.withdrawn_at is None:
        services.withdraw_quote(by=system(request.network.pk), quote=found)
        return see_other(request.path)
    context = {"quote": found, "who": selectors.byline_of(found)}
    return render(request, "people/own_quote.html", context)

"""Consent article by article, while the charter is being ratified."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.texts import say
from tequio.founding import access, forms, selectors, services, texts


def consent(request: MemberRequest) -> HttpResponse:
    """See what was said to each article, and give the voice of one's member."""
    charter = found_or_404(selectors.ratifying(request.actor))
    if request.method == "POST":
        services.give_voice(by=request.actor, charter=charter, rest="rest" in request.POST)
        return see_other(reverse("decisions:answered", args=[request.network.slug, charter.proposal_number]))
    heard = selectors.heard(request.actor, charter)
    waiting = [one.article for one in heard if one.mine is None]
    context = {
        "charter": charter,
        "heard": heard,
        "done": len(heard) - len(waiting),
        "next": waiting[0] if waiting else None,
        "objecting": any(one.mine and one.mine.stance == "OBJECT" for one in heard),
        "votes": request.actor.votes,
        "why_not": access.speak.why_not(request.actor, charter),
        "crumbs": [(_("Ratify"), reverse("founding:ratify", args=[request.network.slug]))],
    }
    return render(request, "founding/consent.html", context)


def article_consent(request: MemberRequest, key: str) -> HttpResponse:
    """Read one article, say whether one can live with it, and go on to the next."""
    charter = found_or_404(selectors.ratifying(request.actor))
    heard = selectors.heard(request.actor, charter)
    place = found_or_404(next((n for n, one in enumerate(heard) if one.article.key == key), None))
    one = heard[place]
    mine = {"stance": one.mine.stance, "words": one.mine.words} if one.mine else None
    form = forms.StanceForm(request.POST if request.method == "POST" else None, initial=mine)
    if request.method == "POST" and form.is_valid():
        one.article.charter = charter
        services.speak(
            by=request.actor,
            article=one.article,
            stance=form.cleaned_data["stance"],
            words=form.cleaned_data["words"],
        )
        return see_other(_next(request, heard, place))
    context = {
        "article": one.article,
        "one": one,
        "said": texts.said(one.article.texts, missing=one.article.missing),
        "form": form,
        "position": place + 1,
        "count": len(heard),
        "why_not": access.speak.why_not(request.actor, charter),
        "crumbs": [
            (_("Ratify"), reverse("founding:ratify", args=[request.network.slug])),
            (_("Article by article"), reverse("founding:consent", args=[request.network.slug])),
            (say(one.article.heading), ""),
        ],
    }
    return render(request, "founding/article_consent.html", context, status=422 if form.errors else 200)


def _next(request: MemberRequest, heard: list[selectors.Heard], place: int) -> str:
    """Return the next article that I have not answered, from here on; the summary when there is none."""
    waiting = [one.article.key for one in [*heard[place + 1 :], *heard[:place]] if one.mine is None]
    if waiting:
        return reverse("founding:article-consent", args=[request.network.slug, waiting[0]])
    return reverse("founding:consent", args=[request.network.slug])

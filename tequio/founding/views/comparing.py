"""The two models side by side, on what this network is."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, see_other
from tequio.founding import access, forms, rules, selectors, services, texts
from tequio.founding.models import Charter
from tequio.founding.selectors import Path

TOPIC = "model"


@dataclass(frozen=True)
class Leaning:
    """One thing that founders said of the network, and the model it speaks for."""

    ask: texts.Word
    said: str
    model: str


def compare(request: MemberRequest) -> HttpResponse:
    """Compare the two models on what this network is, counted for its number; take the proposal as my answer.

    Source: GOV-03, GOV-05.
    """
    shown = selectors.path(request.actor, request.network)
    if request.method == "POST":
        return _take(request, shown)
    form = forms.CompareForm(
        request.GET if "members" in request.GET else None,
        initial={"members": rules.ourselves(shown.values).members},
    )
    values = dict(shown.values)
    if form.is_valid():
        values["size"] = form.cleaned_data["members"]
    us = rules.ourselves(values)
    proposal = rules.proposal_for(us)
    context = {
        "form": form,
        "us": us,
        "rules": texts.compared(values),
        "leanings": _leanings(shown, us),
        "strain": texts.strain(values),
        "proposal": proposal,
        "why_not": _why_not(request, shown.charter),
        "crumbs": [
            (_("Found the network"), reverse("founding:path", args=[request.network.slug])),
            (_("Compare"), ""),
        ],
    }
    return render(request, "founding/compare.html", context)


def _why_not(request: MemberRequest, charter: Charter | None) -> str:
    return access.answer.why_not(request.actor, request.network, charter) or ""


def _leanings(shown: Path, us: rules.Ourselves) -> list[Leaning]:
    said = {"size": str(us.members)} | {
        code: selectors.label_of(rules.BY_CODE[code], getattr(us, code), shown)
        for code in ("speed", "trust", "distance")
    }
    return [
        Leaning(texts.QUESTIONS[code].ask, said[code], model) for code, model in rules.leanings(us).items()
    ]


def _take(request: MemberRequest, shown: Path) -> HttpResponse:
    """Take the proposal as my own answers; the others still give theirs."""
    us = rules.ourselves(shown.values)
    answers = rules.answers_for(rules.proposal_for(us), us)
    services.save_topic(
        by=request.actor,
        network=request.network,
        topic=TOPIC,
        answers={code: value for code, value in answers.items() if value},
        shared={},
        language=request.network.languages[0],
    )
    return see_other(reverse("founding:topic", args=[request.network.slug, TOPIC]))

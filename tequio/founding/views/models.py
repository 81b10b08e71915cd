"""The governance model of a network as a file: to hand out, and to start another network from."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.core.pages import public
from tequio.core.texts import say
from tequio.founding import access, formats, forms, rules, selectors, services, texts


@dataclass(frozen=True)
class Offered:
    """One answer of a model, in words, and what becomes of it when the model is taken."""

    ask: texts.Word
    said: str
    kept_out: bool


@public
def model_file(request: MemberRequest) -> HttpResponse:
    """Hand out the model of the charter in force; let founders look at one of another network, and take it."""
    charter = selectors.charter_in_force()
    latest = None if charter else selectors.latest_charter()
    why_not = (
        access.answer.why_not(request.actor, request.network, latest)
        if request.actor
        else _("Only founders start from a model.")
    )
    if charter is None:
        found_or_404(request.actor)
    form = forms.ModelForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
    )
    model, content = None, ""
    if request.method == "POST":
        access.answer.require(found_or_404(request.actor), request.network, latest)
        if form.is_valid():
            model, content = form.cleaned_data["read"], form.cleaned_data["content"]
            if "take" in request.POST:
                services.take_model(by=request.actor, network=request.network, model=model)
                return see_other(reverse("founding:path", args=[request.network.slug]))
    context = {
        "layout": "web/base.html" if request.actor else "web/public.html",
        "charter": charter,
        "form": form,
        "why_not": why_not,
        "model": model,
        "content": content,
        "origin": say(model.name) if model else "",
        "offered": _offered(request, model) if model else [],
        "crumbs": [(_("Charter"), reverse("founding:charter", args=[request.network.slug]))],
    }
    return render(request, "founding/model_file.html", context, status=422 if form.errors else 200)


def _offered(request: MemberRequest, model: formats.Model) -> list[Offered]:
    """Return what a model says, in words; texts that the founders have written themselves stay theirs."""
    read = rules.with_answers(
        rules.settled_from({"values": {}, "texts": {}}), {**model.answers, **model.texts, **model.tables}
    )
    written = selectors.draft(request.actor, request.network).texts
    codes = [*model.answers, *model.texts, *model.tables]
    return [
        Offered(
            texts.QUESTIONS[code].ask,
            texts.in_words(read, code),
            rules.BY_CODE[code].shared and code in written,
        )
        for code in (question.code for question in formats.carried())
        if code in codes
    ]


@public
def model_json(request: MemberRequest) -> HttpResponse:
    """Send the governance model of the charter in force."""
    charter = found_or_404(selectors.charter_in_force())
    settled = selectors.settled_in(charter, request.network)
    in_force_at: Any = charter.in_force_at
    content = formats.write_model(
        settled,
        name=request.network.name,
        version=charter.version,
        made_on=in_force_at.date().isoformat() if in_force_at else "",
    )
    response = HttpResponse(content, content_type="application/json")
    name = f"{request.network.slug}-{charter.version}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

"""The pages about letters, and the forms of home."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tequio.core.http import MemberRequest, found_or_404, see_other
from tequio.notify import selectors, services
from tequio.notify.forms import Letters
from tequio.notify.kinds import LETTERS
from tequio.notify.models import HowOften
from tequio.notify.tokens import read_stop_token


def preferences(request: MemberRequest) -> HttpResponse:
    """Let somebody choose how often this network writes to them, by kind of letter."""
    choices = selectors.preferences(request.actor)
    form = Letters(request.POST if request.method == "POST" else None, choices=choices)
    if request.method == "POST" and form.is_valid():
        for kind, how_often in form.cleaned_data.items():
            services.choose_how_often(by=request.actor, kind=kind, how_often=HowOften(how_often))
        return see_other(reverse("notify:preferences", args=[request.network.slug]) + "?kept=1")
    context = {
        "form": form,
        "always": [choice for choice in choices if choice.said.always],
        "kept": "kept" in request.GET,
    }
    return render(request, "notify/preferences.html", context, status=422 if form.errors else 200)


@require_POST
def decline(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Take note that somebody cannot this time."""
    ask = found_or_404(selectors.ask_of(request.actor, uuid))
    services.decline_ask(by=request.actor, ask=ask)
    return see_other(reverse("web:home", args=[request.network.slug]) + f"?noted={ask.uuid}")


@require_POST
def reopen(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """Take "not this time" back."""
    ask = found_or_404(selectors.ask_of(request.actor, uuid))
    services.reopen_ask(by=request.actor, ask=ask)
    return see_other(reverse("web:home", args=[request.network.slug]))


@csrf_exempt
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to stop a kind of letter; act on the button, or on a mail program's one click. Source: RFC 8058.

    The signed link itself is the permission: a mail program sends neither cookies nor a form's key.
    """
    what = read_stop_token(token)
    if what is None or what.kind not in LETTERS:
        raise Http404
    if request.method == "POST":
        services.stop(what=what)
        if request.POST.get("List-Unsubscribe") == "One-Click":
            return HttpResponse("ok", content_type="text/plain")
        return see_other(reverse("letters:stopped"))
    return render(request, "notify/stop.html", {"kind": LETTERS[what.kind]})


def stopped(request: HttpRequest) -> HttpResponse:
    """Say that it is done, and how to come back."""
    return render(request, "notify/stopped.html")


def outbox(request: HttpRequest) -> HttpResponse:
    """Show the letters that have not left: in a demonstration, and to operators."""
    letters = selectors.outbox(is_operator=_is_operator(request))
    context = {"letters": found_or_404(letters), "sends": bool(settings.SMTP_URL)}
    return render(request, "notify/outbox.html", context)


def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one letter as its reader would see it."""
    found = found_or_404(selectors.letter(pk))
    return render(request, "notify/letter.html", {"letter": found})


def _is_operator(request: HttpRequest) -> bool:
    return request.user.is_authenticated and bool(getattr(request.user, "is_operator", False))

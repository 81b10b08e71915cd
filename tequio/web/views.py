"""The pages that belong to no single app: the landing page, home, errors."""

import sys
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tequio import __version__
from tequio.core import clock
from tequio.core.http import MemberRequest, see_other
from tequio.notify import selectors as notify
from tequio.notify.models import Ask
from tequio.people import selectors
from tequio.people import services as people
from tequio.people.views.entering import set_preference
from tequio.register import selectors as register
from tequio.web import demo
from tequio.web.escaping import safe
from tequio.web.forms import AS_DEVICE, ColorsForm
from tequio.web.templatetags.tequio import texts


def landing(request: HttpRequest) -> HttpResponse:
    """Greet; list the networks of somebody who is signed in."""
    networks = selectors.networks_of(request.user.pk) if request.user.is_authenticated else []
    return render(request, "web/landing.html", {"networks": networks, "characters": demo.characters()})


FIRST = 12  # of what waits for another time: more than these nobody reads in five minutes


def home(request: MemberRequest) -> HttpResponse:
    """What waits for me, by minutes. Source: EXPERIENCE 3.3."""
    minutes = request.GET.get("minutes", "")
    chosen = int(minutes) if minutes in ("5", "20", "60") else 5
    most = notify.MOST if request.GET.get("all") else FIRST
    waiting = notify.waiting(
        request.actor, minutes=chosen, most_later=most, noted=request.GET.get("noted", "")
    )
    lately = register.entries_for(request.actor, limit=4) if waiting.now or waiting.later else None
    context = {
        "waiting": waiting,
        "chosen": chosen,
        "today": clock.today(),
        "lately": lately,
        "later": [_later(ask) for ask in waiting.later],
        "further": waiting.further,
    }
    return render(request, "web/home.html", context)


def _later(ask: Ask) -> dict[str, Any]:
    """Return what waits for another time as a line."""
    return {
        "url": ask.path,
        "title": SafeString(f"{safe(ask.look.label)}: {texts(ask.title, mark=False)}"),
        "day": clock.day_of_end(ask.due_at),
        "aside": f"{ask.minutes} min",
    }


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the language, on this device and for the person's mail; go back to where they were."""
    language = request.POST.get("language", "")
    response = see_other(_inside(request, request.POST.get("next", "/")))
    if language in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            people.choose_language(by=request.user, language=language)
        set_preference(response, settings.LANGUAGE_COOKIE_NAME, language)
    return response


def choose_colors(request: HttpRequest) -> HttpResponse:
    """Let anybody choose light or dark, with or without an account, and go back to where they were."""
    values = {"theme": request.COOKIES.get("theme") or AS_DEVICE, "next": request.headers.get("Referer", "")}
    form = ColorsForm(request.POST or None, initial=values)
    if not form.is_valid():
        return render(request, "web/colors.html", {"form": form}, status=422 if form.is_bound else 200)
    if request.user.is_authenticated:
        people.choose_colors(by=request.user, theme=form.cleaned_data["theme"])
    response = see_other(_inside(request, form.cleaned_data["next"]))
    set_preference(response, "theme", form.cleaned_data["theme"])
    return response


def _inside(request: HttpRequest, target: str) -> str:
    """Return where to go back to: an address of this site, without its host, or the start."""
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return "/"
    return urlsplit(target)._replace(scheme="", netloc="").geturl() or "/"


def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what was checked and what was not."""
    return render(request, "web/accessibility.html")


def about(request: HttpRequest) -> HttpResponse:
    """Say what Tequio is, whom it thanks, under which licence, and where its code is."""
    return render(request, "web/about.html", {"version": __version__, "source_url": settings.SOURCE_URL})


def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process answers."""
    return HttpResponse("ok", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say why not, in words, with a way out."""
    reason = str(exception) or _("This page is not open to you.")
    return render(request, "403.html", {"reason": reason}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing; to a stranger without naming the network, which may be unlisted."""
    if getattr(request, "actor", None) is None:
        request.network = None  # type: ignore[attr-defined]
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer without asking the database anything: it may be what broke.

    While it cannot be reached (it is starting again, say), ask to come back in a moment.
    """
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return render(None, "500.html", status=500)
    answer = render(None, "503.html", status=503)
    answer.headers["Retry-After"] = "10"
    return answer

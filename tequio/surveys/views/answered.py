"""What whoever answered sees next: the link to change it, its picture, and a text to invite others with."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.http import MemberRequest, found_or_404
from tequio.core.pages import by_token
from tequio.surveys.formats.qr import svg
from tequio.surveys.forms.answering import Questionnaire
from tequio.surveys.models import Access, Reply, Survey
from tequio.surveys.rules.showing import minutes
from tequio.surveys.selectors import addresses
from tequio.surveys.selectors import answering as selectors
from tequio.surveys.services.thanking import is_address
from tequio.surveys.views.answering import speaking, told

LETTERS = 700  # of a message that is passed on


@by_token
def answered(request: MemberRequest, secret: str) -> HttpResponse:
    """Say that the answers have come in or are kept, and with which link they are changed."""
    found = found_or_404(selectors.reply_by_secret(secret))
    with speaking(found.language):
        return told(render(request, "surveys/answered.html", _after(request, found)))


def _after(request: MemberRequest, reply: Reply) -> dict[str, Any]:
    instrument = reply.version.instrument
    asked = Questionnaire(instrument, reply.language)
    values = selectors.values_of(reply)
    path = addresses.reply_address(request.network.slug, reply)
    url = settings.ORIGIN.rstrip("/") + path
    email = instrument.with_role("EMAIL")
    unknown = selectors.unknown_cities(instrument, values)
    return {
        "reply": reply,
        "heading": _("Received. Thank you.") if reply.sent_at else _("Kept, to go on later."),
        "title": asked.say(instrument.title),
        "path": path,
        "forget_url": f"{path}forget/",
        "url": url,
        "picture": picture(url),
        "open": selectors.is_open(reply.survey, clock.now()),
        "aside": reply.set_aside and reply.same_name_as_id is not None,
        "mailed": bool(
            email and reply.sent_at and email.key in values and is_address(text=values[email.key].text)
        ),
        "unknown": ", ".join(unknown),
        "meant": [(name, ", ".join(near)) for name, near in unknown.items() if near],
        "invitation": ""
        if reply.survey.access != Access.PUBLIC
        else invitation(request, reply.survey, asked),
    }


def picture(url: str) -> SafeString:
    """Draw an address for the camera of a phone."""
    return SafeString(svg(url, label=escape(_("This address as a picture for a phone"))))


def invitation(request: MemberRequest, survey: Survey, asked: Questionnaire) -> str:
    """Return a message that says it all, of 700 letters at most. Source: EXPERIENCE 1."""
    url = settings.ORIGIN.rstrip("/") + reverse("surveys:answer", args=[request.network.slug, survey.token])
    asks = _("%(network)s asks: %(title)s") % {
        "network": request.network.title,
        "title": asked.say(asked.instrument.title),
    }
    how = _("About %(minutes)s minutes, without an account. Also with a bad signal.") % {
        "minutes": minutes(asked.instrument)
    }
    about = asked.say(asked.instrument.about).text
    room = LETTERS - len(asks) - len(how) - len(url) - 6
    short = about if len(about) <= room else about[: max(room - 1, 0)].rstrip() + "…"
    return "\n\n".join(part for part in (asks, short, how, url) if part)[:LETTERS]

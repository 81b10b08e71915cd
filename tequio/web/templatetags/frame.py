"""What stands around the content of every page, drawn here and not by templates. Names and titles are escaped here."""

from functools import lru_cache
from typing import Any

from django.template import Context, Library
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tequio.core.actor import Actor
from tequio.core.http import address
from tequio.web import icons
from tequio.web.escaping import safe
from tequio.web.templatetags.tequio import endonyms, once, own_language

register = Library()


@register.simple_tag(takes_context=True)
def brand(context: Context) -> SafeString:
    """Draw the mark with the name of where one is; it leads home, or to the public face for a stranger."""
    network = context.get("network")
    if network is None:
        return _brand("/", "Tequio")
    home = address("web:home", network.slug) if context.get("actor") else f"/{network.slug}/"
    return _brand(home, network.title)


@lru_cache(maxsize=1024)
def _brand(address: str, title: str) -> SafeString:
    return SafeString(f'<a class="brand" href="{safe(address)}">{icons.MARK}<span>{safe(title)}</span></a>')


@register.simple_tag(takes_context=True)
def language_menu(context: Context) -> SafeString:
    """Fold the choice of language under the sign of the one that is spoken."""
    if not context.get("request"):
        return SafeString()
    return SafeString(f"{_language_sign(get_language() or '')}{language_form(context)}</details>")


@lru_cache(maxsize=16)
def _language_sign(_language: str) -> str:
    (sign, name), change = own_language(), _("Change language")
    return f'<details class="lang"><summary class="pill">{sign} <span class="vh">{name}. {change}</span></summary>'


@register.simple_tag(takes_context=True)
def language_form(context: Context) -> SafeString:
    """Offer each language of the interface by its own name, and come back to this page."""
    back = context["request"].get_full_path()
    return SafeString(
        f'<form method="post" action="{address("web:set-language")}" class="langs">{form_key(context)}{once()}'
        f'<input type="hidden" name="next" value="{safe(back)}">{_languages(get_language() or "")}</form>'
    )


@lru_cache(maxsize=16)
def _languages(spoken: str) -> str:
    drawn = []
    for code, name in endonyms():
        pressed = ' aria-pressed="true"' if code == spoken else ""
        drawn.append(
            f'<button class="pill" name="language" value="{code}" lang="{code}"{pressed}>{safe(name)}</button> '
        )
    return "".join(drawn)


def form_key(context: Context) -> str:
    """Draw the key against forged forms, as Django's tag does."""
    token = context.get("csrf_token")
    if not token or token == "NOTPROVIDED":  # noqa: S105 (Django says so where there is no request)
        return ""
    return f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">'


@register.simple_tag
def account_pill(actor: Actor | None) -> SafeString:
    """Lead the reader of a network to their account, under their name."""
    return _account(actor.name, get_language() or "") if actor else SafeString()


@lru_cache(maxsize=1024)
def _account(name: str, _language: str) -> SafeString:
    short, said = safe(name[:1]), safe(Truncator(name).chars(16))
    whole = safe(_("%(name)s, your account") % {"name": name})
    return SafeString(
        f'<a class="pill" href="{address("account:account")}"><span class="sm" aria-hidden="true">{short}</span>'
        f'<span class="lg" aria-hidden="true">{said}</span><span class="vh">{whole}</span></a>'
    )


@register.simple_tag(takes_context=True)
def above(context: Context) -> SafeString:
    """Draw where one is below which pages, and what was just done."""
    return SafeString(_crumbs(context.get("crumbs") or ()) + _said(context.get("messages") or ()))


def _crumbs(crumbs: Any) -> str:
    if not crumbs:
        return ""
    drawn = "".join([_crumb(label, url) for label, url in crumbs])
    here = _("You are here")
    return f'<nav aria-label="{here}"><ol class="crumbs">{drawn}</ol></nav>\n'


def _crumb(label: Any, url: str) -> str:
    said = safe(label)
    return f'<li><a href="{safe(url)}">{said}</a></li>' if url else f"<li>{said}</li>"


def _said(messages: Any) -> str:
    drawn = "".join([_message(message) for message in messages])
    return f'<div class="said" role="status">{drawn}</div>' if drawn else ""


def _message(message: Any) -> str:
    tone = ' class="error"' if message.tags == "error" else ""
    return f"<p{tone}>{safe(message)}</p>"

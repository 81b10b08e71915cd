"""The request a page receives once the middleware has let its reader in, and the answers pages share."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import get_script_prefix, get_urlconf, reverse

from tequio.core.actor import Actor

if TYPE_CHECKING:
    from tequio.networks.models import Network

Row = TypeVar("Row")


class MemberRequest(HttpRequest):
    """A request inside a network. ``actor`` is None only on public pages read by strangers."""

    actor: Actor
    network: "Network"


def address(name: str, *args: Any) -> str:
    """Return the address of a page by its name, as ``reverse`` does, which puts each together anew."""
    return _address(name, args, get_urlconf(), get_script_prefix())


@lru_cache(maxsize=8192)
def _address(name: str, args: tuple[Any, ...], _urlconf: str | None, _prefix: str) -> str:
    return reverse(name, args=args)


class SeeOther(HttpResponseRedirect):
    """303: the form was taken; look at the result there."""

    status_code = 303


def see_other(url: str) -> HttpResponse:
    """Answer a form that was taken by sending the reader to its result."""
    return SeeOther(url)


def bring_style(page: HttpResponse, *, href: str, rules: str) -> HttpResponse:
    """Lay rules that only this page has inside it, where it links them: a file more takes seconds on a slow line."""
    link = f'<link rel="stylesheet" href="{href}">'.encode()
    page.brought_style = (link, rules.encode())  # type: ignore[attr-defined]  # the middleware lays it in
    return page


def found_or_404(row: Row | None) -> Row:
    """Return the row, or raise ``Http404``: what somebody may not see does not exist for them."""
    if row is None:
        raise Http404
    return row

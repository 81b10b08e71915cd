"""The marks a page can carry. An unmarked page below a network is for that network's participants."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpResponse

from tequio.core.access import Permission
from tequio.core.http import MemberRequest

View = Callable[..., HttpResponse]
AnyView = TypeVar("AnyView", bound=View)


def public(view: AnyView) -> AnyView:
    """Open this page to people who are not part of the network."""
    view.public = True  # type: ignore[attr-defined]
    return view


def by_token(view: AnyView) -> AnyView:
    """Open this page to whoever holds the secret in its address, in unlisted networks too; the view checks it."""
    view.by_token = True  # type: ignore[attr-defined]
    return public(view)


def when_closed(view: AnyView) -> AnyView:
    """Let this page go on writing after the network was closed; every other page of it can only be read then."""
    view.when_closed = True  # type: ignore[attr-defined]
    return view


def needs(permission: Permission) -> Callable[[View], View]:
    """Keep this page to participants who hold the permission; others read the reason why not."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            permission.require(request.actor)
            return view(request, *args, **kwargs)

        return guarded

    return decorate

"""The mark of a page that is somebody's own, outside any network."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from tequio.people.models import Person

View = Callable[..., HttpResponse]


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Person


def signed_in(view: View) -> View:
    """Open this page to whoever is signed in; others are asked to sign in first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(cast(PersonRequest, request), *args, **kwargs)

    return guarded

"""Forms that act once: the key of a form is kept with the answer that the form got."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from tequio.core import clock
from tequio.core.http import see_other
from tequio.core.models import Once

FIELD = "once"
KEEP_DAYS = 14


def key_of(request: HttpRequest) -> UUID | None:
    """Return the key that a sent form carries, or None."""
    if request.method != "POST":
        return None
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def answer_once(request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """Let a form act, or replay the first answer; runs inside the request's transaction.

    A second sending waits at the unique key until the first has committed. Only a form that was taken
    (answered by a redirect) uses its key up: one with mistakes can be sent again.
    """
    key = key_of(request)
    if key is None:
        return get_response(request)
    if not _claim(key, path=request.path[:500]):
        return see_other(Once.objects.get(pk=key).location)
    response = get_response(request)
    location = response.headers.get("Location", "")
    if location and len(location) <= 500 and not connection.needs_rollback:
        Once.objects.filter(pk=key).update(location=location)
    elif not connection.needs_rollback:
        Once.objects.filter(pk=key).delete()
    return response


def _claim(key: UUID, *, path: str) -> bool:
    with transaction.get_connection().cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_once (key, path, location, taken_at) VALUES (%s, %s, '', %s) "
            "ON CONFLICT (key) DO NOTHING",
            [key, path, clock.now()],
        )
        return bool(cursor.rowcount == 1)


def forget_old(*, days: int = KEEP_DAYS) -> int:
    """Delete the keys of forms sent more than ``days`` days ago; return how many."""
    return Once.objects.filter(taken_at__lt=clock.now() - timedelta(days=days)).delete()[0]

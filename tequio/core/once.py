"""Forms that act once: the key of a form is kept with the answer that the form got.

Behind its key a form carries the second in which its page was made. That is never stored: it tells how long what
was asked took, to whatever estimates the same for others.
"""

from collections.abc import Callable
from contextvars import ContextVar, Token
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from tequio.core import clock
from tequio.core.http import see_other
from tequio.core.models import Once

FIELD = "once"
KEEP_DAYS = 14
LONGEST = 3600  # seconds: a page that lay open for longer tells nothing


class Sending(NamedTuple):
    """Who sends the form that is being answered, and in which second its page was made."""

    person_id: int
    made: int


_sending: ContextVar[Sending | None] = ContextVar("sending", default=None)


def new_key() -> str:
    """Return what a form carries: a key of its own, and the second in which its page was first made."""
    sent = _sending.get()
    return f"{uuid4()}.{sent.made if sent else _second():x}"


def key_of(request: HttpRequest) -> UUID | None:
    """Return the key that a sent form carries, or None."""
    if request.method != "POST":
        return None
    try:
        return UUID(request.POST.get(FIELD, "").partition(".")[0])
    except ValueError:
        return None


def sent_by(person_id: int, request: HttpRequest) -> Token[Sending | None] | None:
    """Remember, while a form is answered, who sends it and when they began; None where it does not tell."""
    made = request.POST.get(FIELD, "").partition(".")[2] if request.method == "POST" else ""
    if not made.isascii() or not made.isalnum() or len(made) > 10:
        return None
    try:
        return _sending.set(Sending(person_id, int(made, 16)))
    except ValueError:
        return None


def answered(token: Token[Sending | None] | None) -> None:
    """Forget who sent the form that was answered."""
    if token is not None:
        _sending.reset(token)


def lay_before() -> tuple[int, int] | None:
    """Return who sends the form that is being answered and for how many seconds it lay before them, an hour at most."""
    sent = _sending.get()
    seconds = _second() - sent.made if sent else -1
    return (sent.person_id, seconds) if sent and 0 <= seconds <= LONGEST else None


def _second() -> int:
    return int(clock.now().timestamp())


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

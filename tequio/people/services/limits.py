"""How often something may be tried, counted without keeping who tried."""

import hmac
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.db import connection

from tequio.core import clock
from tequio.core.keys import secret_bytes
from tequio.people.models import Attempt


@cache
def _secret() -> bytes:
    return secret_bytes(settings.TEQUIO_KEYS_DIR, "limits")


def allowed(*, action: str, who: str, most: int, minutes: int) -> bool:
    """Count one more try, and say whether it is still among the ``most`` of these minutes.

    One statement: tries that arrive at once are counted one after the other.
    """
    now = clock.now()
    said = f"{clock.today()}:{action}:{who}".encode()
    key = hmac.new(_secret(), said, "sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_attempt AS a (key, count, until) VALUES (%s, 1, %s) ON CONFLICT (key) DO UPDATE SET "
            "count = CASE WHEN a.until < %s THEN 1 ELSE a.count + 1 END, "
            "until = CASE WHEN a.until < %s THEN EXCLUDED.until ELSE a.until END RETURNING count",
            [key, now + timedelta(minutes=minutes), now, now],
        )
        count: int = cursor.fetchone()[0]
    return count <= most


def forget_attempts() -> int:
    """Delete what no longer counts; return how many."""
    return Attempt.objects.filter(until__lt=clock.now()).delete()[0]

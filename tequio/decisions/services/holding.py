"""Holding a round still while voices are given or counted."""

from __future__ import annotations

from django.db import connection

from tequio.decisions import selectors
from tequio.decisions.models import Round

ROUNDS = 20_485


def hold(*, round: Round, shared: bool = False) -> Round:
    """Keep the round from closing (shared), or from being answered and closed, until the transaction ends.

    Returns it as it is now: whoever waited here reads what the one before wrote.
    """
    function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [ROUNDS, round.pk % 2**31])
    return selectors.round_now(round.pk)

"""Codes that prove that somebody reads the mail of an address. Only a keyed hash of a code is kept, in the session."""

import secrets
from datetime import datetime, timedelta
from typing import Any, TypedDict

from django.utils.crypto import constant_time_compare, salted_hmac

from tequio.core import clock

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
MINUTES = 20
TRIES = 5


class Pending(TypedDict):
    """A code that was sent and not yet typed."""

    address: str
    digest: str
    until: str
    tries: int


def new_code() -> str:
    """Return eight letters and digits that are not mistaken for one another: 40 bits."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


def pend(*, purpose: str, address: str, code: str) -> Pending:
    """Return what to keep of a code until it is typed."""
    until = clock.now() + timedelta(minutes=MINUTES)
    return Pending(address=address, digest=_digest(purpose, address, code), until=until.isoformat(), tries=0)


def _digest(purpose: str, address: str, code: str) -> str:
    plain = "".join(mark for mark in code.upper() if mark in LETTERS)
    return salted_hmac(f"people.code.{purpose}", f"{address}:{plain}", algorithm="sha256").hexdigest()


def is_open(*, pending: Any) -> bool:
    """Say whether a code can still be typed."""
    return (
        bool(pending) and pending["tries"] < TRIES and datetime.fromisoformat(pending["until"]) > clock.now()
    )


def matches(*, pending: Pending, purpose: str, typed: str) -> bool:
    """Say whether this is the code that was sent; each wrong one counts."""
    if not is_open(pending=pending):
        return False
    if constant_time_compare(pending["digest"], _digest(purpose, pending["address"], typed)):
        return True
    pending["tries"] += 1
    return False

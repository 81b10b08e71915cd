"""The only place where the clock is read. Rules receive instants and dates as arguments."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return _frozen.get() or datetime.now(tz=UTC)


def today() -> date:
    """Return the date of this instant in the current time zone."""
    return timezone.localdate(now())


def day_of_end(end: datetime | None) -> datetime | None:
    """Return an instant of the last day of what has an end: what ends at midnight ends with the day before."""
    return end - timedelta(seconds=1) if end else None


def zone_of(*names: str) -> ZoneInfo:
    """Return the first time zone that exists, as the reader's own or else the network's; UTC where none does."""
    for name in filter(None, names):
        with suppress(KeyError, ValueError):  # unknown, or no name of a zone
            return ZoneInfo(name)
    return ZoneInfo("UTC")


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Hold the clock at an aware instant; for tests and for building sample networks."""
    token = _frozen.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)

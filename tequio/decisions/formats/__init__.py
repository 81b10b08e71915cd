"""The calendar of deadlines as iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Deadline:
    """One deadline: ``uid`` names it for ever, so that a calendar moves it instead of adding another."""

    uid: str
    title: str
    text: str
    url: str
    ends_at: datetime
    changed_at: datetime


def calendar(deadlines: Iterable[Deadline], *, name: str) -> bytes:
    """Return the deadlines as a calendar, each an event of its last hour with a reminder a day before."""
    from icalendar import Alarm, Calendar, Event  # a fifth of a second that only this page needs

    book = Calendar()
    book.add("prodid", "-//Tequio//tequio//EN")
    book.add("version", "2.0")
    book.add("x-wr-calname", name)
    book.add("method", "PUBLISH")
    for deadline in deadlines:
        event = Event()
        event.add("uid", deadline.uid)
        event.add("summary", deadline.title)
        event.add("description", deadline.text)
        event.add("url", deadline.url)
        event.add("dtstart", deadline.ends_at - timedelta(hours=1))
        event.add("dtend", deadline.ends_at)
        event.add("dtstamp", deadline.changed_at)
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", deadline.title)
        alarm.add("trigger", timedelta(hours=-24))
        event.add_component(alarm)
        book.add_component(event)
    text: bytes = book.to_ical()
    return text

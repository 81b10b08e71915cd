"""Dates, numbers, money and differences, in the reader's language and time zone."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_timedelta
from babel.numbers import format_decimal, format_percent
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.money import Money
from tequio.web.escaping import safe

QUARTER = 900  # seconds
SHAPES = ("long", "end", "date", "short", "time", "left")
# Day of the week and month in words; as people say it, which is a little less than CLDR's full form.
DAYS = {"es": "EEEE d 'de' MMMM", "pt": "EEEE, d 'de' MMMM", "en": "EEEE, MMMM d"}
DAYS_OF_A_YEAR = {"es": "d 'de' MMMM 'de' y", "pt": "d 'de' MMMM 'de' y", "en": "MMMM d, y"}
SHORT = {"es": "d MMM", "pt": "d 'de' MMM", "en": "MMM d"}


def locale() -> Locale:
    """Return Babel's locale of the reader; English when no language is active."""
    return _locale(get_language() or "en")


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(to_locale(language))


def moment(when: datetime | date, shape: str = "long") -> str:
    """Say an instant or a day in words: ``long`` (day and hour), ``end``, ``date``, ``short``, ``time`` or ``left``.

    ``end`` is for what ends then: midnight is the end of the day before, as people understand it.

    An instant is said in the reader's time zone; the year is said when it is another one than this.
    """
    if shape == "left":
        return _left(when)
    return _moment(when, shape, *_reading())


def _reading() -> tuple[str, str, int]:
    """Return all that a moment's words hang on besides itself: language, time zone, this year."""
    zone = timezone.get_current_timezone_name()
    return get_language() or "en", zone, _year(zone, int(clock.now().timestamp()) // QUARTER)


@lru_cache(maxsize=64)
def _year(zone: str, quarter: int) -> int:
    """Return the year in which a quarter of an hour since 1970 begins somewhere: no zone is off by less than that."""
    return datetime.fromtimestamp(quarter * QUARTER, ZoneInfo(zone)).year


@lru_cache(maxsize=8192)
def _moment(when: datetime | date, shape: str, language: str, zone: str, this_year: int) -> str:
    if shape not in SHAPES:
        raise ValueError(f"A moment is said as one of {SHAPES}, not {shape}.")
    local = timezone.localtime(when, ZoneInfo(zone)) if isinstance(when, datetime) else when
    if shape == "time" and isinstance(local, datetime):
        return _time(local)
    if shape == "end" and isinstance(local, datetime) and (local.hour, local.minute) == (0, 0):
        before = _day(local.date() - timedelta(days=1), language, short=False, this_year=this_year)
        return _("%(day)s, at the end of the day") % {"day": before}
    whole = local.date() if isinstance(local, datetime) else local
    day = _day(whole, language, short=shape == "short", this_year=this_year)
    if shape in ("long", "end") and isinstance(local, datetime):
        return f"{day}, {_time(local)}"
    return day


def moment_element(when: datetime | date, shape: str) -> SafeString:
    """Return a moment as an element that programs can read too."""
    if shape == "left":
        return (
            _kept_left(when, *_distance(when)) if isinstance(when, datetime) else _element(when, _left(when))
        )
    return _kept_element(when, shape, *_reading())


@lru_cache(maxsize=8192)
def _kept_element(when: datetime | date, shape: str, *reading: Any) -> SafeString:
    return _element(when, _moment(when, shape, *reading))


def _element(when: datetime | date, said: str) -> SafeString:
    exact = when.isoformat(timespec="seconds") if isinstance(when, datetime) else when.isoformat()
    return SafeString(f'<time datetime="{exact}">{safe(said)}</time>')


def _day(day: date, language: str, *, short: bool, this_year: int) -> str:
    reader = _locale(language)
    if day.year == this_year:
        patterns = SHORT if short else DAYS
        return format_date(day, patterns.get(reader.language, "long"), locale=reader)
    patterns = {} if short else DAYS_OF_A_YEAR
    return format_date(day, patterns.get(reader.language, "medium"), locale=reader)


def _time(local: datetime) -> str:
    return f"{local.hour}:{local.minute:02}"


@lru_cache(maxsize=8192)
def _kept_left(when: datetime, seconds: int, language: str) -> SafeString:
    return _element(when, _far(seconds, language))


def _distance(when: datetime) -> tuple[int, str]:
    """Return how many seconds there are until an instant, whole minutes of them from an hour on, and the language."""
    seconds = round((when - clock.now()).total_seconds())
    return seconds if abs(seconds) < 3600 else round(seconds / 60) * 60, get_language() or "en"


def _left(when: datetime | date) -> str:
    if isinstance(when, datetime):
        return _far(*_distance(when))
    days = (when - clock.today()).days
    if days == 0:
        return _("today")
    return format_timedelta(when - clock.today(), granularity="day", add_direction=True, locale=locale())


@lru_cache(maxsize=8192)
def _far(seconds: int, language: str) -> str:
    return format_timedelta(timedelta(seconds=seconds), add_direction=True, locale=_locale(language))


def number(value: int | Decimal) -> str:
    """Write a whole or decimal number as the reader's language does."""
    return format_decimal(value, locale=locale())


def money(amount: Money) -> str:
    """Write an amount with its currency as the reader's region does."""
    return amount.say(str(locale()))


def percent(part: int, whole: int) -> str:
    """Write a share as a percentage without decimals; a share of nothing is 0."""
    return format_percent(
        Decimal(part) / Decimal(whole) if whole else Decimal(0), format="#,##0 %", locale=locale()
    )


def worddiff(before: str, after: str) -> SafeString:
    """Return both texts as one, word by word, with what went and what came marked for eye and ear."""
    old, new = re.findall(r"\s+|\S+\s*", before), re.findall(r"\s+|\S+\s*", after)
    return mark_safe("".join(_changes(old, new)))  # noqa: S308 - every part was escaped


def _changes(old: list[str], new: list[str]) -> Iterator[str]:
    for kind, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield format_html("{}", "".join(old[i:j]))
            continue
        if j > i:
            yield format_html('<del><span class="vh">{} </span>{}</del>', _("removed:"), "".join(old[i:j]))
        if m > k:
            yield format_html('<ins><span class="vh">{} </span>{}</ins>', _("added:"), "".join(new[k:m]))


@lru_cache(maxsize=500)
def markdown(text: str) -> SafeString:
    """Return people's Markdown as HTML that cannot carry scripts, images, raw HTML, or headings above the third."""
    import nh3
    from markdown_it import MarkdownIt

    html = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").render(text)
    html = re.sub(r"<(/?)h([1-4])>", lambda m: f"<{m[1]}h{min(int(m[2]) + 2, 6)}>", html)
    return mark_safe(nh3.clean(html, tags=ALLOWED, attributes={"a": {"href", "title"}}, url_schemes=SCHEMES))  # noqa: S308


ALLOWED = {"p", "br", "hr", "strong", "em", "a", "ul", "ol", "li", "blockquote", "h3", "h4", "h5", "h6"}
ALLOWED |= {"code", "pre", "table", "thead", "tbody", "tr", "th", "td"}
SCHEMES = {"http", "https", "mailto", "tel"}

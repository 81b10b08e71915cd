"""The weekly letter: what waits, what happened, and the register's checkpoint. Each mailbox that holds one is a witness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from tequio.core import clock
from tequio.core.scoping import here
from tequio.core.texts import say
from tequio.notify.answering import answers_of
from tequio.notify.kinds import WEEKLY_LETTER
from tequio.notify.models import Ask, HowOften, Letter, Preference, State
from tequio.notify.rules import Reader
from tequio.notify.services.letters import draft, networks, paragraphs, post, write
from tequio.register.models import Checkpoint
from tequio.register.selectors import latest_checkpoint

if TYPE_CHECKING:
    from tequio.networks.models import Network

ASKS = 10
ANSWERED = 5  # of them at most can be answered from the letter itself: the whole stays under 20 KB
SUBJECTS = 15
NEWS_LETTERS = 4_000  # of the alphabet: the whole stays under 20 KB
WEEK = timedelta(days=7, hours=1)  # an hour more than a week: a worker may be late


@dataclass(frozen=True)
class Week:
    """What a letter says to one reader; ``more`` counts what is only at home."""

    asks: Sequence[dict[str, Any]]
    more: int
    minutes: int
    news: Sequence[dict[str, Any]]
    checkpoint: Checkpoint | None


@transaction.atomic
def write_weekly(*, readers: Sequence[Reader], news_only: bool = False, channels: Sequence[Any] = ()) -> int:
    """Write each reader this week's letter of the current network, once; return how many letters that made.

    Whoever has nothing waiting and no news gets it when the register grew; whoever wants none, and everybody in a week
    without the network's letter (``news_only``), gets only news they asked to get together. ``channels`` names, in
    words, through what else members talk to each other.
    Source: SECURITY 4.1, EXPERIENCE 3.3.
    """
    network = networks().get(pk=here())
    point = latest_checkpoint()
    asks, news = _asks(readers), _held(readers)
    without, done = _without(readers), _done(network, readers)
    links = answers_of(ask for each in asks.values() for ask in each[:ANSWERED])
    made = 0
    for reader in readers:
        if reader.person_id in done:
            continue
        if news_only or reader.person_id in without:
            week = _week([], news[reader.person_id], None, {})
        else:
            week = _week(asks[reader.person_id], news[reader.person_id], point, links)
        made += _write_one(network, reader, week, channels, held=news[reader.person_id])
    return made


def _asks(readers: Sequence[Reader]) -> dict[int, list[Ask]]:
    rows = Ask.objects.filter(person_id__in=_ids(readers), closed_at=None)
    return _by_person(rows.order_by("minutes", F("due_at").asc(nulls_last=True), "pk"))


def _held(readers: Sequence[Reader]) -> dict[int, list[Letter]]:
    rows = Letter.objects.select_for_update(skip_locked=True).filter(
        state=State.HELD, network_id=here(), person_id__in=_ids(readers)
    )
    return _by_person(rows.order_by("written_at", "pk"))


def _by_person(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


def _ids(readers: Sequence[Reader]) -> list[int]:
    return [reader.person_id for reader in readers]


def _without(readers: Sequence[Reader]) -> set[int]:
    """Return who wants no weekly letter."""
    rows = Preference.objects.filter(
        person_id__in=_ids(readers), kind=WEEKLY_LETTER, how_often=HowOften.NEVER
    )
    return set(rows.values_list("person_id", flat=True))


def _done(network: Network, readers: Sequence[Reader]) -> set[int | None]:
    """Return who has got this week's letter already, when the job runs a second time."""
    keys = [_key(network, reader) for reader in readers]
    return set(Letter.objects.filter(key__in=keys).values_list("person_id", flat=True))


def _key(network: Network, reader: Reader) -> str:
    year, week, _day = clock.today().isocalendar()
    return f"notify.weekly:{network.pk}:{reader.person_id}:{year}-W{week:02}"


def _week(
    asks: Sequence[Ask], held: Sequence[Letter], point: Checkpoint | None, links: Mapping[int, Any]
) -> Week:
    return Week(
        asks=[_said(ask, links.get(ask.pk, ())) for ask in asks[:ASKS]],
        more=max(len(asks) - ASKS, 0),
        minutes=sum(ask.minutes for ask in asks),
        news=_news(held),
        checkpoint=point,
    )


def _said(ask: Ask, answers: Sequence[tuple[Any, str]]) -> dict[str, Any]:
    origin = settings.ORIGIN.rstrip("/")
    return {
        "title": ask.title, "why": ask.why, "minutes": ask.minutes, "due_at": ask.due_at, "url": origin + ask.path,
        "answers": [(words, origin + path) for words, path in answers],
    }  # fmt: skip


def _news(held: Sequence[Letter]) -> list[dict[str, Any]]:
    """Return what happened: whole while it is short, and else its subject with its links."""
    news, left = [], NEWS_LETTERS
    for letter in held[:SUBJECTS]:
        parts = paragraphs(text=letter.text)
        left -= sum(len(part["text"] or part["url"]) for part in parts)
        short = [part for part in parts if part["url"]][:1]
        news.append({"subject": letter.subject[:120], "parts": parts if left >= 0 else short})
    return news


def _write_one(
    network: Network, reader: Reader, week: Week, channels: Sequence[Any], *, held: Sequence[Letter]
) -> int:
    """Write one letter and let go of what it holds, unless there is nothing to say."""
    if not (week.asks or week.news or _is_new(week.checkpoint)):
        return 0
    kind = WEEKLY_LETTER if week.checkpoint or week.asks else held[0].kind
    letter = draft(
        person_id=reader.person_id, address=reader.address, language=reader.language, kind=kind,
        key=_key(network, reader), network=network,
    )  # fmt: skip
    with override(reader.language), timezone.override(network.time_zone):
        said = {"network": network, **_spoken(network, week, channels)}
        write(letter=letter, template="notify/mail/weekly", context=said)
    letter.save()
    Letter.objects.filter(pk__in=[one.pk for one in held]).delete()
    post(letter=letter)
    return 1


def _is_new(point: Checkpoint | None) -> bool:
    return point is not None and clock.now() - point.at <= WEEK


def _spoken(network: Network, week: Week, channels: Sequence[Any]) -> dict[str, Any]:
    """Return what the templates say, in the active language."""
    asks = [{**ask, "title": say(ask["title"])[:120], "why": say(ask["why"])[:160]} for ask in week.asks]
    origin = settings.ORIGIN.rstrip("/")
    return {
        "why": _("You get this letter because you take part in this network."),
        "channels": ", ".join(str(channel) for channel in channels),
        "week": week, "asks": asks, "count": len(asks) + week.more,
        "home_url": origin + reverse("web:home", args=[network.slug]),
        "register_url": origin + reverse("register:entries", args=[network.slug]),
    }  # fmt: skip

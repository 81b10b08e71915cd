"""The book of agreements: pages of those in force, under review and over, of any day, by words; the line of each.

Each page is one range of one index, so it costs the same for ten agreements and for ten thousand.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache, partial
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    DateField,
    DateTimeField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.utils import timezone

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.core.prepared import among, slot
from tequio.core.scoping import here
from tequio.decisions.models import AgreementWord, Proposal, Shelf, State, Task, TaskState
from tequio.decisions.rules.book import asked_for
from tequio.decisions.selectors.seeing import Seen, Sees, sees

BOOK = 30
FIRST = date(1, 1, 1)
LINE = 100
DECIDED = (State.ADOPTED, State.NOT_ADOPTED)
Row = dict[str, Any]


def _shown(rows: QuerySet[Proposal], sees: Sees) -> QuerySet[Proposal, Any]:
    return _columns(rows, sees)[: BOOK + 1]


def _columns(rows: QuerySet[Proposal], sees: Sees) -> QuerySet[Proposal, Any]:
    """What a page shows of each, with the proposal that took its place, or would take it."""
    after = Proposal.objects.filter(sees(""), replaces=OuterRef("pk")).order_by().values("replaces")
    last = Max(
        "number"
    )  # and not the first of an order, for which the planner would read all of the network's
    shown: QuerySet[Proposal, Any] = rows.filter(sees("")).annotate(
        replaced_by=Subquery(after.filter(state=State.ADOPTED).annotate(last=last).values("last")),
        changing=Subquery(after.exclude(state__in=DECIDED).annotate(last=last).values("last")),
    ).values(
        "pk", "number", "version__title", "decided_at", "review_on", "in_force_until", "owner__name",
        "replaced_by", "changing",
    )  # fmt: skip
    return shown


def still(today: Any) -> Q:
    """Say what has not ended by a day."""
    return Q(in_force_until=None) | Q(in_force_until__gt=today)


def _of_now(sees: Sees) -> QuerySet[Proposal, Any]:
    rows = Proposal.objects.filter(still(slot("today", DateField())), shelf=Shelf.NOW)
    return _shown(rows.filter(number__lt=slot("before")).order_by("-number"), sees)


def _of_over(sees: Sees) -> QuerySet[Proposal, Any]:
    rows = Proposal.objects.filter(shelf=Shelf.OVER, number__lt=slot("before"))
    return _shown(rows.order_by("-number"), sees)


def _of_review(sees: Sees) -> QuerySet[Proposal, Any]:
    day = slot("after", DateField())
    rows = Proposal.objects.filter(still(slot("today", DateField())), shelf=Shelf.NOW, review_on__gte=day)
    later = ~Q(review_on=day, number__lte=slot("number"))
    return _shown(rows.filter(later).order_by("review_on", "number"), sees)


def _of_day(sees: Sees) -> QuerySet[Proposal, Any]:
    rows = Proposal.objects.filter(still(slot("day", DateField())), state=State.ADOPTED)
    begun = Q(decided_at__lt=slot("end", DateTimeField()), number__lt=slot("before"))
    return _shown(rows.filter(begun).exclude(shelf=Shelf.NONE).order_by("-number"), sees)


_now, _over, _review, _day = Seen(_of_now), Seen(_of_over), Seen(_of_review), Seen(_of_day)


def book(actor: Actor, *, over: bool = False, words: str = "", before: int | None = None) -> list[Row]:
    """The agreements in force, or those that are over, the newest first; one row more than a page if there are more.

    ``words`` are found in every language, with or without accents and endings; ``before`` is the last number shown.
    """
    last, today = 2**31 - 1 if before is None else before, clock.today()
    if not words.strip():
        return _over(actor, before=last) if over else _now(actor, before=last, today=today)
    asked = asked_for(words)
    shelf = Shelf.OVER if over else Shelf.NOW
    keys = {f"key_{place}": f"{shelf}:{word}" for place, word in enumerate(asked)}
    found = _found(len(asked))(actor, **keys, before=last, today=FIRST if over else today) if asked else []
    rows = _listed(actor, found=[row["proposal"] for row in found]) if found else []
    return sorted(rows, key=itemgetter("number"), reverse=True)


_listed = Seen(lambda sees: _columns(Proposal.objects.filter(among("pk", "found", BigIntegerField())), sees))


@cache
def _found(many: int) -> Seen[Row]:
    """The read of a page under so many words; what lies on the shelf of those in force and ended today is left out."""

    def rows(sees: Sees) -> QuerySet[AgreementWord, Any]:
        keys = [slot(f"key_{place}", CharField()) for place in range(many)]
        found = AgreementWord.objects.filter(key=keys[0], number__lt=slot("before"))
        for place, key in enumerate(keys[1:]):
            same = AgreementWord.objects.filter(key=key, number=OuterRef("number")).values("pk")[:1]
            found = found.alias(**{f"also_{place}": Subquery(same)}).filter(
                **{f"also_{place}__isnull": False}
            )
        holding = Proposal.objects.filter(
            still(slot("today", DateField())), sees(""), pk=OuterRef("proposal")
        )
        found = found.alias(holding=Subquery(holding.values("pk")[:1])).filter(holding__isnull=False)
        page: QuerySet[AgreementWord, Any] = found.order_by("-number").values("proposal")
        return page[: BOOK + 1]

    return Seen(rows)


def in_force(actor: Actor, *, after: tuple[date, int] = (FIRST, 0)) -> list[Row]:
    """The agreements in force, those to evaluate first; one row more than a page if there are more.

    ``after`` is the day and the number of the last one shown.
    """
    return _review(actor, today=clock.today(), after=after[0], number=after[1])


def book_on(actor: Actor, day: date, *, words: str = "", before: int | None = None) -> list[Row]:
    """The agreements that were in force on a day, the newest first. It walks over those that ended before the day."""
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    last = 2**31 - 1 if before is None else before
    if not words.strip():
        return _day(actor, day=day, end=end, before=last)
    rows = Proposal.objects.filter(still(day), state=State.ADOPTED, decided_at__lt=end, number__lt=last)
    for word in asked_for(words) or [""]:
        keys = [f"{Shelf.NOW}:{word}", f"{Shelf.OVER}:{word}"]
        rows = rows.filter(pk__in=AgreementWord.objects.filter(key__in=keys).values("proposal"))
    return list(_shown(rows.order_by("-number"), partial(sees, actor)))


def tasks_of(actor: Actor, numbers: list[int]) -> dict[int, Row]:
    """How many tasks some agreements have, how many wait and are late; by primary key of the agreement."""
    open_ones = Q(state=TaskState.OPEN)
    rows = Task.objects.filter(proposal__in=numbers).order_by().values("proposal")
    told = rows.annotate(
        all=Count("pk"),
        waiting=Count("pk", filter=open_ones),
        late=Count("pk", filter=open_ones & Q(due_on__lt=clock.today())),
    )
    return {row["proposal"]: dict(row) for row in told}


def line_of(actor: Actor, proposal: Proposal) -> list[Row]:
    """The agreement with those before it and after it whose place was taken, the oldest first."""
    ids = _line(proposal.pk)
    rows = Proposal.objects.filter(sees(actor), pk__in=ids, state=State.ADOPTED)
    shown: QuerySet[Proposal, Any] = rows.values("number", "decided_at", "in_force_until", "version__title")
    return list(shown.order_by("decided_at", "number")[:LINE])


def _line(proposal_id: int) -> list[int]:
    statement = """
        WITH RECURSIVE back (id, replaces_id, far) AS (
            SELECT id, replaces_id, 0 FROM decisions_proposal WHERE id = %(start)s AND network_id = %(network)s
            UNION ALL
            SELECT p.id, p.replaces_id, far + 1 FROM decisions_proposal p JOIN back ON p.id = back.replaces_id
            WHERE far < %(most)s AND p.network_id = %(network)s
        ), line (id, far) AS (
            (SELECT id, 0 FROM back ORDER BY far DESC LIMIT 1)
            UNION ALL
            SELECT p.id, line.far + 1 FROM decisions_proposal p JOIN line ON p.replaces_id = line.id
            WHERE line.far < %(most)s AND p.network_id = %(network)s AND p.state = 'ADOPTED'
        ) SELECT DISTINCT id FROM line LIMIT %(most)s"""
    with connection.cursor() as cursor:
        cursor.execute(statement, {"start": proposal_id, "network": here(), "most": LINE})
        return [row[0] for row in cursor.fetchall()]


def text_on(actor: Actor, number: int) -> Proposal | None:
    """One agreement of a line with its text."""
    rows = Proposal.objects.select_related("version", "owner")
    return rows.filter(sees(actor), number=number, state=State.ADOPTED).first()

"""Matching with 10,000 organizations beyond the members: a page against one in a small network, and the nightly reading."""

import tracemalloc
from dataclasses import dataclass
from time import process_time
from typing import Any

from django.db import connection, transaction

from tequio.atlas.models import Mention
from tequio.atlas.selectors.beyond import beyond
from tequio.atlas.services.prospects import read_everybody
from tequio.core.scoping import network_scope
from tequio.membership import services as membership
from tequio.people.models import Membership, Organization
from tequio.surveys.models import Reply, Tick
from tests.surveys.asking import AT, survey_of
from tests.world import build_network

MANY, FEW = 10_000, 1_000
NEEDS, OFFERS = ("funding_networks", "connection", "capacities"), ("training", "volunteers", "advisory_hours")


@dataclass(frozen=True)
class Measured:
    """A page in a large network as times one in a small one; reading everybody as times reading the bare answers."""

    page: float
    reading: float
    peak: float  # mebibytes
    mentions: int


def measured(many: int = MANY, few: int = FEW) -> Measured:
    """Record so many organizations with answers, and look for matches before and after."""
    with transaction.atomic():
        andina = build_network()
        with network_scope(andina.network.pk):
            ours = Membership.objects.get(pk=andina.ana.membership_id)
            membership.say_exchange(
                by=andina.ana, membership=ours, looks_for=["REACH", "FUNDING"], needs="", offers=["EXPERTS"], brings="",
                language="es",
            )  # fmt: skip
            survey = survey_of(andina.ana)
            _record(survey, range(few))
            read_everybody()
            small = _page(andina.ana)
            _record(survey, range(few, many))
            bare = _bare()
            reading, peak = _reading()
            large = _page(andina.ana)
            found = Measured(large / small, reading / bare, peak, Mention.objects.count())
        transaction.set_rollback(True)
    return found


def _record(survey: Any, numbers: range) -> None:
    rows = [
        Organization(name=f"Org {n}", folded=f"org {n}", country="CO" if n % 3 else "MX", created_at=AT)
        for n in numbers
    ]
    Organization.objects.bulk_create(rows, batch_size=1000)
    version = survey.versions.get()
    replies = [
        Reply(
            survey=survey, version=version, language="es", organization_name=row.name, folded=row.folded, organization=row,
            began_at=AT, changed_at=AT, sent_at=AT, token=f"t{row.pk}",
        )
        for row in rows
    ]  # fmt: skip
    Reply.objects.bulk_create(replies, batch_size=1000)
    ticks = [
        Tick(reply=reply, question=question, option=option)
        for n, reply in enumerate(replies)
        for question, option in (
            ("joins", "yes"), ("needs", NEEDS[n % 3]), ("needs", NEEDS[(n + 1) % 3]),
            ("offers", OFFERS[n % 3]), ("challenges", "time"),
        )
    ]  # fmt: skip
    Tick.objects.bulk_create(ticks, batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _page(actor: Any) -> float:
    """Return what one page's figures cost, by our clock and the server's alike: the shortest of some."""
    spent = []
    for _again in range(7):
        began = process_time()
        found = beyond(actor)
        assert found is not None
        assert len(found.matches) == 30
        spent.append(process_time() - began + _server_seconds(actor))
    return min(spent)


def _server_seconds(actor: Any) -> float:
    """Return how long the server works for the query that finds those who fit."""
    from tequio.atlas.selectors.closest import PROSPECTS, asked_of, helping
    from tequio.atlas.selectors.matching import member_by_key

    ours = member_by_key(actor, actor.membership_id or 0)
    assert ours is not None
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN (ANALYZE, FORMAT JSON) {PROSPECTS}", asked_of(ours.party.key, helping(ours.party))
        )
        plan = cursor.fetchone()[0][0]
    return float(plan["Execution Time"] + plan["Planning Time"]) / 1000


def _bare() -> float:
    """Return what it costs to read all those answers and do nothing with them."""
    began = process_time()
    rows = list(Tick.objects.values_list("reply__organization", "question", "option"))
    assert rows
    return process_time() - began


def _reading() -> tuple[float, float]:
    began = process_time()
    read_everybody()
    spent = process_time() - began
    tracemalloc.start()
    read_everybody()
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return spent, peak / 2**20


def matching() -> None:
    """Print what matching costs with 10,000 organizations."""
    found = measured()
    word = "within the goal" if found.page <= 2 else "OVER the goal"
    memory = "within the goal" if found.peak <= 64 else "OVER the goal"
    print(
        f"matching with {MANY:,} organizations, {found.mentions:,} things said: a page {found.page:.1f} x one with {FEW:,} "
        f"({word} of 2.0); reading all anew {found.reading:.1f} x reading the bare answers, {found.peak:.0f} MiB at most "
        f"({memory} of 64)",
        flush=True,
    )

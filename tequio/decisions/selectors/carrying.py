"""Agreements on their way to other networks, and those that come from there. Source: P11."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.core.scoping import here
from tequio.decisions.formats.agreements import MOST, Bundle, Carried
from tequio.decisions.models import PARTS, Origin, Proposal, Shelf, State
from tequio.decisions.rules import Kind
from tequio.decisions.rules.book import Arrival, arrival
from tequio.decisions.selectors.book import LINE, still
from tequio.decisions.selectors.seeing import sees
from tequio.networks.models import Network


@dataclass(frozen=True)
class Arriving:
    """An agreement from a file, and the proposal here that came of the newest edition brought before."""

    carried: Carried
    arrival: Arrival
    before: Proposal | None


def to_carry(actor: Actor, *, network: Network, number: int | None = None) -> Bundle | None:
    """The agreements in force that stand alone, the newest 200, or one of them; None if there is none.

    What follows from something else, such as an article of the charter, travels with that.
    """
    rows = Proposal.objects.filter(
        still(clock.today()), sees(actor), shelf=Shelf.NOW, kind=Kind.GENERAL.value, subject=""
    ).select_related("version")
    if number is not None:
        rows = rows.filter(number=number)
    found = list(rows.order_by("-number")[:MOST])
    if not found:
        return None
    lines = _lines([row.pk for row in found])
    return Bundle(
        network.uuid, network.name, clock.today(), [_carried(row, *lines[row.pk]) for row in found[::-1]]
    )


def _carried(row: Proposal, lineage: UUID, edition: int) -> Carried:
    version, decided_at = row.version, row.decided_at
    assert version is not None
    assert decided_at is not None
    return Carried(
        lineage=lineage,
        edition=edition,
        number=row.number,
        texts={part: getattr(version, part) for part in PARTS},
        matter=row.matter,
        leading_team=row.leading_team,
        term_months=row.term_months,
        decided_on=timezone.localtime(decided_at).date(),
        fingerprint=version.fingerprint,
    )


def _lines(ids: Sequence[int]) -> dict[int, tuple[UUID, int]]:
    """Return the name of the line to which each agreement belongs, and its place in it."""
    statement = """
        WITH RECURSIVE back (start, id, uuid, replaces_id, far) AS (
            SELECT id, id, uuid, replaces_id, 1 FROM decisions_proposal
            WHERE id = ANY(%(ids)s) AND network_id = %(network)s
            UNION ALL
            SELECT back.start, p.id, p.uuid, p.replaces_id, far + 1
            FROM decisions_proposal p JOIN back ON p.id = back.replaces_id
            WHERE far < %(most)s AND p.network_id = %(network)s
        ) SELECT DISTINCT ON (start) start, uuid, far FROM back ORDER BY start, far DESC"""
    with connection.cursor() as cursor:
        cursor.execute(statement, {"ids": list(ids), "network": here(), "most": LINE})
        return {start: (uuid, far) for start, uuid, far in cursor.fetchall()}


def arriving(actor: Actor, bundle: Bundle, *, network: Network) -> list[Arriving]:
    """What each agreement of a file is to this network."""
    rows = Origin.objects.filter(lineage__in=[one.lineage for one in bundle.agreements])
    known = {row.lineage: row for row in rows.select_related("proposal__version").order_by("edition", "pk")}
    own = bundle.network == network.uuid
    return [_arriving(one, known.get(one.lineage), own=own) for one in bundle.agreements]


def _arriving(one: Carried, known: Origin | None, *, own: bool) -> Arriving:
    brought = known.edition if known else None
    return Arriving(
        one, arrival(edition=one.edition, brought=brought, own=own), known.proposal if known else None
    )


def came_from() -> Subquery:
    """The network and the day of the agreement that a proposal was brought from, as a column; null for one written here."""
    rows = Origin.objects.filter(proposal=OuterRef("pk"))
    return Subquery(rows.values(told=JSONObject(name="network_name", day="decided_on"))[:1])


def may_replace(proposal: Proposal | None) -> Proposal | None:
    """Return the agreement whose place a newer edition takes, None unless it is in force."""
    if proposal is None or proposal.state != State.ADOPTED:
        return None
    over = proposal.in_force_until is not None and proposal.in_force_until <= clock.today()
    return None if over else proposal

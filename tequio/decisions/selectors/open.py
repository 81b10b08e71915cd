"""Reads of what is open: rounds with how they stand, and proposals that wait for something else."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import BigIntegerField, Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from tequio.core.actor import Actor
from tequio.core.prepared import among, prepared, slot
from tequio.decisions.models import STOPPING, Elector, Objection, Proposal, Round, State
from tequio.decisions.rules import Position, Tally, Voices
from tequio.decisions.selectors.seeing import Seen, Sees
from tequio.decisions.selectors.voices import column, counted

MOST_OPEN = 20
RULE = (
    "model", "matter", "purpose", "majority_numerator", "majority_denominator", "base", "quorum_percent", "silence",
    "tie_break", "urgent_why", "majority_strict", "least_yes",
)  # fmt: skip


def _asked_now(sees: Sees) -> QuerySet[Round, Any]:
    voice = Q(membership_id=slot("mine")) | Q(participant_id=slot("me"))
    mine = Elector.objects.filter(voice, round=OuterRef("pk"))
    rows: QuerySet[Round, Any] = (
        Round.objects.filter(sees("proposal__"), closed_at=None)
        .annotate(entitled=Exists(mine), answered=Exists(mine.filter(answer__isnull=False)))
        .annotate(waits=Case(When(entitled=True, answered=False, then=0), default=1))
        .order_by("waits", "closes_at", "pk")
        .values(
            "pk",
            "waits",
            "entitled",
            "answered",
            "kind",
            "closes_at",
            "proposal__number",
            "version__title",
            "version__summary",
            "circle_id",
            "circle__name",
            *RULE,
            "answers_shown",
        )[: MOST_OPEN + 1]
    )
    return rows


_open_rounds = Seen(_asked_now)


def open_rounds(actor: Actor) -> list[dict[str, Any]]:
    """The open rounds, those that wait for the reader's voice first (``waits`` 0), the nearest deadline before later ones.

    One row more than ``MOST_OPEN`` when there are more.
    """
    return _open_rounds(actor, mine=actor.membership_id or 0, me=actor.participant_id or 0)


def _counts(by_person: bool) -> QuerySet[Elector, Any]:
    voice = column(by_person)
    stops = Objection.objects.filter(
        proposal_id=OuterRef("round__proposal_id"), state__in=STOPPING, **{voice: OuterRef(voice)}
    )
    rows = Elector.objects.filter(
        counted(by_person), among("round_id", "rounds", BigIntegerField())
    ).order_by()
    return rows.values("round_id").annotate(
        entitled=Count("pk"),
        objections=Count("pk", filter=Q(Exists(stops))),
        **{p.value: Count("pk", filter=Q(answer__position=p.value)) for p in Position},
    )


_count_rows = {by_person: prepared(partial(_counts, by_person)) for by_person in (True, False)}


def counts(actor: Actor, rounds: list[dict[str, Any]]) -> dict[int, dict[str, int]]:
    """What was answered so far in each of these rows of rounds: one query for all, one more for those inside circles."""
    found: dict[int, dict[str, int]] = {}
    for by_person, read in _count_rows.items():
        ids = [row["pk"] for row in rounds if (row["circle_id"] is not None) is by_person]
        found |= {row["round_id"]: row for row in read(rounds=ids)} if ids else {}
    return found


def result_of(told: dict[str, int], *, vote: bool) -> Voices | Tally:
    """Return counts as the rules read them."""
    if vote:
        return Tally(told["entitled"], told["YES"], told["NO"], told["ABSTAIN"])
    said = told["AGREE"], told["CAN_LIVE_WITH"], told["STAND_ASIDE"], told["OBJECT"]
    return Voices(told["entitled"], *said, told["objections"])


def _not_in_a_round(sees: Sees) -> QuerySet[Proposal, Any]:
    stops = Objection.objects.filter(proposal=OuterRef("pk"), state__in=STOPPING).order_by()
    count = stops.values("proposal").annotate(count=Count("pk")).values("count")
    rows = Proposal.objects.filter(sees(""), state__in=[State.DRAFT, State.OBJECTED, State.TIE])
    rows = rows.order_by("-number").annotate(stopping=Coalesce(Subquery(count), 0))
    rule = [f"round__{name}" for name in RULE]
    shown: QuerySet[Proposal, Any] = rows.values(
        "number", "state", "version__title", "stopping", "circle__name", *rule
    )
    return shown[: MOST_OPEN + 1]


_under_way = Seen(_not_in_a_round)


def under_way(actor: Actor) -> list[dict[str, Any]]:
    """The proposals that are neither decided nor in a round: drafts, objections to integrate, ties."""
    return _under_way(actor)

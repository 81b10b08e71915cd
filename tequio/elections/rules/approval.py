"""Approvals and points: the most first. Ties go by the order of a public lot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tequio.elections.rules.ballots import Approvals, CannotCount, Outcome, Scores, ordered

APPROVAL = "elections.approval/1"
SCORE = "elections.score/1"


def count(approvals: Approvals, *, seats: int = 1, order: Sequence[str] | None = None) -> Outcome:
    """Take the most approved; whom nobody approved takes no seat."""
    sums = support(approvals)
    voters = sum(many for many, _chosen in approvals.papers)
    return _first(APPROVAL, approvals.options, sums, seats=seats, order=order, notes={"votes": voters})


def count_scores(scores: Scores, *, seats: int = 1, order: Sequence[str] | None = None) -> Outcome:
    """Take the highest sums of points; who has none takes no seat."""
    sums = [0] * len(scores.options)
    for many, given in scores.papers:
        for option, points in given:
            sums[option] += many * points
    voters = sum(many for many, _given in scores.papers)
    return _first(SCORE, scores.options, sums, seats=seats, order=order, notes={"votes": voters})


def support(approvals: Approvals) -> list[int]:
    """Count how many approve each option."""
    sums = [0] * len(approvals.options)
    for many, chosen in approvals.papers:
        for option in chosen:
            sums[option] += many
    return sums


def _first(
    rule: str,
    options: Sequence[str],
    sums: Sequence[int],
    *,
    seats: int,
    order: Sequence[str] | None,
    notes: dict[str, Any],
) -> Outcome:
    if seats < 1:
        raise CannotCount("seats")
    turns = ordered(options, order)
    ranked = sorted(range(len(options)), key=lambda one: (-sums[one], turns[one]))
    winners = [one for one in ranked[:seats] if sums[one] > 0]
    stage: dict[str, Any] = {"stage": 1, "votes": {options[one]: sums[one] for one in ranked}}
    if winners and len(winners) == seats < len(options) and sums[ranked[seats]] == sums[winners[-1]]:
        stage["tie"] = {"between": [options[one] for one in ranked if sums[one] == sums[winners[-1]]]}
    return Outcome(rule, tuple(options[one] for one in winners), (stage,), notes | {"seats": seats})

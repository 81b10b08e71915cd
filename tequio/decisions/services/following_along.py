"""Letting the screens of a meeting follow what happens to its decision."""

from __future__ import annotations

from django.db.models import F

from tequio.core import clock
from tequio.decisions.models import Live, Proposal, Round, State
from tequio.decisions.rules.machine import Stage


def follow(*, round: Round, state: str) -> None:
    """Let the screens of a meeting follow a round that opened or closed; once decided, nobody facilitates it any more."""
    to = {State.CONSENT: Stage.CONSENT, State.OBJECTED: Stage.OBJECTIONS}.get(State(state), Stage.DECIDED)
    rows = Live.objects.filter(proposal=round.proposal_id, closed_at=None)
    over = to is Stage.DECIDED
    if rows.update(stage=to, number=F("number") + 1, closed_at=clock.now() if over else None) and over:
        Proposal.objects.filter(pk=round.proposal_id).update(facilitator=None)

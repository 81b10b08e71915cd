"""The end of a ballot: every paper published, counted by the rule that was frozen, and the winners seated."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.elections import access, events, selectors
from tequio.elections.models import Ballot, BallotState, Paper, Participation, Voter
from tequio.elections.rules import papers as rules
from tequio.elections.rules.drawing_ties import seed_of
from tequio.elections.services.ballot_facts import about, asked_about, hold_ballot, named, weights_of
from tequio.elections.services.candidates import seat_winners
from tequio.elections.services.casting import lay_out
from tequio.notify import services as notify
from tequio.register.events import ref_of


@transaction.atomic
def close_ballot(*, by: Actor, ballot: Ballot) -> Ballot:
    """Count a ballot whose time is over, or whose every paper is in; again, return the same result."""
    ballot = hold_ballot(ballot=ballot)
    if ballot.state == BallotState.CLOSED:
        return ballot
    over = ballot.closes_at is not None and clock.now() >= ballot.closes_at
    ready = over or (ballot.entitled > 0 and selectors.how_many(ballot) == ballot.entitled)
    access.close.require(by, ballot, ready)
    if not ready:
        raise Refused(_("Papers are missing and there is still time: a ballot is not closed early."))
    return _count(by, ballot)


def _count(by: Actor, ballot: Ballot) -> Ballot:
    """Publish every paper with its result, in an order that tells nothing of when it was cast."""
    cast = list(
        Paper.objects.filter(ballot=ballot).order_by("code").select_related(
            "participation__voter__membership", "participation__voter__participant"
        )
    )  # fmt: skip
    took_part = list(
        Voter.objects.filter(ballot=ballot, participation__isnull=False).select_related(
            "membership", "participant"
        )
    )
    ballot.state, ballot.closed_at = BallotState.CLOSED, clock.now()
    facts = asked_about(ballot=ballot, found=selectors.options(ballot)) | {
        "rule": ballot.rule_id,
        "entitled": ballot.entitled,
        "cast": len(cast),
        "took_part": named(voters=took_part),
        "papers": [_fact(one) for one in cast],
        "tie": {
            "secret": ballot.tie_word,
            "sealed": ballot.tie_sealed,
            "seed": seed_of(secret=ballot.tie_word, codes=[one.code for one in cast]),
        },
    }
    if ballot.budget is not None:
        parts = sum(one.get("weight", 1) for one in facts["papers"])
        facts["step"] = str(rules.step_for(Fraction(ballot.budget.amount), parts))
    outcome = rules.outcome_of(facts)
    facts["winners"] = list(outcome.winners)
    if ballot.weights:
        facts["weights"] = weights_of(voters=Voter.objects.filter(ballot=ballot).select_related("membership"))
    ballot.result = {
        "winners": list(outcome.winners),
        "stages": list(outcome.stages),
        "notes": outcome.notes,
        "cast": len(cast),
        "blank": sum(1 for one in cast if "blank" in one.says),
        "tie": facts["tie"],
        **({"step": facts["step"]} if "step" in facts else {}),
    }
    if ballot.secret:
        _lay_out_anew(ballot, cast, took_part)
    entry = events.counted.record(
        ballot, by=by, **about(ballot=ballot), **facts, opened_at=ballot.opened_at, closed_at=ballot.closed_at,
        won=", ".join(outcome.winners) or "—",
    )  # fmt: skip
    ballot.entry_id = entry.pk
    ballot.result["unseated"] = seat_winners(ballot=ballot, winners=list(outcome.winners), entry=entry.pk)
    ballot.save()
    notify.close_asks(subject=ref_of(ballot))
    if ballot.secret:
        notify.forget_when(subject=ref_of(ballot))
    return ballot


def _fact(paper: Paper) -> dict[str, Any]:
    told: dict[str, Any] = {"code": paper.code, "says": paper.says}
    if paper.participation is not None:
        voter = paper.participation.voter
        whose = voter.membership or voter.participant
        assert whose is not None
        told |= {"voter": str(whose.uuid), "name": whose.name}
        if voter.weight > 1:
            told["weight"] = voter.weight
    if paper.recorded_name:
        told["recorded_by"] = paper.recorded_name
    return told


def _lay_out_anew(ballot: Ballot, cast: list[Paper], took_part: list[Voter]) -> None:
    """Write the rows anew, by code and by name: where they lie in the table told in which order they came."""
    Paper.objects.filter(ballot=ballot).delete()
    lay_out(papers=cast, ballot=ballot)
    Participation.objects.filter(voter__ballot=ballot).delete()
    by_name = sorted(took_part, key=lambda one: (one.membership_id or 0, one.participant_id or 0))
    Participation.objects.bulk_create([Participation(voter=one) for one in by_name], batch_size=1000)

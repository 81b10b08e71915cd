"""Every read of ballots: what is in the box shows to nobody before it closes."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from tequio.core.actor import Actor
from tequio.elections.models import Ballot, BallotState, Electorate, Option, Paper, Participation, Voter
from tequio.elections.rules import papers as rules

MOST = 60
SEEN = ("number", "kind", "title", "secret", "state", "closes_at", "closed_at", "entitled", "result")


def visible(actor: Actor) -> QuerySet[Ballot]:
    """The ballots that the actor may read: drafts are for those who prepare them."""
    rows = Ballot.objects.all()
    return rows if actor.has("COORDINATION") else rows.exclude(state=BallotState.DRAFT)


def ballots(actor: Actor) -> list[dict[str, Any]]:
    """The newest ballots, each with whether the actor took part or still may."""
    mine = Voter.objects.filter(_mine(actor), ballot=OuterRef("pk"))
    rows = visible(actor).annotate(
        has_voice=Exists(mine), took_part=Exists(mine.filter(participation__isnull=False))
    )
    return list(rows.order_by("-number").values(*SEEN, "has_voice", "took_part")[:MOST])


def ballot(actor: Actor, number: int) -> Ballot | None:
    """One ballot that the actor may read."""
    return visible(actor).filter(number=number).first()


def options(ballot: Ballot) -> list[Option]:
    """What can be chosen, as it was written down."""
    found = list(Option.objects.filter(ballot=ballot).order_by("number"))
    for one in found:
        one.ballot = ballot
    return found


def in_drawn_order(found: list[Option], ballot: Ballot, voter: Voter | None) -> list[Option]:
    """Put the options in an order that is each voter's own, so that none always stands first. Source: issue 4, 6."""
    whose = f"{ballot.uuid}:{voter.pk if voter else 0}"
    return sorted(found, key=lambda one: sha256(f"{whose}:{one.number}".encode()).digest())


def _mine(actor: Actor) -> Q:
    # A number that no row has stands for somebody who acts for no member.
    return Q(membership_id=actor.membership_id or 0) | Q(participant_id=actor.participant_id or 0)


def my_voter(actor: Actor, ballot: Ballot) -> tuple[Voter | None, bool]:
    """The voice that the actor may give in a ballot, and whether its paper is in the box."""
    mine = (
        Q(membership_id=actor.membership_id or 0)
        if ballot.electorate == Electorate.VOICES
        else Q(participant_id=actor.participant_id or 0)
    )
    done = Participation.objects.filter(voter=OuterRef("pk"))
    voter = Voter.objects.filter(mine, ballot=ballot).annotate(done=Exists(done)).first()
    return voter, bool(voter and voter.done)


def how_many(ballot: Ballot) -> int:
    """Count the papers in the box."""
    return Participation.objects.filter(voter__ballot=ballot).count()


def who_took_part(ballot: Ballot, *, cast: int) -> list[str]:
    """Name who took part, by name, once they are five or the ballot is closed. Source: GOVERNANCE 5.4."""
    if cast < rules.SHOWN_FROM and ballot.state != BallotState.CLOSED:
        return []
    voters = Voter.objects.filter(ballot=ballot, participation__isnull=False)
    name = "membership__name" if ballot.electorate == Electorate.VOICES else "participant__name"
    return list(voters.order_by(Lower(name), "pk").values_list(name, flat=True)[:1000])


def papers(ballot: Ballot) -> QuerySet[Paper]:
    """What was said, by code; nothing while the ballot is open."""
    rows = Paper.objects.filter(ballot=ballot, ballot__state=BallotState.CLOSED)
    return rows.order_by("code").select_related(
        "participation__voter__membership", "participation__voter__participant"
    )


def paper_with(ballot: Ballot, *, receipt: str) -> Paper | None:
    """Find the paper of a receipt among the published ones."""
    return next((one for one in papers(ballot) if rules.code_of(one.says, receipt=receipt) == one.code), None)

"""Every read of ballots: what is in the box shows to nobody before it closes."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from tequio.core.actor import Actor
from tequio.elections.models import Ballot, BallotState, Electorate, Option, Paper, Participation, Voter
from tequio.elections.rules import papers as rules
from tequio.people.models import Membership, Participant, Voice
from tequio.people.selectors import speaking, voiced_memberships

MOST = 60
SEEN = (
    "number",
    "kind",
    "title",
    "secret",
    "state",
    "closes_at",
    "closed_at",
    "entitled",
    "result",
    "author_id",
)


def visible(actor: Actor) -> QuerySet[Ballot]:
    """The ballots that the actor may read: drafts are for those who prepare them, and for who stands in them.

    The next selection of the coordination, which the clock prepares, everybody sees coming.
    """
    rows = Ballot.objects.all()
    if actor.has("COORDINATION"):
        return rows
    stands = Option.objects.filter(_mine(actor), ballot=OuterRef("pk"))
    return rows.filter(~Q(state=BallotState.DRAFT) | Q(author=None) | Exists(stands))


def ballots(actor: Actor) -> list[dict[str, Any]]:
    """The newest ballots, each with whether the actor took part or still may."""
    mine = Voter.objects.filter(_mine(actor), ballot=OuterRef("pk"))
    rows = visible(actor).annotate(
        has_voice=Exists(mine), took_part=Exists(mine.filter(participation__isnull=False))
    )
    return list(rows.order_by("-number").values(*SEEN, "has_voice", "took_part")[:MOST])


def ballot(actor: Actor, number: int) -> Ballot | None:
    """One ballot that the actor may read."""
    return visible(actor).select_related("body").filter(number=number).first()


def options(ballot: Ballot) -> list[Option]:
    """What can be chosen, as it was written down."""
    rows = Option.objects.filter(ballot=ballot).select_related("participant", "membership")
    found = list(rows.order_by("number"))
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


def persons_asked(ballot: Ballot) -> list[int]:
    """The people who may cast a paper now, of the voices whose paper is not in the box."""
    waiting = Voter.objects.filter(ballot=ballot, participation=None)
    if ballot.electorate == Electorate.VOICES:
        people = speaking().filter(membership__in=waiting.values("membership"))
    else:
        people = Participant.objects.filter(until_on=None, pk__in=waiting.values("participant"))
    return list(people.order_by("pk").values_list("person_id", flat=True))


def persons_of_voice(voter: Voter) -> list[int]:
    """The people who speak for one voice."""
    if voter.participant is not None:
        return [voter.participant.person_id]
    return list(speaking().filter(membership=voter.membership).values_list("person_id", flat=True))


def persons_standing(option: Option) -> list[int]:
    """The people behind a candidate: themselves, or who carries the voice of the member."""
    if option.participant is not None:
        return [option.participant.person_id]
    if option.membership is None:
        return []
    return list(speaking().filter(membership=option.membership).values_list("person_id", flat=True))


def speaker_of(membership: Membership) -> Participant | None:
    """Who sits for a member: its delegate, or who carries its voice today."""
    rows = speaking().filter(membership=membership)
    return rows.filter(voice=Voice.DELEGATE).first() or rows.order_by("pk").first()


def voices_missing(actor: Actor, ballot: Ballot) -> list[tuple[int, str]]:
    """The voices whose paper is not in the box, by name."""
    name = "membership__name" if ballot.electorate == Electorate.VOICES else "participant__name"
    rows = Voter.objects.filter(ballot=ballot, participation=None)
    return list(rows.order_by(Lower(name), "pk").values_list("pk", name)[:1000])


def weights(ballot: Ballot) -> list[tuple[str, int]]:
    """What each voice counts, by name; once it opened, as it was frozen."""
    rows = Voter.objects.filter(ballot=ballot).exclude(membership=None)
    return list(rows.order_by("-weight", Lower("membership__name")).values_list("membership__name", "weight"))


def weighable(ballot: Ballot) -> list[tuple[str, str, int]]:
    """Number, name and weight of each member that would have a voice if the ballot opened now."""
    rows = voiced_memberships().order_by(Lower("name"), "pk").values_list("uuid", "name")
    return [(str(uuid), name, ballot.weights.get(str(uuid), 1)) for uuid, name in rows]


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

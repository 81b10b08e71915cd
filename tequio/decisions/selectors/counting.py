"""Counting a round, its seats, and whom it asks: the voices of members, or inside a circle those of its people."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Lower

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.core.prepared import Prepared, prepared, slot
from tequio.decisions.models import SEATS, STOPPING, Answer, Elector, Objection, Round
from tequio.decisions.rules import (
    CONSENT_POSITIONS,
    VOTE_POSITIONS,
    Position,
    Step,
    Tally,
    Voices,
    after_consent,
    after_vote,
)
from tequio.decisions.selectors.voices import column, counted, own
from tequio.networks.models import AnswersShown
from tequio.people.models.memberships import VOICED, Status
from tequio.people.selectors import speaking

IN_RING = 40
LATELY = 1.0  # seconds
MOST_KEPT = 100  # large rounds that are open at once in all networks


@dataclass(frozen=True)
class Standing:
    """The numbers of a round as they stand, with those who had a voice at its opening and left since.

    ``mine`` is what the reader's voice answered, and ``recorder`` who wrote that down for it, if somebody did;
    ``has_voice`` says whether it is one of those that are asked.
    """

    result: Voices | Tally
    left: int
    step: Step
    mine: str | None = None
    concern: str = ""
    has_voice: bool = False
    recorder: str = ""


def _counting(positions: Iterable[Position], *, by_person: bool) -> Prepared[dict[str, Any]]:
    return prepared(partial(_people_counted if by_person else _members_counted, tuple(positions)))


def _people_counted(positions: Iterable[Position]) -> QuerySet[Elector, Any]:
    """Count the voices of a circle: who left it is looked for voice by voice."""
    mine, still = Q(participant_id=slot("mine")), counted(True)
    stops = _stopping(slot("proposal")).filter(participant=OuterRef("participant"))
    electors = Elector.objects.filter(round_id=slot("round")).order_by().values("round_id")
    return electors.annotate(
        entitled=Count("pk", filter=still),
        left=Count("pk", filter=~still),
        objections=Count("pk", filter=Q(Exists(stops)) & still),
        held=Count("pk", filter=mine & still),
        mine=Max("answer__position", filter=mine),
        concern=Max("answer__concern", filter=mine),
        recorder=Max("answer__recorded_name", filter=mine),
        **{p.value: Count("pk", filter=still & Q(answer__position=p.value)) for p in positions},
    )


def _members_counted(positions: Iterable[Position]) -> QuerySet[Elector, Any]:
    """Count the voices of members, of which there may be thousands: all of them at once, less those that left since.

    Objections are few and those that left are few: each is looked up, instead of every voice for them; also the answer
    of who left, which a server that knows nothing yet of a round just opened would look for through all answers.
    """
    said = Answer.objects.filter(elector=OuterRef("pk")).values("position")[:1]
    mine = Q(membership_id=slot("mine"))
    electors = Elector.objects.filter(round_id=slot("round")).order_by()
    gone = electors.filter(membership__status__in=[one for one in Status if one not in VOICED])
    asked = Elector.objects.filter(round_id=slot("round"), membership=OuterRef("membership"))
    stops = _stopping(slot("proposal")).filter(Exists(asked), counted(False)).order_by().values("proposal")
    return electors.values("round_id").annotate(
        entitled=Count("pk"),
        held=Count("pk", filter=mine),
        gone=ArraySubquery(gone.annotate(said=Subquery(said)).values("said")),
        objections=Subquery(stops.annotate(many=Count("membership", distinct=True)).values("many")),
        mine=Max("answer__position", filter=mine),
        concern=Max("answer__concern", filter=mine),
        recorder=Max("answer__recorded_name", filter=mine),
        **{p.value: Count("pk", filter=Q(answer__position=p.value)) for p in positions},
    )


def _without_gone(found: dict[str, Any]) -> dict[str, Any]:
    """Take those that left since out of the numbers of a round."""
    gone = found.pop("gone")
    for position in filter(None, gone):
        found[position] -= 1
    return {
        **found,
        "entitled": found["entitled"] - len(gone),
        "left": len(gone),
        "objections": found["objections"] or 0,
    }


def _stopping(proposal_id: Any) -> QuerySet[Objection]:
    return Objection.objects.filter(proposal_id=proposal_id, state__in=STOPPING)


_counts = {
    (vote, by_person): _counting(VOTE_POSITIONS if vote else CONSENT_POSITIONS, by_person=by_person)
    for vote in (True, False)
    for by_person in (True, False)
}


def count_round(round: Round, *, over: bool, reader: Actor | None = None) -> Standing:
    """Count a round in one query, whatever its size, with what the reader's voice answered.

    Without a reader the numbers are those of this moment; a page of a large round may tell those of a second ago.
    """
    mine = own(reader, round) if reader else 0
    large = not round.by_person and round.voices > IN_RING and round.closed_at is None
    told = _lately(round, mine) if reader and large else _now(round, mine)
    result: Voices | Tally
    if round.is_vote:
        result = Tally(told["entitled"], told["YES"], told["NO"], told["ABSTAIN"])
        step = after_vote(result, round.rule, over=over)
    else:
        counts = told["AGREE"], told["CAN_LIVE_WITH"], told["STAND_ASIDE"], told["OBJECT"]
        result = Voices(told["entitled"], *counts, told["objections"])
        step = after_consent(result, round.rule, over=over)
    mine_told = told["mine"], told["concern"] or "", bool(told.get("held")), told["recorder"] or ""
    return Standing(result, told["left"], step, *mine_told)


def _now(round: Round, mine: int) -> Mapping[str, Any]:
    found = _counts[round.is_vote, round.by_person].first(
        round=round.pk, proposal=round.proposal_id, mine=mine
    )
    if found is None:
        return defaultdict(int, mine=None, concern="", recorder="")
    return found if round.by_person else _without_gone(found)


@dataclass(frozen=True)
class _Counted:
    """What a large round's numbers were at a moment, on our clock and on that of the process."""

    at: datetime
    ticked: float
    numbers: Mapping[str, Any]


_counted_lately: dict[UUID, _Counted] = {}
NO_VOICE: Mapping[str, Any] = {"held": 0, "mine": None, "concern": "", "recorder": "", "said_at": None}
_own_answer = prepared(
    lambda: Elector.objects.filter(round_id=slot("round"), membership=slot("mine")).values(
        held=Value(1),
        mine=F("answer__position"),
        concern=F("answer__concern"),
        recorder=F("answer__recorded_name"),
        said_at=Coalesce("answer__changed_at", "answer__given_at"),
    )
)


def _lately(round: Round, mine: int) -> Mapping[str, Any]:
    """Count a round that thousands look at once a second in each process, and anew for whoever has just answered."""
    known = _counted_lately.get(round.uuid)
    if known is None or time.monotonic() - known.ticked > LATELY:
        return _keep(round, mine)
    given = _own_answer.first(round=round.pk, mine=mine) or NO_VOICE
    if given["said_at"] and given["said_at"] > known.at - timedelta(
        seconds=LATELY
    ):  # kept a moment after it was said
        return _keep(round, mine)
    return {**known.numbers, **given}


def _keep(round: Round, mine: int) -> Mapping[str, Any]:
    counted = _Counted(clock.now(), time.monotonic(), _now(round, mine))
    if len(_counted_lately) >= MOST_KEPT:
        _counted_lately.clear()
    _counted_lately[round.uuid] = counted
    return counted.numbers


def stopping(round: Round) -> QuerySet[Objection]:
    """The objections that stop the proposal of a round, from whichever round they come."""
    return _stopping(round.proposal_id)


def electorate(round: Round) -> QuerySet[Elector]:
    """The voices of a round with what each answered, by name; for records and closings."""
    rows = Elector.objects.filter(round=round).select_related(
        column(round.by_person), "answer", "proxy__holder"
    )
    return rows.order_by(Lower(f"{column(round.by_person)}__name"), "pk")


@dataclass(frozen=True)
class Seat:
    """A voice of a round with what it answered; ``position`` is None until it does.

    ``before`` is the number of an earlier text that it answered, if it answered one.
    """

    voice_id: int
    name: str
    position: str | None
    concern: str
    before: int | None = None

    @property
    def shape(self) -> str:
        """The shape of its seat in the ring."""
        if self.concern:
            return "concern"
        return SEATS[self.position] if self.position else "waiting"


def _before(voice: str) -> Subquery:
    """The version of the last text, before this round's, that a voice answered."""
    rows = Answer.objects.filter(
        **{f"elector__{voice}": OuterRef(voice)},
        elector__round__proposal=slot("proposal"),
        elector__round__kind=slot("kind", CharField()),
        elector__round__number__lt=slot("number"),
    )
    return Subquery(rows.order_by("-elector__round__number").values("elector__round__version__number")[:1])


def _seats_in(by_person: bool) -> Prepared[tuple[Any, ...]]:
    voice = column(by_person)
    return prepared(
        lambda: (
            Elector.objects.filter(counted(by_person), round_id=slot("round"))
            .order_by(Lower(f"{voice}__name"), "pk")
            .annotate(before=_before(voice))
            .values_list(f"{voice}_id", f"{voice}__name", "answer__position", "answer__concern", "before")
        )
    )


_seats = {by_person: _seats_in(by_person) for by_person in (True, False)}


def seats(actor: Actor, round: Round) -> list[Seat]:
    """The voices of a small round that still count, the reader's own first; empty for a large one."""
    if round.voices > IN_RING:
        return []
    rows = [
        Seat(voice, name, position, concern or "", before)
        for voice, name, position, concern, before in _seats[round.by_person](
            round=round.pk, proposal=round.proposal_id, kind=round.kind, number=round.number
        )
    ]
    mine = own(actor, round)
    return sorted(rows, key=lambda seat: seat.voice_id != mine)


def shows_answers(actor: Actor, round: Round, *, answered: bool, has_voice: bool = False) -> bool:
    """Say whether the reader sees what others answered; who has no voice in it answers never. Source: EXPERIENCE 3.4 (6)."""
    if round.closed_at is not None or round.answers_shown == AnswersShown.ALWAYS:
        return True
    if round.answers_shown == AnswersShown.AT_CLOSE:
        return False
    return answered or not (has_voice and (round.by_person or actor.votes))


def voices_that_answered(round: Round) -> list[int]:
    """The persons who speak for the voices that have answered a round."""
    rows = Elector.objects.filter(counted(round.by_person), round=round, answer__isnull=False)
    return _who_speaks(rows, round)


def voices_to_ask(round: Round, *, unanswered: bool = False) -> list[int]:
    """The persons who can answer in a round today: its people, or those who carry the voice of its members."""
    electors = Elector.objects.filter(counted(round.by_person), round=round)
    if unanswered:
        electors = electors.filter(answer=None)
    return _who_speaks(electors, round)


def people_of(round: Round) -> list[int]:
    """The persons who had a voice in a round inside a circle."""
    rows = Elector.objects.filter(round=round, participant__isnull=False)
    return list(rows.values_list("participant__person_id", flat=True))


def _who_speaks(electors: QuerySet[Elector], round: Round) -> list[int]:
    if round.by_person:
        return list(electors.order_by("participant__person").values_list("participant__person", flat=True))
    # Two lists, each looked up in one step: an expression over both would be compared with everybody for everybody.
    own = Q(membership__in=electors.filter(proxy=None).values("membership"))
    carried = Q(membership__in=electors.filter(proxy__isnull=False).values("proxy__holder"))
    people = speaking().filter(own | carried)
    return list(people.order_by("pk").values_list("person_id", flat=True))

"""Reads of a meeting: where it is, what its steps are judged by, and a mark that changes when its screens must."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.core.prepared import slot
from tequio.decisions.models import (
    STOPPING,
    Answer,
    Choice,
    Elector,
    Judgement,
    Live,
    Objection,
    Proposal,
    Question,
    Reaction,
    Round,
    RoundKind,
    State,
)
from tequio.decisions.rules.machine import Facts, Stage, choice_is_due
from tequio.decisions.selectors.seeing import Seen, Sees
from tequio.decisions.selectors.voices import column, counted, voices_today, with_circle
from tequio.networks.models import Regime, Silence

_lives = Seen(
    lambda sees: (
        Live.objects.select_related(
            "facilitator", "proposal__version__before", "proposal__round", "proposal__owner"
        )
        .filter(sees("proposal__"), proposal__number=slot("number"))
        .order_by("-pk")[:1]
    )
)


def live(actor: Actor, number: int) -> Live | None:
    """The last meeting on a proposal, with its text and its round."""
    found = _lives.first(actor, number=number)
    if found is not None:
        with_circle(actor, found.proposal)
    if found is not None and found.proposal.round is not None:
        found.proposal.round.proposal = found.proposal
    return found


def under_way_in_a_meeting() -> QuerySet[Live]:
    """The meeting that a proposal is in, for the row of a proposal."""
    return Live.objects.filter(proposal=OuterRef("pk"), closed_at=None)


def helping() -> Subquery:
    """The circle that was opened to write a new text of a proposal, for its row: who it is; null where there is none."""
    rows = Choice.objects.filter(proposal=OuterRef("pk"), circle__isnull=False).order_by("-after_round")
    return Subquery(rows.values(told=JSONObject(uuid="circle__uuid", name="circle__name"))[:1])


def meeting_facts(live: Live) -> Facts:
    """What the steps of a meeting are judged by."""
    proposal, round = live.proposal, live.proposal.round
    stage, now = Stage(live.stage), clock.now()
    before = round is None or proposal.state == State.DRAFT
    if before or round is None:
        voices: Any = voices_today(proposal.circle)
        spoken = {f"{column(proposal.circle_id is not None)}__in": voices}
        return Facts(
            stage=stage,
            voices=voices.count(),
            open_questions=Question.objects.filter(proposal=proposal, replied_at=None).count(),
            reacted=Reaction.objects.filter(proposal=proposal, **spoken).count(),
            time_over=live.timer_ends_at is not None and live.timer_ends_at <= now,
        )
    asked = Elector.objects.filter(counted(round.by_person), round=round)
    told = asked.aggregate(voices=Count("pk"), answered=Count("answer"))
    stopping = Objection.objects.filter(proposal=proposal, state__in=STOPPING)
    return Facts(
        stage=stage,
        voices=told["voices"],
        answered=told["answered"],
        stopping=stopping.count(),
        untested=stopping.filter(found=None).count() if round.regime == Regime.TEST else 0,
        loops=loops(proposal),
        time_over=round.closes_at <= now,
        silence_consents=round.silence == Silence.CONSENTS,
    )


def loops(proposal: Proposal) -> int:
    """How often a text was integrated and asked about again, since a way out was last chosen."""
    last = Choice.objects.filter(proposal=proposal).order_by("-after_round").first()
    rounds = Round.objects.filter(proposal=proposal, kind=RoundKind.CONSENT)
    if last is None:
        return max(0, rounds.count() - 1)
    undecided = (State.DRAFT, State.CONSENT, State.OBJECTED, State.VOTE, State.TIE)
    if last.follow_up is not None and last.follow_up.state in undecided:
        return max(0, rounds.count() - 1)  # the other way is still being agreed on
    return rounds.filter(number__gt=last.after_round).count()


def choice_due(proposal: Proposal) -> bool:
    """Say whether a text went round as often as it may, and is still objected to."""
    stopping = Objection.objects.filter(proposal=proposal, state__in=STOPPING)
    return choice_is_due(loops(proposal)) and stopping.exists()


def under_test(round: Round) -> Objection | None:
    """The objection that the group looks at, where it tests them: the first that it has not judged."""
    if round.regime != Regime.TEST:
        return None
    rows = Objection.objects.filter(proposal=round.proposal_id, state__in=STOPPING, found=None)
    return rows.select_related("membership", "participant").order_by("pk").first()


def _mark(sees: Sees) -> QuerySet[Live, Any]:
    here = {"proposal": OuterRef("proposal")}
    answers = Answer.objects.filter(elector__round=OuterRef("proposal__round"))
    return (
        Live.objects.filter(sees("proposal__"), proposal__number=slot("number"))
        .order_by("-pk")
        .values_list(
            "number", "stage", "proposal__state", "proposal__version_id", "proposal__round_id",
            _one(answers, "elector__round", n=Count("pk")),
            _one(answers, "elector__round", n=Max(Coalesce("changed_at", "given_at"))),
            _one(Reaction.objects.filter(**here), "proposal", n=Max("given_at")),
            _one(Question.objects.filter(**here), "proposal", n=Count("pk") + Count("replied_at")),
            _one(Objection.objects.filter(**here), "proposal", n=Count("pk") + Count("settled_at") + Count("found")),
            _one(Judgement.objects.filter(objection__proposal=OuterRef("proposal")), "objection__proposal", n=Max("given_at")),
        )[:1]
    )  # fmt: skip


def _one(rows: QuerySet[Any], group: str, **told: Any) -> Subquery:
    return Subquery(rows.order_by().values(group).annotate(**told).values("n"))


_marks = Seen(_mark)


def live_mark(actor: Actor, number: int) -> str | None:
    """A short text that changes whenever something happened that the screens of a meeting show; one question."""
    row = _marks.first(actor, number=number)
    return None if row is None else "-".join("" if each is None else str(each) for each in row)

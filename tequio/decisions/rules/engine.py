"""The decision engine, row by row. Source: GOV-09, GOV-10, GOV-16, GOV-25 to GOV-28, gaps G-1 to G-7."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Position(StrEnum):
    """What a voice can answer: the first four in a consent round, the last three in a vote. Source: GOV-10."""

    AGREE = "AGREE"
    CAN_LIVE_WITH = "CAN_LIVE_WITH"
    STAND_ASIDE = "STAND_ASIDE"
    OBJECT = "OBJECT"
    YES = "YES"
    NO = "NO"
    ABSTAIN = "ABSTAIN"


CONSENT_POSITIONS = (Position.AGREE, Position.CAN_LIVE_WITH, Position.STAND_ASIDE, Position.OBJECT)


VOTE_POSITIONS = (Position.YES, Position.NO, Position.ABSTAIN)


class Matter(StrEnum):
    """What a proposal is about; operational matters are led by the work teams. Source: GOV-28."""

    STRATEGIC = "STRATEGIC"
    OPERATIONAL = "OPERATIONAL"


class Kind(StrEnum):
    """What a proposal is for. A charter, the end of all it says, and the election of a circle's leader know consent only."""

    GENERAL = "general"
    CHARTER = "charter"
    ADMISSION = "admission"
    ELECTION = "election"
    REMOVAL = "removal"
    CLOSING = "closing"


CONSENT_ONLY = (Kind.CHARTER, Kind.ELECTION, Kind.CLOSING)


class Model(StrEnum):
    HORIZONTAL = "HORIZONTAL"
    VERTICAL = "VERTICAL"


class Base(StrEnum):
    """The majority of what: votes for and against, all who answered, all who may vote. Source: G-1."""

    CAST = "CAST"
    PRESENT = "PRESENT"
    ENTITLED = "ENTITLED"


class Silence(StrEnum):
    """What no answer means when a consent round ends. Source: G-7."""

    BLOCKS = "BLOCKS"
    CONSENTS = "CONSENTS"


class Step(StrEnum):
    """Where a round leads."""

    WAIT = "WAIT"
    ADOPTED_BY_CONSENT = "ADOPTED_BY_CONSENT"
    ELECTED = "ELECTED"
    INTEGRATE_OBJECTIONS = "INTEGRATE_OBJECTIONS"
    OPEN_VOTE = "OPEN_VOTE"
    UNANSWERED = "UNANSWERED"
    NO_QUORUM = "NO_QUORUM"
    ADOPTED_BY_MAJORITY = "ADOPTED_BY_MAJORITY"
    COORDINATION_DECIDES = "COORDINATION_DECIDES"
    NOT_ADOPTED = "NOT_ADOPTED"
    RULE_GAP = "RULE_GAP"
    ADOPTED_BY_COORDINATION = "ADOPTED_BY_COORDINATION"
    REJECTED_BY_COORDINATION = "REJECTED_BY_COORDINATION"

    @property
    def adopts(self) -> bool:
        return self in ADOPTING

    @property
    def goes_on(self) -> bool:
        """Say whether the proposal is still under way after this."""
        return self in (Step.WAIT, Step.INTEGRATE_OBJECTIONS, Step.OPEN_VOTE, Step.COORDINATION_DECIDES)


ADOPTING = (Step.ADOPTED_BY_CONSENT, Step.ELECTED, Step.ADOPTED_BY_MAJORITY, Step.ADOPTED_BY_COORDINATION)


# Version 2 knows strictness and the least yes, and objections in which a group found no harm; records of version 1
# are computed as they were.
CONSENT, THREE_QUARTERS, MAJORITY, TIE_BREAK = (
    "decisions.consent/2",
    "decisions.three-quarters/2",
    "decisions.majority/2",
    "decisions.tie-break/2",
)
EARLIER_CONSENT, EARLIER_VOTES, EARLIER_TIE_BREAK = (
    "decisions.consent/1",
    ("decisions.three-quarters/1", "decisions.majority/1"),
    "decisions.tie-break/1",
)


@dataclass(frozen=True)
class Rule:
    """How one round is decided, frozen when it opens.

    ``majority`` is the share of the base that a vote needs, more than it where ``strict``; ``least_yes`` the yes that it
    needs besides, 0 for none; ``quorum_percent`` whole percents of those entitled
    that must answer, None for none (G-3); ``tie_break`` whether the network kept the third step at all; ``urgent`` a round
    that is shorter, and whose agreement an ordinary round confirms (GOV-04).
    """

    model: Model
    matter: Matter
    kind: Kind = Kind.GENERAL
    majority: Fraction = Fraction(3, 4)
    base: Base = Base.CAST
    quorum_percent: int | None = None
    silence: Silence = Silence.BLOCKS
    tie_break: bool = True
    urgent: bool = False
    strict: bool = False
    least_yes: int = 0

    @property
    def consent_only(self) -> bool:
        """Say whether no vote can ever be opened. Source: GOV-04, GOV-09, GOV-16."""
        return self.urgent or self.model is not Model.VERTICAL or self.kind in CONSENT_ONLY

    @property
    def vote_id(self) -> str:
        """The id of the rule of the second step."""
        return THREE_QUARTERS if self.majority == Fraction(3, 4) else MAJORITY

    @property
    def ties_go_to_coordination(self) -> bool:
        """Source: GOV-27."""
        return not self.consent_only and self.tie_break and self.matter is Matter.OPERATIONAL


# Of an urgent round: whole percents that must answer, and the days that its agreement holds. Source: GOV-04.
URGENT_QUORUM, URGENT_DAYS = 50, 30


@dataclass(frozen=True)
class Voices:
    """The answers of a consent round; ``entitled`` counts those who are still members.

    ``objections`` are the open ones: raised in this round, or earlier and not yet settled with who raised them.
    """

    entitled: int
    agree: int = 0
    can_live_with: int = 0
    stand_aside: int = 0
    object: int = 0
    objections: int = 0

    @property
    def answered(self) -> int:
        return self.agree + self.can_live_with + self.stand_aside + self.object

    @property
    def silent(self) -> int:
        return self.entitled - self.answered


@dataclass(frozen=True)
class Tally:
    """The answers of a vote; ``entitled`` counts those who are still members."""

    entitled: int
    yes: int = 0
    no: int = 0
    abstain: int = 0

    @property
    def answered(self) -> int:
        return self.yes + self.no + self.abstain

    @property
    def silent(self) -> int:
        return self.entitled - self.answered


def quorum_of(entitled: int, rule: Rule) -> int:
    """Return how many voices must answer, rounded up: at least one. Source: G-3."""
    share = rule.quorum_percent or 0
    return max(1, -(-share * entitled // 100))


def after_consent(voices: Voices, rule: Rule, *, over: bool) -> Step:
    """Take the first step; ``over`` says whether the round has ended. Source: GOV-09, GOV-10, GOV-25, G-7."""
    if not over and voices.silent:
        return Step.WAIT
    if voices.objections:
        return Step.INTEGRATE_OBJECTIONS if rule.consent_only else Step.OPEN_VOTE
    if voices.silent and rule.silence is Silence.BLOCKS:
        return Step.UNANSWERED
    if voices.answered < quorum_of(voices.entitled, rule):
        return Step.NO_QUORUM
    return Step.ELECTED if rule.kind is Kind.ELECTION else Step.ADOPTED_BY_CONSENT


def base_of(tally: Tally, rule: Rule) -> int:
    """Return the whole of which the majority is a share. Source: G-1."""
    if rule.base is Base.ENTITLED:
        return tally.entitled
    return tally.yes + tally.no + (tally.abstain if rule.base is Base.PRESENT else 0)


def carries(tally: Tally, rule: Rule) -> bool:
    """Say whether the yes reach the majority: exactly three quarters do unless strict, no yes at all never does."""
    return tally.yes >= needed_of(base_of(tally, rule), rule)


def needed_of(base: int, rule: Rule) -> int:
    """Return the least yes that carry a vote on so large a base."""
    weight, whole = rule.majority.numerator * base, rule.majority.denominator
    share = weight // whole + 1 if rule.strict else -(-weight // whole)
    return max(1, share, rule.least_yes)


def after_vote(tally: Tally, rule: Rule, *, over: bool) -> Step:
    """Take the vertical model's second and third step. Source: GOV-26, GOV-27, G-2.

    Raises ValueError where no vote may be held.
    """
    if rule.consent_only:
        raise ValueError("No vote is ever held here: only consent decides.")
    if not over and tally.silent:
        return Step.WAIT
    if tally.answered < quorum_of(tally.entitled, rule):
        return Step.NO_QUORUM
    if carries(tally, rule):
        return Step.ADOPTED_BY_MAJORITY
    if tally.yes == tally.no:
        return Step.COORDINATION_DECIDES if rule.ties_go_to_coordination else Step.NOT_ADOPTED
    return Step.RULE_GAP if rule.matter is Matter.OPERATIONAL else Step.NOT_ADOPTED


def more_yes(tally: Tally, rule: Rule) -> int | None:
    """Return how many of the silent voices must say yes, or None if all of them would not do."""
    for more in range(tally.silent + 1):
        reached = Tally(tally.entitled, tally.yes + more, tally.no, tally.abstain)
        if carries(reached, rule):
            return more
    return None


def count_consent(answers: Iterable[str | None], *, objections: int) -> Voices:
    """Count one text (or None) a voice into the answers of a consent round."""
    said = list(answers)
    agree, live, aside, against = (said.count(position.value) for position in CONSENT_POSITIONS)
    return Voices(len(said), agree, live, aside, against, objections)


def count_vote(answers: Iterable[str | None]) -> Tally:
    """Count one text (or None) a voice into the answers of a vote."""
    said = list(answers)
    yes, no, abstain = (said.count(position.value) for position in VOTE_POSITIONS)
    return Tally(len(said), yes, no, abstain)


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a month that is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


SHOWN = ("ALWAYS", "AFTER_MINE", "AT_CLOSE")


def hidden_longer(agreed: str, asked: str) -> str:
    """Return when answers show: as the network agreed, or later when a proposal asks for it, never sooner.

    Source: EXPERIENCE 3.4 (6).
    """
    return max(agreed, asked or agreed, key=SHOWN.index)

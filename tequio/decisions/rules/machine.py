"""The steps of a consent decision, and what each needs before it. Source: GOVERNANCE 1.2, 4.3; GOV-09, GOV-10.

``guard`` says what stands against a step; services ask it with what the database holds. ``apply`` moves a session that is
held in memory, one action at a time: the same guards, so that any sequence of actions can be tried on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Stage(StrEnum):
    """Where a decision is on its way through a meeting."""

    PRESENT = "PRESENT"
    CLARIFY = "CLARIFY"
    REACT = "REACT"
    AMEND = "AMEND"
    CONSENT = "CONSENT"
    OBJECTIONS = "OBJECTIONS"
    INTEGRATE = "INTEGRATE"
    DECIDED = "DECIDED"


class Bar(StrEnum):
    """What stands against a step."""

    NOT_THERE = "NOT_THERE"
    OPEN_QUESTIONS = "OPEN_QUESTIONS"
    NOT_ALL_REACTED = "NOT_ALL_REACTED"
    NOT_ALL_ANSWERED = "NOT_ALL_ANSWERED"
    OBJECTED = "OBJECTED"
    NO_OBJECTION = "NO_OBJECTION"
    ONE_AT_A_TIME = "ONE_AT_A_TIME"
    CHOICE_DUE = "CHOICE_DUE"


class WayOut(StrEnum):
    """What the facilitator chooses from once a text went round too often."""

    HELPING_CIRCLE = "HELPING_CIRCLE"
    SHORTER_TERM = "SHORTER_TERM"
    OTHER_METHOD = "OTHER_METHOD"
    FALLBACK = "FALLBACK"


# A text that was integrated so often and is objected to again needs another way.
MOST_LOOPS = 3

NEXT: Mapping[Stage, tuple[Stage, ...]] = {
    Stage.PRESENT: (Stage.CLARIFY,),
    Stage.CLARIFY: (Stage.REACT, Stage.PRESENT),
    Stage.REACT: (Stage.CONSENT, Stage.AMEND, Stage.CLARIFY),
    Stage.AMEND: (Stage.CONSENT, Stage.PRESENT),
    Stage.CONSENT: (Stage.DECIDED, Stage.OBJECTIONS),
    Stage.OBJECTIONS: (Stage.INTEGRATE, Stage.DECIDED),
    Stage.INTEGRATE: (Stage.CONSENT,),
    Stage.DECIDED: (),
}


@dataclass(frozen=True)
class Facts:
    """What a step is judged by: counts of the electorate as it was when it was asked.

    ``time_over`` ends a round of reactions or, where silence is consent, of answers; ``stopping`` are objections that are
    open or found to be one, ``untested`` those that the group has not looked at where it tests them.
    """

    stage: Stage
    voices: int
    open_questions: int = 0
    reacted: int = 0
    answered: int = 0
    stopping: int = 0
    untested: int = 0
    loops: int = 0
    time_over: bool = False
    silence_consents: bool = False


def guard(facts: Facts, to: Stage) -> Bar | None:
    """Return what stands against going on to a stage, or None."""
    if to not in NEXT[facts.stage]:
        return Bar.NOT_THERE
    if facts.stage is Stage.CLARIFY and to is Stage.REACT and facts.open_questions:
        return Bar.OPEN_QUESTIONS
    if facts.stage is Stage.REACT and to is not Stage.CLARIFY and _some_silent(facts.reacted, facts):
        return Bar.NOT_ALL_REACTED
    if to is Stage.DECIDED:
        return _against_deciding(facts)
    if to is Stage.OBJECTIONS and not facts.stopping:
        return Bar.NO_OBJECTION
    if to is Stage.INTEGRATE and facts.untested:
        return Bar.ONE_AT_A_TIME
    if facts.stage is Stage.INTEGRATE and facts.loops >= MOST_LOOPS:
        return Bar.CHOICE_DUE
    return None


def _some_silent(said: int, facts: Facts) -> bool:
    return said < facts.voices and not facts.time_over


def _against_deciding(facts: Facts) -> Bar | None:
    if facts.stopping:
        return Bar.OBJECTED
    silence = facts.time_over and facts.silence_consents and facts.answered > 0
    return None if facts.answered >= facts.voices or silence else Bar.NOT_ALL_ANSWERED


def choice_is_due(loops: int) -> bool:
    """Say whether a text that is objected to went round as often as it may."""
    return loops >= MOST_LOOPS


def qualifies(judged: Mapping[str, bool], others: frozenset[str]) -> bool | None:
    """Say whether the group finds that an objection is one; None while it is still asked.

    It is as soon as one other voice says so, and is not when all the others say that it is none.
    """
    said = {voice: word for voice, word in judged.items() if voice in others}
    if any(said.values()):
        return True
    return False if others and said.keys() == others else None


class Refusal(ValueError):
    """This action is not for this moment; ``bar`` says what stands against it, if it is a step."""

    def __init__(self, words: str, bar: Bar | None = None) -> None:
        super().__init__(words)
        self.bar = bar


@dataclass(frozen=True)
class Raised:
    """An objection to a version: ``found`` None until the group has judged it, where it does."""

    voice: str
    version: int
    found: bool | None = None
    settled: bool = False


@dataclass(frozen=True)
class Session:
    """A decision under way. The electorate never changes; who may not answer is not in it."""

    voices: frozenset[str]
    tests: bool = False
    silence_consents: bool = False
    stage: Stage = Stage.PRESENT
    version: int = 1
    questions: int = 0
    replied: int = 0
    reacted: frozenset[str] = frozenset()
    answers: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    raised: tuple[Raised, ...] = ()
    judged: Mapping[str, bool] = field(default_factory=dict)
    loops: int = 0
    time_over: bool = False

    @property
    def stopping(self) -> tuple[Raised, ...]:
        return tuple(one for one in self.raised if not one.settled and one.found is not False)

    @property
    def under_test(self) -> Raised | None:
        """The objection that the group looks at: the first that it has not judged."""
        waiting = [one for one in self.stopping if one.found is None]
        return waiting[0] if self.tests and waiting else None

    @property
    def facts(self) -> Facts:
        return Facts(
            stage=self.stage,
            voices=len(self.voices),
            open_questions=self.questions - self.replied,
            reacted=len(self.reacted),
            answered=sum(version == self.version for _said, version in self.answers.values()),
            stopping=len(self.stopping),
            untested=int(self.under_test is not None),
            loops=self.loops,
            time_over=self.time_over,
            silence_consents=self.silence_consents,
        )


def apply(session: Session, action: str, voice: str = "", *, said: str = "") -> Session:
    """Return the session after one action; raise Refusal when it is not for this moment.

    Actions: ask, reply, react, time, step (``said`` names the stage), answer (``said`` is "object" or another word),
    withdraw, judge (``said`` is "yes" or "no"), write (a new version), choose (``said`` names the way out).
    """
    if action in ("react", "answer", "withdraw", "judge") and voice not in session.voices:
        raise Refusal("not among those who are asked")
    return _ACTIONS[action](session, voice, said)


def _ask(session: Session, voice: str, said: str) -> Session:
    _require(session, Stage.CLARIFY)
    return replace(session, questions=session.questions + 1)


def _reply(session: Session, voice: str, said: str) -> Session:
    if session.questions == session.replied:
        raise Refusal("nothing was asked")
    return replace(session, replied=session.replied + 1)


def _react(session: Session, voice: str, said: str) -> Session:
    _require(session, Stage.REACT)
    return replace(session, reacted=session.reacted | {voice})


def _time(session: Session, voice: str, said: str) -> Session:
    _require(session, Stage.REACT, Stage.CONSENT)
    return replace(session, time_over=True)


def _answer(session: Session, voice: str, said: str) -> Session:
    _require(session, Stage.CONSENT)
    if session.time_over:
        raise Refusal("the time is over")
    raised = tuple(
        replace(one, settled=True) if one.voice == voice and not one.settled else one
        for one in session.raised
    )
    if said == "object":
        raised = (*raised, Raised(voice, session.version))
    return replace(session, answers={**session.answers, voice: (said, session.version)}, raised=raised)


def _withdraw(session: Session, voice: str, said: str) -> Session:
    _require(session, Stage.CONSENT, Stage.OBJECTIONS, Stage.INTEGRATE)
    if not any(one.voice == voice for one in session.stopping):
        raise Refusal("nothing to withdraw")
    raised = tuple(
        replace(one, settled=True) if one.voice == voice and not one.settled else one
        for one in session.raised
    )
    answers = {**session.answers, voice: ("live with", session.version)}
    return replace(session, raised=raised, answers=answers, judged={})


def _judge(session: Session, voice: str, said: str) -> Session:
    _require(session, Stage.OBJECTIONS)
    one = session.under_test
    if one is None or one.voice == voice:
        raise Refusal("there is nothing for this voice to judge")
    judged = {**session.judged, voice: said == "yes"}
    found = qualifies(judged, session.voices - {one.voice})
    if found is None:
        return replace(session, judged=judged)
    raised = tuple(replace(each, found=found) if each is one else each for each in session.raised)
    return replace(session, judged={}, raised=raised)


def _write(session: Session, voice: str, said: str) -> Session:
    _require(session, Stage.PRESENT, Stage.AMEND)
    return replace(session, version=session.version + 1)


def _step(session: Session, voice: str, said: str) -> Session:
    to = Stage(said)
    if bar := guard(session.facts, to):
        raise Refusal(bar.value, bar)
    if session.stage is Stage.INTEGRATE:  # a new version, about which everybody is asked again
        return replace(
            session,
            stage=to,
            version=session.version + 1,
            loops=session.loops + 1,
            time_over=False,
            judged={},
        )
    return replace(
        session, stage=to, time_over=False, reacted=frozenset() if to is Stage.REACT else session.reacted
    )


def _choose(session: Session, voice: str, said: str) -> Session:
    _require(session, Stage.INTEGRATE)
    if not choice_is_due(session.loops):
        raise Refusal("it can still be integrated")
    WayOut(said)
    return replace(session, loops=0)


def _require(session: Session, *stages: Stage) -> None:
    if session.stage not in stages:
        raise Refusal(f"not while it is in {session.stage}")


_ACTIONS = {
    "ask": _ask,
    "reply": _reply,
    "react": _react,
    "time": _time,
    "answer": _answer,
    "withdraw": _withdraw,
    "judge": _judge,
    "write": _write,
    "step": _step,
    "choose": _choose,
}

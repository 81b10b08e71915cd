"""An open election by consent: its steps, what each needs before it, and how anybody computes it again.

Nominations are written before anybody speaks and opened together; nobody counts them. The nominee answers last.
Source: GOV-16, GOVERNANCE 1.4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tequio.register.rules.flaws import Flaw

RULE = "elections.open/1"


class Stage(StrEnum):
    """Where an open election is."""

    ROLE = "ROLE"
    TERM = "TERM"
    QUALIFICATIONS = "QUALIFICATIONS"
    NOMINATIONS = "NOMINATIONS"
    REASONS = "REASONS"
    PROPOSAL = "PROPOSAL"
    CONSENT = "CONSENT"
    CONFIRMATION = "CONFIRMATION"
    ELECTED = "ELECTED"
    ENDED = "ENDED"


ORDER = (
    Stage.ROLE, Stage.TERM, Stage.QUALIFICATIONS, Stage.NOMINATIONS, Stage.REASONS, Stage.PROPOSAL, Stage.CONSENT,
    Stage.CONFIRMATION, Stage.ELECTED,
)  # fmt: skip
OVER = (Stage.ELECTED, Stage.ENDED)
# About what a voice can say that it cannot live with it, before the nominee is proposed.
AGREED = (Stage.TERM, Stage.QUALIFICATIONS)


class Word(StrEnum):
    """What a voice answers."""

    CONSENT = "CONSENT"
    CONCERN = "CONCERN"
    OBJECT = "OBJECT"


class Bar(StrEnum):
    """What stands against a step."""

    NOT_THERE = "NOT_THERE"
    NO_TERM = "NO_TERM"
    NO_QUALIFICATIONS = "NO_QUALIFICATIONS"
    OBJECTED = "OBJECTED"
    NOT_ALL_WROTE = "NOT_ALL_WROTE"
    NOBODY_NOMINATED = "NOBODY_NOMINATED"
    NOBODY_PROPOSED = "NOBODY_PROPOSED"
    NOT_ALL_ANSWERED = "NOT_ALL_ANSWERED"


@dataclass(frozen=True)
class Facts:
    """What a step is judged by: the voices still in the circle, how many wrote or answered what is asked now.

    ``nominated`` says whether anybody was named at all, never how often.
    """

    stage: Stage
    voices: int = 0
    wrote: int = 0
    nominated: bool = False
    answered: int = 0
    objections: int = 0
    has_term: bool = False
    has_qualifications: bool = False
    proposed: bool = False
    confirms: bool = False


def next_of(facts: Facts) -> Stage | None:
    """Return the step that comes after, or None at the end; the circle around confirms only who goes into it."""
    if facts.stage in OVER:
        return None
    after = ORDER[ORDER.index(facts.stage) + 1]
    return Stage.ELECTED if after is Stage.CONFIRMATION and not facts.confirms else after


def guard(facts: Facts, to: Stage) -> Bar | None:
    """Return what stands against going on to a step, or None."""
    back = facts.stage in (Stage.CONSENT, Stage.CONFIRMATION) and to is Stage.PROPOSAL
    if back:
        return None
    if to is not next_of(facts):
        return Bar.NOT_THERE
    if facts.stage in AGREED and facts.objections:
        return Bar.OBJECTED
    return _LACKS[facts.stage](facts) if facts.stage in _LACKS else None


def _answers(facts: Facts) -> Bar | None:
    if facts.objections:
        return Bar.OBJECTED
    return None if facts.voices and facts.answered == facts.voices else Bar.NOT_ALL_ANSWERED


_LACKS = {
    Stage.TERM: lambda facts: None if facts.has_term else Bar.NO_TERM,
    Stage.QUALIFICATIONS: lambda facts: None if facts.has_qualifications else Bar.NO_QUALIFICATIONS,
    Stage.NOMINATIONS: lambda facts: (
        Bar.NOT_ALL_WROTE if facts.wrote < facts.voices else None if facts.nominated else Bar.NOBODY_NOMINATED
    ),
    Stage.PROPOSAL: lambda facts: None if facts.proposed else Bar.NOBODY_PROPOSED,
    Stage.CONSENT: _answers,
    Stage.CONFIRMATION: _answers,
}


def may_answer(voice: str, *, nominee: str, voices: Sequence[str], answered: Sequence[str]) -> bool:
    """Say whether a voice may answer now: the nominee after all the others."""
    return voice != nominee or set(voices) - {nominee} <= set(answered)


def may_excuse(*, voices: int, excused: int) -> bool:
    """Say whether so many absent voices can be excused: more are there than not, or nobody chose anything."""
    return 2 * excused < voices or not excused


def recompute(facts: Mapping[str, Any]) -> list[str]:
    """Compute an open election again from its exported facts; answer the problems found.

    ``answers`` in the order in which they came: ``{"person", "answer", "left", "excused"}``; ``nominee``; ``step``.
    """
    try:
        there = [one for one in facts["answers"] if not one["left"]]
        voices = [one for one in there if not one.get("excused")]
        people = [one["person"] for one in voices]
        words = [Word(one["answer"]) if one["answer"] else None for one in voices]
        elected, nominee, first = facts["step"] == Stage.ELECTED, facts["nominee"], facts["first"]
    except (KeyError, TypeError, ValueError) as error:
        return [Flaw("These facts do not describe an election: %(error)s.", error=repr(error))]
    found: list[str] = []
    if len(people) != len(set(people)):
        found.append(Flaw("A voice is counted twice."))
    if not may_excuse(voices=len(there), excused=len(there) - len(voices)):
        found.append(Flaw("As many voices were excused as were asked."))
    holds = bool(words) and None not in words and Word.OBJECT not in words
    if holds and not elected:
        found.append(Flaw("Nobody objects and all have answered, and yet nobody is elected."))
    if elected and not holds:
        found.append(Flaw("Somebody is elected although an answer is missing or one objects."))
    if first and nominee in people and people[-1] != nominee:
        found.append(Flaw("The nominee did not answer last."))
    return found

"""What a round needs still, as its voices stand: said before anybody asks. Source: P20, P26."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tequio.decisions.rules.engine import (
    Rule,
    Step,
    Tally,
    Voices,
    after_consent,
    after_vote,
    more_yes,
    quorum_of,
)


class Prospect(StrEnum):
    """What would become of a round if it ended as it stands, and so what it needs.

    COMPLETE and PASSES are adopted (all have answered, or silence does not stop it); ANSWERS and QUORUM lack
    voices; OBJECTED lacks an amendment, MAY_BE_VOTED an amendment or a vote; MORE_YES lacks votes in favor, TIED is
    a tie that the coordination would break, OUT_OF_REACH cannot be adopted any more.
    """

    COMPLETE = "COMPLETE"
    PASSES = "PASSES"
    ANSWERS = "ANSWERS"
    QUORUM = "QUORUM"
    OBJECTED = "OBJECTED"
    MAY_BE_VOTED = "MAY_BE_VOTED"
    MORE_YES = "MORE_YES"
    TIED = "TIED"
    OUT_OF_REACH = "OUT_OF_REACH"

    @property
    def adopts(self) -> bool:
        """Say whether the engine adopts it if the round ends now."""
        return self in (Prospect.COMPLETE, Prospect.PASSES)


@dataclass(frozen=True)
class Outlook:
    """How a round stands: ``missing`` answers for adoption or for the quorum, ``yes`` votes that it lacks."""

    prospect: Prospect
    entitled: int
    answered: int
    missing: int = 0
    objections: int = 0
    yes: int = 0


def outlook(result: Voices | Tally, rule: Rule) -> Outlook:
    """Look at what would become of a round if it ended with the answers that it has."""
    return _of_vote(result, rule) if isinstance(result, Tally) else _of_consent(result, rule)


def _of_consent(voices: Voices, rule: Rule) -> Outlook:
    step = after_consent(voices, rule, over=True)
    quorum = max(0, quorum_of(voices.entitled, rule) - voices.answered)
    prospect, missing = {
        Step.INTEGRATE_OBJECTIONS: (Prospect.OBJECTED, 0),
        Step.OPEN_VOTE: (Prospect.MAY_BE_VOTED, 0),
        Step.UNANSWERED: (Prospect.ANSWERS, voices.silent),
        Step.NO_QUORUM: (Prospect.QUORUM, quorum),
    }.get(step, (Prospect.PASSES if voices.silent else Prospect.COMPLETE, 0))
    return Outlook(prospect, voices.entitled, voices.answered, missing, voices.objections)


def _of_vote(tally: Tally, rule: Rule) -> Outlook:
    step, more = after_vote(tally, rule, over=True), more_yes(tally, rule)
    quorum = max(0, quorum_of(tally.entitled, rule) - tally.answered)
    if step.adopts:
        prospect = Prospect.PASSES if tally.silent else Prospect.COMPLETE
    elif step is Step.COORDINATION_DECIDES:
        prospect = Prospect.TIED
    elif more is None:
        prospect = Prospect.OUT_OF_REACH
    else:
        prospect = Prospect.QUORUM if step is Step.NO_QUORUM else Prospect.MORE_YES
    return Outlook(prospect, tally.entitled, tally.answered, missing=quorum, yes=more or 0)

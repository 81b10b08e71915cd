"""Yes, no, or neither: how many of those who said yes or no must say yes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tequio.elections.rules.ballots import Outcome

RULE = "elections.yes-no/1"
YES, NO, ABSTAIN = "yes", "no", "abstain"
ANSWERS = (YES, NO, ABSTAIN)


def count(answers: Sequence[str], *, majority: Fraction) -> Outcome:
    """Say whether it passes: more than half, or at least the majority where that is more; abstentions do not count."""
    told = {answer: answers.count(answer) for answer in ANSWERS}
    yes, given = told[YES], told[YES] + told[NO]
    passes = 2 * yes > given if majority == Fraction(1, 2) else yes > 0 and yes >= majority * given
    stage = {"stage": 1, "votes": told, "passes": passes}
    return Outcome(RULE, (YES,) if passes else (), (stage,), {"votes": len(answers)})

"""The tables of elections."""

from tequio.elections.models.ballots import (
    CHOOSING,
    MAJORITIES,
    Ballot,
    BallotKind,
    BallotState,
    Electorate,
    Option,
    Paper,
    Participation,
    Voter,
)
from tequio.elections.models.lots import ANSWERS, ENTRANTS, FEATURES, STATES, Entrant, Lot, LotState
from tequio.elections.models.open import (
    ELECTIVE,
    STAGES,
    WORDS,
    Nomination,
    OpenAnswer,
    OpenElection,
    OpenVoice,
)

__all__ = [
    "ANSWERS",
    "CHOOSING",
    "ELECTIVE",
    "ENTRANTS",
    "FEATURES",
    "MAJORITIES",
    "STAGES",
    "STATES",
    "WORDS",
    "Ballot",
    "BallotKind",
    "BallotState",
    "Electorate",
    "Entrant",
    "Lot",
    "LotState",
    "Nomination",
    "OpenAnswer",
    "OpenElection",
    "OpenVoice",
    "Option",
    "Paper",
    "Participation",
    "Voter",
]

"""The tables of elections."""

from tequio.elections.models.ballots import (
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

__all__ = [
    "ANSWERS",
    "ENTRANTS",
    "FEATURES",
    "MAJORITIES",
    "STATES",
    "Ballot",
    "BallotKind",
    "BallotState",
    "Electorate",
    "Entrant",
    "Lot",
    "LotState",
    "Option",
    "Paper",
    "Participation",
    "Voter",
]

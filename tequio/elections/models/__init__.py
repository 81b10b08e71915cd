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

__all__ = [
    "MAJORITIES",
    "Ballot",
    "BallotKind",
    "BallotState",
    "Electorate",
    "Option",
    "Paper",
    "Participation",
    "Voter",
]

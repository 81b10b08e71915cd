"""Persons, organizations, places, memberships and the people who act in a network."""

from tequio.people.models.candidates import Candidate, CandidateState
from tequio.people.models.contacts import Contact
from tequio.people.models.directory import Listing, Spelling, Tally
from tequio.people.models.hosting import Agreement, Host, Hosting, Side
from tequio.people.models.imports import Import, State
from tequio.people.models.memberships import (
    Duty,
    Gender,
    Invitation,
    Membership,
    Participant,
    Recovery,
    Status,
    Voice,
    Vouch,
)
from tequio.people.models.organizations import (
    Alias,
    Kind,
    Level,
    Operation,
    Organization,
    Place,
    Scope,
    Sector,
    Size,
)
from tequio.people.models.pauses import Pause
from tequio.people.models.persons import Attempt, OneTimeLink, Person, Session
from tequio.people.models.programs import Program, ProgramPart, ProgramRole, ProgramStage
from tequio.people.models.quotes import Quote, SharedQuote
from tequio.people.models.substitutions import Substitution

__all__ = [
    "Agreement",
    "Alias",
    "Attempt",
    "Candidate",
    "CandidateState",
    "Contact",
    "Duty",
    "Gender",
    "Host",
    "Hosting",
    "Import",
    "Invitation",
    "Kind",
    "Level",
    "Listing",
    "Membership",
    "OneTimeLink",
    "Operation",
    "Organization",
    "Participant",
    "Pause",
    "Person",
    "Place",
    "Program",
    "ProgramPart",
    "ProgramRole",
    "ProgramStage",
    "Quote",
    "Recovery",
    "Scope",
    "Sector",
    "Session",
    "SharedQuote",
    "Side",
    "Size",
    "Spelling",
    "State",
    "Status",
    "Substitution",
    "Tally",
    "Voice",
    "Vouch",
]

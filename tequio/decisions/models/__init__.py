"""Proposals and their versions, rounds with a frozen electorate, one answer a voice, objections, the record."""

from tequio.decisions.models.book import AgreementWord, Origin
from tequio.decisions.models.calendars import CalendarKey
from tequio.decisions.models.following import Evaluation, Finding, Task, TaskState
from tequio.decisions.models.links import AnswerLink
from tequio.decisions.models.live import STAGES, WAYS_OUT, Choice, Judgement, Live
from tequio.decisions.models.outcomes import STEPS, STOPPING, Objection, ObjectionState, Outcome
from tequio.decisions.models.proposals import KINDS, MATTERS, PARTS, Proposal, Shelf, State, Version
from tequio.decisions.models.proxies import Proxy
from tequio.decisions.models.rounds import (
    POSITIONS,
    SEATS,
    Answer,
    AnswerChange,
    Elector,
    Round,
    RoundKind,
    Way,
)
from tequio.decisions.models.talk import Attachment, Question, Reaction, Relation
from tequio.decisions.models.voices import Voiced, column, counted

__all__ = [
    "KINDS",
    "MATTERS",
    "PARTS",
    "POSITIONS",
    "SEATS",
    "STAGES",
    "STEPS",
    "STOPPING",
    "WAYS_OUT",
    "AgreementWord",
    "Answer",
    "AnswerChange",
    "AnswerLink",
    "Attachment",
    "CalendarKey",
    "Choice",
    "Elector",
    "Evaluation",
    "Finding",
    "Judgement",
    "Live",
    "Objection",
    "ObjectionState",
    "Origin",
    "Outcome",
    "Proposal",
    "Proxy",
    "Question",
    "Reaction",
    "Relation",
    "Round",
    "RoundKind",
    "Shelf",
    "State",
    "Task",
    "TaskState",
    "Version",
    "Voiced",
    "Way",
    "column",
    "counted",
]

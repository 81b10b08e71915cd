"""Who may do what with surveys: one file a room, all of it reachable from here."""

from tequio.surveys.access.answering import follow, invite, leads, record, why_not_answer
from tequio.surveys.access.building import close, create, drop, open_it, tend
from tequio.surveys.access.candidates import tend_candidates

__all__ = [
    "close",
    "create",
    "drop",
    "follow",
    "invite",
    "leads",
    "open_it",
    "record",
    "tend",
    "tend_candidates",
    "why_not_answer",
]

"""Who may do what with surveys: one file a room, all of it reachable from here."""

from tequio.surveys.access.analysis import analyze
from tequio.surveys.access.answering import follow, hear, invite, leads, record, why_not_answer
from tequio.surveys.access.building import close, create, drop, forget, open_it, tend
from tequio.surveys.access.candidates import tend_candidates
from tequio.surveys.access.importing import bring, export
from tequio.surveys.access.releasing import (
    correct_release,
    prepare_release,
    publish_release,
    withdraw_release,
)

__all__ = [
    "analyze",
    "bring",
    "close",
    "correct_release",
    "create",
    "drop",
    "export",
    "follow",
    "forget",
    "hear",
    "invite",
    "leads",
    "open_it",
    "prepare_release",
    "publish_release",
    "record",
    "tend",
    "tend_candidates",
    "why_not_answer",
    "withdraw_release",
]

"""Surveys, their versions, and what was answered."""

from tequio.surveys.models.answers import Answer, Manner, Reply, Source, Tick
from tequio.surveys.models.batches import Batch, Stage
from tequio.surveys.models.links import Link
from tequio.surveys.models.surveys import Access, State, Survey, Version

__all__ = [
    "Access",
    "Answer",
    "Batch",
    "Link",
    "Manner",
    "Reply",
    "Source",
    "Stage",
    "State",
    "Survey",
    "Tick",
    "Version",
]

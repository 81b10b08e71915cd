"""Surveys, their versions, and what was answered."""

from tequio.surveys.models.answers import Answer, Reply, Source, Tick
from tequio.surveys.models.surveys import Access, State, Survey, Version

__all__ = ["Access", "Answer", "Reply", "Source", "State", "Survey", "Tick", "Version"]

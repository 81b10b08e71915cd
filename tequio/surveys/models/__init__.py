"""Surveys, their versions, and what was answered."""

from tequio.surveys.models.answers import SOUNDS, Answer, Manner, Recording, Reply, Source, Tick
from tequio.surveys.models.batches import Batch, Beyond, Stage
from tequio.surveys.models.counts import Packed, Tallied
from tequio.surveys.models.findings import Finding
from tequio.surveys.models.links import Link
from tequio.surveys.models.recipes import Recipe
from tequio.surveys.models.recoding import CodeList, Coding
from tequio.surveys.models.releases import (
    LICENCES,
    Making,
    Preparation,
    Printout,
    Release,
    Thanks,
    Withdrawal,
)
from tequio.surveys.models.surveys import Access, Earlier, State, Survey, Version

__all__ = [
    "LICENCES",
    "SOUNDS",
    "Access",
    "Answer",
    "Batch",
    "Beyond",
    "CodeList",
    "Coding",
    "Earlier",
    "Finding",
    "Link",
    "Making",
    "Manner",
    "Packed",
    "Preparation",
    "Printout",
    "Recipe",
    "Recording",
    "Release",
    "Reply",
    "Source",
    "Stage",
    "State",
    "Survey",
    "Tallied",
    "Thanks",
    "Tick",
    "Version",
    "Withdrawal",
]

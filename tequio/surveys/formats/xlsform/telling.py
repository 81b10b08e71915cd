"""What of a form could not be taken over as it is, where it stands, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of the question or option concerned."""

    KEPT = "KEPT"
    SIMPLIFIED = "SIMPLIFIED"
    LEFT_OUT = "LEFT_OUT"


class Code(StrEnum):
    """Why; ``words`` says it in a sentence."""

    FORMULA = "FORMULA"
    CELL_TOO_LONG = "CELL_TOO_LONG"
    COLUMN = "COLUMN"
    MEDIA = "MEDIA"
    TYPE = "TYPE"
    RECORDED = "RECORDED"
    CALCULATION = "CALCULATION"
    REPEAT = "REPEAT"
    NOTE = "NOTE"
    NESTED = "NESTED"
    UNBALANCED = "UNBALANCED"
    NO_NAME = "NO_NAME"
    NAME = "NAME"
    NAME_TWICE = "NAME_TWICE"
    NO_LABEL = "NO_LABEL"
    REFERENCE = "REFERENCE"
    NO_LIST = "NO_LIST"
    OTHER_FILE = "OTHER_FILE"
    TOO_MANY_OPTIONS = "TOO_MANY_OPTIONS"
    OPTION_TWICE = "OPTION_TWICE"
    OPTION_NAME = "OPTION_NAME"
    CHOICE_FILTER = "CHOICE_FILTER"
    CONDITION = "CONDITION"
    CONSTRAINT = "CONSTRAINT"
    REQUIRED = "REQUIRED"
    APPEARANCE = "APPEARANCE"
    DEFAULT = "DEFAULT"
    READ_ONLY = "READ_ONLY"
    RANK = "RANK"
    AS_TEXT = "AS_TEXT"
    AS_DATE = "AS_DATE"
    AS_YES_NO = "AS_YES_NO"
    AS_MULTI = "AS_MULTI"


@dataclass(frozen=True)
class Problem:
    """One thing: sheet, row as a spreadsheet counts it, column by its heading, what stands there."""

    code: Code
    outcome: Outcome
    sheet: str
    row: int
    column: str = ""
    value: str = ""

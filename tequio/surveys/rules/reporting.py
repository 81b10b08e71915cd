"""What a frozen release says in figures: shares, the first option, the sentences that its own numbers carry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tequio.surveys.rules.instrument import Texts
from tequio.surveys.rules.shares import percent

FORMAT = "tequio-survey-release/1"
MOST_FINDINGS = 3

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Wishes:
    """What those who publish chose. Texts are per language; ``findings`` are keys of tables, the first one first.

    ``words`` is what they read in the numbers, ``signed`` the threads of members' findings that are printed.
    """

    questions: tuple[str, ...]
    by: str = ""
    findings: tuple[str, ...] = ()
    method: Texts = field(default_factory=dict)
    words: Texts = field(default_factory=dict)
    signed: tuple[str, ...] = ()
    authors: str = ""
    licence: str = "CC-BY-4.0"
    names: bool = False


@dataclass(frozen=True)
class Correction:
    """What a correction puts in place of a report's words; its tables stay. ``changes`` says what was wrong."""

    words: Texts
    method: Texts
    authors: str
    changes: Texts


@dataclass(frozen=True)
class Count:
    """One figure of a table: how many of how many; a range where ``low`` and ``high`` differ; None is withheld."""

    low: int | None
    high: int | None
    whole: int

    @property
    def exact(self) -> int | None:
        """The number, where it is said."""
        return self.low if self.low is not None and self.low == self.high else None

    @property
    def share(self) -> Decimal | None:
        """The percentage of an exact number."""
        return None if self.exact is None else percent(self.exact, self.whole)


def whole_of(table: Document, column: int | None = None) -> int:
    """Return the base of a table's percentages, or of one of its columns (who answered there)."""
    if column is not None:
        return int(table["within"][column])
    if table["base"] == "MENTIONS":
        return int(table["mentions"])
    return int(table["asked"] if table["base"] == "RESPONDENTS" else table["answered"])


def count_of(table: Document, row: Document, column: int | None = None) -> Count:
    """Return one figure: of everybody, or of one column."""
    whole = whole_of(table, column)
    if column is None:
        return Count(row["low"], row["high"], whole)
    said = row["by"][column] if "by" in row else None
    return Count(said, said, whole)


def first_of(table: Document) -> Document | None:
    """Return the row that was chosen most, where its number and all that could pass it are said."""
    rows: Sequence[Document] = table.get("rows", ())
    exact = [row for row in rows if row["low"] is not None and row["low"] == row["high"]]
    ranked = sorted(exact, key=lambda row: -int(row["low"]))
    led = [row for row in rows if row["low"] is not None and row["low"] != row["high"] and row["low"] > 0]
    if led:
        return led[0] if len(led) == 1 else None
    silent = any(row["low"] is None for row in rows)
    if not ranked or (silent and ranked[0]["low"] <= table.get("together", table["answered"])):
        return None
    if len(ranked) > 1 and ranked[1]["low"] == ranked[0]["low"]:
        return None
    return ranked[0]


def more_than_half(table: Document, row: Document) -> bool:
    """Say whether a row holds more than half of the base; never said of mentions."""
    return table["base"] != "MENTIONS" and row["low"] is not None and 2 * int(row["low"]) > whole_of(table)


def telling(tables: Sequence[Document]) -> list[str]:
    """Return the keys of the tables whose first option is the largest share, the most telling first."""
    found = [(table, first_of(table)) for table in tables if "rows" in table]
    found = [(table, row) for table, row in found if row is not None and not row.get("other")]
    ranked = sorted(
        (
            (Decimal(int(row["low"])) / whole_of(table), table["key"])
            for table, row in found
            if row is not None
        ),
        key=lambda one: (-one[0], one[1]),
    )
    return [key for _share, key in ranked]

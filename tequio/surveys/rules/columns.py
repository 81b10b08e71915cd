"""Answers as columns: what analysis counts, wherever they came from (the database, a file, an import)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tequio.surveys.rules.instrument import Base, Texts


@dataclass(frozen=True)
class Category:
    """One thing that can be counted: an option, a country, a city, a code given to open answers."""

    key: str
    text: Texts
    group: str = ""


@dataclass(frozen=True)
class Column:
    """The answers to one question (or one row of a matrix): for each respondent the indexes of what they ticked.

    ``ticks[i]`` are indexes into ``categories``, without repetition; an empty tuple is "did not answer".
    ``asked[i]`` is False where a condition kept the question from this respondent; None means everybody was asked.
    ``several`` says that more than one could be ticked, so that nobody adds percentages.
    """

    key: str
    text: Texts
    categories: tuple[Category, ...]
    ticks: Sequence[tuple[int, ...]]
    several: bool = False
    base: Base = Base.RESPONDENTS
    asked: Sequence[bool] | None = None


@dataclass(frozen=True)
class Sheet:
    """Every column of a set of answers, all of the same length ``size``; ``weights`` are 1 where not given.

    ``number`` tells how a spreadsheet numbers the row of a respondent, counted from 0.
    """

    size: int
    columns: tuple[Column, ...]
    weights: Sequence[Decimal] | None = None
    number: Callable[[int], int] = lambda place: place + 2

    def column(self, key: str) -> Column | None:
        """Return the column of this key (a row of a matrix is ``question/row``)."""
        return next((column for column in self.columns if column.key == key), None)


def column_as_json(column: Column) -> dict[str, Any]:
    """Return the document of a column without its answers."""
    return {
        "key": column.key,
        "text": dict(column.text),
        "categories": [[one.key, dict(one.text), one.group] for one in column.categories],
        "several": column.several,
        "base": column.base.value,
    }


def column_in(document: Mapping[str, Any]) -> Column:
    """Return a column without answers, from its document."""
    categories = tuple(Category(key, text, group) for key, text, group in document["categories"])
    several, base = document["several"], Base(document["base"])
    return Column(document["key"], document["text"], categories, (), several, base)

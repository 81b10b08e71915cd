"""Which numbers of what people write beside a report stand in none of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tequio.surveys.rules.reporting import Count, count_of
from tequio.surveys.rules.shares import percent

Document = Mapping[str, Any]
NUMBER = re.compile(
    r"(?<![\w.,])(\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?)(\s*(?:%|per ?cent|por ciento|por cento))?(?!\w)",
    re.IGNORECASE,
)
MARKER = re.compile(r"^\s*\d+[.)]\s", re.MULTILINE)  # of a numbered list
SPACES = re.compile(r"[\u00a0\u202f ]")


@dataclass(frozen=True)
class Known:
    """Every number of people that a report says, and every percentage with no, one and two decimals."""

    counts: frozenset[Decimal]
    shares: frozenset[Decimal]


def known(document: Document) -> Known:
    """Return what a report says in numbers."""
    counts: set[Decimal] = {Decimal(document["respondents"]), Decimal(document["smallest"])}
    columns = (document["dimension"] or {}).get("columns", ())
    counts |= {Decimal(column["size"]) for column in columns} | {Decimal(len(columns))}
    shares: set[Decimal] = set()
    for figure in _figures(document["tables"]):
        counts |= {Decimal(number) for number in (figure.low, figure.whole) if number is not None}
        if figure.exact is not None:
            shares |= {
                share
                for digits in (0, 1, 2)
                if (share := percent(figure.exact, figure.whole, digits=digits)) is not None
            }
    for table in document["tables"]:
        said = (table.get(name) for name in ("asked", "answered", "mentions", "together"))
        counts |= {Decimal(number) for number in said if number is not None}
    return Known(frozenset(counts), frozenset(shares))


def _figures(tables: Sequence[Document]) -> Iterator[Count]:
    for table in tables:
        for row in table.get("rows", ()):
            yield count_of(table, row)
            for column in range(len(table.get("within", ()))):
                yield count_of(table, row, column)


def groundless(text: str, document: Document) -> list[str]:
    """Return the numbers of a text that the report does not say, as they are written. Years are let be."""
    there = known(document)
    found: dict[str, None] = {}
    for match in NUMBER.finditer(MARKER.sub("", text)):
        written, sign = match[1], match[2]
        values = set(_meant(written))
        if sign or all(value % 1 for value in values):
            fine = bool(values & there.shares)
        else:
            fine = bool(values & there.counts) or _is_year(written)
        if not fine:
            found[f"{written} %" if sign else written] = None
    return list(found)


def _meant(written: str) -> Iterator[Decimal]:
    """Yield what a number can mean: 1.234 is a thousand and more, or one and a bit."""
    plain = SPACES.sub("", written)
    if re.fullmatch(r"\d+([.,]\d{3})*", plain):
        yield Decimal(re.sub(r"[.,]", "", plain))
    if re.fullmatch(r"\d+[.,]\d+", plain):
        yield Decimal(plain.replace(",", "."))
    elif "." in plain and "," in plain:
        whole, _mark, rest = plain.rpartition("," if plain.rindex(",") > plain.rindex(".") else ".")
        yield Decimal(re.sub(r"[.,]", "", whole) + "." + rest)


def _is_year(written: str) -> bool:
    return len(written) == 4 and written.isdecimal() and 1900 <= int(written) <= 2100

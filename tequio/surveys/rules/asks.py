"""What a page of results wants counted, and what was counted: wherever it is done, the numbers are the same.

Few answers are counted as rows when a page is asked for (``of_sheet``), many as bits by a job (``masks_asked``).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from tequio.surveys.rules.columns import Category, Column, Sheet
from tequio.surveys.rules.crosstab import MOST_LEVELS, Bases, Group, Table, Unknown, column_of, cross, kept
from tequio.surveys.rules.unions import union

Where = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Ask:
    """One question by up to three others, of those whom ``where`` keeps.

    ``together`` are options that count as one, ``groups`` says that those which the options themselves name are wanted
    too. ``apart`` is an option: who ticked any other one is counted in each group. ``sizes`` asks how many were ticked.
    """

    rows: str
    by: tuple[str, ...] = ()
    where: Where = ()
    together: tuple[str, ...] = ()
    groups: bool = False
    apart: str = ""
    sizes: bool = False

    @property
    def digest(self) -> str:
        """A name for exactly this."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Found:
    """What was counted. ``weighted`` is the same table with weights, where the survey has some; numbers are people.

    ``groups`` are whoever ticked an option of each group, ``placed`` whoever ticked anything but ``apart`` by the
    places of a group of the table, ``()`` for everybody; ``sizes`` are (how many were ticked, how many people).
    """

    table: Table
    weighted: Table | None = None
    together: int = 0
    groups: Mapping[str, int] | None = None
    placed: Mapping[tuple[int, ...], int] | None = None
    sizes: tuple[tuple[int, int], ...] = ()


def where_of(filters: Mapping[str, Collection[str]]) -> Where:
    """Return filters as an ask holds them: the same filters are the same ask."""
    return tuple((key, tuple(sorted(set(values)))) for key, values in sorted(filters.items()))


def require(ask: Ask, columns: Sequence[Column]) -> None:
    """Raise ``Unknown`` for a column or a category that there is none of, ``ValueError`` for too many levels."""
    known = {column.key: column for column in columns}
    for key in (ask.rows, *ask.by, *(key for key, _values in ask.where)):
        if key not in known:
            raise Unknown(key)
    for key, values in ask.where:
        if missing := set(values) - {one.key for one in known[key].categories}:
            raise Unknown(min(missing))
    if len(ask.by) > MOST_LEVELS:
        raise ValueError("at most three levels")


def of_sheet(sheet: Sheet, ask: Ask) -> Found:
    """Count answers that are columns of ticks."""
    filters, column = dict(ask.where), column_of(sheet, ask.rows)
    table = cross(replace(sheet, weights=None), rows=ask.rows, by=ask.by, where=filters)
    weighted = cross(sheet, rows=ask.rows, by=ask.by, where=filters) if sheet.weights is not None else None
    where = kept(sheet, filters)
    members = members_of(column) if ask.groups else {}
    sizes = (len(ticks) for at, ticks in enumerate(column.ticks) if ticks and (where is None or where[at]))
    return Found(
        table,
        weighted,
        union(column, ask.together, where=where).respondents if ask.together else 0,
        {group: union(column, keys, where=where).respondents for group, keys in members.items()},
        _placed(sheet, ask) if ask.apart else None,
        tuple(sorted(Counter(sizes).items())) if ask.sizes else (),
    )


def members_of(column: Column) -> dict[str, list[str]]:
    """Return the options of each group that they name."""
    groups: dict[str, list[str]] = {}
    for one in column.categories:
        if one.group:
            groups.setdefault(one.group, []).append(one.key)
    return groups


def _placed(sheet: Sheet, ask: Ask) -> dict[tuple[int, ...], int]:
    column = column_of(sheet, ask.rows)
    apart = next((at for at, one in enumerate(column.categories) if one.key == ask.apart), None)
    ticks = [(0,) if any(tick != apart for tick in ticks) else () for ticks in column.ticks]
    other = replace(column, key=f"{column.key}#", categories=(Category("any", {}),), ticks=ticks)
    table = cross(
        Sheet(sheet.size, (other, *sheet.columns)), rows=other.key, by=ask.by, where=dict(ask.where)
    )
    return {(): table.whole.counts[0], **{group.by: group.counts[0] for group in table.groups if group.by}}


# As documents


def ask_of(document: Mapping[str, Any]) -> Ask:
    """Return what was asked, from where it was kept."""
    where = tuple((key, tuple(values)) for key, values in document["where"])
    return Ask(
        **{**document, "by": tuple(document["by"]), "where": where, "together": tuple(document["together"])}
    )


def found_as_json(found: Found) -> dict[str, Any]:
    """Return the document of what was counted, without the columns."""
    return {
        "table": _table(found.table),
        "weighted": None if found.weighted is None else _table(found.weighted),
        "together": found.together,
        "groups": dict(found.groups or {}),
        "placed": None if found.placed is None else [[list(by), n] for by, n in found.placed.items()],
        "sizes": [list(one) for one in found.sizes],
    }


def found_in(document: Mapping[str, Any], ask: Ask, columns: Sequence[Column]) -> Found:
    """Return what was counted, with the columns that it was counted of."""
    known = {column.key: column for column in columns}
    placed, weighted = document["placed"], document["weighted"]
    return Found(
        _read_table(document["table"], ask, known),
        None if weighted is None else _read_table(weighted, ask, known),
        document["together"],
        document["groups"],
        None if placed is None else {tuple(by): number for by, number in placed},
        tuple((size, people) for size, people in document["sizes"]),
    )


def _table(table: Table) -> dict[str, Any]:
    groups = [_group(group) for group in table.groups] if table.by else []
    return {"whole": _group(table.whole), "groups": groups}


def _group(group: Group) -> list[Any]:
    """Plain numbers; and those with weights only where they are others."""
    bases = group.bases
    plain = [list(group.by), bases.respondents, bases.answering, list(group.counts)]
    sums = [*group.weighted, bases.weighted_respondents, bases.weighted_answering, bases.weighted_mentions]
    same = sums == [*group.counts, bases.respondents, bases.answering, bases.mentions]
    return plain if same else [*plain, [str(one) for one in sums]]


def _read_table(document: Mapping[str, Any], ask: Ask, known: Mapping[str, Column]) -> Table:
    whole = _read_group(document["whole"])
    groups = tuple(_read_group(one) for one in document["groups"]) if ask.by else (whole,)
    return Table(known[ask.rows], tuple(known[key] for key in ask.by), whole, groups)


def _read_group(document: Sequence[Any]) -> Group:
    by, respondents, answering, counts, *sums = document
    plain = (respondents, answering, sum(counts))
    numbers = [Decimal(one) for one in (sums[0] if sums else (*counts, *plain))]
    return Group(tuple(by), Bases(*plain, *numbers[-3:]), tuple(counts), tuple(numbers[:-3]))

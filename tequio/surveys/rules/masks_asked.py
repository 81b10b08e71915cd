"""What pages of results ask of answers as bits: the same numbers as ``asks.of_sheet`` finds in rows.

NumPy is loaded by the functions, never with the module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tequio.surveys.rules.asks import Ask, Found, members_of
from tequio.surveys.rules.columns import Column
from tequio.surveys.rules.crosstab import Group, Table
from tequio.surveys.rules.masks import Masks, total

if TYPE_CHECKING:
    from tequio.surveys.rules.masks import Words

UNIT = 1_000_000  # weights are kept in whole millionths
_LOW = 30  # bits of a weight that are summed apart, so that no sum of many weights is too large


def of_masks(masks: Masks, ask: Ask) -> Found:
    """Count answers that are bits."""
    where = dict(ask.where)
    column, own, kept = masks.opened(ask.rows, where)
    table = masks.table(rows=ask.rows, by=ask.by, where=where)
    groups = {group: total(_any(own, column, keys) & kept) for group, keys in members_of(column).items()}
    return Found(
        table,
        _weighted(masks, table, ask, own, kept) if masks.weights is not None else None,
        total(_any(own, column, ask.together) & kept) if ask.together else 0,
        groups if ask.groups else {},
        _placed(masks, ask, own, kept) if ask.apart else None,
        _sizes(own, kept) if ask.sizes else (),
    )


def _any(own: Words, column: Column, keys: Sequence[str]) -> Words:
    """The plane of whoever ticked at least one of these."""
    import numpy as np

    places = [at for at, one in enumerate(column.categories) if one.key in keys]
    plane: Words = np.bitwise_or.reduce(own[places], axis=0) if places else np.zeros_like(own[0])
    return plane


def _placed(masks: Masks, ask: Ask, own: Words, kept: Words) -> dict[tuple[int, ...], int]:
    column = masks.columns[masks.place(ask.rows)]
    if not len(own):
        return {(): 0}
    others = _any(own, column, [one.key for one in column.categories if one.key != ask.apart])
    parts = masks.parted([masks.place(key) for key in ask.by], kept) if ask.by else ()
    return {(): total(others & kept), **{by: total(others & bits) for by, bits in parts}}


def _sizes(own: Words, kept: Words) -> tuple[tuple[int, int], ...]:
    """How many options people ticked: (how many, people), of those who ticked any."""
    import numpy as np

    block, found = 512, np.zeros(len(own) + 1, dtype=np.int64)
    for start in range(0, len(kept), block):
        part = np.ascontiguousarray(own[:, start : start + block] & kept[start : start + block])
        ticks = np.unpackbits(part.view(np.uint8), axis=1, bitorder="little").sum(axis=0, dtype=np.int64)
        found += np.bincount(ticks, minlength=len(found))
    return tuple((size, int(people)) for size, people in enumerate(found) if size and people)


def _weighted(masks: Masks, table: Table, ask: Ask, own: Words, kept: Words) -> Table:
    """The same table with weights: the bits say who is in a cell, and their weights are summed in whole millionths."""
    whole = _weighed(masks, table.whole, own, kept)
    if not ask.by:
        return replace(table, whole=whole, groups=(whole,))
    known = {group.by: group for group in table.groups}
    parts = masks.parted([masks.place(key) for key in ask.by], kept)
    return replace(
        table, whole=whole, groups=tuple(_weighed(masks, known[by], own, bits) for by, bits in parts)
    )


def _weighed(masks: Masks, group: Group, own: Words, bits: Words) -> Group:
    import numpy as np

    sums = tuple(weight_of(masks, plane & bits) for plane in own)
    answering = weight_of(masks, np.bitwise_or.reduce(own, axis=0) & bits) if len(own) else Decimal(0)
    bases = replace(
        group.bases,
        weighted_respondents=weight_of(masks, bits),
        weighted_answering=answering,
        weighted_mentions=sum(sums, Decimal(0)),
    )
    return replace(group, bases=bases, weighted=sums)


def weight_of(masks: Masks, bits: Words) -> Decimal:
    """Return the sum of the weights of those who have a bit, exactly."""
    import numpy as np

    assert masks.weights is not None
    who = np.unpackbits(bits.view(np.uint8), bitorder="little").view(bool)[: masks.size]
    high = int((masks.weights >> _LOW)[who].sum(dtype=np.int64))
    low = int((masks.weights & ((1 << _LOW) - 1))[who].sum(dtype=np.int64))
    return Decimal((high << _LOW) + low) / UNIT

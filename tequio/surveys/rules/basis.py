"""What a release rests on, as a document that only the network keeps: the next release is held against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from tequio.surveys.rules.shown import Before, Counted, Shown, Table, Why

Keys = Mapping[str, Sequence[str]]  # question -> the keys of its options, in the order of its numbers


def as_basis(tables: Mapping[str, Table], counted: Sequence[Counted], keys: Keys) -> dict[str, Any]:
    """Return the document of what was counted and of what of it was published."""
    return {
        one.key: {"keys": list(keys[one.key]), "counted": asdict(one), "table": asdict(tables[one.key])}
        for one in counted
    }


def from_basis(document: Mapping[str, Any], keys: Keys) -> Before:
    """Return an earlier release in the order of these options; one that is new was not ticked then, nor told."""
    tables: dict[str, Table] = {}
    counted: dict[str, Counted] = {}
    for key, kept in document.items():
        if key in keys:
            order = [kept["keys"].index(one) if one in kept["keys"] else None for one in keys[key]]
            gone = set(kept["keys"]) - set(keys[key])
            table, then = _table(kept["table"]), _counted(kept["counted"])
            tables[key] = _table_in(table, order)
            counted[key] = _counted_in(then, order) if not gone else replace(then, counts=())
    return Before(tables, counted)


def _table(document: Mapping[str, Any]) -> Table:
    cells = tuple(Shown(**cell) if cell else None for cell in document["cells"])
    by = tuple(tuple(line) for line in document["by"])
    why = Why(document["why"]) if document["why"] else None
    return Table(**{**document, "cells": cells, "by": by, "within": tuple(document["within"]), "why": why})


def _counted(document: Mapping[str, Any]) -> Counted:
    plain = {name: tuple(document[name]) for name in ("counts", "within", "leans", "alone")}
    return Counted(**{**document, **plain, "by": tuple(tuple(line) for line in document["by"])})


def _table_in(table: Table, order: Sequence[int | None]) -> Table:
    if table.why:
        return table
    silent = tuple(None for _base in table.within)
    return replace(
        table,
        cells=tuple(None if at is None else table.cells[at] for at in order),
        by=tuple(silent if at is None else table.by[at] for at in order) if table.by else (),
    )


def _counted_in(counted: Counted, order: Sequence[int | None]) -> Counted:
    nobody = tuple(0 for _base in counted.within)
    return replace(
        counted,
        counts=tuple(0 if at is None else counted.counts[at] for at in order),
        by=tuple(nobody if at is None else counted.by[at] for at in order) if counted.by else (),
    )

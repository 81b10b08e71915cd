"""The tables of the atlas as files: CSV for spreadsheets, JSON for programs, the same cells in both."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from tequio.people.formats.tables import write_csv

Cell = str | int | None
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@dataclass(frozen=True)
class Table:
    """A table with the names of its columns; None is a cell that is withheld, or has nothing."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def written(table: Table, kind: str) -> bytes:
    """Return a table as ``csv`` or ``json``."""
    if kind == "csv":
        return write_csv(
            table.columns, [["" if cell is None else cell for cell in row] for row in table.rows]
        )
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return json.dumps({"table": table.name, "rows": rows}, ensure_ascii=False, indent=1).encode()

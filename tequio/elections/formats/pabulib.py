"""Pabulib (``.pb``): the sections META, PROJECTS and VOTES, each a table with ``;`` between its columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from fractions import Fraction

from tequio.elections.formats.sheet import Sheet, Unreadable, amount, put_together, whole
from tequio.elections.rules.ballots import grouped

SECTIONS = ("META", "PROJECTS", "VOTES")
KINDS = ("approval", "choose-1", "ordinal", "cumulative", "scoring")

Row = tuple[int, dict[str, str]]


def read(text: str) -> Sheet:
    """Read a Pabulib file; raise Unreadable."""
    tables = _tables(text)
    meta = {row.get("key", ""): row.get("value", "") for _line, row in tables["META"]}
    lines = {row.get("key", ""): line for line, row in tables["META"]}
    kind = meta.get("vote_type", "approval").strip()
    if kind not in KINDS:
        raise Unreadable("votes", line=lines.get("vote_type", 1), about=kind)
    if "budget" not in meta:
        raise Unreadable("budget", line=1)
    projects = _projects(tables["PROJECTS"])
    numbers = {project: number for number, project in enumerate(projects)}
    sheet = Sheet(
        tuple(projects),
        title=meta.get("description", ""),
        costs=tuple(cost for cost, _name in projects.values()),
        budget=amount(meta["budget"], line=lines["budget"]),
        names_by_key={project: name for project, (_cost, name) in projects.items() if name},
    )
    votes = [(line, row, _chosen(line, row, numbers)) for line, row in tables["VOTES"]]
    return _with_votes(sheet, kind, votes)


def _tables(text: str) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {name: [] for name in SECTIONS}
    section, heading, there = "", [""], set()
    for line, cells in _lines(text):
        if len(cells) == 1 and cells[0].strip().upper() in SECTIONS:
            section, heading = cells[0].strip().upper(), []
            there.add(section)
        elif not section:
            raise Unreadable("section", line=line)
        elif not heading:
            heading = [cell.strip() for cell in cells]
        else:
            tables[section].append((line, dict(zip(heading, cells, strict=False))))
    if missing := [name for name in SECTIONS if not (tables[name] or (name == "VOTES" and name in there))]:
        raise Unreadable("missing", line=text.count("\n") + 1, about=missing[0])
    return tables


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";", quotechar='"', strict=True)
    begun = 1
    try:
        for cells in rows:
            if any(cell.strip() for cell in cells):
                yield begun, cells
            begun = rows.line_num + 1
    except csv.Error as wrong:
        raise Unreadable("table", line=begun) from wrong


def _projects(rows: list[Row]) -> dict[str, tuple[Fraction, str]]:
    projects: dict[str, tuple[Fraction, str]] = {}
    for line, row in rows:
        project = row.get("project_id", "").strip()
        if not project or "cost" not in row:
            raise Unreadable("project", line=line)
        if project in projects:
            raise Unreadable("twice", line=line, about=project)
        cost = amount(row["cost"], line=line)
        if not cost:
            raise Unreadable("number", line=line, about=row["cost"])
        projects[project] = cost, row.get("name", "").strip()
    return projects


def _chosen(line: int, row: dict[str, str], numbers: dict[str, int]) -> list[int]:
    said = row.get("vote", "").strip()
    words = [word.strip() for word in said.split(",")] if said else []
    if unknown := [word for word in words if word not in numbers]:
        raise Unreadable("candidate", line=line, about=unknown[0])
    if len(set(words)) < len(words):
        raise Unreadable("twice", line=line, about=said)
    return [numbers[word] for word in words]


def _with_votes(sheet: Sheet, kind: str, votes: list[tuple[int, dict[str, str], list[int]]]) -> Sheet:
    """Keep what is told: an order, points, or approvals. Points above zero approve as well."""
    approved = [(1, tuple(sorted(chosen))) for _line, _row, chosen in votes]
    rankings = scores = None
    if kind == "ordinal":
        rankings = put_together([(1, tuple((one,) for one in chosen)) for _line, _row, chosen in votes])
    if kind in ("cumulative", "scoring"):
        given = [_points(*one) for one in votes]
        scores = grouped((1, paper) for paper in given)
        approved = [(1, tuple(option for option, points in paper if points)) for paper in given]
    return Sheet(
        sheet.names,
        rankings=rankings,
        approvals=grouped(approved),
        scores=scores,
        title=sheet.title,
        costs=sheet.costs,
        budget=sheet.budget,
        names_by_key=sheet.names_by_key,
    )


def _points(line: int, row: dict[str, str], chosen: list[int]) -> tuple[tuple[int, int], ...]:
    said = row.get("points", "").strip()
    words = said.split(",") if said else []
    if len(words) != len(chosen):
        raise Unreadable("points", line=line, about=said)
    return tuple(
        sorted((option, whole(word.strip(), line=line)) for option, word in zip(chosen, words, strict=True))
    )

"""A release: what the public may read of a survey, frozen. Numbers of people in, a document out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tequio.surveys.rules.basis import as_basis, from_basis
from tequio.surveys.rules.columns import Category, Column, Sheet
from tequio.surveys.rules.instrument import CHOOSING, Base, Instrument, Kind, Question
from tequio.surveys.rules.protection import parts, protect
from tequio.surveys.rules.shown import Before, Counted, Shown, Table

NOBODY = Category("", {"en": "No answer", "es": "Sin respuesta", "pt-br": "Sem resposta"})
SPLITTING = (Kind.SINGLE, Kind.COUNTRY, Kind.YES_NO)  # kinds of questions by which tables can be split
NEVER = ("ORGANIZATION", "EMAIL", "PUBLISH")  # roles whose answers make no table


class CannotSplit(ValueError):
    """Split by this question, a group would be too small whatever is merged."""


@dataclass(frozen=True)
class Drawn:
    """The tables of a release as they are published, the columns they are split by, and what they rest on."""

    tables: list[dict[str, Any]]
    dimension: dict[str, Any] | None
    basis: dict[str, Any]


@dataclass(frozen=True)
class Part:
    """One column: a category of the question that tables are split by, or several small ones together."""

    key: str
    categories: tuple[Category, ...]
    places: frozenset[int]

    @property
    def merged(self) -> bool:
        """Say whether it holds more than one."""
        return len(self.categories) > 1


def publishable(instrument: Instrument) -> list[Question]:
    """Return the questions of which tables can be published."""
    return [one for one in instrument.questions() if one.kind in CHOOSING and one.role not in NEVER]


def splitting(instrument: Instrument) -> list[Question]:
    """Return the questions by which tables can be split: those with one answer, asked of everybody."""
    found = [
        one for one in publishable(instrument) if one.kind in SPLITTING and not _clauses(instrument, one)
    ]
    return sorted(found, key=lambda one: one.role != "COUNTRY")


def draw(
    instrument: Instrument,
    sheet: Sheet,
    *,
    questions: Collection[str],
    by: str = "",
    k: int,
    earlier: Sequence[Mapping[str, Any]] = (),
    told: Callable[[int, int], None] = lambda done, steps: None,
) -> Drawn:
    """Count the chosen questions and keep what can be published; raise ``CannotSplit`` for a question too small.

    ``earlier`` are the bases of the releases before, the first one first; ``told`` hears how many tables are done.
    """
    columns = list(_columns(instrument, sheet, questions, by))
    keys = {column.key: [category.key for category in column.categories] for column in columns}
    before = [from_basis(one["questions"], keys) for one in earlier]
    split = _parts(columns, by, k) if by and not earlier else ()
    there = list(earlier[0]["split"]) if earlier else [by, *(part.key for part in split)]
    if earlier:
        split = _kept_parts(columns, by, there)
    if not _told(instrument, columns, split, by, k, before):
        split = ()  # what its own table does not say splits nothing now
    counted = [_counted(instrument, column, columns, split, by) for column in columns]
    tables = protect(counted, size=sheet.size, k=k, earlier=before, told=told)
    written = [_written(instrument, column, tables[column.key]) for column in columns]
    basis = {"size": sheet.size, "split": there, "questions": as_basis(tables, counted, keys)}
    shown = any(table.get("by") for table in written)
    return Drawn(written, _dimension(columns, by, split) if shown else None, basis)


def _told(
    instrument: Instrument,
    columns: Sequence[Column],
    split: Sequence[Part],
    by: str,
    k: int,
    before: Sequence[Before],
) -> bool:
    """Say whether the table of the question that splits gives the size of each column that stands alone."""
    own = [_counted(instrument, column, columns, (), by) for column in columns if column.key == by]
    table = protect(own, size=len(columns[0].ticks), k=k, earlier=before)[by] if own else None
    if table is None or table.why:
        return not by
    return all(table.exact(min(part.places)) is not None for part in split if not part.merged)


def _columns(instrument: Instrument, sheet: Sheet, questions: Collection[str], by: str) -> Iterator[Column]:
    open_ = {one.key for one in publishable(instrument)}
    for column in sheet.columns:
        question = column.key.partition("/")[0]
        if question in open_ and (question in questions or column.key == by):
            yield _with_nobody(column) if column.key == by and not all(column.ticks) else column


def _with_nobody(column: Column) -> Column:
    """Let "no answer" be a category, so that columns hold everybody."""
    last = len(column.categories)
    ticks = [ticks or (last,) for ticks in column.ticks]
    return Column(column.key, column.text, (*column.categories, NOBODY), ticks, base=column.base)


def _parts(columns: Sequence[Column], by: str, k: int) -> tuple[Part, ...]:
    column = next((one for one in columns if one.key == by), None)
    found = parts(_counts(column), k=k) if column else None
    if column is None or found is None:
        raise CannotSplit(by)
    return tuple(_part(column, places) for places in found)


def _kept_parts(columns: Sequence[Column], by: str, split: Sequence[str]) -> tuple[Part, ...]:
    """Return the parts of the first release; who came since from somewhere new joins those put together."""
    column = next((one for one in columns if one.key == by), None)
    if column is None or split[0] != by:
        return ()
    found = {category.key: at for at, category in enumerate(column.categories)}
    kept = [[found.pop(key) for key in part.split("+") if key in found] for part in split[1:]]
    if not all(kept) or (found and "+" not in split[-1]):
        return ()
    if found:
        kept[-1] += found.values()
    return tuple(_part(column, places) for places in kept)


def _part(column: Column, places: Sequence[int]) -> Part:
    categories = tuple(column.categories[at] for at in places)
    return Part("+".join(sorted(one.key for one in categories)), categories, frozenset(places))


def _counts(column: Column) -> tuple[int, ...]:
    found = [0] * len(column.categories)
    for ticks in column.ticks:
        for at in ticks:
            found[at] += 1
    return tuple(found)


def _counted(
    instrument: Instrument, column: Column, columns: Sequence[Column], split: Sequence[Part], by: str
) -> Counted:
    question = instrument.question(column.key.partition("/")[0])
    clauses = _clauses(instrument, question) if question else []
    leans = tuple(dict.fromkeys(key for key, _plain in clauses))
    lines = _split(column, columns, split, by) if split and not leans and column.key != by else ()
    return Counted(
        column.key,
        _counts(column),
        asked=sum(column.asked) if column.asked is not None else len(column.ticks),
        answered=sum(map(bool, column.ticks)),
        several=column.several,
        most=question.at_most if question else None,
        alone=_alone(question, column),
        by=tuple(tuple(line) for line in lines[:-1]),
        within=tuple(lines[-1]) if lines else (),
        leans=leans,
        tangled=len(clauses) > 1 or not all(plain for _key, plain in clauses),
    )


def _split(
    column: Column, columns: Sequence[Column], split: Sequence[Part], by: str
) -> tuple[list[int], ...]:
    """Return a line for each option with its number in each part, and last how many answered in each."""
    where = {at: number for number, part in enumerate(split) for at in part.places}
    of = next(one for one in columns if one.key == by)
    lines = tuple([0] * len(split) for _line in range(len(column.categories) + 1))
    for ticks, place in zip(column.ticks, of.ticks, strict=True):
        part = where[place[0]]
        for at in ticks:
            lines[at][part] += 1
        lines[-1][part] += bool(ticks)
    return lines


def _alone(question: Question | None, column: Column) -> tuple[int, ...]:
    lone = {one.key for one in question.options if one.alone} if question and column.several else set()
    return tuple(at for at, one in enumerate(column.categories) if one.key in lone)


def _clauses(instrument: Instrument, question: Question) -> list[tuple[str, bool]]:
    """Return what decides whether a question is asked: keys of others, and whether each has one table."""
    section = next(one for one in instrument.sections if question in one.questions)
    conditions = [one for one in (section.condition, question.condition) if one]
    found = []
    for clause in (clause for condition in conditions for clause in condition.comparisons()):
        other = instrument.question(clause.question)
        found.append((clause.question, other is not None and other.kind is not Kind.MATRIX))
    return found


# As a document


def _written(instrument: Instrument, column: Column, table: Table) -> dict[str, Any]:
    question = instrument.question(column.key.partition("/")[0])
    said: dict[str, Any] = {"key": column.key, "text": dict(column.text), "several": column.several}
    if table.why:
        return {**said, "why": table.why.value}
    rows = [_row(category, table, at) for at, category in enumerate(column.categories)]
    known = {option.key: option for option in question.options} if question else {}
    for row in rows:
        row |= {"other": True} if row["key"] in known and known[row["key"]].other else {}
    from_answers = question is not None and (question.kind is Kind.CITIES or not known)
    if from_answers and question is not None and question.kind in (Kind.CITIES, Kind.COUNTRY):
        rows = [
            row for row in rows if row["low"] == row["high"]
        ]  # that a place was named at all tells somebody
    base = column.base if column.base is not Base.MENTIONS or table.mentions is not None else Base.ANSWERING
    said |= {"asked": table.asked, "answered": table.answered, "base": base.value, "rows": rows}
    said |= {"hidden": len(rows) < len(column.categories)} if len(rows) < len(column.categories) else {}
    said |= {"together": table.together} if table.together is not None else {}
    said |= {"mentions": table.mentions} if table.mentions is not None else {}
    return said | ({"by": True, "within": list(table.within)} if table.by else {})


def _row(category: Category, table: Table, at: int) -> dict[str, Any]:
    cell = table.cells[at] or Shown(0, table.answered)
    silent = table.cells[at] is None
    row: dict[str, Any] = {"key": category.key, "text": dict(category.text)}
    row |= {"low": None, "high": None} if silent else {"low": cell.low, "high": cell.high}
    if silent:
        row["withheld"] = True
    if table.by and any(one is not None for one in table.by[at]):
        row["by"] = list(table.by[at])
    return row


def _dimension(columns: Sequence[Column], by: str, split: Sequence[Part]) -> dict[str, Any] | None:
    column = next((one for one in columns if one.key == by), None)
    if column is None or not split:
        return None
    sizes = _counts(column)
    return {
        "key": by,
        "text": dict(column.text),
        "columns": [
            {
                "key": "other" if part.merged else part.key,
                "text": {} if part.merged else dict(part.categories[0].text),
                "merged": part.merged,
                "size": sum(sizes[at] for at in part.places),
            }
            for part in split
        ],
    }

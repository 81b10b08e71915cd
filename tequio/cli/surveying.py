"""The commands ``survey crosstab`` and ``survey report``: answers in, tables out. No database, and no Django."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from itertools import product
from pathlib import Path
from typing import Any

from tequio.cli.trouble import Trouble
from tequio.cli.words import gettext_noop
from tequio.cli.words import gettext_now as _
from tequio.people.formats.tables import Unreadable, write_csv
from tequio.people.rules.words import fold
from tequio.surveys.formats.answers.sheet import NoColumn, read_sheet
from tequio.surveys.rules.columns import Column, Sheet
from tequio.surveys.rules.crosstab import MOST_LEVELS, Group, Table, cross
from tequio.surveys.rules.instrument import Base, Instrument


class NoColumnTrouble(Trouble):
    """The file has no such column as was ``wanted``."""

    def __init__(self, said: str, wanted: str) -> None:
        super().__init__(said)
        self.wanted = wanted


UNREADABLE = {
    "another_kind": gettext_noop("this is no table: CSV, XLSX or ODS is expected."),
    "bomb": gettext_noop("it unpacks to far more than a file of answers holds."),
    "broken": gettext_noop("the file is broken."),
    "document": gettext_noop("this is a document, not a table: CSV, XLSX or ODS is expected."),
    "locked": gettext_noop("this workbook is locked with a password: save it without one."),
    "old_workbook": gettext_noop("this is an old workbook: save it as XLSX or CSV."),
    "repeats": gettext_noop("this sheet holds groups that repeat: take the main sheet."),
    "empty": gettext_noop("the file is empty."),
    "too_large": gettext_noop("the file is too large."),
    "too_many_columns": gettext_noop("the file has too many columns."),
    "too_many_rows": gettext_noop("the file has too many rows."),
}


ESCAPES = {"\\t": "\t", "\\n": "\n"}  # marks that are hard to type


@dataclass(frozen=True)
class Asked:
    """Which files are read, and what parts several answers in one cell."""

    answers: Path
    instrument: Path | None = None
    multi: str | None = None


def crosstab(
    asked: Asked,
    *,
    rows: str,
    by: Sequence[str] = (),
    weight: str | None = None,
    where: Sequence[str] = (),
    base: str | None = None,
    as_json: bool = False,
) -> None:
    """Count and print; raise Trouble with a sentence for a file or a column that is not there."""
    if len(by) > MOST_LEVELS:
        raise Trouble(_("At most three questions can split a table."))
    filters = _filters(where)
    wanted = [rows, *by, *filters, *([weight] if weight else [])]
    form = instrument_of(asked)
    others = {rows, *by, *filters}
    sheet = sheet_of(asked, form, columns=wanted, whole=[weight] if weight and weight not in others else [])
    if weight:
        sheet = replace(sheet, weights=_weights(sheet, sheet.column(weight)))
    sheet = replace(sheet, columns=tuple(ordered(one, form) for one in sheet.columns))
    chosen = {
        key: {_category(sheet.column(key), value) for value in values} for key, values in filters.items()
    }
    table = cross(sheet, rows=rows, by=by, where=chosen)
    whose = Base(base.upper()) if base else _base(table.rows)
    if as_json:
        print(_as_json(_answer(table, rows, by, whose)))
    else:
        print(_as_csv(table, by, whose), end="")


def _base(column: Column) -> Base:
    return Base.RESPONDENTS if column.base is Base.RESPONDENTS and column.several else Base.ANSWERING


def _filters(where: Sequence[str]) -> dict[str, list[str]]:
    filters: dict[str, list[str]] = {}
    for said in where:
        column, mark, value = said.partition("=")
        if not mark or not column.strip() or not value.strip():
            raise Trouble(_("“%(said)s” is no filter: write COLUMN=VALUE.") % {"said": said})
        filters.setdefault(column.strip(), []).append(value.strip())
    return filters


def instrument_of(asked: Asked) -> Instrument | None:
    """Read the form; raise Trouble where it cannot be used."""
    if asked.instrument is None:
        return None
    from tequio.cli.surveying_check import reading_of

    return reading_of(asked.instrument).instrument


def sheet_of(
    asked: Asked, form: Instrument | None, *, columns: Sequence[str] | None, whole: Sequence[str] = ()
) -> Sheet:
    """Read the answers, only the columns that are wanted; raise Trouble with what is wrong."""
    name = asked.answers
    if not name.is_file():
        raise Trouble(_("%(file)s is not there.") % {"file": name})
    try:
        return read_sheet(
            name.read_bytes(),
            name=name.name,
            instrument=form,
            multi=ESCAPES.get(asked.multi or "", asked.multi) or None,
            columns=columns,
            whole=whole,
        )
    except Unreadable as wrong:
        why = _(UNREADABLE.get(wrong.code, UNREADABLE["broken"]))
        raise Trouble(f"{name}: {why}") from wrong
    except NoColumn as wrong:
        raise NoColumnTrouble(_no_column(wrong), wrong.wanted) from wrong


def _no_column(wrong: NoColumn) -> str:
    said = _("There is no column “%(name)s”.") % {"name": wrong.wanted}
    near = _near(wrong.wanted, wrong.headings) or [text for text in wrong.headings if text][:12]
    return said + " " + _("There are: %(names)s.") % {"names": _quoted(near)}


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(_("“%(text)s”") % {"text": name} for name in names)


def _near(name: str, names: Iterable[str]) -> list[str]:
    by_fold = {fold(one): one for one in names if one}
    found = difflib.get_close_matches(fold(name), by_fold, n=5, cutoff=0.6)
    found += [one for one in by_fold if fold(name) and fold(name) in one and one not in found]
    return [by_fold[one] for one in found[:8]]


def _category(column: Column | None, value: str) -> str:
    """Return the category that was meant: written the same, else the same without accents and case."""
    categories = column.categories if column else ()
    for category in categories:
        if value in (category.key, *category.text.values()):
            return category.key
    for category in categories:
        if fold(value) in map(fold, (category.key, *category.text.values())):
            return category.key
    near = _near(value, [one.key for one in categories]) or [one.key for one in categories][:12]
    said = _("Nobody said “%(value)s” in “%(name)s”.") % {
        "value": value,
        "name": column.key if column else "",
    }
    raise Trouble(said + " " + _("There are: %(names)s.") % {"names": _quoted(near)})


def _weights(sheet: Sheet, column: Column | None) -> list[Decimal]:
    assert column is not None
    known = [_weight(one.key) for one in column.categories]
    weights = []
    for place, ticks in enumerate(column.ticks):
        weight = known[ticks[0]] if len(ticks) == 1 else None
        if weight is None:
            raise Trouble(_no_weight(sheet.number(place), column, ticks))
        weights.append(weight)
    return weights


def _no_weight(row: int, column: Column, ticks: Sequence[int]) -> str:
    if not ticks:
        said = _("Row %(row)s has no weight in “%(name)s”: each answer needs one number.")
        return said % {"row": row, "name": column.key}
    said = _("Row %(row)s: “%(text)s” in “%(name)s” is no weight.")
    return said % {"row": row, "text": column.categories[ticks[0]].key[:60], "name": column.key}


def _weight(text: str) -> Decimal | None:
    """Return a weight, or None for what is none."""
    plain = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
    try:
        weight = Decimal(plain)
    except InvalidOperation:
        return None
    return weight if weight.is_finite() and weight >= 0 and abs(weight.adjusted()) <= 30 else None


def ordered(column: Column, form: Instrument | None) -> Column:
    """Put the most frequent first, then by name; what a form asked stays in its order."""
    if form is not None and any(column.text == question.text for question in form.questions()):
        return column
    times = [0] * len(column.categories)
    for ticks in column.ticks:
        for tick in ticks:
            times[tick] += 1
    keys = [(fold(one.key), one.key) for one in column.categories]
    order = sorted(range(len(times)), key=lambda at: (-times[at], *keys[at]))
    place = {old: new for new, old in enumerate(order)}
    seen = {ticks: tuple(place[tick] for tick in ticks) for ticks in set(column.ticks)}
    moved = [seen[one] for one in column.ticks]
    return replace(column, categories=tuple(column.categories[at] for at in order), ticks=moved)


# --- answers --------------------------------------------------------------------------------------------------


def _answer(table: Table, rows: str, by: Sequence[str], base: Base) -> dict[str, Any]:
    whole = table.whole.bases
    return {
        "rows": rows,
        "by": list(by),
        "base": whole.of(base),
        "respondents": whole.respondents,
        "mentions": whole.mentions,
        "weighted_base": whole.weighted(base),
        "weighted_mentions": whole.weighted_mentions,
        "groups": [_bases(table, group, base) for group in table.groups] if by else [],
        "cells": list(_cells(table, base)),
    }


def _bases(table: Table, group: Group, base: Base) -> dict[str, Any]:
    return {
        "by": _keys(table, group),
        "base": group.bases.of(base),
        "respondents": group.bases.respondents,
        "mentions": group.bases.mentions,
        "weighted_base": group.bases.weighted(base),
        "weighted_mentions": group.bases.weighted_mentions,
    }


def _keys(table: Table, group: Group) -> list[str]:
    return [column.categories[at].key for column, at in zip(table.by, group.by, strict=False)]


def _cells(table: Table, base: Base) -> Iterator[dict[str, Any]]:
    """Every option of the question in every group that anybody is in, zeros too."""
    for (row, category), group in product(enumerate(table.rows.categories), table.groups):
        yield {
            "row": category.key,
            "by": _keys(table, group) if table.by else [],
            "count": group.counts[row],
            "weighted": group.weighted[row],
            "of_respondents": group.share(row, base=base),
            "of_mentions": group.share(row, base=Base.MENTIONS),
        }


_EXACT = "\u0001"


def _as_json(answer: dict[str, Any]) -> str:
    """Write JSON whose decimals are numbers, to the digit."""
    text = json.dumps(answer, ensure_ascii=False, indent=1, default=lambda number: f"{_EXACT}{number:f}")
    return re.sub(r'"\\u0001([^"]*)"', r"\1", text)


def _as_csv(table: Table, by: Sequence[str], base: Base) -> str:
    header = ["row", *by, "count", "weighted", "of_respondents", "of_mentions", "base", "mentions"]
    bases = {tuple(_keys(table, group)) if table.by else (): group.bases for group in table.groups}
    lines = []
    for cell in _cells(table, base):
        own = bases[tuple(cell["by"])]
        numbers = [cell["count"], f"{cell['weighted']:f}"]
        shares = ["" if cell[key] is None else cell[key] for key in ("of_respondents", "of_mentions")]
        lines.append([cell["row"], *cell["by"], *numbers, *shares, own.of(base), own.mentions])
    return write_csv(header, lines).decode("utf-8-sig").replace("\r\n", "\n")

"""Which numbers of one question are withheld: the small ones, those that give them away, and what the check finds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tequio.surveys.rules.flows import Arc, room
from tequio.surveys.rules.shown import APART, Counted, Old, Shown, Table, Why


def plain(one: Counted, before: Sequence[Old], k: int) -> Table:
    """Return what can be published of a question of which no option excludes the others."""
    held = _held(one, before, k)
    if not all(_enough_together(one.several, old.came, held, k) for old in before):
        return Table(one.key, why=Why.EARLIER)
    table = _marked(one, held, before, k)
    return _with_columns(one, table, before, k) if table else Table(one.key, why=Why.LINKED)


# One number an option


def grown(held: set[int], counts: Sequence[int], k: int) -> set[int]:
    """Return these options and the fewest others with which their sum is no small group."""
    held = set(held)
    rest = sorted((index for index in range(len(counts)) if index not in held), key=lambda each: counts[each])
    while held and rest and (len(held) < 2 or sum(counts[each] for each in held) < k):
        held.add(rest.pop(0))
    return held


def _held(one: Counted, before: Sequence[Old], k: int) -> set[int]:
    """Return the options whose number is not said: small, told by an earlier release, or needed to hide those."""
    options = range(len(one.counts))
    held = {
        index
        for index in options
        for each in layers(one, before)
        if few(each.counts[index], each.answered, k)
    }
    held |= {index for index in options for old in before if old.table.exact(index) is None}
    return held if one.several else grown(held, one.counts, k)


def layers(one: Counted, before: Sequence[Old]) -> list[Counted]:
    """Return all answers, and those that came since each earlier release."""
    return [one, *(old.came for old in before)]


def _enough_together(several: bool, came: Counted, held: Iterable[int], k: int) -> bool:
    hidden = list(held)
    return several or not hidden or sum(came.counts[each] for each in hidden) >= k


def _marked(one: Counted, held: set[int], before: Sequence[Old], k: int) -> Table | None:
    """Return the table with a range where one is safe; None where even that gives something away."""
    led = {index for index, count in enumerate(one.counts) if one.answered - count < k}
    marks = (one.several or led) and all(_led(old.table, led) for old in before)
    cells = tuple(_mark(one, index, held, k, marks=bool(marks)) for index in range(len(one.counts)))
    silent = sum(count for count, cell in zip(one.counts, cells, strict=True) if cell is None)
    table = Table(one.key, one.asked, one.answered, cells, one.several)
    if not one.several:
        table = replace(table, together=silent if None in cells else None)
        return table if _safe_since(one, table, before, k) else None
    whole = replace(table, mentions=sum(one.counts))
    if not (held and before) and _safe_since(one, whole, before, k):
        return whole
    return table if _safe_since(one, table, before, k) else None


def _led(table: Table, led: set[int]) -> bool:
    """Say whether an earlier table gave its ranges around the same one option that nearly everybody chose."""
    tops = {index for index, cell in enumerate(table.cells) if cell and cell.exact is None and cell.low > 0}
    return not table.several and bool(led) and tops == led


def _mark(one: Counted, index: int, held: set[int], k: int, *, marks: bool) -> Shown | None:
    count, total = one.counts[index], one.answered
    if index not in held:
        return Shown(count, count)
    if not marks:
        return None  # what is withheld together has a known sum, with which a range could be narrowed
    if total - count < k:
        return Shown(total - k + 1, total)
    return Shown(0, k - 1) if count < k else None


# One number an option and column


def _with_columns(one: Counted, table: Table, before: Sequence[Old], k: int) -> Table:
    if not one.by or one.leans or any(not (old.table.by and old.came.by) for old in before):
        return table
    if any(base < k for old in before for base in old.came.within):
        return table
    held = [line(one, table, before, row, set(), k) for row in range(len(one.counts))]
    if not one.several:
        _close_columns(one, table, held, before, k)
    by = tuple(
        tuple(None if at in held[row] else count for at, count in enumerate(line))
        for row, line in enumerate(one.by)
    )
    if all(cell is None for line in by for cell in line):
        return table
    wider = replace(table, by=by, within=one.within)
    return wider if _safe_since(one, wider, before, k) else table


def line(one: Counted, table: Table, before: Sequence[Old], row: int, held: set[int], k: int) -> set[int]:
    """Return the columns to withhold in one line, ``held`` among them: what they sum to is no small group either."""
    columns, sets = range(len(one.within)), layers(one, before)
    if table.exact(row) is None:
        return set(columns)
    held = held | {at for at in columns for each in sets if few(each.by[row][at], each.within[at], k)}
    held |= {at for at in columns for old in before if old.table.by[row][at] is None}
    rest = sorted((at for at in columns if at not in held), key=lambda at: one.within[at])
    while held and rest and not (len(held) > 1 and all(_enough(each, row, held, k) for each in sets)):
        held.add(rest.pop(0))
    return held


def few(count: int, base: int, k: int) -> bool:
    """Say whether those counted, or the others, are a small group."""
    return count < k or base - count < k


def _enough(layer: Counted, row: int, held: Iterable[int], k: int) -> bool:
    columns = list(held)
    return not few(sum(layer.by[row][at] for at in columns), sum(layer.within[at] for at in columns), k)


def _close_columns(one: Counted, table: Table, held: list[set[int]], before: Sequence[Old], k: int) -> None:
    """Withhold more of a single choice, since each column adds up to its base, until nothing more is told."""
    rows = range(len(one.counts))
    while (at := _thin(one, held, before, k)) is not None:
        row = min((row for row in rows if at not in held[row]), key=lambda row: one.by[row][at])
        held[row] = line(one, table, before, row, held[row] | {at}, k)


def _thin(one: Counted, held: Sequence[set[int]], before: Sequence[Old], k: int) -> int | None:
    """Return a column that withholds so little that subtracting the rest from its base tells it."""
    for at in range(len(one.within)):
        hidden = [row for row, line in enumerate(held) if at in line]
        if hidden and len(hidden) < len(held):
            sums = [sum(each.by[row][at] for row in hidden) for each in layers(one, before)]
            if len(hidden) < 2 or min(sums) < k:
                return at
    return None


# The check


def _safe_since(one: Counted, table: Table, before: Sequence[Old], k: int) -> bool:
    """Say whether neither this table nor what it adds to an earlier one tells a small group to within one."""
    return _safe(one, table, k) and all(_safe(old.came, _added(table, old), k) for old in before)


def _added(table: Table, old: Old) -> Table:
    """Return what subtracting an earlier table from this one says."""
    cells = tuple(
        Shown(count, count) if table.exact(index) is not None and old.table.exact(index) is not None else None
        for index, count in enumerate(old.came.counts)
    )
    both = table.mentions is not None and old.table.mentions is not None
    by = tuple(
        tuple(None if cell is None else old.came.by[row][at] for at, cell in enumerate(line))
        for row, line in enumerate(table.by)
    )
    mentions = sum(old.came.counts) if both else None
    return replace(
        table, answered=old.came.answered, cells=cells, mentions=mentions, by=by, within=old.came.within
    )


def _safe(one: Counted, table: Table, k: int) -> bool:
    """Say whether no small group is known to within one by whoever solves this table with its margins."""
    lines = one.by if table.by else tuple((count,) for count in one.counts)
    within = one.within if table.by else (one.answered,)
    arcs = [Arc("ticks", "total", sum(one.counts), *_total(one, table))]
    for row, line in enumerate(lines):
        arcs.append(Arc("total", f"row {row}", one.counts[row], *_ends(table.cells[row], one.answered)))
        for at, count in enumerate(line):
            said = table.by[row][at] if table.by else table.exact(row)
            ends = (0, within[at]) if said is None else (count, count)
            arcs.append(Arc(f"row {row}", f"column {at}", count, *ends))
    for at, base in enumerate(within):
        there = sum(line[at] for line in lines)
        arcs.append(Arc(f"column {at}", "ticks", there, base, base * one.ceiling))
    return all(_wide(arcs, at, k, within) for at in range(len(arcs)))


def _wide(arcs: Sequence[Arc], at: int, k: int, within: Sequence[int]) -> bool:
    arc = arcs[at]
    if not arc.start.startswith("row ") or arc.low == arc.high:
        return True
    base = within[int(arc.end.removeprefix("column "))]
    return not few(arc.now, base, k) or room(arcs, at, APART) >= min(APART, base)


def _ends(cell: Shown | None, base: int) -> tuple[int, int]:
    return (0, base) if cell is None else (cell.low, cell.high)


def _total(one: Counted, table: Table) -> tuple[int, int]:
    if table.mentions is not None:
        return table.mentions, table.mentions
    return one.answered, one.answered * one.ceiling

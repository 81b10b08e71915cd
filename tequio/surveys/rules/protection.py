"""What of a set of tables can be published so that nobody works out a small group from all of it together.

A group is whoever ticked an option, or whoever answered without ticking it, in all or in one column (a country). One
with fewer than ``K`` people is small, also when it is empty. Whatever is published, a reader who solves everything as
one system of equations must not learn the size of a small group to within one: see ADR 19.

How: first cells are withheld until every remainder that a subtraction gives is large (lines, then columns). Then the
result is checked: starting from the true numbers, paths through what is withheld show how far each small cell can
move while everything published stays as it is. What cannot move far enough is withheld whole. Bases are published,
and so the check lets the reader know how many answered in each column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from tequio.surveys.rules.shown import APART, Before, Counted, K, Old, Shown, Table, Tables, Why
from tequio.surveys.rules.withholding import few, grown, layers, line, plain

Each = TypeVar("Each")


def parts(counts: Sequence[int], *, k: int = K) -> tuple[tuple[int, ...], ...] | None:
    """Return the groups of categories that can be columns, the merged one last; None where there are not two."""
    small = grown({index for index, count in enumerate(counts) if count < k}, counts, k)
    alone = [(index,) for index in range(len(counts)) if index not in small]
    found = (*alone, tuple(sorted(small))) if small else tuple(alone)
    return (
        found if len(found) > 1 and all(sum(counts[each] for each in part) >= k for part in found) else None
    )


def protect(
    questions: Iterable[Counted],
    *,
    size: int,
    k: int = K,
    earlier: Sequence[Before] = (),
    told: Callable[[int, int], None] = lambda done, steps: None,
) -> dict[str, Table]:
    """Return what can be published of these questions together, after everything that was published before.

    ``told`` hears how many of how many questions are done.
    """
    asked = list(questions)
    found: dict[str, Table] = {}
    for done, one in enumerate(asked, start=1):
        found[one.key] = _conditional(one, asked, found, size, k) or _table(one, earlier, k)
        told(done, len(asked))
    return found


def _conditional(one: Counted, asked: Sequence[Counted], found: Tables, size: int, k: int) -> Table | None:
    """Refuse a question whose base, which is a number of other people's answers, would tell what is withheld."""
    if not one.leans:
        return None
    unsaid = any(not (key in found and found[key].full) for key in one.leans)
    close = any(
        0 < abs(one.asked - each.asked) < k
        for each in asked
        if each.leans and each.key in found and not found[each.key].why
    )
    if one.tangled or unsaid or close or few(one.asked, size, k):
        return Table(one.key, why=Why.CONDITION)
    return None


def _table(one: Counted, earlier: Sequence[Before], k: int) -> Table:
    if one.answered < 2 * k:
        return Table(one.key, why=Why.FEW)
    before = _before(one, earlier)
    if before is None or any(old.came.answered < 2 * k for old in before):
        return Table(one.key, why=Why.EARLIER)
    table = _table_after(one, before, k)
    if not table.why and not any(table.cells):
        return Table(one.key, why=Why.EARLIER if before else Why.LINKED)
    return table


def _table_after(one: Counted, before: Sequence[Old], k: int) -> Table:
    if one.several and one.alone:
        return _with_alone(one, one.alone[0], before, k)
    return plain(one, before, k)


def _before(one: Counted, earlier: Sequence[Before]) -> list[Old] | None:
    """Return what was published of this question; None where answers went since, or the question is another."""
    found = []
    for release in earlier:
        table, then = release.tables.get(one.key), release.counted.get(one.key)
        if table is None or then is None or table.why:
            continue
        came = _since(one, then)
        if came is None:
            return None
        found.append(Old(table, came))
    return found


def _since(now: Counted, then: Counted) -> Counted | None:
    """Return the numbers of those who answered since; columns only where they are the same ones."""
    if len(now.counts) != len(then.counts):
        return None
    counts = tuple(a - b for a, b in zip(now.counts, then.counts, strict=True))
    alike = bool(now.by and then.by) and len(now.within) == len(then.within)
    by: tuple[tuple[int, ...], ...] = ()
    within: tuple[int, ...] = ()
    if alike:
        within = tuple(a - b for a, b in zip(now.within, then.within, strict=True))
        by = tuple(
            tuple(a - b for a, b in zip(*lines, strict=True)) for lines in zip(now.by, then.by, strict=True)
        )
    if min((*counts, *within, *(cell for line in by for cell in line)), default=0) < 0:
        return None
    return replace(
        now,
        counts=counts,
        answered=now.answered - then.answered,
        asked=now.asked - then.asked,
        by=by,
        within=within,
    )


# An option that excludes the others


def _with_alone(one: Counted, alone: int, before: Sequence[Old], k: int) -> Table:
    """Return the table of a question with an option that excludes the others: that one, then the others among the rest.

    The others are checked as if the reader knew who ticked it, that one as if the reader knew the others.
    """
    rest = _without(one, alone)
    table = _table_after(
        rest, [Old(_table_without(old.table, alone), _without(old.came, alone)) for old in before], k
    )
    if table.why or any(each.answered - each.counts[alone] < k for each in layers(one, before)):
        return Table(one.key, why=table.why or Why.FEW)
    cell = _alone(one, alone, before, k)
    if cell is None:
        return Table(one.key, why=Why.LINKED)
    said = cell.exact
    cells = (*table.cells[:alone], cell, *table.cells[alone:])
    mentions = None if said is None or table.mentions is None else table.mentions + said
    whole = (
        said is not None and table.by and not line(one, replace(table, cells=cells), before, alone, set(), k)
    )
    by = (*table.by[:alone], one.by[alone], *table.by[alone:]) if whole else ()
    within = one.within if whole else ()
    return replace(table, cells=cells, mentions=mentions, by=by, within=within, answered=one.answered)


def _without(one: Counted, option: int) -> Counted:
    """Return the numbers of those who did not tick an option that excludes the others."""
    within = tuple(base - one.by[option][at] for at, base in enumerate(one.within)) if one.by else ()
    return replace(
        one,
        counts=_less(one.counts, option),
        by=_less(one.by, option),
        within=within,
        answered=one.answered - one.counts[option],
        alone=tuple(at - (at > option) for at in one.alone if at != option),
    )


def _less(items: tuple[Each, ...], at: int) -> tuple[Each, ...]:
    return (*items[:at], *items[at + 1 :])


def _table_without(table: Table, option: int) -> Table:
    return replace(table, cells=_less(table.cells, option), by=_less(table.by, option))


def _alone(one: Counted, alone: int, before: Sequence[Old], k: int) -> Shown | None:
    """Say how many ticked the option that excludes the others, or a range when the others leave it open."""
    count = one.counts[alone]
    if not any(few(each.counts[alone], each.answered, k) for each in layers(one, before)) and all(
        old.table.exact(alone) is not None for old in before
    ):
        return Shown(count, count)
    others = sum(one.counts) - count
    most = min(one.ceiling, len(one.counts) - 1)
    low = max(0, one.answered - others)
    high = min(k - 1, one.answered + -others // most, one.answered - max(_less(one.counts, alone)))
    return Shown(0, k - 1) if count < k and not before and high - low >= APART else None

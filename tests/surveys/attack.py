"""Somebody who has everything that was published, and solves it as one system with HiGHS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor

import highspy

from tequio.surveys.rules.protection import Counted, K, Table

DUST = 1e-6
Terms = dict[int, float]


@dataclass
class System:
    """Numbers that are not said, between ends, and what is said of their sums."""

    solver: highspy.Highs = field(default_factory=highspy.Highs)
    size: int = 0

    def __post_init__(self) -> None:
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("presolve", "off")

    def number(self, low: float, high: float, *, whole: bool = False) -> int:
        self.solver.addVar(low, high)
        if whole:
            self.solver.changeColIntegrality(self.size, highspy.HighsVarType.kInteger)
        self.size += 1
        return self.size - 1

    def say(self, terms: Terms, low: float, high: float) -> None:
        self.solver.addRow(low, high, len(terms), list(terms), list(terms.values()))

    def reach(self, terms: Terms) -> tuple[int, int]:
        """Return the least and most whole number that a sum can be."""
        return ceil(self._best(terms, 1) - DUST), floor(-self._best(terms, -1) + DUST)

    def _best(self, terms: Terms, sign: int) -> float:
        for at, weight in terms.items():
            self.solver.changeColCost(at, sign * weight)
        self.solver.run()
        assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal, "what is published is a lie"
        found = float(self.solver.getInfo().objective_function_value)
        for at in terms:
            self.solver.changeColCost(at, 0)
        return found


@dataclass(frozen=True)
class Group:
    """Some people whom a reader can name: who ticked an option in some columns, or answered there without it."""

    name: str
    terms: Terms
    now: int
    base: int


def told(
    releases: Sequence[tuple[Counted, Table]],
    *,
    alone: int | None = None,
    known: Mapping[int, int] | None = None,
    whole: bool = False,
) -> list[str]:
    """Return the small groups of one question that a reader of all its releases knows to within one.

    ``releases`` hold the true numbers of each (to see which groups are small) and what was published. ``known`` are
    options whose number another table tells (who was asked a question that depends on it).
    """
    system = System()
    before: list[list[int]] | None = None
    groups: list[Group] = []
    last: Counted | None = None
    for at, (counted, table) in enumerate(releases):
        if table.why:
            continue
        numbers = _numbers(system, counted, table, whole=whole)
        if before is not None and last is not None:
            _grew(system, before, numbers, last, counted)
            groups += list(_named(f"new in {at}", _minus(counted, last), numbers, before))
        _publish(system, counted, table, numbers, alone, known or {})
        groups += list(_named(f"release {at}", counted, numbers, None))
        before, last = numbers, counted
    return [group.name for group in groups if _small(group) and _is_told(system, group)]


def _small(group: Group) -> bool:
    return min(group.now, group.base - group.now) < K


def _is_told(system: System, group: Group) -> bool:
    low, high = system.reach(group.terms)
    assert low <= group.now <= high, f"{group.name}: {low} to {high} is a lie, it is {group.now}"
    return high - low <= min(2, group.base - 1)


def _columns(counted: Counted) -> tuple[Sequence[Sequence[int]], Sequence[int]]:
    if counted.by:
        return counted.by, counted.within
    return [(count,) for count in counted.counts], (counted.answered,)


def _numbers(system: System, counted: Counted, table: Table, *, whole: bool) -> list[list[int]]:
    """Give every cell of the finest table a number, also where only its line was published."""
    lines, within = _columns(counted)
    return [[system.number(0, base, whole=whole) for base in within] for _line in lines]


def _publish(
    system: System,
    counted: Counted,
    table: Table,
    numbers: list[list[int]],
    alone: int | None,
    known: Mapping[int, int],
) -> None:
    _lines, within = _columns(counted)
    for row, cell in enumerate(table.cells):
        ends = (cell.low, cell.high) if cell else (0, counted.answered)
        if row in known:
            ends = (known[row], known[row])
        system.say(dict.fromkeys(numbers[row], 1), *ends)
        for at, said in enumerate(table.by[row] if table.by else ()):
            if said is not None:
                system.say({numbers[row][at]: 1}, said, said)
    for at, base in enumerate(within):
        column = {line[at]: 1.0 for line in numbers}
        system.say(column, base, base * counted.ceiling)
        if alone is not None:
            own = numbers[alone][at]
            most = float(min(counted.ceiling, len(numbers) - 1))
            rest = {each: 1.0 for each in column if each != own}
            system.say({**rest, own: most}, -highspy.kHighsInf, most * base)
            for line in numbers:
                if line[at] != own:
                    system.say({line[at]: 1, own: 1}, 0, base)
    if table.mentions is not None:
        system.say({each: 1 for line in numbers for each in line}, table.mentions, table.mentions)
    if table.together is not None:
        silent = {each: 1.0 for row, cell in enumerate(table.cells) if cell is None for each in numbers[row]}
        system.say(silent, table.together, table.together)


def _grew(
    system: System, before: list[list[int]], after: list[list[int]], then: Counted, now: Counted
) -> None:
    _lines, was = _columns(then)
    _more, within = _columns(now)
    if len(was) != len(within):
        return
    for old, new in zip(before, after, strict=True):
        for at, base in enumerate(within):
            system.say({new[at]: 1, old[at]: -1}, 0, base - was[at])
    for at, base in enumerate(within):
        sums = {**{line[at]: 1.0 for line in after}, **{line[at]: -1.0 for line in before}}
        system.say(sums, base - was[at], (base - was[at]) * now.ceiling)


def _minus(now: Counted, then: Counted) -> tuple[Sequence[Sequence[int]], Sequence[int]]:
    lines, within = _columns(now)
    old, was = _columns(then)
    found = [[a - b for a, b in zip(*both, strict=True)] for both in zip(lines, old, strict=True)]
    return found, [a - b for a, b in zip(within, was, strict=True)]


def _named(
    name: str,
    counted: Counted | tuple[Sequence[Sequence[int]], Sequence[int]],
    numbers: list[list[int]],
    less: list[list[int]] | None,
) -> Iterator[Group]:
    """Yield each cell, each line, each pair of columns of a line, each pair of options in a column."""
    lines, within = counted if isinstance(counted, tuple) else _columns(counted)

    def group(label: str, cells: list[tuple[int, int]], base: int) -> Group:
        terms = {numbers[row][at]: 1.0 for row, at in cells}
        if less is not None:
            terms |= {less[row][at]: -1.0 for row, at in cells}
        return Group(f"{name}: {label}", terms, sum(lines[row][at] for row, at in cells), base)

    for row in range(len(lines)):
        for at, base in enumerate(within):
            yield group(f"option {row} in column {at}", [(row, at)], base)
        if len(within) > 1:
            yield group(f"option {row}", [(row, at) for at in range(len(within))], sum(within))

"""A stranger who holds every document that was published of a survey, and solves all of them together.

Numbers are what nobody said: how many of each column answered, and how many of these ticked each option, in each
release. What the documents say, and what follows from what surveys are, are sums of them. HiGHS says how far a sum can
move. Documents are read as they lie in the open data (``report.json``): pages and files are made of nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from math import ceil, floor
from typing import Any

import highspy
import numpy as np

from tests.surveys.fields import Asked, Field

DUST = 1e-6
SCATTERED = 12  # solutions that are drawn before single groups are asked about
Terms = dict[int, float]
Document = Mapping[str, Any]


@dataclass
class System:
    """Numbers between ends, sums of them, and the solutions that were met: most groups are seen to be wide in those."""

    whole: bool = False
    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    rows: list[tuple[float, float, Terms]] = field(default_factory=list)
    met: list[Any] = field(default_factory=list)
    solver: Any = None

    def number(self, high: float) -> int:
        self.lows.append(0)
        self.highs.append(high)
        return len(self.lows) - 1

    def say(self, terms: Terms, low: float, high: float) -> None:
        self.rows.append((low, high, terms))

    def ready(self) -> None:
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        if not self.whole:
            solver.setOptionValue("presolve", "off")
        for low, high in zip(self.lows, self.highs, strict=True):
            solver.addVar(low, high)
        if self.whole:
            for at in range(len(self.lows)):
                solver.changeColIntegrality(at, highspy.HighsVarType.kInteger)
        for low, high, terms in self.rows:
            solver.addRow(low, high, len(terms), list(terms), list(terms.values()))
        self.solver = solver
        chance = np.random.default_rng(1)
        for _each in range(SCATTERED):
            self._solve(dict(enumerate(chance.choice((-1.0, 0.0, 0.0, 1.0), len(self.lows)))))

    def _solve(self, costs: Terms) -> float:
        for at, cost in costs.items():
            self.solver.changeColCost(at, cost)
        self.solver.run()
        status = self.solver.getModelStatus()
        assert status == highspy.HighsModelStatus.kOptimal, f"what is published is a lie: {status}"
        best = float(self.solver.getInfo().objective_function_value)
        self.met.append(np.array(self.solver.getSolution().col_value))
        for at in costs:
            self.solver.changeColCost(at, 0)
        return best

    def reach(self, terms: Terms, enough: int) -> tuple[int, int]:
        """Return the least and most whole number of a sum, or any two that are further apart than ``enough``."""
        where, weights = list(terms), np.array(list(terms.values()))
        seen = np.array([each[where] @ weights for each in self.met])
        low, high = ceil(seen.min() - DUST), floor(seen.max() + DUST)
        if high - low <= enough:
            low = ceil(self._solve(terms) - DUST)
        if high - low <= enough:
            high = floor(-self._solve({at: -weight for at, weight in terms.items()}) + DUST)
        return low, high


@dataclass
class Numbers:
    """The unknowns of one question in one release: in each column who is there, who answered, who ticked what."""

    there: list[int]
    base: list[int]
    ticks: list[list[int]]


@dataclass(frozen=True)
class Truth:
    """What is so: ``ticks`` of each option in each column, ``base`` of each column."""

    ticks: Any
    base: Any


def told(
    fields: Sequence[Field], documents: Sequence[Document | None], *, k: int, by: str, whole: bool = False
) -> list[str]:
    """Return the small groups that the stranger knows to within one. None is a release that there was not.

    ``fields`` are the answers that each release counts, the first ones of the next.
    """
    held = [(one, each) for one, each in zip(fields, documents, strict=True) if each is not None]
    found: list[str] = []
    for at, asked in enumerate(fields[0].asked):
        if any("rows" in (_table(each, asked.key) or {}) for _one, each in held):
            found += _told_of(at, held, k=k, by=by, whole=whole)
    return found


def _told_of(at: int, held: Sequence[tuple[Field, Document]], *, k: int, by: str, whole: bool) -> list[str]:
    system = System(whole=whole)
    asked = [one.asked[at] for one, _document in held]
    numbers = [
        _numbers(system, one, each, document, by) for (one, document), each in zip(held, asked, strict=True)
    ]
    truth = [_truth(one, each) for (one, _document), each in zip(held, asked, strict=True)]
    for (one, document), each, found in zip(held, asked, numbers, strict=True):
        _publish(system, one, each, document, found)
    for before, after in pairwise(numbers):
        _grew(system, asked[0], before, after)
    system.ready()
    key = asked[0].key
    said = [f"{key} in {name}" for name in _small(system, numbers, truth, _parts(held[0][0], held), k)]
    return said


def _table(document: Document, key: str) -> Document | None:
    return next((one for one in document["tables"] if one["key"] == key), None)


def _truth(one: Field, asked: Asked) -> Truth:
    ticks = np.zeros((asked.options, one.countries), int)
    base = np.zeros(one.countries, int)
    for said, column in zip(asked.ticks, one.columns, strict=True):
        if said:
            base[column] += 1
            for option in said:
                ticks[option, column] += 1
    return Truth(ticks, base)


def _numbers(system: System, one: Field, asked: Asked, document: Document, by: str) -> Numbers:
    """Give each column and each option in it a number; say of the columns what the question that splits says."""
    there = [system.number(one.size) for _column in range(one.countries)]
    system.say(dict.fromkeys(there, 1.0), one.size, one.size)
    _rows(system, _table(document, by), [[each] for each in there], one.names)
    for column in (document["dimension"] or {}).get("columns", ()):
        places = _places(column, document, one)
        system.say(dict.fromkeys((there[each] for each in places), 1.0), column["size"], column["size"])
    base = [system.number(one.size) for _column in there]
    for each, most in zip(base, there, strict=True):
        system.say({most: 1, each: -1}, 0, one.size)
    ticks = [[system.number(one.size) for _column in there] for _option in range(asked.options)]
    for line in ticks:
        for each, most in zip(line, base, strict=True):
            system.say({most: 1, each: -1}, 0, one.size)
    return Numbers(there, base, ticks)


def _places(column: Mapping[str, Any], document: Document, one: Field) -> list[int]:
    if not column["merged"]:
        return [one.names.index(column["key"])]
    alone = {each["key"] for each in document["dimension"]["columns"]}
    return [at for at, name in enumerate(one.names) if name not in alone]


def _rows(
    system: System, table: Document | None, lines: Sequence[Sequence[int]], names: Sequence[str]
) -> None:
    """Say what a table says of each of its lines, and of those together that it does not show."""
    if table is None or "rows" not in table:
        return
    silent: list[int] = []
    rows = {row["key"]: row for row in table["rows"]}
    for name, line in zip(names, lines, strict=True):
        row = rows.get(name, {"low": None})
        if row["low"] is None:
            silent += line
        else:
            system.say(dict.fromkeys(line, 1.0), row["low"], row["high"])
    if table.get("together") is not None and silent:
        system.say(dict.fromkeys(silent, 1.0), table["together"], table["together"])
    if table.get("mentions") is not None:
        system.say({each: 1.0 for line in lines for each in line}, table["mentions"], table["mentions"])


def _publish(system: System, one: Field, asked: Asked, document: Document, found: Numbers) -> None:
    table = _table(document, asked.key) or {}
    _shape(system, asked, found.base, found.ticks)
    for later in one.asked:
        after = _table(document, later.key) or {}
        if asked.key in later.leans and "asked" in after:
            line = dict.fromkeys(found.ticks[later.on], 1.0)
            system.say(line, after["asked"], after["asked"])
    if "rows" not in table:
        return
    system.say(dict.fromkeys(found.base, 1.0), table["answered"], table["answered"])
    _rows(system, table, found.ticks, [f"o{at}" for at in range(asked.options)])
    if not table.get("by"):
        return
    rows = {row["key"]: row for row in table["rows"]}
    for at, column in enumerate(document["dimension"]["columns"]):
        places = _places(column, document, one)
        system.say(
            dict.fromkeys((found.base[each] for each in places), 1.0),
            table["within"][at],
            table["within"][at],
        )
        for option, line in enumerate(found.ticks):
            said = rows.get(f"o{option}", {}).get("by", [None] * 99)[at]
            if said is not None:
                system.say(dict.fromkeys((line[each] for each in places), 1.0), said, said)


def _shape(
    system: System, asked: Asked, base: Sequence[int], ticks: Sequence[Sequence[int]], less: Any = None
) -> None:
    """Say what holds of any answers: everybody who answered ticked something, and no more than is allowed."""
    most = float((asked.most or asked.options) if asked.several else 1)

    def since(*terms: tuple[float, int, int]) -> Terms:
        """Return the sum of numbers, less what they were before."""
        found: Terms = {}
        for weight, at, was in terms:
            found[at] = found.get(at, 0) + weight
            if less is not None:
                found[was] = found.get(was, 0) - weight
        return found

    olds = less or Numbers([], list(base), [list(line) for line in ticks])
    for at in range(len(base)):
        own = (base[at], olds.base[at])
        all_ = [(1.0, line[at], was[at]) for line, was in zip(ticks, olds.ticks, strict=True)]
        system.say(since(*all_, (-1.0, *own)), 0, highspy.kHighsInf)
        system.say(since(*all_, (-most, *own)), -highspy.kHighsInf, 0)
        if asked.alone is None:
            continue
        lone, room = all_[asked.alone], min(most, asked.options - 1)
        rest = [one for one in all_ if one != lone]
        system.say(since(*rest, (room, *lone[1:]), (-room, *own)), -highspy.kHighsInf, 0)
        for one in rest:
            system.say(since(one, lone, (-1.0, *own)), -highspy.kHighsInf, 0)


def _grew(system: System, asked: Asked, before: Numbers, after: Numbers) -> None:
    """Say that nobody took an answer back: whoever came since is a survey of its own."""
    inf = highspy.kHighsInf
    for old, new, here, was in zip(before.there, after.there, after.base, before.base, strict=True):
        system.say({new: 1, old: -1}, 0, inf)
        system.say({here: 1, was: -1}, 0, inf)
        system.say({new: 1, old: -1, here: -1, was: 1}, 0, inf)
    for older, newer in zip(before.ticks, after.ticks, strict=True):
        for old, new, here, was in zip(older, newer, after.base, before.base, strict=True):
            system.say({new: 1, old: -1}, 0, inf)
            system.say({here: 1, was: -1, new: -1, old: 1}, 0, inf)
    _shape(system, asked, after.base, after.ticks, before)


def _parts(one: Field, held: Sequence[tuple[Field, Document]]) -> list[tuple[int, ...]]:
    """Return the groups of columns that a reader can name: each, all, and those that tables put together."""
    found = {(each,) for each in range(one.countries)} | {tuple(range(one.countries))}
    for _field, document in held:
        for column in (document["dimension"] or {}).get("columns", ()):
            found.add(tuple(_places(column, document, one)))
    return sorted(found)


def _small(
    system: System, numbers: Sequence[Numbers], truth: Sequence[Truth], parts: Sequence[Sequence[int]], k: int
) -> Iterator[str]:
    layers = [(f"release {at}", None, at) for at in range(len(numbers))]
    layers += [(f"new in {b} since {a}", a, b) for a, b in combinations(range(len(numbers)), 2)]
    for name, old, new in layers:
        less = truth[old] if old is not None else None
        for part in parts:
            where = list(part)
            base = int(truth[new].base[where].sum() - (less.base[where].sum() if less else 0))
            for option, line in enumerate(numbers[new].ticks):
                now = int(
                    truth[new].ticks[option, where].sum() - (less.ticks[option, where].sum() if less else 0)
                )
                if min(now, base - now) >= k or not base:
                    continue
                terms: Terms = {line[each]: 1.0 for each in where}
                if old is not None:
                    terms |= {numbers[old].ticks[option][each]: -1.0 for each in where}
                low, high = system.reach(terms, min(2, base - 1))
                assert low <= now <= high or high - low > 2, f"{name}: {low} to {high}, it is {now}"
                if high - low <= min(2, base - 1):
                    yield f"{name}: option {option} in {part} is {low} to {high}"

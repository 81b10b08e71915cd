"""Every cross-tab of two of 25 questions, counted on bits by us and by DuckDB: processor time within one run."""

from collections.abc import Iterator
from dataclasses import dataclass
from time import process_time
from typing import Any

import numpy as np

from tequio.surveys.rules.columns import Category, Column
from tequio.surveys.rules.masks import Masks
from tests.surveys import golden

VOLUME = 1_000_000


@dataclass(frozen=True)
class Measured:
    """Seconds of processor: all cross-tabs by us, by DuckDB in its fastest way, and our slowest single one.

    ``which`` says which table that is, and how large; ``middle`` is what a table takes in the middle.
    """

    ours: float
    theirs: float
    slowest: float
    which: str
    middle: float
    options: int
    tables: int


def made_up(size: int, questions: int) -> Masks:
    """Return answers to so many questions that are spread as those of the regional mapping."""
    chance = np.random.default_rng(5)
    columns, planes, starts = [], [], [0]
    words = (size + 63) // 64
    for number in range(questions):
        column = golden.sheet().columns[number % len(golden.sheet().columns)]
        shares = _shares(column)
        columns.append(
            Column(
                f"q{number}",
                {},
                tuple(Category(one.key, {}) for one in column.categories),
                (),
                column.several,
            )
        )
        grid = np.zeros((len(shares), 64 * words), dtype=bool)
        if column.several:
            grid[:, :size] = chance.random((len(shares), size), dtype=np.float32) < np.array(shares)[:, None]
        else:
            chosen = chance.choice(len(shares), size=size, p=np.array(shares) / sum(shares))
            grid[chosen, np.arange(size)] = True
        planes.append(np.packbits(grid, axis=1, bitorder="little").view("<u8"))
        starts.append(starts[-1] + len(shares))
    return Masks(size, tuple(columns), tuple(starts), np.concatenate(planes), {})


def _shares(column: Column) -> list[float]:
    counts = [0] * len(column.categories)
    for ticks in column.ticks:
        for tick in ticks:
            counts[tick] += 1
    return [count / len(column.ticks) for count in counts]


def measured(size: int = VOLUME, *, questions: int = 25, both: bool = True) -> Measured:
    """Count everything in two ways, or ``both`` of DuckDB's and ours, and see that all say the same."""
    masks = made_up(size, questions)
    began = process_time()
    pairs = masks.all_pairs()
    ours = process_time() - began
    singles = _singles(masks)
    slowest, which = singles[0]
    theirs = _grouped(masks)
    if both:
        theirs = min(theirs, _planes(masks, pairs.counts))
    number = len(masks.columns)
    middle = singles[len(singles) // 2][0]
    return Measured(ours, theirs, slowest, which, middle, masks.starts[-1], number * (number - 1) // 2)


def _singles(masks: Masks) -> list[tuple[float, str]]:
    """Count every question by every other alone, the slowest first; those are counted again, to be fair to them."""
    pairs = [(one, other) for one in masks.columns for other in masks.columns if one is not other]
    took = {(one.key, other.key): _single(masks, one.key, other.key) for one, other in pairs}
    for rows, by in sorted(took, key=took.__getitem__, reverse=True)[:10]:
        took[rows, by] = min(took[rows, by], *(_single(masks, rows, by) for _again in range(2)))
    size = {one.key: len(one.categories) for one in masks.columns}
    named = [(seconds, f"{rows} ({size[rows]}) by {by} ({size[by]})") for (rows, by), seconds in took.items()]
    return sorted(named, reverse=True)


def _single(masks: Masks, rows: str, by: str) -> float:
    began = process_time()
    masks.table(rows=rows, by=[by])
    return process_time() - began


def _database() -> Any:
    import duckdb

    return duckdb.connect()


def _planes(masks: Masks, counts: Any) -> float:
    """DuckDB over the same words: the bits of two planes together, summed; a query a question."""
    database = _database()
    database.register("given", {f"p{at}": plane.astype(np.uint64) for at, plane in enumerate(masks.planes)})
    database.execute("create table planes as select * from given").fetchall()
    took = 0.0
    for at, last in enumerate(masks.starts[1:-1]):
        pairs = [
            (row, other) for row in range(masks.starts[at], last) for other in range(last, masks.starts[-1])
        ]
        sums = ", ".join(f"sum(bit_count(p{row} & p{other}))" for row, other in pairs)
        began = process_time()
        found = database.execute(f"select {sums} from planes").fetchall()
        took += process_time() - began
        assert [int(one) for one in found[0]] == [int(counts[row, other]) for row, other in pairs]
    return took


def _grouped(masks: Masks) -> float:
    """DuckDB over one mask a respondent and question: how often each two masks meet; a query a pair."""
    database = _database()
    database.register("given", dict(_per_respondent(masks)))
    database.execute("create table answers as select * from given").fetchall()
    took = 0.0
    for one in range(len(masks.columns)):
        for other in range(one):
            began = process_time()
            database.execute(f"select m{one}, m{other}, count(*) from answers group by 1, 2").fetchall()
            took += process_time() - began
    return took


def _per_respondent(masks: Masks) -> Iterator[tuple[str, Any]]:
    for at, (first, last) in enumerate(zip(masks.starts, masks.starts[1:], strict=False)):
        bits = np.unpackbits(masks.planes[first:last].view(np.uint8), axis=1, bitorder="little")[
            :, : masks.size
        ]
        mask = np.zeros(masks.size, dtype=np.uint64)
        for place, row in enumerate(bits):
            mask |= row.astype(np.uint64) << np.uint64(place)
        yield f"m{at}", mask


def crosstabs() -> None:
    """Print how long all cross-tabs take, as a share of DuckDB's time."""
    found = measured()
    word = "within the goal" if 2 * found.ours <= found.theirs else "OVER the goal"
    each = "within" if found.slowest <= 0.05 else "OVER"
    print(
        f"{found.tables} cross-tabs of {VOLUME:,} answers, {found.options} options: {found.ours:.2f} s CPU, "
        f"{found.ours / found.theirs:.2f} x DuckDB ({word} of 0.50); alone, each of the two ways, "
        f"{1000 * found.middle:.0f} ms in the middle and {1000 * found.slowest:.0f} ms the slowest, {found.which} "
        f"options ({each} the goal of 50 ms)",
        flush=True,
    )


if __name__ == "__main__":
    crosstabs()

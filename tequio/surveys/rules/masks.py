"""Large sets of answers as bits: one plane an option, one bit a respondent, counted sixty-four at a time.

Everything here says to the digit what ``crosstab`` says. NumPy is loaded by the functions, never with the module:
only jobs, commands and pages of very large surveys need it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tequio.surveys.rules.columns import Column, Sheet, column_as_json, column_in
from tequio.surveys.rules.crosstab import MOST_LEVELS, Bases, Group, Table, Unknown, Where

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Words = NDArray[np.uint64]

BLOCK = 512  # words of each plane that are counted together: what the processor keeps at hand
LONG_BLOCK = 1000  # the same where few planes are counted; so many words of 64 bits still fit sixteen
TOGETHER = 60  # planes that are counted in one step
MAGIC = b"tequio masks 1\n"


@dataclass(frozen=True)
class Masks:
    """Columns without their ticks, and their planes: those of column ``n`` are rows ``starts[n]:starts[n + 1]``.

    ``asked`` has a plane for each column that was not asked of everybody, by its key. ``weights`` are those of each
    respondent in whole millionths, where some weigh more than others.
    """

    size: int
    columns: tuple[Column, ...]
    starts: tuple[int, ...]
    planes: Words
    asked: dict[str, Words]
    weights: NDArray[np.int64] | None = None

    def table(self, *, rows: str, by: Sequence[str] = (), where: Where | None = None) -> Table:
        """Count one question by up to three others, as ``crosstab.cross`` does."""
        if len(by) > MOST_LEVELS:
            raise ValueError("at most three levels")
        levels = [self.place(key) for key in by]
        column, own, kept = self.opened(rows, where or {})
        count = _Groups(own, several=column.several)
        whole = count.group((), kept)
        if len(levels) == 1:
            groups = count.groups(self._planes(levels[0]), kept)
        else:
            groups = (
                tuple(count.group(at, bits) for at, bits in self.parted(levels, kept)) if by else (whole,)
            )
        return Table(column, tuple(self.columns[level] for level in levels), whole, groups)

    def count(self, rows: str, keys: Sequence[str]) -> int:
        """Return how many chose at least one of these options."""
        import numpy as np

        own = self._planes(self.place(rows))
        column = self.columns[self.place(rows)]
        places = [at for at, one in enumerate(column.categories) if one.key in keys]
        return total(np.bitwise_or.reduce(own[places], axis=0)) if places else 0

    def all_pairs(self) -> Pairs:
        """Count every question by every other, all at once."""
        import numpy as np

        most = self.starts[-1]
        counts: NDArray[np.int64] = np.zeros((most, most), dtype=np.int64)
        several = [at for at, column in enumerate(self.columns) if column.several]
        answered = np.zeros((len(self.columns), most), dtype=np.int64)
        asked = np.zeros((len(self.columns), most), dtype=np.int64)
        gates = [at for at, column in enumerate(self.columns) if column.key in self.asked]
        for start in range(0, self.planes.shape[1], BLOCK):
            part = np.ascontiguousarray(self.planes[:, start : start + BLOCK])
            whole = _Counter(part)
            for at, (first, last) in enumerate(zip(self.starts, self.starts[1:], strict=False)):
                for row in range(first, last):
                    counts[row, last:] += whole.against(part[row], last)
                if at in several:
                    answered[at] += whole.against(np.bitwise_or.reduce(part[first:last], axis=0), 0)
            for at in gates:
                asked[at] += whole.against(self.asked[self.columns[at].key][start : start + BLOCK], 0)
        counts += counts.T
        return Pairs(self, counts, answered, asked, [total(plane) for plane in self.planes])

    def as_bytes(self) -> bytes:
        """Write them, to be read by ``read``."""
        head = {
            "size": self.size,
            "asked": list(self.asked),
            "weighted": self.weights is not None,
            "columns": [column_as_json(column) for column in self.columns],
        }
        text = json.dumps(head, ensure_ascii=False).encode()
        gates = b"".join(plane.astype("<u8").tobytes() for plane in self.asked.values())
        bits = self.planes.astype("<u8").tobytes() + gates
        weights = b"" if self.weights is None else self.weights.astype("<i8").tobytes()
        return MAGIC + len(text).to_bytes(8, "little") + text + weights + bits

    def place(self, key: str) -> int:
        """Return which column has this key; raise Unknown where none has."""
        for at, column in enumerate(self.columns):
            if column.key == key:
                return at
        raise Unknown(key)

    def _planes(self, at: int) -> Words:
        return self.planes[self.starts[at] : self.starts[at + 1]]

    def opened(self, rows: str, where: Where) -> tuple[Column, Words, Words]:
        """Return the column, its planes, and the plane of those who were asked and are let through."""
        import numpy as np

        at = self.place(rows)
        column = self.columns[at]
        kept = self.asked[rows].copy() if rows in self.asked else _everybody(self.size)
        for key, wanted in where.items():
            place = self.place(key)
            keys = [category.key for category in self.columns[place].categories]
            if missing := [one for one in wanted if one not in keys]:
                raise Unknown(missing[0])
            chosen = self._planes(place)[[keys.index(one) for one in wanted]]
            kept &= np.bitwise_or.reduce(chosen, axis=0)
        return column, self._planes(at), kept

    def parted(self, levels: list[int], kept: Words) -> Iterator[tuple[tuple[int, ...], Words]]:
        """Yield each group that anybody is in: the places of its categories, and its plane."""
        if not levels:
            yield (), kept
            return
        for at, plane in enumerate(self._planes(levels[0])):
            bits = plane & kept
            if bits.any():
                for rest, inner in self.parted(levels[1:], bits):
                    yield (at, *rest), inner


@dataclass(frozen=True)
class Pairs:
    """Every cross-tab of two questions, counted; each is a table when it is asked for."""

    masks: Masks
    counts: NDArray[np.int64]
    answered: NDArray[np.int64]
    asked: NDArray[np.int64]
    totals: list[int]

    def table(self, *, rows: str, by: str) -> Table:
        """Return one question by another."""
        masks = self.masks
        here, there = masks.place(rows), masks.place(by)
        if here == there:
            return masks.table(rows=rows, by=[by])
        column = masks.columns[here]
        first, last = masks.starts[here], masks.starts[here + 1]
        groups = []
        for at in range(masks.starts[there + 1] - masks.starts[there]):
            place = masks.starts[there] + at
            people = int(self.asked[here, place]) if rows in masks.asked else self.totals[place]
            counts = tuple(int(one) for one in self.counts[first:last, place])
            said = int(self.answered[here, place]) if column.several else sum(counts)
            if people:
                groups.append(_plain_group((at,), counts, respondents=people, answering=said))
        return Table(column, (masks.columns[there],), masks.table(rows=rows).whole, tuple(groups))


class _Groups:
    """Counts one question in one group after the other."""

    def __init__(self, own: Words, *, several: bool) -> None:
        import numpy as np

        self.own = own
        self.any = np.bitwise_or.reduce(own, axis=0) if several and len(own) else None

    def group(self, by: tuple[int, ...], kept: Words) -> Group:
        """Return what those of one plane said."""
        import numpy as np

        found = np.zeros(len(self.own), dtype=np.int64)
        for start in range(0, len(kept), BLOCK):
            found += _Counter(self.own[:, start : start + BLOCK]).against(kept[start : start + BLOCK], 0)
        counts = tuple(int(one) for one in found)
        answering = sum(counts) if self.any is None else total(self.any & kept)
        return _plain_group(by, counts, respondents=total(kept), answering=answering)

    def groups(self, planes: Words, kept: Words) -> tuple[Group, ...]:
        """Return what those of each plane said, all of them in one pass."""
        rows = [self.own] if self.any is None else [self.own, self.any[None]]
        people, found = _shared(planes, kept, rows)
        groups = []
        for at in range(len(planes)):
            counts = tuple(int(one) for one in found[: len(self.own), at])
            answering = sum(counts) if self.any is None else int(found[-1, at])
            if respondents := int(people[at]):
                groups.append(_plain_group((at,), counts, respondents=respondents, answering=answering))
        return tuple(groups)


def _shared(planes: Words, kept: Words, rows: Sequence[Words]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Count the bits of each plane that are kept, and those that it shares with each row.

    A step takes as many rows as make it worth its while: the work is in the bits, not in the steps.
    """
    import numpy as np

    many = max(1, TOGETHER // max(len(planes), 1))
    steps = [own[at : at + many] for own in rows for at in range(0, len(own), many)]
    people = np.zeros(len(planes), dtype=np.int64)
    found = [np.zeros((len(one), len(planes)), dtype=np.int64) for one in steps]
    part = np.empty((1, len(planes), LONG_BLOCK), dtype="<u8")
    shared = np.empty((many, len(planes), LONG_BLOCK), dtype="<u8")
    bits = np.empty(shared.shape, dtype=np.uint8)
    for start in range(0, len(kept), LONG_BLOCK):
        words = slice(start, start + LONG_BLOCK)
        here = part[:, :, : len(kept[words])]
        np.bitwise_and(planes[:, words], kept[words], out=here[0])
        people += np.bitwise_count(here[0]).sum(axis=1, dtype=np.uint16)
        for step, sums in zip(steps, found, strict=True):
            room, count = shared[: len(step), :, : here.shape[2]], bits[: len(step), :, : here.shape[2]]
            np.bitwise_and(_bytes(here), _bytes(step[:, None, words]), out=_bytes(room))
            sums += np.bitwise_count(room, out=count).sum(axis=2, dtype=np.uint16)
    return people, np.concatenate(found)


def _bytes(words: Words) -> NDArray[np.uint8]:
    """Look at words as bytes: NumPy joins these faster."""
    import numpy as np

    return words.view(np.uint8)


class _Counter:
    """Counts the bits that a plane shares with each plane of a block, without making room anew each time."""

    def __init__(self, part: Words) -> None:
        import numpy as np

        self.part = part
        self.shared = np.empty_like(part)
        self.bits = np.empty(part.shape, dtype=np.uint8)

    def against(self, plane: Words, first: int) -> NDArray[np.uint16]:
        """Return for each plane from ``first`` on how many bits it shares with this one; at most 64 a word."""
        import numpy as np

        shared, bits = self.shared[first:], self.bits[first:]
        np.bitwise_and(self.part[first:], plane, out=shared)
        np.bitwise_count(shared, out=bits)
        sums: NDArray[np.uint16] = bits.sum(axis=1, dtype=np.uint16)  # 512 words of 64 bits fit
        return sums


def pack(sheet: Sheet) -> Masks:
    """Return the answers as planes; weights have no place in them."""
    import numpy as np

    starts, planes = [0], []
    for column in sheet.columns:
        grid = np.zeros((len(column.categories), 64 * _words(sheet.size)), dtype=bool)
        for at, ticks in enumerate(column.ticks):
            for tick in ticks:
                grid[tick, at] = True
        planes.append(np.packbits(grid, axis=1, bitorder="little").view("<u8"))
        starts.append(starts[-1] + len(column.categories))
    asked = {
        column.key: _plane(column.asked, sheet.size) for column in sheet.columns if column.asked is not None
    }
    bare = tuple(replace(column, ticks=(), asked=None) for column in sheet.columns)
    stacked = np.concatenate(planes) if planes else np.zeros((0, _words(sheet.size)), dtype="<u8")
    return Masks(sheet.size, bare, tuple(starts), stacked, asked)


def joined(parts: Sequence[Masks]) -> Masks:
    """Return parts of the same answers as one; each but the last is a multiple of 64 people."""
    import numpy as np

    first = parts[0]
    gates = {key for part in parts for key in part.asked}
    asked = {
        key: np.concatenate([part.asked.get(key, _everybody(part.size)) for part in parts]) for key in gates
    }
    planes = np.concatenate([part.planes for part in parts], axis=1)
    return Masks(sum(part.size for part in parts), first.columns, first.starts, planes, asked)


def read(content: bytes) -> Masks:
    """Return what ``as_bytes`` wrote; raise ValueError for anything else."""
    import numpy as np

    if not content.startswith(MAGIC):
        raise ValueError("these are no masks")
    start = len(MAGIC) + 8
    end = start + int.from_bytes(content[len(MAGIC) : start], "little")
    head = json.loads(content[start:end])
    columns = tuple(column_in(column) for column in head["columns"])
    starts = [0]
    for column in columns:
        starts.append(starts[-1] + len(column.categories))
    weights = None
    if head.get("weighted"):
        weights = np.frombuffer(content, dtype="<i8", offset=end, count=head["size"])
        end += weights.nbytes
    words = np.frombuffer(content, dtype="<u8", offset=end).reshape(-1, _words(head["size"]))
    gates = {key: words[starts[-1] + at] for at, key in enumerate(head["asked"])}
    return Masks(head["size"], columns, tuple(starts), words[: starts[-1]], gates, weights)


def _plain_group(by: tuple[int, ...], counts: tuple[int, ...], *, respondents: int, answering: int) -> Group:
    plain = (respondents, answering, sum(counts))
    sums = [Decimal(number) for number in (*counts, *plain)]
    return Group(by, Bases(*plain, *sums[-3:]), counts, tuple(sums[:-3]))


def _words(size: int) -> int:
    return max((size + 63) // 64, 1)


def _plane(truths: Sequence[bool] | bool, size: int) -> Words:
    import numpy as np

    row = np.zeros(64 * _words(size), dtype=bool)
    row[:size] = truths
    plane: Words = np.packbits(row, bitorder="little").view("<u8")
    return plane


def _everybody(size: int) -> Words:
    return _plane(True, size)


def total(plane: Words) -> int:
    """Return how many bits a plane has."""
    import numpy as np

    return int(np.bitwise_count(plane).sum(dtype=np.int64))

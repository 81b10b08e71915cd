"""What the options of a question were, learned from its column alone. Source: SUR-02."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tequio.surveys.formats.answers.options import plain

MARKS = (";", ", ", "\n", "|")  # those of a single space or comma part sentences too
_CODES = re.compile(r"[\w.-]+(?: [\w.-]+)*", re.ASCII)
_LONGEST = 300
_MOST = 80


@dataclass(frozen=True)
class Learned:
    """The options in the order in which they were met; ``mark`` parts several of them, "" when there is only one.

    ``other`` says that some cells hold words of their own besides.
    """

    options: tuple[str, ...]
    mark: str = ""
    other: bool = False


def learn(cells: Sequence[str]) -> Learned | None:
    """Return the options of a closed question, or None where everybody writes something else."""
    said = [cell for cell in cells if cell]
    if not said:
        return None
    parted = [
        learned for mark in MARKS if any(mark in cell for cell in said) if (learned := _several(said, mark))
    ]
    if parted:
        return max(parted, key=lambda learned: _explained(said, learned))
    return _closed(Counter(said), len(said))


def learn_codes(cells: Sequence[str]) -> Learned | None:
    """Return the codes that the cells hold, one or several with spaces between, or None where they hold sentences.

    Words that never stand one without the other, such as "Sao Paulo", are no codes.
    """
    said = [cell.split() for cell in cells if cell]
    if not all(_CODES.fullmatch(cell) for cell in cells if cell) or not any(len(row) > 1 for row in said):
        return None
    places: dict[str, list[int]] = {}
    for place, row in enumerate(said):
        for code in row:
            places.setdefault(code, []).append(place)
    apart = len({tuple(found) for found in places.values()}) == len(places)
    again = sum(map(len, places.values())) >= 2 * len(places)
    return Learned(tuple(places), " ") if apart and again and len(places) <= _MOST else None


def _several(said: Sequence[str], mark: str) -> Learned | None:
    pieces = [_joined(cell, mark) for cell in said]
    pieces = _chained(pieces, mark)
    counts = Counter(piece for row in pieces for piece in dict.fromkeys(row))
    closed = _closed(counts, len(said))
    if closed is None or max(len(row) for row in pieces) < 2:
        return None
    usual = set(closed.options)
    if not any(sum(piece in usual for piece in row) > 1 for row in pieces):
        return None
    return Learned(closed.options, mark, closed.other)


def _explained(said: Sequence[str], learned: Learned) -> tuple[int, int]:
    options = {plain(option) for option in learned.options}
    pieces = [part for cell in said for part in _joined(cell, learned.mark)]
    return sum(plain(piece) in options for piece in pieces), -len(options)


def _closed(counts: Counter[str], answers: int) -> Learned | None:
    """Tell options, which come again, from what one person wrote; None when nearly nothing comes again."""
    often = [text for text, count in counts.items() if count > 1]
    once = [text for text, count in counts.items() if count == 1]
    if any(len(text) > _LONGEST for text in often) or len(often) > _MOST:
        return None
    if answers < 8 and len(counts) <= max(2, answers - 1):
        return Learned(tuple(counts))
    ticks = sum(counts.values())
    if not often or len(once) * 3 > ticks:
        return None
    if len(once) <= 2 and all(len(text) < 60 for text in once) and ticks < 100:
        return Learned(tuple(counts))
    return Learned(tuple(often), other=bool(once))


def _joined(cell: str, mark: str) -> list[str]:
    """Part a cell at a mark, but never inside brackets, nor before a word that goes on in small letters."""
    parts: list[str] = []
    capital = cell[:1].isupper()
    for piece in cell.split(mark):
        text = piece.strip()
        goes_on = parts and (
            parts[-1].count("(") > parts[-1].count(")") or (capital and mark == ", " and text[:1].islower())
        )
        if goes_on:
            parts[-1] += mark + piece.rstrip()
        elif text:
            parts.append(text)
    return parts


def _chained(rows: list[list[str]], mark: str) -> list[list[str]]:
    """Put together again pieces that never come one without the other: they are one option that holds the mark."""
    for _each in range(4):
        counts = Counter(piece for row in rows for piece in row)
        pairs = Counter(pair for row in rows for pair in _pairs(row))
        after: dict[str, int] = Counter()
        before: dict[str, int] = Counter()
        for (one, two), count in pairs.items():
            if count == counts[two] and counts[two] > 1:
                after[one] += count  # whatever follows ``one`` and never stands elsewhere
            if count == counts[one] and counts[one] > 1:
                before[two] += count
        glued = {
            (one, two)
            for (one, two), count in pairs.items()
            if count > 1
            and (
                (count == counts[two] and after[one] == counts[one])
                or (count == counts[one] and before[two] == counts[two])
            )
        }
        if not glued:
            break
        rows = [_glue(row, glued, mark) for row in rows]
    return rows


def _pairs(row: Sequence[str]) -> Iterable[tuple[str, str]]:
    return itertools.pairwise(row)


def _glue(row: Sequence[str], glued: set[tuple[str, str]], mark: str) -> list[str]:
    parts: list[str] = []
    last = ""
    for piece in row:
        if parts and (last, piece) in glued:
            parts[-1] = f"{parts[-1]}{mark if mark.endswith((' ', chr(10))) else mark + ' '}{piece}"
        else:
            parts.append(piece)
        last = piece
    return parts

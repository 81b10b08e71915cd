"""How far a number in a table can move while its margins stay: paths through a network of what is not said.

Every line and every column of a table is a place, every cell an arc between them that carries its count, within the
ends that are known of it. Along a closed path of arcs that have room, counts change and all sums stay. In such
networks the whole numbers reach as far as fractions do, so that what is found is exact. Source: Ford and Fulkerson.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Arc:
    """One count on its way from ``start`` to ``end``: what it is now, and the least and most that it can be."""

    start: str
    end: str
    now: int
    low: int
    high: int


def room(arcs: Sequence[Arc], at: int, enough: int) -> int:
    """Return how wide the range of one arc is while every sum holds, or ``enough`` when it is at least that."""
    up = _moved(arcs, at, enough, upward=True)
    return up if up >= enough else up + _moved(arcs, at, enough - up, upward=False)


def _moved(arcs: Sequence[Arc], at: int, enough: int, *, upward: bool) -> int:
    """Return by how much an arc can grow (or shrink), at most ``enough``."""
    arc, now, moved = arcs[at], [each.now for each in arcs], 0
    source, goal = (arc.end, arc.start) if upward else (arc.start, arc.end)
    while moved < enough:
        own = arc.high - now[at] if upward else now[at] - arc.low
        path = _path(arcs, now, at, source, goal) if own > 0 else None
        if path is None:
            return moved
        step = min(own, enough - moved, *(_spare(arcs[each], now[each], way) for each, way in path))
        for each, way in path:
            now[each] += way * step
        now[at] += step if upward else -step
        moved += step
    return moved


def _spare(arc: Arc, now: int, way: int) -> int:
    return arc.high - now if way > 0 else now - arc.low


def _path(
    arcs: Sequence[Arc], now: Sequence[int], without: int, source: str, goal: str
) -> list[tuple[int, int]] | None:
    """Return the shortest way from one place to another over arcs with room, each with its direction."""
    came: dict[str, tuple[str, int, int]] = {}
    waiting = deque([source])
    while waiting and goal not in came:
        place = waiting.popleft()
        for each, way, there in _from(arcs, now, place):
            if each != without and there not in came and there != source:
                came[there] = (place, each, way)
                waiting.append(there)
    if goal not in came:
        return None
    path, place = [], goal
    while place != source:
        place, each, way = came[place]
        path.append((each, way))
    return path


def _from(arcs: Sequence[Arc], now: Sequence[int], place: str) -> list[tuple[int, int, str]]:
    found = []
    for each, arc in enumerate(arcs):
        if arc.start == place and now[each] < arc.high:
            found.append((each, 1, arc.end))
        elif arc.end == place and now[each] > arc.low:
            found.append((each, -1, arc.start))
    return found

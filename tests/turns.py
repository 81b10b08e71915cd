"""In which order the tests of a run take their turns, and which of them one worker takes together.

Tests of a folder that ask for the same worlds stand side by side. What takes longest begins first, so that at the end
no worker is left alone with it. (Marks of pytest-xdist would do the same, but its 3.8 loses them under pytest 9.2.)
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.standing import ground_of

FIRST = (
    "tests/journeys/test_found_a_network",
    "tests/house",
    "tests/core",  # short: it waits behind the longest journey
    "tests/journeys",
    "tests/cli/test_living",
    "tests/cli/test_traces",
    "tests/cli",
    "tests/founding",
    "tests/decisions",
    "tests/people",
)
ALONE = ("tests/journeys/test_found_a_network", "tests/cli/")
WHOLE = ("tests/journeys", "tests/house", "tests/cli")
TOGETHER = 40


class Turns(LoadScopeScheduling):
    """Gives each worker, in order, what goes together."""

    def __init__(self, config: pytest.Config, log: Any) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False
        self.parts: dict[str, str] = {}

    def _split_scope(self, nodeid: str) -> str:
        if not self.parts:
            self.parts = parts_of(self.collection or ())
        return self.parts[nodeid]


def in_turn(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Put the tests of a run in order."""
    return sorted(
        items,
        key=lambda test: (_rank(test.nodeid), _room(test.nodeid), ground_of(test.fixturenames)),  # type: ignore[attr-defined]
    )


def parts_of(names: Iterable[str]) -> dict[str, str]:
    """Name, for each test of those in order, what it is a part of."""
    so_far: dict[str, int] = defaultdict(int)
    parts = {}
    for name in names:
        room = _room(name)
        parts[name] = room if room.startswith(WHOLE) else f"{room} {so_far[room] // TOGETHER}"
        so_far[room] += 1
    return parts


def _rank(name: str) -> int:
    return next((rank for rank, begin in enumerate(FIRST) if name.startswith(begin)), len(FIRST))


def _room(name: str) -> str:
    """Name the folder of a test, or its file, where that one is long or has a running program of its own."""
    file = name.partition(".py::")[0]
    return file if file.startswith(ALONE) else file.rpartition("/")[0]

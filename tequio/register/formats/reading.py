"""What a check of an export keeps in mind while it reads, and the form that an entry's line usually has."""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from tequio.register import recompute
from tequio.register.formats.report import ENOUGH, LATEST, Finding, Report
from tequio.register.rules import merkle, notes

HEX = re.compile(r"[0-9a-f]{64}")
UUID_FORM = (
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"  # quicker than a group that repeats
)
UUID = re.compile(UUID_FORM)
BETWEEN = ',"opening":'
ROW_FORM = (
    r'\{"entry":(?P<row>\{"at":"(?P<moment>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)","commitment":"(?P<commitment>[0-9a-f]{64})",'
    rf'"id":"(?P<id>{UUID_FORM})","kind":"(?P<kind>[\w.]+)","network":"(?P<network>{UUID_FORM})",'
    r'"number":(?P<number>0|[1-9]\d{0,17}),"ref":"[^"\\\x00-\x1f]+"\}),"opening":'
)
Row = tuple[str | Any, ...]
"""What stands in the tree: the row as it was hashed, its moment, commitment, id, kind, network and number."""
ROW = re.compile(ROW_FORM, re.ASCII)
# A line that begins and ends like this is canonical when its facts are: only they need be read and written again.
OPENED = re.compile(ROW_FORM + r'\{"facts":', re.ASCII)
_END = re.compile(r'(,"private":(?:null|"[0-9a-f]{64}")),"salt":"([0-9a-f]{64})"\},"type":"entry"\}\n')
_SHORT, _LONG = 107, 169  # letters of an end without a private part, and with one


def end_of(text: str) -> re.Match[str] | None:
    """Find the end of a line of the usual form, after its facts: what is promised of the private part, and the salt."""
    size = len(text)
    short = text.startswith(',"private":null', size - _SHORT)
    return _END.fullmatch(text, size - (_SHORT if short else _LONG))


class Stop(Exception):
    """Nothing after this can be read with any meaning."""


@dataclass
class Reading:
    """Where the reading of a file stands."""

    report: Report
    recomputers: Mapping[str, recompute.Recomputer]
    kept: dict[int, set[bytes]] = field(default_factory=dict)
    keys: list[notes.VerifierKey] = field(default_factory=list)
    announced: set[str] = field(default_factory=set)
    said_size: int = 0
    line: int = 0
    count: int = 0
    covered: int = 0
    frontier: list[bytes] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    fresh: deque[tuple[str, str, str, Any]] = field(default_factory=lambda: deque(maxlen=LATEST))
    seen: set[str] = field(default_factory=set)
    closed: dict[str, tuple[int, int]] = field(default_factory=dict)
    erased: dict[str, int] = field(default_factory=dict)
    past: dict[Any, Any] = field(default_factory=dict)
    digest: Any = field(default_factory=hashlib.sha256)
    reports: Mapping[str, str] = field(default_factory=dict)
    released: dict[str, str] = field(default_factory=dict)

    def wrong(self, sentence: Promise, *, row: bool = False, **values: Any) -> None:
        number = self.count if row else None
        self.report.problems.append(Finding(sentence, values, self.line or None, number))
        if len(self.report.problems) >= ENOUGH:
            raise Stop

    def stop(self, sentence: Promise, **values: Any) -> Stop:
        self.report.problems.append(Finding(sentence, values, self.line or None))
        return Stop()

    def root(self) -> bytes:
        """Return the root over everything read so far."""
        merkle.grow_by(
            self.frontier,
            size=self.count - len(self.rows),
            leaves=[merkle.leaf_hash(row.encode()) for row in self.rows],
        )
        self.rows.clear()
        return merkle.frontier_root(self.frontier)

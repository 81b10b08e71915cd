"""What a check of an export keeps in mind while it reads, and the form that an entry's line usually has."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.functional import Promise

from tequio.register import recompute
from tequio.register.formats.report import ENOUGH, Finding, Report
from tequio.register.rules import notes

HEX = re.compile(r"[0-9a-f]{64}")
UUID_FORM = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
UUID = re.compile(UUID_FORM)
BETWEEN = b',"opening":'
ROW_FORM = (
    r'\{"entry":(?P<row>\{"at":"(?P<moment>(?P<at>\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\dZ)","commitment":"(?P<commitment>[0-9a-f]{64})",'
    rf'"id":"(?P<id>{UUID_FORM})","kind":"(?P<kind>[\w.]+)","network":"(?P<network>{UUID_FORM})",'
    r'"number":(?P<number>0|[1-9]\d{0,17}),"ref":"[^"\\\x00-\x1f]+"\}),"opening":'
)
OPENING_FORM = r'(?:null|\{"facts":(?P<facts>\{.*\}),"private":(?P<private>null|"[0-9a-f]{64}"),"salt":"(?P<salt>[0-9a-f]{64})"\})'
ROW = re.compile(ROW_FORM.encode())
# A line of this form is canonical when its facts are: only they need be read and written again.
LINE = re.compile((ROW_FORM + OPENING_FORM + r',"type":"entry"\}\n').encode())


class Row(NamedTuple):
    """What stands in the tree: the whole row as it was hashed, and its parts."""

    row: bytes
    moment: bytes
    at: bytes
    commitment: bytes
    id: bytes
    kind: bytes
    network: bytes
    number: bytes


class Opening(NamedTuple):
    """What an entry promised: its facts, the salt, and the bytes over which the promise was made."""

    facts: dict[str, Any]
    salt: bytes
    promised: bytes


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
    seen: set[str] = field(default_factory=set)
    closed: dict[str, tuple[int, int]] = field(default_factory=dict)
    erased: dict[str, int] = field(default_factory=dict)
    past: dict[Any, Any] = field(default_factory=dict)
    digest: Any = field(default_factory=hashlib.sha256)

    def wrong(self, sentence: Promise, *, row: bool = False, **values: Any) -> None:
        number = self.count if row else None
        self.report.problems.append(Finding(sentence, values, self.line or None, number))
        if len(self.report.problems) >= ENOUGH:
            raise Stop

    def stop(self, sentence: Promise, **values: Any) -> Stop:
        self.report.problems.append(Finding(sentence, values, self.line or None))
        return Stop()

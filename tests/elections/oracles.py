"""Counts published elsewhere, or computed by other programs, where their folder is at hand."""

import os
from pathlib import Path

from tequio.elections.formats import Sheet, read
from tequio.elections.rules.ballots import Approvals, Rankings

PUBLISHED = Path(os.environ.get("SHARED", Path(__file__).parents[3] / "shared")) / "data/governance"


def sheet(path: Path) -> Sheet:
    """Read a file of ballots."""
    return read(path.read_bytes(), name=path.name)


def ranked(found: Sheet) -> Rankings:
    """Return its rankings."""
    assert found.rankings is not None
    return Rankings(found.names, found.rankings)


def approved(found: Sheet) -> Approvals:
    """Return its approvals with costs."""
    assert found.approvals is not None
    assert found.budget is not None
    return Approvals(found.names, found.approvals, found.costs, found.budget)

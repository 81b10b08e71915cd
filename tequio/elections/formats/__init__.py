"""Ballots in files of the outside world: BLT, PrefLib, Pabulib, and our own JSON. Text in, ballots out."""

from tequio.elections.formats.reading import read
from tequio.elections.formats.sheet import Sheet, Unreadable

__all__ = ["Sheet", "Unreadable", "read"]

"""Reading a file by the format that its name or its first line shows."""

from __future__ import annotations

from tequio.elections.formats import blt, ours, pabulib, preflib
from tequio.elections.formats.sheet import Sheet, Unreadable

PREFLIB = ("soc", "soi", "toc", "toi")
LARGEST = 200_000_000


def read(content: bytes, *, name: str) -> Sheet:
    """Read a file of ballots; raise Unreadable with the line and the reason."""
    if len(content) > LARGEST:
        raise Unreadable("large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Unreadable("encoding", line=content[: wrong.start].count(b"\n") + 1) from wrong
    if not text.strip():
        raise Unreadable("nothing", line=1)
    ending = name.rpartition(".")[2].lower()
    if ending == "blt":
        return blt.read(text)
    if ending in PREFLIB:
        return preflib.read(text)
    if ending == "pb":
        return pabulib.read(text)
    if ending == "json":
        return ours.read(text)
    return _by_look(text.lstrip())


def _by_look(text: str) -> Sheet:
    if text.startswith("{"):
        return ours.read(text)
    if text.startswith("#"):
        return preflib.read(text)
    if text[:4].upper() == "META":
        return pabulib.read(text)
    if text[0].isdigit():
        return blt.read(text)
    raise Unreadable("format", line=1)

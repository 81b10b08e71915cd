"""Small proofs out of the register: that an entry is in it, and that it continues an older one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from tequio.core.actor import Actor
from tequio.register.formats import Record, write_consistency, write_proof
from tequio.register.models import Checkpoint, Entry, Leaf, row_of
from tequio.register.rules import merkle
from tequio.register.selectors import BATCH, Line, is_kept, latest_checkpoint, line_of, opening_of

if TYPE_CHECKING:
    from tequio.networks.models import Network


@dataclass(frozen=True)
class Proof:
    """The way from one entry to the newest checkpoint, as hashes; ``file`` is all of it, to keep."""

    line: Line
    commitment: str
    leaf: str
    path: list[str]
    checkpoint: Checkpoint
    file: bytes


def proof_of(actor: Actor, entry_id: UUID, *, network: Network) -> Proof | None:
    """Return the proof that an entry is in the register, or None before a checkpoint covers it. Source: RFC 6962 §2.1.1.

    It reads the hash of every entry: some tenths of a second for a hundred thousand.
    """
    entry = Entry.objects.select_related("payload", "leaf").filter(pk=entry_id).first()
    point = latest_checkpoint()
    if entry is None or point is None or entry.number is None or entry.number >= point.size:
        return None
    levels = _levels(point)
    path = merkle.inclusion_proof(levels, index=entry.number, size=point.size)
    kept = is_kept(actor, entry)
    opening = None if entry.erased or kept else opening_of(entry)
    record = Record(row_of(entry, number=entry.number, network=network.uuid), opening)
    file = write_proof(record=record, path=path, note=point.note, key=point.key)
    leaf = levels[0][entry.number].hex()
    return Proof(
        line_of(actor, entry, kept=kept), entry.commitment, leaf, [one.hex() for one in path], point, file
    )


def consistency_since(actor: Actor, size: int) -> bytes | None:
    """Return the proof that the register begins with its first `size` entries, as a file, or None for no such size.

    It reads the hash of every entry too. Source: RFC 6962 §2.1.2.
    """
    point = latest_checkpoint()
    if point is None or not 0 < size <= point.size:
        return None
    path = merkle.consistency_proof(_levels(point), old=size, size=point.size)
    return write_consistency(since=size, path=path, note=point.note, key=point.key)


def _levels(point: Checkpoint) -> merkle.Levels:
    hashes = Leaf.objects.filter(number__lt=point.size).order_by("number").values_list("hash", flat=True)
    return merkle.levels_of([bytes.fromhex(one) for one in hashes.iterator(chunk_size=BATCH)])

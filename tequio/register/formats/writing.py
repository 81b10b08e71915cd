"""Writing the export.

One canonical JSON object a line: a ``header``, every ``entry`` in order with what it promised (``opening``) unless that
was erased (or ``"kept"``, where it is not for whoever gets the file), each ``checkpoint`` right after the last entry it covers, and a ``seal``: a signed note over the SHA-256 of
all lines before it, so that no byte of the file can change unseen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tequio.register.rules import merkle, notes
from tequio.register.rules.canonical import canonical, dump

FORMAT = "tequio-export/1"
KEPT = b'"kept"'  # in the place of an opening that is for others to read


@dataclass(frozen=True)
class Record:
    """An entry as it is exported: its row, and its opening (salt, facts, promise of the private part) or None.

    ``kept`` says that the opening is there, and is not for whoever gets this export. Source: GOV-22.
    """

    row: Mapping[str, Any]
    opening: Mapping[str, Any] | None
    kept: bool = False


def write_export(
    *,
    network: str,
    name: Mapping[str, str],
    made_at: str,
    size: int,
    records: Iterable[Record],
    checkpoints: Mapping[int, str],
    keys: Iterable[str],
    signer: notes.Signer,
    seal: Callable[[str], str] | None = None,
) -> Iterator[bytes]:
    """Yield the lines of an export of `size` records; `checkpoints` are signed notes by size, `keys` all keys in order.

    The last line before the seal is a checkpoint over everything, signed now unless one of this size is given. `seal`
    signs the seal's text in the signer's place.
    """
    digest = hashlib.sha256()
    header = {"network": network, "name": dict(name), "made_at": made_at, "size": size, "keys": list(keys)}
    for line in _lines({"type": "header", "format": FORMAT, **header}, records, checkpoints, signer):
        digest.update(line)
        yield line
    text = seal_text(signer.name, digest.hexdigest())
    note = seal(text) if seal else notes.sign(text, signer=signer)
    yield dump({"type": "seal", "note": note}) + b"\n"


def seal_text(origin: str, digest: str) -> str:
    """Return what the seal signs; it can never be read as a checkpoint."""
    return f"{FORMAT} seal\n{origin}\nsha256 {digest}\n"


def _lines(
    header: Mapping[str, Any], records: Iterable[Record], checkpoints: Mapping[int, str], signer: notes.Signer
) -> Iterator[bytes]:
    yield canonical(header) + b"\n"
    frontier: list[bytes] = []
    size = 0
    for record in records:
        row = canonical(record.row)
        opening = KEPT if record.kept else canonical(record.opening)
        yield b'{"entry":' + row + b',"opening":' + opening + b',"type":"entry"}\n'
        merkle.grow(frontier, size=size, leaf=merkle.leaf_hash(row))
        size += 1
        if size in checkpoints:
            yield _checkpoint_line(checkpoints[size])
    if size and size not in checkpoints:
        promise = notes.Checkpoint(signer.name, size, merkle.frontier_root(frontier))
        yield _checkpoint_line(notes.sign(str(promise), signer=signer))


def _checkpoint_line(note: str) -> bytes:
    return canonical({"type": "checkpoint", "note": note}) + b"\n"

"""The proof that one entry is in the register: small enough to keep, and checked without the rest of the register.

One JSON object: the entry's row as it was hashed, its opening (or null), the audit path to a signed checkpoint over it,
and the key. The check is the one that ``tequio verify`` makes of rows, commitments, keys and checkpoints.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from tequio.register.formats.writing import Record
from tequio.register.rules import merkle, notes
from tequio.register.rules.canonical import body, canonical, commitment

PROOF = "tequio-proof/1"
UNREADABLE = _("This is not a proof that we can read.")
OTHER_KEY = _("It is signed with another key.")
NO_PATH = _("The path does not lead from this entry to this checkpoint.")
OTHER_WORDS = _("The words are not those that were sealed.")


class NotProved(ValueError):
    """The proof does not show that this entry is under this checkpoint."""


def write_proof(*, record: Record, path: Sequence[bytes], note: str, key: str) -> bytes:
    """Return a proof as a small file that people can read."""
    proof = {
        "format": PROOF, "entry": record.row, "opening": record.opening,
        "path": [step.hex() for step in path], "checkpoint": note, "key": key,
    }  # fmt: skip
    return (json.dumps(proof, ensure_ascii=False, indent=1) + "\n").encode()


def is_proof(beginning: bytes) -> bool:
    """Say whether a file that begins like this is a proof of one entry."""
    return f'"format": "{PROOF}"'.encode() in beginning


def check_proof(raw: bytes, *, trusted_key: str | None = None) -> notes.Checkpoint:
    """Return the checkpoint under which a proof shows its entry; raise NotProved where it does not.

    ``trusted_key`` is the key as somebody wrote it down: without it, whoever made the file could have made the key.
    Source: RFC 6962 §2.1.1.
    """
    try:
        proof = json.loads(raw)
        if proof["format"] != PROOF:
            raise NotProved(UNREADABLE)
        key = notes.parse_key(proof["key"])
        if trusted_key is not None and key != notes.parse_key(trusted_key):
            raise NotProved(OTHER_KEY)
        checkpoint = notes.open_checkpoint(proof["checkpoint"], key=key)
        _require_inclusion(proof["entry"], proof["path"], checkpoint)
        _require_opening(proof["entry"], proof["opening"])
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise problem if isinstance(problem, NotProved) else NotProved(UNREADABLE) from problem
    return checkpoint


def _require_inclusion(row: Mapping[str, Any], path: Sequence[str], checkpoint: notes.Checkpoint) -> None:
    steps = [bytes.fromhex(step) for step in path]
    leaf = merkle.leaf_hash(canonical(row))
    inside = merkle.includes(
        leaf=leaf, index=row["number"], size=checkpoint.size, proof=steps, root=checkpoint.root
    )
    if not inside or checkpoint.origin != f"tequio/{row['network']}":
        raise NotProved(NO_PATH)


def _require_opening(row: Mapping[str, Any], opening: Mapping[str, Any] | None) -> None:
    if opening is None:  # erased by law: the place is proved, the words are not
        return
    promised = body(facts=opening["facts"], private=opening["private"])
    if commitment(bytes.fromhex(opening["salt"]), promised) != row["commitment"]:
        raise NotProved(OTHER_WORDS)

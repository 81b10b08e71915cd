"""Small proofs, checked without the rest of the register: that one entry is in it, and that it continues an older one.

Each is one JSON object. The first holds the entry's row as it was hashed, its opening (or null), the audit path to a
signed checkpoint over it, and the key; the second the size of the older checkpoint, the path from it to the newest one,
that one, and the key. The check is the one that ``tequio verify`` makes of rows, commitments, keys and checkpoints.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.register.formats.report import BAD_TRUSTED_KEY
from tequio.register.formats.writing import Record
from tequio.register.rules import merkle, notes
from tequio.register.rules.canonical import body, dump

PROOF, CONSISTENCY = "tequio-proof/1", "tequio-consistency/1"
UNREADABLE = _("This is not a proof that we can read.")
OTHER_KEY = _("It is signed with another key.")
NO_PATH = _("The path does not lead from this entry to this checkpoint.")
OTHER_WORDS = _("The words are not those that were sealed.")
OTHER_NOTE = _("What you kept holds no checkpoint of this register, signed with its key.")
OTHER_SIZE = _("This proof begins at the checkpoint over %(size)s entries. Ask for the one of your letter.")
REWRITTEN = _(
    "History was written anew: the register does not begin with the %(size)s entries of your checkpoint."
)


class NotProved(ValueError):
    """The proof does not show that this entry is under this checkpoint, or that a register continues another."""

    def __init__(self, sentence: str | Promise, **values: Any) -> None:
        super().__init__(sentence)
        self.sentence, self.values = sentence, values

    def __str__(self) -> str:
        return str(self.sentence) % self.values


def write_proof(*, record: Record, path: Sequence[bytes], note: str, key: str) -> bytes:
    """Return a proof as a small file that people can read."""
    proof = {
        "format": PROOF, "entry": record.row, "opening": record.opening,
        "path": [step.hex() for step in path], "checkpoint": note, "key": key,
    }  # fmt: skip
    return (json.dumps(proof, ensure_ascii=False, indent=1) + "\n").encode()


def write_consistency(*, since: int, path: Sequence[bytes], note: str, key: str) -> bytes:
    """Return the proof that a register continues the one of an older checkpoint, as a small file."""
    proof = {
        "format": CONSISTENCY, "since": since, "path": [step.hex() for step in path], "checkpoint": note, "key": key,
    }  # fmt: skip
    return (json.dumps(proof, ensure_ascii=False, indent=1) + "\n").encode()


def form_of(raw: bytes) -> str:
    """Return the format that a small file says it has, however it is laid out; nothing for any other file."""
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        return ""
    form = said.get("format") if isinstance(said, dict) else None
    return form if isinstance(form, str) else ""


def check_proof(raw: bytes, *, trusted_key: str | None = None) -> notes.Checkpoint:
    """Return the checkpoint under which a proof shows its entry; raise NotProved where it does not.

    ``trusted_key`` is the key as somebody wrote it down: without it, whoever made the file could have made the key.
    Source: RFC 6962 §2.1.1.
    """
    with _readable():
        proof, checkpoint, _key = _opened(raw, PROOF, trusted_key)
        _require_inclusion(proof["entry"], proof["path"], checkpoint)
        _require_opening(proof["entry"], proof["opening"])
    return checkpoint


def check_consistency(
    raw: bytes, *, kept: Sequence[str], trusted_key: str | None = None
) -> tuple[int, notes.Checkpoint]:
    """Return the size of the kept checkpoint and the newest one, which continues it; raise NotProved where it does not.

    ``kept`` are texts that hold the older checkpoint. Source: RFC 6962 §2.1.2.
    """
    with _readable():
        proof, newest, key = _opened(raw, CONSISTENCY, trusted_key)
        steps = [bytes.fromhex(step) for step in proof["path"]]
        for note in [note for text in kept for note in notes.find_notes(text) or [text]]:
            old = _kept(note, key)
            if old.size != proof["since"]:
                raise NotProved(OTHER_SIZE, size=proof["since"])
            if not _follows(old, newest, steps):
                raise NotProved(REWRITTEN, size=old.size)
    return int(proof["since"]), newest


def _follows(old: notes.Checkpoint, newest: notes.Checkpoint, steps: Sequence[bytes]) -> bool:
    return merkle.continues(
        old_size=old.size, old_root=old.root, size=newest.size, root=newest.root, proof=steps
    )


def _kept(note: str, key: notes.VerifierKey) -> notes.Checkpoint:
    try:
        return notes.open_checkpoint(note, key=key)
    except notes.BadNote as problem:
        raise NotProved(OTHER_NOTE) from problem


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise problem if isinstance(problem, NotProved) else NotProved(UNREADABLE) from problem


def _opened(
    raw: bytes, form: str, trusted_key: str | None
) -> tuple[Mapping[str, Any], notes.Checkpoint, notes.VerifierKey]:
    """Return a proof with its signed checkpoint and the key that signed it."""
    proof = json.loads(raw)
    if proof["format"] != form:
        raise NotProved(UNREADABLE)
    key = notes.parse_key(proof["key"])
    if trusted_key is not None and key != _trusted(trusted_key):
        raise NotProved(OTHER_KEY)
    return proof, notes.open_checkpoint(proof["checkpoint"], key=key), key


def _trusted(text: str) -> notes.VerifierKey:
    try:
        return notes.parse_key(text.strip())
    except notes.BadNote as problem:
        raise NotProved(BAD_TRUSTED_KEY) from problem


def _require_inclusion(row: Mapping[str, Any], path: Sequence[str], checkpoint: notes.Checkpoint) -> None:
    steps = [bytes.fromhex(step) for step in path]
    leaf = merkle.leaf_hash(dump(row))
    inside = merkle.includes(
        leaf=leaf, index=row["number"], size=checkpoint.size, proof=steps, root=checkpoint.root
    )
    if not inside or checkpoint.origin != f"tequio/{row['network']}":
        raise NotProved(NO_PATH)


def _require_opening(row: Mapping[str, Any], opening: Mapping[str, Any] | None) -> None:
    if opening is None:  # erased by law: the place is proved, the words are not
        return
    promised = dump(body(facts=opening["facts"], private=opening["private"]))
    if hashlib.sha256(bytes.fromhex(opening["salt"]) + promised).hexdigest() != row["commitment"]:
        raise NotProved(OTHER_WORDS)

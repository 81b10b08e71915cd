"""Exports made without a database: a register of votes and outcomes, and its signing key."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, settings

from tequio.register.formats import Record, write_export
from tequio.register.rules import merkle, notes
from tequio.register.rules.canonical import body, canonical, commitment

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For properties: a busy machine is no failure."""

NETWORK = "4b1f2f6e-1111-4222-8333-0123456789ab"
SIGNER = notes.Signer(f"tequio/{NETWORK}", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
THIEF = notes.Signer(f"tequio/{NETWORK}", Ed25519PrivateKey.from_private_bytes(bytes(32)))


def secret(*words: object) -> bytes:
    """A salt that is the same in every run."""
    return hashlib.sha256(repr(words).encode()).digest()


def recount(facts: dict[str, Any]) -> list[str]:
    """The rule of these tests: the outcome is adopted when more said yes than no."""
    adopted = facts["yes"] > facts["no"]
    return (
        [] if adopted is facts["adopted"] else [f"{facts['yes']} to {facts['no']} is not {facts['adopted']}."]
    )


RECOMPUTERS = {"tests.majority/1": recount}


def facts_of(number: int) -> dict[str, Any]:
    if number % 5 == 4:
        yes, no = number % 7, number % 3
        rule = "tests.majority/1"
        return {
            "who": "Tequio",
            "rule": rule,
            "yes": yes,
            "no": no,
            "adopted": yes > no,
            "title": f"Año {number}",
        }
    return {"who": f"Ana {number % 11}", "answer": "agree", "why": None}


def record(
    number: int, *, kind: str = "tests.happened", facts: dict[str, Any] | None = None, **more: Any
) -> Record:
    """One entry with what it says; ``erased`` leaves the opening out."""
    facts = facts_of(number) if facts is None else facts
    salt, private = secret("salt", number), secret("private", number).hex() if number % 3 else None
    row = {
        "at": f"2026-03-{1 + number % 28:02}T10:00:00Z",
        "commitment": commitment(salt, body(facts=facts, private=private)),
        "id": str(UUID(bytes=secret("id", number)[:16], version=4)),
        "kind": kind,
        "network": NETWORK,
        "number": number,
        "ref": f"tests.Thing:{number}",
    }
    opening = {"facts": facts, "private": private, "salt": salt.hex()}
    return Record(row, None if more.get("erased") else opening)


def checkpoint(records: list[Record], signer: notes.Signer = SIGNER) -> str:
    """The signed note over these records."""
    root = merkle.root_of(merkle.leaf_hash(canonical(one.row)) for one in records)
    return notes.sign(str(notes.Checkpoint(signer.name, len(records), root)), signer=signer)


def export(
    records: list[Record], *, points: tuple[int, ...] = (), signer: notes.Signer = SIGNER
) -> list[bytes]:
    """The lines of an export with checkpoints at these sizes."""
    return list(
        write_export(
            network=NETWORK,
            name={"es": "Red de prueba", "en": "Test network"},
            made_at="2026-04-01T00:00:00Z",
            size=len(records),
            records=records,
            checkpoints={size: checkpoint(records[:size], signer) for size in points},
            keys=[str(signer.verifier)],
            signer=signer,
        )
    )


def lively(count: int = 23) -> list[Record]:
    """A register with outcomes, and with one entry whose content was erased."""
    records = [record(number) for number in range(count)]
    records[2] = record(2, erased=True)
    ground = {"who": "Ana", "ground": "Ley 1581", "entry": records[2].row["id"]}
    records.append(record(count, kind="register.erased", facts=ground))
    return records


def read(line: bytes) -> dict[str, Any]:
    return json.loads(line)  # type: ignore[no-any-return]

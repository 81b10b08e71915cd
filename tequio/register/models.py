"""Entries, what they promise, their numbers, and the checkpoints over them.

An entry never changes, and never goes. What it promised (the payload) lies beside it, and can be erased by law.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Func, Value

from tequio.core.scoping import NetworkModel
from tequio.register.rules.canonical import canonical
from tequio.register.rules.merkle import leaf_hash


class Entry(NetworkModel):
    """One thing that happened. No links but to its network: history outlives what it describes.

    ``ref`` names the subject ("decisions.Round:12"), ``turn`` the order of writing, which is not exported.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    turn = models.BigIntegerField(db_default=Func(Value("register_turn"), function="nextval"), editable=False)
    kind = models.CharField(max_length=80)
    ref = models.CharField(max_length=120)
    at = models.DateTimeField()
    commitment = models.CharField(max_length=64)

    class Meta(NetworkModel.Meta):
        constraints = [models.UniqueConstraint(fields=["network", "turn"], name="register_turn_once")]
        indexes = [models.Index(fields=["network", "ref", "turn"], name="register_entry_ref")]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"

    @property
    def number(self) -> int | None:
        """The place in the register, from 0, or None while it waits for one."""
        leaf: Leaf | None = getattr(self, "leaf", None)
        return None if leaf is None else leaf.number

    @property
    def facts(self) -> dict[str, Any]:
        """What members may know of it; empty once erased."""
        return self.payload.facts or {}

    @property
    def private(self) -> dict[str, Any]:
        """What only services may know of it; empty once erased."""
        return self.payload.private or {}

    @property
    def erased(self) -> bool:
        return self.payload.erased_at is not None


def row_of(entry: Entry, *, number: int, network: uuid.UUID) -> dict[str, Any]:
    """Return the row of an entry as it is hashed and exported."""
    return {
        "at": entry.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "commitment": entry.commitment,
        "id": str(entry.pk),
        "kind": entry.kind,
        "network": str(network),
        "number": number,
        "ref": entry.ref,
    }


def leaf_of(entry: Entry, *, number: int, network: uuid.UUID) -> bytes:
    """Return the leaf hash of an entry. Source: RFC 6962 §2.1."""
    return leaf_hash(canonical(row_of(entry, number=number, network=network)))


class Payload(NetworkModel):
    """What an entry promised: facts for members, a private part, and the salts that hide both.

    The only change the database allows is to empty it, once.
    """

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="payload")
    salt = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(null=True)
    private = models.JSONField(null=True)
    private_salt = models.CharField(max_length=64, blank=True)
    private_commitment = models.CharField(max_length=64, blank=True)
    person_id = models.BigIntegerField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta(NetworkModel.Meta):
        indexes = [models.Index(fields=["network", "person_id"], name="register_payload_person")]

    def __str__(self) -> str:
        return f"payload of {self.entry_id}"


class Leaf(NetworkModel):
    """The number given to an entry, and its hash as a leaf of the tree."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="leaf")
    number = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["network", "number"], name="register_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=0), name="register_number_from_zero"),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"


class Checkpoint(NetworkModel):
    """What the register promised at one moment, signed.

    ``frontier`` keeps the roots of the complete subtrees, so that the next checkpoint only reads new leaves.
    """

    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    frontier = models.JSONField(default=list)
    note = models.TextField()
    key = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        constraints = [models.UniqueConstraint(fields=["network", "size"], name="register_checkpoint_once")]

    def __str__(self) -> str:
        return f"checkpoint at {self.size}"


class Told(NetworkModel):
    """A listener that has heard of an entry, so that a second run never tells it again."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    listener = models.CharField(max_length=200)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["network", "entry", "listener"], name="register_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.listener} heard {self.entry_id}"

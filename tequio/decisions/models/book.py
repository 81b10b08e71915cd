"""The book of agreements: the words by which each is found, and where one came from that another network wrote."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from tequio.core.scoping import NetworkModel
from tequio.decisions.models.proposals import Proposal, Shelf


class AgreementWord(NetworkModel):
    """An agreement under one word without its ending, on the shelf where it stands ("NOW:agu").

    Equality and order of plain texts are all that row-level security lets an index answer (ADR 7), so each page of a
    search is one range of this index, whatever the number of agreements.
    """

    key = models.CharField(max_length=60, db_collation="C")
    number = models.PositiveIntegerField()
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="words")

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["network", "key", "number"], name="agreement_word_once"),
            models.CheckConstraint(
                condition=Q(key__startswith=f"{Shelf.NOW}:") | Q(key__startswith=f"{Shelf.OVER}:"),
                name="agreement_word_on_a_shelf",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.number}"


class Origin(NetworkModel):
    """Where the text of a proposal comes from: an agreement of another network, carried here as a file. Source: P11.

    ``lineage`` names the agreement through all its editions, ``edition`` counts those that took each other's place,
    and ``fingerprint`` is the one of the text as it came.
    """

    proposal = models.OneToOneField(Proposal, models.CASCADE, related_name="origin")
    network_uuid = models.UUIDField(default=uuid.uuid4)
    network_name = models.JSONField(default=dict)
    lineage = models.UUIDField()
    edition = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    decided_on = models.DateField()
    brought_at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(edition__gte=1), name="origin_edition_from_one"),
        ]
        indexes = [models.Index(fields=["network", "lineage", "-edition"], name="origin_by_lineage")]

    def __str__(self) -> str:
        return f"origin of proposal {self.proposal_id}"

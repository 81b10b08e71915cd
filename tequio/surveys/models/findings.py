"""What somebody reads in the numbers: written, signed, changed by new versions."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from tequio.core.scoping import NetworkModel
from tequio.people.models import Participant
from tequio.surveys.models.surveys import Survey


class Finding(NetworkModel):
    """One version of a sentence about a survey, or about one of its questions. The newest of a ``thread`` is in force.

    ``text`` is empty where it was taken back. ``answers`` is how many had answered when it was written, ``proposal``
    the UUID of the proposal that it led to: survey and decision stay apart.
    """

    thread = models.UUIDField(default=uuid4, editable=False)
    version = models.PositiveSmallIntegerField(default=1)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="findings")
    question = models.CharField(max_length=121, blank=True, default="")
    text = models.TextField(blank=True, default="")
    language = models.CharField(max_length=10)
    answers = models.PositiveIntegerField()
    proposal = models.UUIDField(null=True, blank=True)
    signed_by = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["thread", "version"], name="finding_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="finding_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"finding {self.thread}, version {self.version}"

"""A file of answers on its way into a survey."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel
from tequio.people.models import Participant
from tequio.surveys.models.surveys import Survey


class Stage(models.TextChoices):
    """How far a batch is."""

    READING = "READING", _("being read")
    READY = "READY", _("waiting for your word")
    RUNNING = "RUNNING", _("being imported")
    DONE = "DONE", _("imported")
    FAILED = "FAILED", _("could not be read")
    UNDONE = "UNDONE", _("undone")
    DROPPED = "DROPPED", _("left aside")


class Beyond(models.TextChoices):
    """What becomes of answers that go beyond a quota of the survey."""

    TAKE = "TAKE", _("Take them too")
    LEAVE = "LEAVE", _("Leave them out")


class Batch(NetworkModel):
    """One file of answers: how it is understood, what was decided about it, and what came of it.

    ``content`` is the file itself, kept until it is imported or left aside. ``layout`` says how it is cut into cells,
    ``mapping`` which column is what (place -> target), ``marks`` what parts several answers (question -> mark),
    ``decisions`` what becomes of texts that fit no question (question -> text -> choice), ``beyond`` what of answers
    that no quota has room for. ``fingerprint`` is the SHA-256 of the headings: by it the next file of the same form
    is understood at once (``Recipe``). ``report`` is what the last reading or the import found.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="batches")
    name = models.CharField(max_length=200)
    content = models.BinaryField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True, default="")
    layout = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    marks = models.JSONField(default=dict)
    decisions = models.JSONField(default=dict)
    beyond = models.CharField(max_length=10, choices=Beyond, blank=True, default="")
    report = models.JSONField(default=dict)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.READING)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        indexes = [models.Index(fields=["network", "survey", "-created_at"], name="batch_by_survey")]
        constraints = [
            models.CheckConstraint(
                condition=Q(content=None) | Q(stage__in=["READING", "READY", "RUNNING"]),
                name="an_ended_batch_keeps_no_file",
            ),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="batch_stage_known"),
        ]

    def __str__(self) -> str:
        return f"batch {self.pk} ({self.stage})"

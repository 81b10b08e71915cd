"""A file of organizations on its way into the directory."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel


class State(models.TextChoices):
    """How far an import is."""

    READING = "READING", _("being read")
    READY = "READY", _("waiting for your word")
    RUNNING = "RUNNING", _("being imported")
    DONE = "DONE", _("imported")
    FAILED = "FAILED", _("could not be read")
    UNDONE = "UNDONE", _("undone")
    DROPPED = "DROPPED", _("left aside")


class Import(NetworkModel):
    """One uploaded file: how it is understood, what is to happen with duplicates, and what came of it.

    ``content`` is the file itself, kept until the import is done or left aside. ``layout`` says how the file is
    cut into cells; ``mapping`` which column is what (column number -> field); ``choices`` what happens with a
    likely duplicate (row number -> skip, merge or new); ``report`` what the last reading or the import found.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    content = models.BinaryField(null=True)
    layout = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=State, default=State.READING)
    progress = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    by = models.ForeignKey("people.Participant", models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(content=None) | Q(state__in=["READING", "READY", "RUNNING"]),
                name="an_ended_import_keeps_no_file",
            )
        ]
        indexes = [models.Index(fields=["network", "-created_at"], name="import_by_day")]

    def __str__(self) -> str:
        return f"import {self.pk}"

"""How the files of one form are read, kept for the next one."""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from tequio.core.scoping import NetworkModel
from tequio.people.models import Participant
from tequio.surveys.models.surveys import Survey


class Recipe(NetworkModel):
    """What somebody made of a file: the next one with these headings is read so, and any other that is asked for by name.

    ``fingerprint`` is the SHA-256 of the headings. ``layout`` says how the file is cut into cells, ``columns`` what
    each heading is (heading -> target), ``marks`` what parts several answers (question -> mark), ``decisions``
    what becomes of texts that fit no question (question -> text -> choice).
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="recipes")
    name = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)
    layout = models.JSONField(default=dict)
    columns = models.JSONField(default=dict)
    marks = models.JSONField(default=dict)
    decisions = models.JSONField(default=dict)
    by = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        indexes = [models.Index(fields=["network", "fingerprint"], name="recipe_by_headings")]
        constraints = [models.UniqueConstraint(fields=["survey", "fingerprint"], name="recipe_once_a_form")]

    def __str__(self) -> str:
        return f"recipe {self.pk}"

"""Many answers counted aside: the answers as bits, and each table that somebody asked for. All of it can be made again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tequio.core.scoping import NetworkModel
from tequio.surveys.models.surveys import Survey


class Packed(NetworkModel):
    """The answers of a survey as bits (``rules.masks``), as they were at one moment; every table of it is of that moment.

    ``stamp`` names the state of the answers. ``columns`` are the questions and their categories, without answers.
    ``wanted_at`` is when somebody asked for the answers of now; it is empty once they are in. ``done`` of ``total``
    answers tells how far the job is.
    """

    survey = models.OneToOneField(Survey, models.CASCADE, related_name="packed")
    stamp = models.CharField(max_length=64, blank=True, default="")
    columns = models.JSONField(default=list)
    content = models.BinaryField(default=b"")
    answers = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    wanted_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at__isnull=True) | ~Q(stamp=""), name="packed_of_a_known_state"
            )
        ]

    def __str__(self) -> str:
        return f"{self.answers} answers of survey {self.survey_id} as bits"


class Tallied(NetworkModel):
    """One thing that a page of results asked for (``rules.asks``); ``found`` is empty until the job has counted it.

    ``used_at`` is when somebody last asked: what nobody asks for any more is not counted again.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="tallies")
    digest = models.CharField(max_length=64)
    asked = models.JSONField()
    found = models.JSONField(null=True, blank=True)
    used_at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        constraints = [models.UniqueConstraint(fields=["survey", "digest"], name="survey_tallied_once")]

    def __str__(self) -> str:
        return f"{self.asked.get('rows', '')} of survey {self.survey_id}"

"""Open answers put into a list of codes: by two people alone, then where they differ by a talk. Source: SUR-15."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from tequio.core.scoping import NetworkModel
from tequio.people.models import Participant
from tequio.surveys.models.answers import Answer
from tequio.surveys.models.surveys import Survey


class CodeList(NetworkModel):
    """Into which codes the answers to an open question are put: rows of ``{"key", "text"}``."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="code_lists")
    question = models.CharField(max_length=60)
    codes = models.JSONField(default=list)

    class Meta(NetworkModel.Meta):
        constraints = [models.UniqueConstraint(fields=["survey", "question"], name="code_list_once")]

    def __str__(self) -> str:
        return f"codes of {self.question}"


class Coding(NetworkModel):
    """What one person read in one open answer; ``agreed`` is what a talk about it decided."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="codings")
    coder = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    agreed = models.BooleanField(default=False)
    codes = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    coded_at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "coder"], condition=Q(agreed=False), name="coding_once_a_coder"
            ),
            models.UniqueConstraint(fields=["answer"], condition=Q(agreed=True), name="coding_agreed_once"),
        ]

    def __str__(self) -> str:
        return f"codes of answer {self.answer_id}"

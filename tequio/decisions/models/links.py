"""The links with which a letter lets somebody answer."""

from __future__ import annotations

from django.db import models

from tequio.core.scoping import NetworkModel
from tequio.decisions.models.rounds import Elector, Round


class AnswerLink(NetworkModel):
    """A participant's way from a letter to the answer of their member in one round; it takes one answer.

    The secret itself is derived where a letter is written, and only its SHA-256 is kept.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="links")
    elector = models.ForeignKey(Elector, models.CASCADE, related_name="links")
    participant = models.ForeignKey("people.Participant", models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["round", "participant"], name="one_link_a_voice_and_person")
        ]

    def __str__(self) -> str:
        return f"link {self.pk} to round {self.round_id}"

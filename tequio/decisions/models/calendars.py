"""Secrets of personal calendars."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from tequio.core.scoping import NetworkModel


class CalendarKey(NetworkModel):
    """A participant's secret for the calendar of deadlines; the address is derived from it and never stored."""

    participant = models.ForeignKey("people.Participant", models.CASCADE, related_name="+")
    nonce = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["participant"], condition=Q(revoked_at=None), name="one_calendar_a_participant"
            )
        ]

    def __str__(self) -> str:
        return f"calendar key {self.pk}"

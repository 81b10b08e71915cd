"""Links of their own for those whom a survey asks by name or e-mail."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from tequio.core.scoping import NetworkModel
from tequio.people.models import Participant
from tequio.surveys.models.answers import Reply
from tequio.surveys.models.surveys import Survey


class Link(NetworkModel):
    """An address of its own for one respondent, which takes one reply: that with the key ``once``.

    ``token`` is the SHA-256 of the secret in the address. ``stopped_at``: whoever got it asked not to be written to.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="links")
    once = models.UUIDField(default=uuid4, editable=False)
    token = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField(max_length=200, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    language = models.CharField(max_length=10)
    reply = models.OneToOneField(Reply, models.SET_NULL, null=True, blank=True, related_name="link")
    made_by = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "email"], condition=~Q(email=""), name="link_once_an_address"
            ),
        ]

    def __str__(self) -> str:
        return f"link {self.pk} of survey {self.survey_id}"

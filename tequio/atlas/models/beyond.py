"""Organizations beyond the members that said what they ask and offer; being introduced to them. Source: SUR-20."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from tequio.core.scoping import NetworkModel
from tequio.people.models import Candidate, Membership, Organization, Participant


class Prospect(NetworkModel):
    """An organization of the directory that is no member, or a candidate, as matching knows it.

    Written anew from what it answered in surveys. ``named`` says whether members may read its name: an organization of
    the directory they know; a candidate only where it agreed to be named. How to write to it is never kept here.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    organization = models.OneToOneField(Organization, models.CASCADE, null=True, related_name="+")
    candidate = models.OneToOneField(Candidate, models.CASCADE, null=True, related_name="+")
    named = models.BooleanField(default=False)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False) ^ Q(candidate__isnull=False), name="prospect_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"prospect {self.pk}"


class BridgeState(models.TextChoices):
    """Where it is."""

    ASKED = "ASKED", pgettext_lazy("bridge", "the coordination is asked")
    SENT = "SENT", pgettext_lazy("bridge", "the coordination wrote to them")
    ACCEPTED = "ACCEPTED", pgettext_lazy("bridge", "introduced")
    NOT_NOW = "NOT_NOW", pgettext_lazy("bridge", "not now")
    TAKEN_BACK = "TAKEN_BACK", pgettext_lazy("bridge", "taken back")


OPEN = (BridgeState.ASKED, BridgeState.SENT, BridgeState.ACCEPTED)


class Bridge(NetworkModel):
    """A member asks the coordination to introduce it to a prospect; no contact shows before the prospect says yes.

    The coordination writes a letter, whose link answers it. Of a no, nobody learns why.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    asking = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    prospect = models.ForeignKey(Prospect, models.CASCADE, related_name="+")
    words = models.TextField(blank=True, default="")
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=20, choices=BridgeState, default=BridgeState.ASKED)
    asked_by = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    sent_by = models.ForeignKey(Participant, models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["asking", "prospect"], condition=Q(state__in=OPEN), name="one_bridge_between_two"
            ),
            models.CheckConstraint(condition=Q(state__in=BridgeState.values), name="bridge_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["ASKED", "SENT"]) ^ Q(ended_at__isnull=False),
                name="bridge_ended_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["SENT", "ACCEPTED", "NOT_NOW"]) | Q(sent_at__isnull=False),
                name="bridge_answered_when_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"bridge {self.pk} ({self.state})"

"""Voices given to others for a vote."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tequio.core.scoping import NetworkModel
from tequio.decisions.models.proposals import Proposal


class Proxy(NetworkModel):
    """A member's voice, given to another for the vote on one decision, or for the votes that open on one day.

    It counts when a vote opens, and can be taken back until then.
    """

    giver = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")
    holder = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, blank=True, related_name="proxies")
    on_day = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey("people.Participant", models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("holder")), name="a_proxy_is_another"),
            models.CheckConstraint(
                condition=Q(proposal=None) ^ Q(on_day=None), name="a_proxy_is_for_a_decision_or_a_day"
            ),
            models.UniqueConstraint(
                fields=["giver", "proposal"], condition=Q(ended_at=None), name="one_proxy_a_decision"
            ),
            models.UniqueConstraint(
                fields=["giver", "on_day"], condition=Q(ended_at=None), name="one_proxy_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"proxy {self.pk}"

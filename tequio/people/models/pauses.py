"""Pauses of memberships: from a day to a day, and what the membership was before."""

from django.db import models
from django.db.models import F, Q

from tequio.core.scoping import NetworkModel
from tequio.people.models.memberships import Membership, Participant, Status


class Pause(NetworkModel):
    """A member takes no part for a while: no voice and no asks, from a day until before another.

    Without ``until_on`` it lasts until the member says so. ``before`` is the status it comes back to.
    """

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="pauses")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    before = models.CharField(max_length=20, choices=Status, blank=True, default="")
    asked_by = models.ForeignKey(Participant, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=Q(ended_at=None), name="one_pause_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=F("from_on")), name="a_pause_lasts"
            ),
        ]

    def __str__(self) -> str:
        return f"pause {self.pk} of {self.membership_id}"

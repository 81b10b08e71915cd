"""Who listens to somebody who suffered violence, as the help page shows them."""

from django.db import models

from tequio.core.scoping import NetworkModel
from tequio.people.models.memberships import Participant


class Contact(NetworkModel):
    """One person who listens, and how to reach them. Source: GOV-29, GOV-31.

    ``participant`` holds the duty CONTACT; without one, it is somebody from outside, or whom nobody here knows by that
    name. What the charter says is ``networks.ContactPerson``; this is who does it today.
    """

    participant = models.ForeignKey(Participant, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    reach = models.CharField(max_length=300)
    outside = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    class Meta(NetworkModel.Meta):
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["network", "position"], name="listener_position_once"),
            models.CheckConstraint(
                condition=models.Q(outside=False) | models.Q(participant=None), name="outside_is_nobody_here"
            ),
        ]

    def __str__(self) -> str:
        return f"contact {self.position} of {self.network_id}"

"""Who stands behind a network: organizations, and another network of this installation."""

from django.db import models
from django.db.models import F, Q

from tequio.core.scoping import NetworkModel
from tequio.people.models.organizations import Organization


class Host(NetworkModel):
    """An organization that stands behind the network; in a consortium one of them coordinates. Source: CTX-01, CTX-03."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="hosted")
    coordinates = models.BooleanField(default=False)
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization"], condition=Q(until_on=None), name="hosts_once"),
            models.UniqueConstraint(
                fields=["network"],
                condition=Q(until_on=None, coordinates=True),
                name="one_coordinating_host",
            ),
        ]

    def __str__(self) -> str:
        return f"host {self.pk} of {self.network_id}"


class Side(models.TextChoices):
    HOSTED = "HOSTED"
    HOSTS = "HOSTS"


class Agreement(models.TextChoices):
    ASKED = "ASKED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    ENDED = "ENDED"


class Hosting(NetworkModel):
    """One side of what two networks agreed on: each keeps a row of its own, and sees of the other name and address only.

    Source: CTX-01, CTX-03.
    """

    side = models.CharField(max_length=10, choices=Side)
    other = models.ForeignKey("networks.Network", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=Agreement, default=Agreement.ASKED)
    reason = models.CharField(max_length=500, blank=True, default="")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["network"],
                condition=Q(side="HOSTED", state__in=["ASKED", "ACCEPTED"]),
                name="hosted_by_one_network",
            ),
            models.UniqueConstraint(
                fields=["network", "other"],
                condition=Q(state__in=["ASKED", "ACCEPTED"]),
                name="one_agreement_with_a_network",
            ),
            models.CheckConstraint(condition=~Q(network=F("other")), name="a_network_hosts_others"),
        ]

    def __str__(self) -> str:
        return f"{self.network_id} {self.side} {self.other_id}"

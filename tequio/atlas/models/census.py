"""What was counted of people on a day, as it may be told."""

from django.db import models

from tequio.core.scoping import NetworkModel


class Census(NetworkModel):
    """How many people, seats' holders and voices said which gender, on a day. Small groups are not kept. Source: XCT-05.

    ``told`` is column (PEOPLE, SEATS, SPOKE) -> value -> number, or null where it is withheld.
    """

    on = models.DateField()
    told = models.JSONField(default=dict)

    class Meta(NetworkModel.Meta):
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["network", "on"], name="census_once_a_day")]

    def __str__(self) -> str:
        return f"census of {self.network_id} on {self.on}"

"""Who carries a member's voice for a time."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from tequio.core.scoping import NetworkModel
from tequio.people.models.memberships import Membership, Participant


class Substitution(NetworkModel):
    """Somebody who carries a member's voice from a day on until before another. Source: CTX-21, G-6.

    On these days nobody else carries it; the days are those of the network's own time zone.
    """

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="substitutions")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="substitutions")
    starts_on = models.DateField()
    ends_on = models.DateField()
    named_by = models.ForeignKey(Participant, models.PROTECT, null=True, blank=True, related_name="+")
    named_at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="substitution_ends_after_it_starts"
            ),
            ExclusionConstraint(
                name="one_substitution_at_a_time",
                expressions=[
                    (F("membership"), RangeOperators.EQUAL),
                    (
                        Func("starts_on", "ends_on", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"substitution {self.pk}"

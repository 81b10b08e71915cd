"""What members said that they need and give, as matching reads it; matches put away; introductions. Source: SUR-20."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import pgettext_lazy

from tequio.atlas.models.beyond import Prospect
from tequio.core.scoping import NetworkModel
from tequio.people.models import Membership, Participant


class Mention(NetworkModel):
    """One thing that a member or a prospect needs, gives or finds hard, under a tag that others share.

    Written anew from what was said (needs and offers, answers of surveys): nothing is typed here. Its indexes are what
    finds those that fit another, however many there are (``rules.matching``).
    """

    membership = models.ForeignKey(Membership, models.CASCADE, null=True, related_name="mentions")
    prospect = models.ForeignKey(Prospect, models.CASCADE, null=True, related_name="mentions")
    side = models.CharField(max_length=10, db_collation="C")
    tag = models.CharField(max_length=60, db_collation="C")
    text = models.JSONField(default=dict, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["network", "side", "tag", "membership"], name="mentioned_once"),
            models.UniqueConstraint(
                fields=["network", "side", "tag", "prospect"], name="mentioned_once_by_a_prospect"
            ),
            models.CheckConstraint(
                condition=Q(membership__isnull=False) ^ Q(prospect__isnull=False), name="mention_of_one"
            ),
            models.CheckConstraint(
                condition=Q(side__in=["NEED", "OFFER", "CHALLENGE"]), name="mention_side_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.tag} of {self.membership_id or self.prospect_id}"


class Declined(NetworkModel):
    """A member put a match (another member, or a prospect) away: not shown to it again, until it takes that back."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    other = models.ForeignKey(Membership, models.CASCADE, null=True, related_name="+")
    prospect = models.ForeignKey(Prospect, models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["membership", "other"], name="declined_once"),
            models.UniqueConstraint(fields=["membership", "prospect"], name="prospect_declined_once"),
            models.CheckConstraint(
                condition=Q(other__isnull=False) ^ Q(prospect__isnull=False), name="declined_is_one"
            ),
            models.CheckConstraint(condition=~Q(membership=F("other")), name="nobody_declines_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} declined {self.other_id or self.prospect_id}"


class State(models.TextChoices):
    """Where an introduction is."""

    ASKED = "ASKED", pgettext_lazy("introduction", "the other side is asked")
    ACCEPTED = "ACCEPTED", pgettext_lazy("introduction", "introduced")
    NOT_NOW = "NOT_NOW", pgettext_lazy("introduction", "not now")
    TAKEN_BACK = "TAKEN_BACK", pgettext_lazy("introduction", "taken back")


class Introduction(NetworkModel):
    """One member asks to get to know another; contacts show to both once the other side says yes, and never before.

    Who asks and who says yes are the contacts. Of a no, nobody learns why, and the coordination not even whose.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    asking = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    asked = models.ForeignKey(Membership, models.CASCADE, related_name="+")
    words = models.TextField(blank=True, default="")
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=20, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(Participant, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        indexes = [
            models.Index(fields=["network", "asking", "state"], name="introduction_asking"),
            models.Index(fields=["network", "asked", "state"], name="introduction_asked"),
        ]
        constraints = [
            models.UniqueConstraint(
                Least("asking", "asked"),
                Greatest("asking", "asked"),
                condition=Q(state__in=["ASKED", "ACCEPTED"]),
                name="introduced_once",
            ),
            models.CheckConstraint(condition=~Q(asking=F("asked")), name="nobody_meets_itself"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="introduction_state_known"),
            models.CheckConstraint(
                condition=Q(state="ASKED") ^ Q(answered_at__isnull=False),
                name="introduction_answered_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="ACCEPTED") | Q(answered_by__isnull=False), name="introduced_by_both"
            ),
        ]

    def __str__(self) -> str:
        return f"introduction {self.pk} ({self.state})"

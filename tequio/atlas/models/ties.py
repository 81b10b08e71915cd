"""What two organizations do together: said by one, confirmed by the other."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import pgettext_lazy

from tequio.core.scoping import NetworkModel
from tequio.people.models import Organization, Participant


class TieState(models.TextChoices):
    """Where a tie is."""

    ASKED = "ASKED", pgettext_lazy("tie", "waits for the other side")
    AGREED = "AGREED", pgettext_lazy("tie", "confirmed by both")
    DECLINED = "DECLINED", pgettext_lazy("tie", "not confirmed")
    TAKEN_BACK = "TAKEN_BACK", pgettext_lazy("tie", "taken back")
    ENDED = "ENDED", pgettext_lazy("tie", "ended")


class Tie(NetworkModel):
    """``one`` says that it works with ``other``; nobody besides the two knows of it before the other said yes.

    ``public`` asks that strangers may read it, too; the other side agrees to both at once. ``what`` is written in
    ``language``. What was declined or taken back keeps no words.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    one = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    other = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    what = models.CharField(max_length=300, blank=True, default="")
    language = models.CharField(max_length=10)
    since_on = models.DateField(null=True, blank=True)
    public = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=TieState, default=TieState.ASKED)
    declared_by = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    answered_by = models.ForeignKey(Participant, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        indexes = [
            models.Index(fields=["network", "one", "state"], name="tie_of_one"),
            models.Index(fields=["network", "other", "state"], name="tie_of_other"),
        ]
        constraints = [
            models.UniqueConstraint(
                "network",
                Least("one", "other"),
                Greatest("one", "other"),
                condition=Q(state__in=["ASKED", "AGREED"]),
                name="one_tie_between_two",
            ),
            models.CheckConstraint(condition=~Q(one=F("other")), name="nobody_is_tied_to_itself"),
            models.CheckConstraint(condition=Q(state__in=TieState.values), name="tie_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["ASKED", "TAKEN_BACK"]) ^ Q(answered_at__isnull=False),
                name="tie_answered_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"tie of {self.one_id} with {self.other_id} ({self.state})"

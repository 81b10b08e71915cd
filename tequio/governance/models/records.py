"""What flows between circles, what groups report, what a ring may, and links that are waived for a time."""

import uuid

from django.db import models
from django.db.models import F, Q

from tequio.core.scoping import NetworkModel
from tequio.governance.models.structure import Circle
from tequio.governance.models.words import DIRECTIONS
from tequio.people.models import Participant


class FlowNote(NetworkModel):
    """What went down from the circle around, or came up to it, by one of the two who carry. Source: GOV-14, GOV-15."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="flow")
    direction = models.CharField(max_length=10, choices=DIRECTIONS)
    words = models.TextField()
    language = models.CharField(max_length=10)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["network", "circle", "-at"], name="flow_of_link")]

    def __str__(self) -> str:
        return f"{self.direction} of circle {self.circle_id}"


class Waiver(NetworkModel):
    """A link that may hang on one person for a time, by a decision and with its reason. Source: C9."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="waivers")
    reason = models.TextField()
    since = models.DateField()
    until = models.DateField()
    entry = models.UUIDField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="a_waiver_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["circle"], condition=Q(ended_at=None), name="one_open_waiver_a_circle"
            ),
        ]

    def __str__(self) -> str:
        return f"waiver for circle {self.circle_id}"


class Report(NetworkModel):
    """What a working group tells the coordination about one stretch of time (from ``starts_on``). Source: GOV-23."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="reports")
    starts_on = models.DateField()
    words = models.TextField()
    language = models.CharField(max_length=10)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        ordering = ["-starts_on"]
        constraints = [models.UniqueConstraint(fields=["circle", "starts_on"], name="one_report_a_stretch")]

    def __str__(self) -> str:
        return f"report of circle {self.circle_id} from {self.starts_on}"


class RingRight(NetworkModel):
    """How far out a right reaches: everybody up to this ring may ``verb`` a ``matter``. No row: the usual. Source: GOV-22."""

    verb = models.CharField(max_length=10)
    matter = models.CharField(max_length=20)
    ring = models.PositiveSmallIntegerField()

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["network", "verb", "matter"], name="ring_right_once"),
            models.CheckConstraint(condition=Q(ring__lte=9), name="ring_right_reaches_a_ring"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.matter} up to ring {self.ring}"

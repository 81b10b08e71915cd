"""Copies of a network to carry away, where a network came from, and the coordination on its way to other hands."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel


class CopyKind(models.TextChoices):
    """Who a copy is for."""

    PRIVATE = "PRIVATE", _("Whole: to move the network")
    PUBLIC = "PUBLIC", _("Public: what anybody may read")


class CopyState(models.TextChoices):
    ASKED = "ASKED", _("waiting its turn")
    MAKING = "MAKING", _("being made")
    MADE = "MADE", _("ready")
    FAILED = "FAILED", _("it could not be made")
    GONE = "GONE", _("deleted")


UNDER_WAY = (CopyState.ASKED, CopyState.MAKING)


class Copy(NetworkModel):
    """A network as one file, asked for by the coordination, made by a job, deleted after some days.

    ``digest`` is the SHA-256 of the file, in hex: whoever receives it can compare. ``size`` is in bytes.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=CopyKind, default=CopyKind.PRIVATE)
    state = models.CharField(max_length=10, choices=CopyState, default=CopyState.ASKED)
    asked_by = models.ForeignKey(
        "people.Participant", models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    size = models.BigIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True, default="")

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["network", "kind"],
                condition=Q(state__in=["ASKED", "MAKING"]),
                name="one_copy_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="MADE") | Q(size__isnull=False, made_at__isnull=False),
                name="a_made_copy_has_a_size",
            ),
        ]
        indexes = [models.Index(fields=["network", "-asked_at"], name="copy_by_day")]

    def __str__(self) -> str:
        return f"copy {self.uuid}"

    @property
    def path(self) -> str:
        """Where the file lies, in the storage of files."""
        return f"copies/{self.uuid}.zip"


class Arrival(models.Model):
    """A network that was brought in from another installation; not part of that network's register.

    ``seals`` are the signed notes of its archive: while nothing has changed, a new archive carries the same.
    """

    network = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)
    key = models.CharField(max_length=200)
    seals = models.JSONField(default=list)
    rows = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"arrival of {self.network}"


class OfferState(models.TextChoices):
    OPEN = "OPEN", _("waits for an answer")
    ACCEPTED = "ACCEPTED", _("accepted")
    DECLINED = "DECLINED", _("declined")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")


class Offer(NetworkModel):
    """The coordination, offered by one who holds it to somebody who has to accept.

    ``stays`` says whether who offers it goes on coordinating too.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    giver = models.ForeignKey("people.Participant", models.PROTECT, related_name="+")
    receiver = models.ForeignKey("people.Participant", models.PROTECT, related_name="+")
    stays = models.BooleanField(default=False)
    words = models.TextField(blank=True, default="")
    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.OPEN)
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["network", "receiver"], condition=Q(state="OPEN"), name="one_open_offer_to_somebody"
            ),
            models.CheckConstraint(
                condition=Q(state="OPEN") ^ Q(answered_at__isnull=False), name="an_answered_offer_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"offer {self.uuid}"

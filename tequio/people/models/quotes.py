"""What people said of their own experience, kept with their consent, for those who found networks. Source: CTX-10."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel
from tequio.networks.models import Network
from tequio.people.models.memberships import Participant
from tequio.people.models.organizations import Organization


class Step(models.IntegerChoices):
    """The six steps to which a quote can belong."""

    REACH = 1, _("Reach")
    GOVERNANCE = 2, _("Governance")
    MEMBERSHIP = 3, _("Membership")
    SUSTAINABILITY = 4, _("Sustainability")
    COMMUNICATION = 5, _("Communication")
    STRATEGY = 6, _("Strategy")


class Aspect(models.TextChoices):
    """The six matters of an in-depth interview. Source: CTX-09."""

    BACKGROUND = "background", _("Background")
    INNOVATION = "innovation", _("Innovation")
    GOVERNANCE = "governance", _("Governance")
    SUSTAINABILITY = "sustainability", _("Sustainability")
    INCLUSION = "inclusion", _("Inclusion")
    VALUE = "value", _("Value proposition")


class Byline(models.TextChoices):
    NAME = "NAME", _("With their name")
    CHOSEN = "CHOSEN", _("With a name that they choose")
    NONE = "NONE", _("Without a name")


class Reach(models.TextChoices):
    NETWORK = "NETWORK", _("The people of this network")
    OTHERS = "OTHERS", _("Also those who found other networks here")


class Origin(models.TextChoices):
    INTERVIEW = "INTERVIEW", _("An interview")
    ANSWER = "ANSWER", _("An answer to a survey")
    WORKSHOP = "WORKSHOP", _("A workshop")
    OTHER = "OTHER", _("Somewhere else")


class Quote(NetworkModel):
    """Somebody's words, by language; the first one is the ``language`` in which they were said.

    ``participant`` is the author where they take part in the network, else ``name`` is how the author wants to be
    called, if at all: a real name that is not to be shown is not kept. It is shown once ``agreed_at`` says when they
    consented, ``consent`` how; withdrawn, its words are gone and only the trace stays. ``source`` names what it was
    taken from ("surveys.Answer:12"), so that the same is not kept twice.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    words = models.JSONField(default=dict)
    language = models.CharField(max_length=10)
    participant = models.ForeignKey(Participant, models.PROTECT, null=True, blank=True, related_name="quotes")
    byline = models.CharField(max_length=10, choices=Byline, default=Byline.NONE)
    name = models.CharField(max_length=120, blank=True, default="")
    role = models.CharField(max_length=120, blank=True, default="")
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="+")
    organization_name = models.CharField(max_length=200, blank=True, default="")
    step = models.PositiveSmallIntegerField(choices=Step)
    aspect = models.CharField(max_length=20, choices=Aspect)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.INTERVIEW)
    source = models.CharField(max_length=120, blank=True, default="")
    reach = models.CharField(max_length=10, choices=Reach, default=Reach.NETWORK)
    consent = models.CharField(max_length=200, blank=True, default="")
    folded = models.TextField(blank=True, default="", editable=False)
    recorded_by = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        indexes = [models.Index(fields=["network", "step", "-recorded_at"], name="quote_by_step")]
        constraints = [
            models.CheckConstraint(condition=Q(step__gte=1, step__lte=6), name="quote_of_six_steps"),
            models.CheckConstraint(condition=Q(aspect__in=Aspect.values), name="quote_of_six_aspects"),
            models.CheckConstraint(condition=Q(withdrawn_at=None) | Q(words={}, name="", folded=""), name="withdrawn_words_are_gone"),
            models.UniqueConstraint(
                fields=["network", "source"], condition=~Q(source="") & Q(withdrawn_at=None), name="quoted_once"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"quote {self.pk}"


class SharedQuote(models.Model):
    """A quote whose author lets those who found other networks here read it; a copy that goes when they withdraw it.

    Belongs to no scope: everybody on the installation reads it, its own network alone writes it.
    """

    network = models.ForeignKey(Network, models.CASCADE, related_name="+")
    uuid = models.UUIDField(unique=True)
    words = models.JSONField(default=dict)
    said_by = models.CharField(max_length=120, blank=True, default="")
    role = models.CharField(max_length=120, blank=True, default="")
    organization_name = models.CharField(max_length=200, blank=True, default="")
    step = models.PositiveSmallIntegerField()
    aspect = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["step", "-at"], name="shared_quote_by_step")]

    def __str__(self) -> str:
        return f"quote of {self.network_id}"

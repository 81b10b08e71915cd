"""Workshops: who came, what was worked on, which actions were proposed, and which come first. Source: CTX-07."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel
from tequio.core.texts import say
from tequio.people.models import Organization, Participant


class WorkshopState(models.TextChoices):
    WRITING = "WRITING", _("actions are written down")
    MARKING = "MARKING", _("those present say what comes first")
    CLOSED = "CLOSED", _("the order is signed")


class Workshop(NetworkModel):
    """A workshop that ends in an order of actions, and the facts of who came. Source: CTX-07, CTX-16, CTX-17.

    ``title`` and ``questions`` are texts per language; ``sectors`` maps a sector to a number of people. ``country``, where
    it was, and ``countries``, from where people came, are ISO 3166-1 alpha-2. ``places`` are the cities that the table
    of places knows (id, name, country), ``cities`` the others as they were written. Each person marks at most ``each`` actions, until ``until_at`` where there is a deadline;
    ``everybody`` lets the whole network mark, not only who took part. Closed, ``result`` holds the counted places, and
    ``entry`` names the register's entry.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    title = models.JSONField(default=dict)
    questions = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=10)
    held_on = models.DateField()
    hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    place = models.CharField(max_length=200, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="")
    link = models.URLField(max_length=500, blank=True, default="")
    countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    cities = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    places = models.JSONField(default=list, blank=True)
    sectors = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=WorkshopState, default=WorkshopState.WRITING)
    each = models.PositiveSmallIntegerField(default=3)
    everybody = models.BooleanField(default=False)
    until_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(Participant, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(default=list, blank=True)
    papers = models.PositiveIntegerField(default=0)
    entry = models.UUIDField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["network", "-held_on"], name="workshop_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=WorkshopState.values), name="workshop_state_known"),
            models.CheckConstraint(condition=Q(each__gte=1, each__lte=5), name="workshop_marks_few"),
            models.CheckConstraint(
                condition=Q(state="CLOSED", closed_at__isnull=False, signed_by__isnull=False)
                | ~Q(state="CLOSED") & Q(closed_at=None, signed_by=None),
                name="workshop_order_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"workshop {self.pk} {self.state}"

    @property
    def said_title(self) -> str:
        """Its title in the reader's language, or in the first one that has it."""
        return say(self.title)


class WorkshopPart(NetworkModel):
    """A person or an organization that took part."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="parts")
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, blank=True, related_name="+")
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta(NetworkModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(participant=None) ^ Q(organization=None), name="a_person_or_an_organization_came"
            ),
            models.UniqueConstraint(fields=["workshop", "participant"], name="person_came_once"),
            models.UniqueConstraint(fields=["workshop", "organization"], name="organization_came_once"),
        ]

    def __str__(self) -> str:
        return f"part {self.pk} of workshop {self.workshop_id}"


class WorkshopAction(NetworkModel):
    """A proposed action: what, why, and the objective or pillar that it serves.

    ``who`` proposes it is an organization or a table, empty where it is the person who wrote it down.
    ``objective`` names a row of the specific objectives, ``pillar`` the place of a pillar. ``planned`` names the row of
    the strategic plan that came of it, ``proposal`` and its number the decision that it was brought to.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="actions")
    number = models.PositiveSmallIntegerField()
    words = models.JSONField(default=dict)
    why = models.JSONField(default=dict)
    who = models.CharField(max_length=120, blank=True, default="")
    objective = models.CharField(max_length=40, blank=True, default="")
    pillar = models.PositiveSmallIntegerField(null=True, blank=True)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    planned = models.CharField(max_length=40, blank=True, default="")
    proposal = models.UUIDField(null=True, blank=True)
    proposal_number = models.PositiveIntegerField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["workshop", "number"], name="action_number_once")]

    def __str__(self) -> str:
        return f"action {self.number} of workshop {self.workshop_id}"

    @property
    def proposes(self) -> str:
        """Who proposes it: whoever was named, or the person who wrote it down."""
        return self.who or self.participant.name


class WorkshopPaper(NetworkModel):
    """What one person marked. Without ``participant`` it was marked on a phone that went around."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="marked")
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, blank=True, related_name="+")
    actions = ArrayField(models.PositiveSmallIntegerField(), default=list)
    words = models.CharField(max_length=300, blank=True, default="")
    handed_by = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        constraints = [models.UniqueConstraint(fields=["workshop", "participant"], name="marks_once")]

    def __str__(self) -> str:
        return f"paper {self.pk} of workshop {self.workshop_id}"

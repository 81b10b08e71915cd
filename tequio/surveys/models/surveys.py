"""A survey and the versions of its instrument."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tequio.core.scoping import NetworkModel
from tequio.people.models import Participant
from tequio.surveys.rules.instrument import Instrument
from tequio.surveys.rules.written import from_json, stamp_of


class State(models.TextChoices):
    """Where a survey is."""

    DRAFT = "DRAFT", pgettext_lazy("survey", "being written")
    OPEN = "OPEN", pgettext_lazy("survey", "open")
    CLOSED = "CLOSED", pgettext_lazy("survey", "closed")


class Access(models.TextChoices):
    """Who can answer."""

    PUBLIC = "PUBLIC", _("Whoever has its address")
    PERSONAL = "PERSONAL", _("Only who gets a link of their own")
    MEMBERS = "MEMBERS", _("The people of this network")


class Survey(NetworkModel):
    """One asking of the field. ``token`` opens the page for answering; ``slug`` is the name of its public report.

    ``once_per_organization`` takes one answer from each organization. ``quotas`` are rows of
    ``{"question", "option", "most"}``. ``quorum_cell`` is the smallest group that published tables show.
    ``weighting`` is how answers weigh besides counting once each (``rules.weights``); empty where they only count.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    slug = models.SlugField(max_length=60)
    token = models.SlugField(max_length=40, unique=True, editable=False)
    template = models.CharField(max_length=40, blank=True, default="")
    title = models.JSONField()
    languages = ArrayField(models.CharField(max_length=10))
    access = models.CharField(max_length=20, choices=Access, default=Access.PUBLIC)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    once_per_organization = models.BooleanField(default=False)
    quotas = models.JSONField(default=list, blank=True)
    quorum_cell = models.PositiveSmallIntegerField(default=5)
    weighting = models.JSONField(default=dict, blank=True)
    created_by = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        indexes = [models.Index(fields=["network", "state", "created_at"], name="survey_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["network", "slug"], name="survey_slug_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="survey_state_known"),
            models.CheckConstraint(condition=Q(access__in=Access.values), name="survey_access_known"),
            models.CheckConstraint(condition=Q(quorum_cell__gte=5), name="survey_cell_at_least_five"),
            models.CheckConstraint(
                condition=Q(state="DRAFT") ^ Q(opened_at__isnull=False), name="survey_opens_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="CLOSED") ^ Q(closed_at__isnull=False), name="survey_closes_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__gt=F("created_at")),
                name="survey_closes_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"survey {self.slug} ({self.state})"


class Version(NetworkModel):
    """What a survey asks. A version that was opened never changes: an answer belongs to the one it answered.

    ``document`` is ``rules.written``. At most one version of a survey is a draft.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    document = models.JSONField()
    changed_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="survey_version_once"),
            models.UniqueConstraint(
                fields=["survey"], condition=Q(opened_at=None), name="survey_one_draft_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of survey {self.survey_id}"

    @property
    def instrument(self) -> Instrument:
        """What it asks."""
        return from_json(self.document)

    @property
    def stamp(self) -> str:
        """A name of exactly what it asks, so that nobody writes over what somebody else changed."""
        return stamp_of(self.document)


class Earlier(NetworkModel):
    """What a draft asked before a change: taking that change back puts this in its place. Opening it forgets them."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="earlier")
    document = models.JSONField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"what version {self.version_id} asked before {self.at}"

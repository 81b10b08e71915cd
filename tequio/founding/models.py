"""What founders answer, write together and agree to, and the charter that comes out of it."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel
from tequio.people.models import Participant


class Answer(NetworkModel):
    """A founder's own answer to a closed question; ``unknown`` means "we don't know yet"."""

    question = models.SlugField(max_length=40)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    value = models.JSONField(null=True, blank=True)
    unknown = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "question"], name="answered_once"),
            models.CheckConstraint(
                condition=Q(unknown=False, value__isnull=False) | Q(unknown=True, value__isnull=True),
                name="an_answer_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} by {self.participant_id}"


class TextState(models.TextChoices):
    CURRENT = "CURRENT", _("the text that stands")
    OLD = "OLD", _("an earlier version")
    APART = "APART", _("written at the same time: waits for a choice")
    SETTLED = "SETTLED", _("written at the same time: a choice was made")


class SharedText(NetworkModel):
    """One version of a text that founders write together, in one language ("" when it has none).

    Versions never change and never go: a save on an old version is kept ``APART`` until somebody chooses.
    ``base`` is the version it was written on.
    """

    question = models.SlugField(max_length=40)
    language = models.CharField(max_length=10, blank=True, default="")
    version = models.PositiveIntegerField()
    base = models.PositiveIntegerField(default=0)
    body = models.TextField(blank=True, default="")
    rows = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=TextState, default=TextState.CURRENT)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "question", "language", "version"], name="text_version_once"
            ),
            models.UniqueConstraint(
                fields=["network", "question", "language"],
                condition=Q(state="CURRENT"),
                name="one_text_stands",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.language} v{self.version}"


class StepAgreement(NetworkModel):
    """A founder agreed to a step as it stood; ``step_state`` names what it said (``rules.state_of``)."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    step = models.PositiveSmallIntegerField()
    step_state = models.CharField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "step"], name="agreed_to_a_step_once"),
            models.CheckConstraint(condition=Q(step__gte=1, step__lte=6), name="six_steps"),
        ]

    def __str__(self) -> str:
        return f"step {self.step} by {self.participant_id}"


class Place(NetworkModel):
    """Where a founder stopped, and when: the path goes on there."""

    participant = models.OneToOneField(Participant, models.PROTECT, related_name="founding_place")
    topic = models.SlugField(max_length=40)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.participant_id} at {self.topic}"


class CharterState(models.TextChoices):
    DRAFT = "DRAFT", _("draft")
    RATIFYING = "RATIFYING", _("being ratified")
    RETURNED = "RETURNED", _("sent back with objections")
    IN_FORCE = "IN_FORCE", _("in force")
    REPLACED = "REPLACED", _("replaced")


class Charter(NetworkModel):
    """One version of the charter, with what it sets (``settings``, plain data for ``networks.Rules``).

    ``proposal`` (and its number in the network) is the decision that ratifies it, ``entry`` the register entry that put it in force.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=CharterState, default=CharterState.DRAFT)
    settings = models.JSONField(default=dict)
    languages = ArrayField(models.CharField(max_length=10), default=list)
    proposal = models.UUIDField(null=True, blank=True)
    proposal_number = models.PositiveIntegerField(null=True, blank=True)
    drafted_at = models.DateTimeField()
    in_force_at = models.DateTimeField(null=True, blank=True)
    entry = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "version"], name="charter_version_once"),
            models.UniqueConstraint(
                fields=["network"], condition=Q(state="IN_FORCE"), name="one_charter_in_force"
            ),
            models.UniqueConstraint(
                fields=["network"],
                condition=Q(state__in=["DRAFT", "RATIFYING"]),
                name="one_charter_under_way",
            ),
        ]

    def __str__(self) -> str:
        return f"charter v{self.version} {self.state}"


class Article(NetworkModel):
    """A numbered article, in each language; ``governs`` names the settings it rules, ``missing`` what to translate."""

    charter = models.ForeignKey(Charter, models.PROTECT, related_name="articles")
    number = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    heading = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    governs = ArrayField(models.CharField(max_length=60), default=list)
    missing = ArrayField(models.CharField(max_length=10), default=list)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["charter", "number"], name="article_number_once")]

    def __str__(self) -> str:
        return f"article {self.number}: {self.key}"

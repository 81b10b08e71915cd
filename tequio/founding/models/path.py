"""What founders answer, write together and agree to."""

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
    """Where a founder stopped, and when: the path goes on there.

    ``seen_at`` and ``seen_topic`` are the page they looked at last, to the minute: the others see who is here.
    """

    participant = models.OneToOneField(Participant, models.PROTECT, related_name="founding_place")
    topic = models.SlugField(max_length=40, blank=True, default="")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_topic = models.SlugField(max_length=40, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.participant_id} at {self.topic}"

"""What was answered: one reply a respondent, one row an answer, one row a tick."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel
from tequio.people.models import Organization, Participant
from tequio.surveys.models.batches import Batch
from tequio.surveys.models.surveys import Survey, Version


class Source(models.TextChoices):
    """How a reply came in."""

    PAGE = "PAGE", _("Answered on its page")
    INTERVIEW = "INTERVIEW", _("Written down for somebody")
    FILE = "FILE", _("Read from a file")


class Manner(models.TextChoices):
    """How somebody was heard whose answers another person wrote down."""

    PAPER = "PAPER", _("On paper")
    PHONE = "PHONE", _("By phone")
    IN_PERSON = "IN_PERSON", _("In person")


class Reply(NetworkModel):
    """What one respondent answered, whether sent or only begun (``sent_at`` empty).

    ``once`` is the key that the form carried: sent twice, it is one reply. ``token`` is the SHA-256 of the secret in
    the address with which it is resumed and changed until the survey closes. ``organization_name`` is what the
    question of that role says, ``folded`` its form for comparing, ``organization`` the one it was recognized as.
    ``batch`` is the file from which it was read. ``set_aside`` says that it was taken back or put away: it counts
    nowhere. ``same_name_as`` is the reply of an organization of the same name, where whoever leads the survey has yet
    to say whether the two are one. ``manner`` is how somebody was heard whose answers ``recorded_by`` wrote down. Nothing
    tells which device or address sent it. ``reminders`` counts the letters to whoever began without a link of their own
    and gave an address; ``stopped_at``: they want no more of them.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="replies")
    version = models.ForeignKey(Version, models.PROTECT, related_name="replies")
    once = models.UUIDField(default=uuid4, editable=False)
    token = models.CharField(max_length=64, blank=True, default="", editable=False)
    source = models.CharField(max_length=20, choices=Source, default=Source.PAGE)
    language = models.CharField(max_length=10)
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="+")
    organization_name = models.CharField(max_length=200, blank=True, default="")
    folded = models.CharField(max_length=200, blank=True, default="", editable=False)
    recorded_by = models.ForeignKey(Participant, models.PROTECT, null=True, blank=True, related_name="+")
    manner = models.CharField(max_length=20, choices=Manner, blank=True, default="")
    set_aside = models.BooleanField(default=False)
    same_name_as = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="replies")
    began_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        indexes = [
            models.Index(fields=["network", "survey", "sent_at"], name="reply_by_survey"),
            models.Index(fields=["survey", "folded"], condition=~Q(folded=""), name="reply_by_organization"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["survey", "once"], name="reply_once"),
            models.UniqueConstraint(fields=["token"], condition=~Q(token=""), name="reply_token_once"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="reply_source_known"),
            models.CheckConstraint(condition=Q(manner__in=["", *Manner.values]), name="reply_manner_known"),
            models.CheckConstraint(
                condition=~Q(source="INTERVIEW") | Q(recorded_by__isnull=False), name="interview_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"reply {self.pk}"


class Answer(NetworkModel):
    """What a reply says to one question apart from ticks: a text, a number, a date."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=60)
    text = models.TextField(blank=True, default="")
    number = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    date = models.DateField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        # Whoever asks what is kept of their address is found without reading what everybody wrote.
        indexes = [
            models.Index(fields=["reply"], condition=Q(text__contains="@"), name="answer_with_address")
        ]
        constraints = [models.UniqueConstraint(fields=["reply", "question"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.question} of reply {self.reply_id}"


class Tick(NetworkModel):
    """One option that a reply chose; ``row`` is that of a matrix, else empty."""

    reply = models.ForeignKey(Reply, models.CASCADE, related_name="ticks")
    question = models.CharField(max_length=60)
    row = models.CharField(max_length=60, blank=True, default="")
    option = models.CharField(max_length=60)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["reply", "question", "row", "option"], name="tick_once")
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.option}"


SOUNDS = ("mp3", "ogg", "m4a", "wav")


class Recording(NetworkModel):
    """What an interview rests on: a sound that is kept, or where the paper or the sound lies (``cited``).

    ``content`` is where the sound lies in the storage, ``sha256`` which one it is, without what a phone wrote into it
    about place, device and person.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    reply = models.ForeignKey(Reply, models.CASCADE, related_name="recordings")
    cited = models.CharField(max_length=200, blank=True, default="")
    format = models.CharField(max_length=8, blank=True, default="", choices=[(name, name) for name in SOUNDS])
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    content = models.FileField(max_length=200, blank=True, default="")
    added_by = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        indexes = [models.Index(fields=["network", "sha256"], name="recording_by_content")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(cited="") ^ ~Q(content=""), name="recording_is_kept_or_cited"
            ),
            models.CheckConstraint(condition=Q(format__in=["", *SOUNDS]), name="recording_format_known"),
        ]

    def __str__(self) -> str:
        return f"recording {self.pk} of reply {self.reply_id}"

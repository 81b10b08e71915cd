"""What is said about a proposal and beside it: questions, quick reactions, files, what it is related to."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from tequio.core.files import FORMATS
from tequio.core.scoping import NetworkModel
from tequio.decisions.models.proposals import Proposal
from tequio.decisions.models.voices import OF_A_MEMBER_OR_A_PERSON, Voiced


class Question(NetworkModel):
    """Something that somebody wants to understand before answering, and what who leads the proposal replied, once."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="questions")
    words = models.TextField()
    asked_by = models.ForeignKey("people.Participant", models.PROTECT, related_name="+")
    asked_name = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    reply = models.TextField(blank=True, default="")
    replied_by = models.ForeignKey(
        "people.Participant", models.PROTECT, null=True, blank=True, related_name="+"
    )
    replied_name = models.CharField(max_length=120, blank=True, default="")
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="a_question_needs_words"),
            models.CheckConstraint(
                condition=Q(reply="") ^ Q(replied_at__isnull=False), name="replied_has_words_and_time"
            ),
        ]
        indexes = [models.Index(fields=["network", "proposal", "id"], name="questions_in_order")]

    def __str__(self) -> str:
        return f"question {self.pk} about proposal {self.proposal_id}"


class Reaction(Voiced):
    """The few words of a voice before the round: one a voice, changeable until the round opens."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="reactions")
    words = models.CharField(max_length=300)
    given_by = models.ForeignKey("people.Participant", models.PROTECT, related_name="+")
    given_name = models.CharField(max_length=120)
    given_at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["proposal", "membership"], name="one_reaction_a_voice"),
            models.UniqueConstraint(fields=["proposal", "participant"], name="one_reaction_a_person"),
            models.CheckConstraint(condition=OF_A_MEMBER_OR_A_PERSON, name="a_reaction_is_of_somebody"),
            models.CheckConstraint(condition=~Q(words=""), name="a_reaction_needs_words"),
        ]

    def __str__(self) -> str:
        return f"reaction {self.pk} to proposal {self.proposal_id}"


class Attachment(NetworkModel):
    """A file beside a proposal: what it is called here, in which language it is, and its SHA-256."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="attachments")
    label = models.CharField(max_length=120)
    language = models.CharField(max_length=12, blank=True, default="")
    format = models.CharField(max_length=8, choices=[(name, name) for name in FORMATS])
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.FileField(max_length=200)
    added_by = models.ForeignKey("people.Participant", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["proposal", "sha256"], name="a_file_once_a_proposal"),
            models.CheckConstraint(condition=~Q(label=""), name="a_file_has_a_label"),
            models.CheckConstraint(condition=Q(format__in=list(FORMATS)), name="file_format_known"),
        ]
        indexes = [models.Index(fields=["network", "sha256"], name="files_by_content")]

    def __str__(self) -> str:
        return f"file {self.pk} of proposal {self.proposal_id}"


class Relation(NetworkModel):
    """What a proposal is related to: an earlier decision, or something of an app above, by its source and key.

    ``title`` is what it was called when it was related.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="relations")
    source = models.CharField(max_length=20)
    key = models.CharField(max_length=60)
    title = models.JSONField()
    related_by = models.ForeignKey("people.Participant", models.PROTECT, related_name="+")
    related_at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        constraints = [models.UniqueConstraint(fields=["proposal", "source", "key"], name="related_once")]
        indexes = [models.Index(fields=["network", "source", "key"], name="related_to")]

    def __str__(self) -> str:
        return f"proposal {self.proposal_id} related to {self.source} {self.key}"

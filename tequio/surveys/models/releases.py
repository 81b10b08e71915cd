"""What the public reads of a survey: releases, frozen for good; the one being prepared; those withdrawn."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tequio.core.scoping import NetworkModel
from tequio.people.models import Participant
from tequio.surveys.models.surveys import Survey


class Making(models.TextChoices):
    """How far a release is that is being prepared."""

    ASKED = "ASKED", pgettext_lazy("release", "being made")
    READY = "READY", pgettext_lazy("release", "ready to be read and published")
    REFUSED = "REFUSED", pgettext_lazy("release", "cannot be made yet")


class Preparation(NetworkModel):
    """The next release of a survey while it is prepared: what was chosen, and what the job made of it.

    ``chosen`` are the wishes (``rules.releases.Wishes``). ``document`` is what would be published, ``basis`` what the
    next one would be held against. ``done`` of ``steps`` tells how far the job is.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    survey = models.OneToOneField(Survey, models.CASCADE, related_name="preparation")
    chosen = models.JSONField()
    state = models.CharField(max_length=10, choices=Making, default=Making.ASKED)
    reason = models.CharField(max_length=20, blank=True, default="")
    done = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0)
    document = models.JSONField(null=True, blank=True)
    basis = models.JSONField(null=True, blank=True)
    asked_by = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(state__in=Making.values), name="preparation_state_known"),
            models.CheckConstraint(
                condition=~Q(state="READY") | Q(document__isnull=False, basis__isnull=False),
                name="preparation_ready_with_document",
            ),
        ]

    def __str__(self) -> str:
        return f"preparation of survey {self.survey_id} ({self.state})"


class Release(NetworkModel):
    """What was published of a survey, once and for all: the table only grows.

    ``document`` is all of it, ``digest`` the SHA-256 of its canonical JSON, which the register holds. ``basis`` are the
    true numbers, which only the network keeps: the next release is held against them.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="releases")
    number = models.PositiveSmallIntegerField()
    document = models.JSONField()
    basis = models.JSONField()
    digest = models.CharField(max_length=64)
    languages = ArrayField(models.CharField(max_length=10))
    published_by = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="release_number_once"),
            models.CheckConstraint(condition=Q(digest__regex="^[0-9a-f]{64}$"), name="release_digest_is_one"),
        ]

    def __str__(self) -> str:
        return f"release {self.number} of survey {self.survey_id}"

    @property
    def tables(self) -> list[dict[str, Any]]:
        """Its tables, in the order of the questions."""
        found: list[dict[str, Any]] = self.document["tables"]
        return found


class Thanks(NetworkModel):
    """The names that are printed with a release, of those who allowed it: beside its document, so that each can go."""

    release = models.OneToOneField(Release, models.CASCADE, related_name="thanks")
    names = ArrayField(models.TextField(), default=list)

    def __str__(self) -> str:
        return f"{len(self.names)} names in release {self.release_id}"


class Withdrawal(NetworkModel):
    """That a release was taken back, and why: it is kept, and its page says so."""

    release = models.OneToOneField(Release, models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    by = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"withdrawal of release {self.release_id}"


class Printout(NetworkModel):
    """A release as a PDF in one language; ``content`` is empty where printing failed."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="printouts")
    language = models.CharField(max_length=10)
    content = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        constraints = [models.UniqueConstraint(fields=["release", "language"], name="release_printout_once")]

    def __str__(self) -> str:
        return f"printout of release {self.release_id} ({self.language})"


LICENCES = (
    ("CC-BY-4.0", _("Creative Commons Attribution 4.0: anybody may use it who names the source")),
    ("CC-BY-SA-4.0", _("Creative Commons Attribution-ShareAlike 4.0: what is made of it stays as open")),
    ("CC0-1.0", _("Creative Commons Zero 1.0: no conditions")),
)

"""The charter: its versions and their articles."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel


class CharterState(models.TextChoices):
    DRAFT = "DRAFT", _("draft")
    RATIFYING = "RATIFYING", _("being ratified")
    RETURNED = "RETURNED", _("sent back with objections")
    IN_FORCE = "IN_FORCE", _("in force")
    REPLACED = "REPLACED", _("replaced")


class Charter(NetworkModel):
    """One version of the charter, with what it sets (``settings``, plain data for ``networks.Rules``).

    ``answers`` is what it was made of (``rules.kept``): settings and articles both follow from it.
    ``proposal`` (and its number in the network) is the decision that ratifies it, ``entry`` the register entry that put it in force.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=CharterState, default=CharterState.DRAFT)
    settings = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
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
    """A numbered article, in each language; ``governs`` names the settings it rules, ``missing`` what to translate.

    ``since`` is the version of the charter with which its words came.
    """

    charter = models.ForeignKey(Charter, models.PROTECT, related_name="articles")
    number = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    heading = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    governs = ArrayField(models.CharField(max_length=60), default=list)
    missing = ArrayField(models.CharField(max_length=10), default=list)
    since = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["charter", "number"], name="article_number_once")]

    def __str__(self) -> str:
        return f"article {self.number}: {self.key}"

"""Who could be invited to join, and where that is known from."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from tequio.core.scoping import NetworkModel
from tequio.people.models.memberships import Membership
from tequio.people.models.organizations import Organization


class CandidateState(models.TextChoices):
    """What became of it."""

    NEW = "NEW", pgettext_lazy("candidate", "not yet invited")
    INVITED = "INVITED", pgettext_lazy("candidate", "invited")
    JOINED = "JOINED", pgettext_lazy("candidate", "joined")
    DECLINED = "DECLINED", pgettext_lazy("candidate", "would rather not")


class Candidate(NetworkModel):
    """An organization that said it would join, and agreed to be asked. Source: SUR-17.

    ``source`` is the portable UUID of the reply it rests on; ``carried`` what it said, so that nobody types it again:
    ``{"country", "cities", "kind", "populations", "themes", "needs", "offers", ...}``.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    source = models.UUIDField(null=True, blank=True)
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, editable=False)
    email = models.EmailField(blank=True, default="")
    language = models.CharField(max_length=10, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="")
    themes = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    experience = models.CharField(max_length=20, blank=True, default="")
    carried = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=20, choices=CandidateState, default=CandidateState.NEW)
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, blank=True, related_name="+")
    membership = models.ForeignKey(Membership, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    invited_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["network", "source"], condition=Q(source__isnull=False), name="candidate_once_a_reply"
            ),
            models.CheckConstraint(
                condition=Q(state__in=CandidateState.values), name="candidate_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"candidate {self.pk} ({self.state})"

"""Proposals and what they say, version by version."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel
from tequio.core.texts import say
from tequio.decisions import rules
from tequio.decisions.rules.texts import fingerprint
from tequio.governance.models import Circle
from tequio.networks.models import AnswersShown

MATTERS = [(rules.Matter.STRATEGIC.value, _("strategic")), (rules.Matter.OPERATIONAL.value, _("operational"))]


KINDS = [
    (rules.Kind.GENERAL.value, _("proposal")),
    (rules.Kind.CHARTER.value, _("charter of the network")),
    (rules.Kind.ADMISSION.value, _("admission of a member")),
    (rules.Kind.ELECTION.value, _("election of a circle's leader")),
    (rules.Kind.REMOVAL.value, _("removal of a member")),
    (rules.Kind.CLOSING.value, _("closing of the network")),
]


PARTS: dict[str, str | Promise] = {
    "title": _("Title"),
    "summary": _("In few words"),
    "body": _("Whole text"),
    "cost_now": _("What it costs a member today"),
    "cost_then": _("What it would cost with the proposal"),
}


class State(models.TextChoices):
    """Where a proposal is."""

    DRAFT = "DRAFT", _("being prepared")
    CONSENT = "CONSENT", _("in a consent round")
    OBJECTED = "OBJECTED", _("objections to integrate")
    VOTE = "VOTE", _("being voted")
    TIE = "TIE", _("a tie")
    ADOPTED = "ADOPTED", _("agreement")
    NOT_ADOPTED = "NOT_ADOPTED", _("not adopted")


class Shelf(models.TextChoices):
    """Where an agreement is kept in the book, so that a page of it reads few rows; the clock has the last word."""

    NONE = "", ""
    NOW = "NOW", "NOW"
    OVER = "OVER", "OVER"


class Proposal(NetworkModel):
    """Something to decide, numbered within its network; what it says is in its current ``version``.

    ``leading_team`` leads it (GOV-28), ``facilitator`` drives its steps while a meeting is on it; ``owner`` sees that it
    is done, and ``review_on`` is when the network evaluates it (GOV-01); ``circle`` is where it is decided, by the people
    seated there, null = by all members, and ``touches`` the part of that circle's domain it is about (GOV-11); ``term_months`` how long it holds, null = until it is changed; ``answers_shown`` when a voice
    sees what others answered, empty = as the network agreed; ``replaces`` the agreement that ends when this one is
    adopted.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=KINDS, default=rules.Kind.GENERAL.value)
    subject = models.CharField(max_length=120, blank=True, default="")
    matter = models.CharField(max_length=20, choices=MATTERS)
    circle = models.ForeignKey(Circle, models.PROTECT, null=True, blank=True, related_name="+")
    touches = models.JSONField(default=dict, blank=True)
    leading_team = models.CharField(max_length=120, blank=True, default="")
    author = models.ForeignKey("people.Participant", models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey("people.Participant", models.PROTECT, null=True, related_name="+")
    facilitator = models.ForeignKey(
        "people.Participant", models.PROTECT, null=True, blank=True, related_name="+"
    )
    review_on = models.DateField()
    term_months = models.PositiveSmallIntegerField(null=True, blank=True)
    answers_shown = models.CharField(max_length=20, choices=AnswersShown, blank=True, default="")
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    version = models.ForeignKey("Version", models.PROTECT, null=True, related_name="+")
    round = models.ForeignKey("Round", models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    in_force_until = models.DateField(null=True, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    shelf = models.CharField(max_length=4, choices=Shelf, blank=True, default=Shelf.NONE, db_default="")

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["network", "number"], name="proposal_number_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="proposal_state_known"),
            models.CheckConstraint(
                condition=Q(matter__in=[m for m, _l in MATTERS]), name="proposal_matter_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=[k for k, _l in KINDS]), name="proposal_kind_known"),
            models.CheckConstraint(
                condition=Q(term_months=None) | Q(term_months__gte=1, term_months__lte=120),
                name="proposal_term",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["ADOPTED", "NOT_ADOPTED"]) ^ Q(decided_at=None),
                name="proposal_decided_has_time",
            ),
            models.CheckConstraint(
                condition=Q(circle=None) | Q(kind__in=["general", "removal"]),
                name="what_binds_all_is_for_all",
            ),
        ]
        indexes = [
            models.Index(fields=["network", "state", "-number"], name="proposal_by_state"),
            models.Index(fields=["network", "shelf", "-number"], name="agreement_by_shelf"),
            models.Index(fields=["network", "shelf", "review_on", "number"], name="agreement_by_review"),
            models.Index(fields=["network", "shelf", "in_force_until"], name="agreement_by_end"),
            models.Index(
                fields=["network", "replaces", "state", "number"],
                condition=Q(replaces__isnull=False),
                name="agreement_that_replaces",
            ),
        ]

    def __str__(self) -> str:
        return f"proposal {self.number} of {self.network_id}"

    @property
    def open(self) -> bool:
        """Say whether answers may be on their way."""
        return self.state in (State.CONSENT, State.VOTE)


class Version(NetworkModel):
    """What a proposal says, in each language; never changed once a round opened on it.

    ``why`` tells what this version changes; ``before`` is the one that it follows; ``cost_now`` and
    ``cost_then`` say in a few words what it costs a member today, and with the proposal. ``erased_at`` is when the
    name of somebody who left for good was taken out of it: the one change that the database allows, once.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.JSONField()
    summary = models.JSONField()
    body = models.JSONField(default=dict)
    cost_now = models.JSONField(default=dict)
    cost_then = models.JSONField(default=dict)
    why = models.TextField(blank=True, default="")
    before = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    written_by = models.ForeignKey("people.Participant", models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"version {self.number} of proposal {self.proposal_id}"

    @property
    def said_title(self) -> str:
        """The title in the reader's language, or in the first one that has it."""
        return say(self.title)

    @property
    def said_summary(self) -> str:
        """The summary in the reader's language, or in the first one that has it."""
        return say(self.summary)

    @property
    def said_body(self) -> str:
        """The whole text in the reader's language, or in the first one that has it."""
        return say(self.body)

    def differences(self) -> list[tuple[str | Promise, str, str]]:
        """What this version changes: (part, before, after), in the reader's language."""
        return self.since(self.before) if self.before else []

    def since(self, before: Version) -> list[tuple[str | Promise, str, str]]:
        """What changed between an earlier text and this one: (part, before, after), in the reader's language."""
        parts = [
            (label, say(getattr(before, name)), say(getattr(self, name))) for name, label in PARTS.items()
        ]
        return [(label, old, new) for label, old, new in parts if old != new]

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of all its texts: the register keeps it from the moment a round opens."""
        return fingerprint({name: getattr(self, name) for name in PARTS})

    @property
    def minutes(self) -> int:
        """How long it takes to read, at 180 words a minute; one at least."""
        words = len(say(self.body).split()) + len(say(self.summary).split())
        return max(1, round(words / 180))

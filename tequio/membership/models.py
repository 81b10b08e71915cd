"""Who asks to join and what became of it; the code of ethics, its versions, and who signed which."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tequio.core.scoping import NetworkModel
from tequio.membership import rules
from tequio.people.models import Membership, Organization, Participant
from tequio.people.models.organizations import Kind


class Benefit(models.TextChoices):
    """Why organizations seek a network. Source: COM-02."""

    ARTICULATION = "ARTICULATION", _("To work together with others")
    REACH = "REACH", _("To be heard further away")
    EXCHANGE = "EXCHANGE", _("To learn from each other")
    FUNDING = "FUNDING", _("To look for funds together")


class State(models.TextChoices):
    """Where a request is."""

    RECEIVED = "RECEIVED", pgettext_lazy("request", "received")
    DECIDING = "DECIDING", pgettext_lazy("request", "being decided by all members")
    ADMITTED = "ADMITTED", pgettext_lazy("request", "admitted")
    DECLINED = "DECLINED", pgettext_lazy("request", "not admitted")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("request", "withdrawn")


OPEN = (State.RECEIVED, State.DECIDING)


class Meets(models.TextChoices):
    """What an applicant says of one criterion."""

    YES = "YES", _("Yes")
    PARTLY = "PARTLY", _("In part")
    NOT_YET = "NOT_YET", _("Not yet")


class InKind(models.TextChoices):
    """What a member can bring besides money. Source: MEM-05."""

    EXPERTS = "EXPERTS", _("People who teach in workshops")
    VOLUNTEERS = "VOLUNTEERS", _("Hands: volunteers")
    EXPERTISE = "EXPERTISE", _("Knowledge of a subject")
    DISSEMINATION = "DISSEMINATION", _("Spreading the word")


class Application(NetworkModel):
    """An organization, or a person on their own, asks to join. Source: MEM-02.

    ``answers`` holds, for each criterion as it stood, its texts and what the applicant said (``rules.Answered``);
    ``benefits`` and ``needs`` what they look for, ``offers`` and ``brings`` what they could give; ``reasons`` is what
    they are told when they are not admitted; ``proposal`` the decision when all members admit; ``carried`` what their own people brought along from another
    network, and the organization's portable UUID, for nobody to see; ``reminders`` how often
    those in charge were reminded of it; ``before`` the request of the same applicant that was answered before.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    country = models.CharField(max_length=2, blank=True, default="")
    cities = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    website = models.URLField(blank=True, default="")
    about = models.TextField(blank=True, default="")
    why = models.TextField()
    benefits = ArrayField(models.CharField(max_length=20, choices=Benefit), default=list, blank=True)
    needs = models.TextField(blank=True, default="")
    answers = models.JSONField(default=list)
    offers = ArrayField(models.CharField(max_length=20, choices=InKind), default=list, blank=True)
    brings = models.TextField(blank=True, default="")
    contact_name = models.CharField(max_length=120)
    contact_email = models.EmailField()
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=20, choices=State, default=State.RECEIVED)
    reasons = models.TextField(blank=True, default="")
    received_at = models.DateTimeField()
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    before = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="again")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Participant, models.PROTECT, null=True, blank=True, related_name="+")
    proposal = models.UUIDField(null=True, blank=True)
    carried = models.JSONField(null=True, blank=True)
    membership = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="applications"
    )
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(NetworkModel.Meta):
        indexes = [models.Index(fields=["network", "state", "received_at"], name="application_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "folded", "contact_email"],
                condition=Q(state__in=["RECEIVED", "DECIDING"]),
                name="asks_to_join_once_at_a_time",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="application_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["RECEIVED", "DECIDING"]) ^ Q(decided_at__isnull=False),
                name="application_ends_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="DECLINED") | ~Q(reasons=""), name="application_declined_with_reasons"
            ),
        ]

    def __str__(self) -> str:
        return f"application {self.pk} ({self.state})"

    @property
    def open(self) -> bool:
        return self.state in OPEN

    @property
    def answered(self) -> list[rules.Answered]:
        """What was said of each criterion."""
        return rules.answered(self.answers)

    @property
    def lacking(self) -> list[rules.Answered]:
        """The criteria without which nobody joins, and which are not met."""
        return rules.lacking(self.answered)

    @property
    def of_a_person(self) -> bool:
        return self.kind == Kind.PERSON


class Exchange(NetworkModel):
    """What a member needs of the others and what it can give them; one row a member. Source: COM-03, MEM-05."""

    membership = models.OneToOneField(Membership, models.CASCADE, related_name="exchange")
    looks_for = ArrayField(models.CharField(max_length=20, choices=Benefit), default=list, blank=True)
    needs = models.TextField(blank=True, default="")
    offers = ArrayField(models.CharField(max_length=20, choices=InKind), default=list, blank=True)
    brings = models.TextField(blank=True, default="")
    language = models.CharField(max_length=10)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"exchange of {self.membership_id}"


class RemovalState(models.TextChoices):
    """Where the removal of a member is."""

    HEARING = "HEARING", pgettext_lazy("removal", "the member may speak")
    DECIDING = "DECIDING", pgettext_lazy("removal", "the others are deciding")
    REMOVED = "REMOVED", pgettext_lazy("removal", "removed")
    KEPT = "KEPT", pgettext_lazy("removal", "it stays a member")
    DROPPED = "DROPPED", pgettext_lazy("removal", "dropped")


HEARING = RemovalState.HEARING
OPEN_REMOVALS = (RemovalState.HEARING, RemovalState.DECIDING)


class Removal(NetworkModel):
    """The others think of removing a member: with reasons, after hearing it, by a decision without its voice.

    ``heard_until`` is the last day it may speak before it is decided; ``said`` what it said. Source: P18.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="removals")
    reasons = models.TextField()
    language = models.CharField(max_length=10)
    opened_by = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    heard_until = models.DateField()
    said = models.TextField(blank=True, default="")
    said_by = models.ForeignKey(Participant, models.PROTECT, null=True, blank=True, related_name="+")
    said_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=RemovalState, default=RemovalState.HEARING)
    proposal = models.UUIDField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(state__in=["HEARING", "DECIDING"]),
                name="one_removal_at_a_time",
            ),
            models.CheckConstraint(condition=Q(state__in=RemovalState.values), name="removal_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["HEARING", "DECIDING"]) ^ Q(ended_at__isnull=False),
                name="removal_ends_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"removal {self.pk} ({self.state})"


class CodeVersion(NetworkModel):
    """One version of the code of ethics; the highest number holds. Never changed. Source: GOV-38."""

    number = models.PositiveIntegerField()
    texts = models.JSONField()
    in_force_at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        constraints = [models.UniqueConstraint(fields=["network", "number"], name="code_number_once")]

    def __str__(self) -> str:
        return f"code of ethics {self.number} of {self.network_id}"


class Signature(NetworkModel):
    """A member signed a version of the code, by the hand of one of its people. Source: GOV-38."""

    code = models.ForeignKey(CodeVersion, models.PROTECT, related_name="signatures")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="signatures")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        constraints = [models.UniqueConstraint(fields=["code", "membership"], name="signs_once")]

    def __str__(self) -> str:
        return f"signature of {self.membership_id} under code {self.code_id}"


class OccasionKind(models.TextChoices):
    """What members come together for. Source: COM-06, COM-08, GOV-39, MEM-04."""

    MEETING = "MEETING", _("A meeting of members")
    REFLECTION = "REFLECTION", _("A space to reflect on diversity and inclusion")
    ACTION = "ACTION", _("An action of activism")


class Occasion(NetworkModel):
    """A date to which members come, in a place or online; who came is written down. Source: GOV-39, MEM-04.

    ``cause`` names, for an action, the campaign it belongs to; ``held_at`` when attendance was written down.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=OccasionKind)
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True, default="")
    cause = models.CharField(max_length=200, blank=True, default="")
    language = models.CharField(max_length=10)
    at = models.DateTimeField()
    online = models.BooleanField(default=False)
    place = models.CharField(max_length=300)
    called_by = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    held_at = models.DateTimeField(null=True, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        indexes = [models.Index(fields=["network", "-at"], name="occasion_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OccasionKind.values), name="occasion_kind_known"),
            models.CheckConstraint(
                condition=Q(held_at=None) | Q(called_off_at=None), name="occasion_held_or_called_off"
            ),
        ]

    def __str__(self) -> str:
        return f"occasion {self.pk} ({self.kind})"


class Attendance(NetworkModel):
    """A member says whether it comes; afterwards it is written down whether it came. Source: GOV-39."""

    occasion = models.ForeignKey(Occasion, models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    comes = models.BooleanField(default=False)
    came = models.BooleanField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [models.UniqueConstraint(fields=["occasion", "membership"], name="attends_once")]

    def __str__(self) -> str:
        return f"attendance of {self.membership_id} at {self.occasion_id}"


class Resource(NetworkModel):
    """Something from outside that helps to prevent violence: a text, a course, an organization. Source: GOV-40."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=200)
    by_whom = models.CharField(max_length=200, blank=True, default="")
    url = models.URLField(max_length=500)
    about = models.CharField(max_length=300, blank=True, default="")
    language = models.CharField(max_length=10)
    added_by = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        constraints = [models.UniqueConstraint(fields=["network", "url"], name="resource_once")]

    def __str__(self) -> str:
        return f"resource {self.pk}"

"""Who belongs to a network, and who acts in it."""

import uuid
from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel
from tequio.people.models.organizations import Organization


class Status(models.TextChoices):
    FOUNDING = "FOUNDING", _("founding member")
    ACTIVE = "ACTIVE", _("member")
    PAUSED = "PAUSED", _("paused")
    LEFT = "LEFT", _("left")
    REMOVED = "REMOVED", _("removed")


VOICED = (Status.FOUNDING, Status.ACTIVE)


class Membership(NetworkModel):
    """A member of the network: an organization, or a person on their own. One membership, one voice (G-6).

    ``in_good_standing`` is written by the app ``membership`` (code of ethics signed, dues); from ``rests_on`` on the
    voice rests until it is good again, where the network's rule says so.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    status = models.CharField(max_length=20, choices=Status, default=Status.ACTIVE)
    in_good_standing = models.BooleanField(default=True)
    rests_on = models.DateField(null=True, blank=True)
    joined_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organization=None, person__isnull=False)
                | Q(organization__isnull=False, person=None),
                name="a_member_is_an_organization_or_a_person",
            ),
            models.UniqueConstraint(
                fields=["organization"], condition=Q(ended_on=None), name="organization_joins_once"
            ),
            models.UniqueConstraint(
                fields=["network", "person"], condition=Q(ended_on=None), name="person_joins_once"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["LEFT", "REMOVED"]) ^ Q(ended_on=None),
                name="an_ended_membership_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class Duty(models.TextChoices):
    """What somebody does for the whole network."""

    COORDINATION = "COORDINATION", _("coordination")
    SIGNER = "SIGNER", _("signs for the coordination")
    ADMISSION = "ADMISSION", _("admits members")
    CONTACT = "CONTACT", _("contact person of the protocol")
    FOUNDER = "FOUNDER", _("founder")


class Voice(models.TextChoices):
    """Who speaks for a member in decisions."""

    NONE = "NONE", _("takes part")
    DELEGATE = "DELEGATE", _("delegate: carries the voice")
    SUBSTITUTE = "SUBSTITUTE", _("substitute: carries it in the delegate's absence")


class Gender(models.TextChoices):
    """What somebody can say of their gender besides words of their own. Source: XCT-05, P27."""

    WOMAN = "WOMAN", _("woman")
    MAN = "MAN", _("man")
    NON_BINARY = "NON_BINARY", _("non-binary person")


class Participant(NetworkModel):
    """A person acting in a network, under the name they chose there.

    ``shows`` says who sees a field (field -> level) where that is not as usual: ``rules.showing``. ``gender`` is what
    somebody says of it, if they want: one of ``Gender``, or words of their own. Nobody else reads it; it is counted.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="participations")
    name = models.CharField(max_length=120)
    membership = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="participants"
    )
    role = models.CharField(max_length=80, blank=True, default="")
    about = models.CharField(max_length=300, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    gender = models.CharField(max_length=60, blank=True, default="")
    shows = models.JSONField(default=dict, blank=True)
    voice = models.CharField(max_length=20, choices=Voice, default=Voice.NONE)
    duties = ArrayField(models.CharField(max_length=20, choices=Duty), default=list, blank=True)
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "person"], condition=Q(until_on=None), name="participates_once"
            ),
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(voice="DELEGATE", until_on=None),
                name="one_delegate_a_member",
            ),
            models.CheckConstraint(
                condition=Q(voice="NONE") | Q(membership__isnull=False), name="a_voice_belongs_to_a_member"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class Invitation(NetworkModel):
    """A letter to one address, for one network and one part in it; used once, for 14 days at most."""

    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    role = models.CharField(max_length=80, blank=True, default="")
    voice = models.CharField(max_length=20, choices=Voice, default=Voice.NONE)
    duties = ArrayField(models.CharField(max_length=20, choices=Duty), default=list, blank=True)
    language = models.CharField(max_length=10, default="es")
    invited_by = models.ForeignKey(Participant, models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None), name="invitation_ends_one_way"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__lte=F("sent_at") + timedelta(days=14)),
                name="invitation_lasts_two_weeks",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class Recovery(NetworkModel):
    """Somebody lost the way to their mail: two people who know them say that the new address is theirs.

    The new address has been proved by a code before the row exists. ``ready_at`` is when the second voice was given
    plus the waiting time, in which the old address can still say no.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="recoveries")
    email = models.EmailField()
    refusal_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(done_at=None, refused_at=None),
                name="one_recovery_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(refused_at=None), name="recovery_ends_one_way"
            ),
        ]

    def __str__(self) -> str:
        return f"recovery {self.pk}"


class Vouch(NetworkModel):
    """One of the two who say: the new address is theirs, I spoke with them."""

    recovery = models.ForeignKey(Recovery, models.CASCADE, related_name="vouches")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recovery", "participant"], name="vouches_once")]

    def __str__(self) -> str:
        return f"vouch {self.pk}"

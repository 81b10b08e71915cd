"""Circles and their seats."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from tequio.core.scoping import NetworkModel
from tequio.core.texts import say
from tequio.governance.models.words import ENDINGS, KINDS, REGIMES, ROLES
from tequio.governance.rules import ALONE, TERMED, Kind, Regime, Role
from tequio.people.models import Participant
from tequio.people.models.memberships import VOICED


class Circle(NetworkModel):
    """A group of people with an aim and a domain: circle, helping circle, ring, working group, coordination body.

    ``name``, ``aim`` and ``policies`` are texts per language. ``ring`` is the number of a ring, 0 the innermost (GOV-22).
    ``term_months`` is how long its roles last; ``reports_every`` how many months there are between two reports
    (null: none, GOV-23); ``cooling_off_months`` how long somebody rests after the last mandate that is allowed.
    Source: GOV-11, GOV-17, GOV-21.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.JSONField(default=dict)
    aim = models.JSONField(default=dict)
    policies = models.JSONField(default=dict, blank=True)
    kind = models.CharField(max_length=20, choices=KINDS, default=Kind.CIRCLE.value)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    ring = models.PositiveSmallIntegerField(null=True, blank=True)
    regime = models.CharField(max_length=10, choices=REGIMES, default=Regime.EXPLORE.value)
    term_months = models.PositiveSmallIntegerField(default=12)
    reports_every = models.PositiveSmallIntegerField(null=True, blank=True)
    cooling_off_months = models.PositiveSmallIntegerField(default=0)
    opened_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        ordering = ["pk"]
        indexes = [models.Index(fields=["network", "closed_at", "parent"], name="circle_open")]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="no_circle_is_its_own_parent"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]), name="circle_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind="HELPING") | Q(expires_on__isnull=False), name="a_helping_circle_expires"
            ),
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gt=F("opened_on")),
                name="circle_ends_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(kind="COORDINATION", ring=0)
                | Q(kind="RING", ring__gte=1, ring__lte=9)
                | Q(kind__in=["CIRCLE", "HELPING", "WORKING_GROUP"], ring=None)
                | Q(kind="WORKING_GROUP", ring__gte=1, ring__lte=9),
                name="rings_have_a_number",
            ),
            models.CheckConstraint(
                condition=Q(term_months__gte=1, term_months__lte=120), name="terms_of_a_circle_last"
            ),
            models.CheckConstraint(
                condition=Q(reports_every=None) | Q(reports_every__gte=1, reports_every__lte=24),
                name="reports_have_a_rhythm",
            ),
            models.UniqueConstraint(
                fields=["network"],
                condition=Q(kind="COORDINATION", closed_at=None),
                name="one_coordination_body",
            ),
            models.UniqueConstraint(
                fields=["network"],
                condition=Q(kind="CIRCLE", parent=None, closed_at=None),
                name="one_circle_around_all",
            ),
            models.UniqueConstraint(
                fields=["network", "ring"], condition=Q(kind="RING", closed_at=None), name="one_ring_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"circle {self.pk}"

    @property
    def title(self) -> str:
        """The name in the reader's language, or in the first one that has it."""
        return say(self.name)


class DomainItem(NetworkModel):
    """One thing that a circle decides alone; a child's item is a part of one (``of``) of its parent. Source: GOV-11, C2."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="domain")
    of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="handed_down")
    texts = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField()

    class Meta(NetworkModel.Meta):
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["circle", "position"], name="domain_position_once"),
            models.UniqueConstraint(fields=["of"], name="no_two_circles_claim_the_same"),
            models.CheckConstraint(condition=~Q(of=F("id")), name="no_domain_is_part_of_itself"),
        ]

    def __str__(self) -> str:
        return f"domain item {self.pk} of circle {self.circle_id}"


class Seat(NetworkModel):
    """A role that somebody holds in a circle, from a day (``since``) until before another (``until``).

    ``entry`` is the register entry that justifies it: a decision, an election, a lot, the charter, or the opening of
    the circle. ``renewals`` counts the mandates in a row before this one; ``interim`` one holds until somebody is
    chosen. ``sent_by`` is the circle for which somebody is a member of the one around it. Whether a seat is active
    today is a question (``selectors.active``), never something that has to be written down.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="seats")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="seats")
    role = models.CharField(max_length=20, choices=ROLES, default=Role.MEMBER.value)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=20, choices=ENDINGS, blank=True, default="")
    entry = models.UUIDField(null=True, blank=True)
    renewals = models.PositiveSmallIntegerField(default=0)
    interim = models.BooleanField(default=False)
    sent_by = models.ForeignKey(Circle, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(NetworkModel.Meta):
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["network", "circle", "role"], condition=Q(ended_at=None), name="seat_open_of_circle"
            ),
            models.Index(
                fields=["network", "participant"], condition=Q(ended_at=None), name="seat_open_of_person"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="seat_role_known"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="a_term_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(role.value for role in TERMED)) | Q(until__isnull=False),
                name="a_role_has_a_term",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_why="") | Q(ended_at__isnull=False) & ~Q(ended_why=""),
                name="a_seat_ends_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["circle", "participant", "role"],
                condition=Q(ended_at=None),
                name="a_role_is_held_once",
            ),
            models.UniqueConstraint(
                fields=["circle", "role"],
                condition=Q(ended_at=None, role__in=[role.value for role in ALONE]),
                name="one_open_mandate_a_role",
            ),
            models.CheckConstraint(
                condition=Q(sent_by=None) | Q(role="MEMBER"), name="only_members_are_sent_by_a_circle"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.participant_id} in circle {self.circle_id}"


def open_on(day: date) -> Q:
    """Return the condition that a circle is open on a day."""
    return Q(closed_at=None) & (Q(expires_on=None) | Q(expires_on__gt=day))


def active_on(day: date) -> Q:
    """Return the condition that a seat is held on a day: its term runs, and whoever holds it takes part.

    Nothing has to be written down for it to end: a pause, a removal, an account that was closed all do it at once.
    """
    running = Q(ended_at=None, since__lte=day) & (Q(until=None) | Q(until__gt=day))
    present = Q(participant__until_on=None, participant__person__is_active=True)
    member = Q(participant__membership=None) | Q(participant__membership__status__in=VOICED)
    return running & present & member

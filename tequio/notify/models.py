"""The outbox, what waits for people, how often each wants to be written to, and the worker's sign of life."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tequio.core.scoping import NetworkModel
from tequio.notify.kinds import AskKind, ask_kind


class State(models.TextChoices):
    """Where a letter is: HELD ones travel together in the weekly letter."""

    HELD = "HELD", pgettext_lazy("letter", "for the weekly letter")
    WAITING = "WAITING", pgettext_lazy("letter", "waiting to leave")
    SENT = "SENT", pgettext_lazy("letter", "sent")
    FAILED = "FAILED", pgettext_lazy("letter", "could not be sent")


class Letter(models.Model):
    """One mail to one address. Not scoped: letters about accounts have no network.

    ``key`` makes a letter once; ``message_id`` stays the same however often it is tried. No page of a network
    shows letters, and what was sent keeps neither text nor subject.
    """

    key = models.CharField(max_length=200, unique=True)
    message_id = models.CharField(max_length=200, unique=True)
    network_id = models.BigIntegerField(null=True, blank=True)
    person_id = models.BigIntegerField(null=True, blank=True)
    address = models.EmailField()
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    stop_url = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=500, blank=True)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["written_at"], condition=Q(state="WAITING"), name="letter_waiting"),
            models.Index(fields=["network_id", "person_id"], condition=Q(state="HELD"), name="letter_held"),
            models.Index(fields=["sent_at"], condition=Q(state="SENT"), name="letter_sent"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="letter_state_known"),
            models.CheckConstraint(
                condition=~Q(state="SENT") ^ Q(sent_at__isnull=False), name="letter_sent_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk} ({self.kind}, {self.state})"


class Closed(models.TextChoices):
    """Why something waits no more: done, not this time, handed to a colleague, no longer needed."""

    DONE = "DONE"
    DECLINED = "DECLINED"
    HANDED = "HANDED"
    OVER = "OVER"


class Ask(NetworkModel):
    """Something that waits for one person: what, why, how long it takes, until when, and where.

    ``subject`` names the row it is about ("decisions.Round:12"); ``alone`` says that nobody else can do it;
    ``title`` and ``why`` are texts per language; ``path`` is an address on this server.
    ``guess`` is how many minutes the program thinks it takes, ``minutes`` what people are told: what it took others,
    once there are enough of them. ``took`` is how many half minutes its page lay before the person who did it; it
    is gone as soon as it is counted.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    person_id = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    title = models.JSONField()
    why = models.JSONField(default=dict)
    verb = models.JSONField(default=dict)
    guess = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    took = models.PositiveSmallIntegerField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    alone = models.BooleanField(default=False)
    handable = models.BooleanField(default=True)
    path = models.CharField(max_length=500)
    subject = models.CharField(max_length=120)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.CharField(max_length=40, blank=True, default="")

    class Meta(NetworkModel.Meta):
        indexes = [
            models.Index(
                fields=["network", "person_id", "due_at"],
                condition=Q(closed_at=None),
                name="ask_open_of_person",
            ),
            models.Index(
                fields=["network", "subject"], condition=Q(closed_at=None), name="ask_open_of_subject"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "person_id", "kind", "subject"],
                condition=Q(closed_at=None),
                name="asked_once_at_a_time",
            ),
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=600), name="ask_takes_minutes"),
            models.CheckConstraint(condition=Q(guess__gte=1, guess__lte=600), name="ask_is_guessed"),
            models.CheckConstraint(
                condition=Q(took=None) | Q(took__gte=1, took__lte=120, closed_because="DONE"),
                name="ask_took_an_hour_at_most",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_because="")
                | Q(closed_at__isnull=False) & ~Q(closed_because=""),
                name="ask_closes_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for person {self.person_id} about {self.subject}"

    @property
    def look(self) -> AskKind:
        """How it looks at home."""
        return ask_kind(self.kind)


class HowOften(models.TextChoices):
    NOW = "NOW", _("When it happens")
    WEEKLY = "WEEKLY", _("Together, once a week")
    NEVER = "NEVER", _("Never")


class Pace(NetworkModel):
    """How many people took so many half minutes for what we guessed to take ``guess`` minutes. Nobody is in it."""

    kind = models.CharField(max_length=40)
    guess = models.PositiveSmallIntegerField()
    halves = models.PositiveSmallIntegerField()
    people = models.PositiveIntegerField()

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["network", "kind", "guess", "halves"], name="pace_once"),
            models.CheckConstraint(condition=Q(halves__gte=1, halves__lte=120), name="pace_within_an_hour"),
            models.CheckConstraint(condition=Q(people__gte=1), name="pace_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} guessed at {self.guess} min: {self.halves}/2 min, {self.people} times"


class Preference(NetworkModel):
    """How often one person wants letters of one kind from one network. No row: when it happens."""

    person_id = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    how_often = models.CharField(max_length=20, choices=HowOften)
    changed_at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["network", "person_id", "kind"], name="preference_once"),
            models.CheckConstraint(condition=Q(how_often__in=HowOften.values), name="preference_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.how_often} for person {self.person_id}"


class Heartbeat(models.Model):
    """When the job worker last did what the clock asks of it. Not scoped: there is one for the installation."""

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at.isoformat()}"

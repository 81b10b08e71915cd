"""Lots: who is in one, what was promised before it, and what came out."""

import uuid
from enum import StrEnum

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel
from tequio.core.texts import say
from tequio.governance.models import Circle
from tequio.people.models import Membership, Participant


class LotState(StrEnum):
    """Where a lot stands."""

    DRAFT = "DRAFT"
    OPEN = "OPEN"
    COMPUTING = "COMPUTING"
    READY = "READY"
    PROMISING = "PROMISING"
    ANNOUNCED = "ANNOUNCED"
    DRAWN = "DRAWN"
    CANCELLED = "CANCELLED"


STATES = [
    (LotState.DRAFT.value, _("being prepared")),
    (LotState.OPEN.value, _("the list is being looked over")),
    (LotState.COMPUTING.value, _("the odds are being computed")),
    (LotState.READY.value, _("the list is closed")),
    (LotState.PROMISING.value, _("secrets are being promised")),
    (LotState.ANNOUNCED.value, _("the draw is announced")),
    (LotState.DRAWN.value, _("drawn")),
    (LotState.CANCELLED.value, _("called off")),
]
ENTRANTS = [("PEOPLE", _("people")), ("ORGANIZATIONS", _("organizations"))]
FEATURES = [
    ("country", _("country")),
    ("sector", _("sector")),
    ("size", _("size of the organization")),
    ("gender", _("gender, where somebody says it")),
]
ANSWERS = [
    ("ACCEPTED", _("accepted the seat")),
    ("REFUSED", _("did not accept")),
    ("SILENT", _("did not answer")),
]


class Lot(NetworkModel):
    """One draw, once: what it is for, who is in it, what was promised, the number, and the result.

    ``odds`` is the lot as plain data (``rules.lot_facts``), frozen; ``commitment`` its hash. ``again_of`` is the lot that
    this one repeats, for ``reason``, and ``turn`` counts them. Where members make the number themselves, ``promise_until``
    says until when secrets are promised, and ``round`` is what stands in for one that is not shown by ``draws_at``. ``entry`` is the register entry of the draw, on which the
    seats rest. Source: GOV-18.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    title = models.JSONField(default=dict)
    about = models.JSONField(default=dict, blank=True)
    of = models.CharField(max_length=20, choices=ENTRANTS)
    body = models.ForeignKey(Circle, models.PROTECT, null=True, blank=True, related_name="lots")
    size = models.PositiveSmallIntegerField()
    features = models.JSONField(default=list, blank=True)
    quotas = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=20, choices=STATES, default=LotState.OPEN.value)
    opened_at = models.DateTimeField()
    correct_until = models.DateTimeField()
    progress = models.PositiveSmallIntegerField(default=0)
    problem = models.JSONField(default=dict, blank=True)
    odds = models.JSONField(default=dict, blank=True)
    commitment = models.CharField(max_length=64, blank=True, default="")
    promise_until = models.DateTimeField(null=True, blank=True)
    round = models.BigIntegerField(null=True, blank=True)
    draws_at = models.DateTimeField(null=True, blank=True)
    signature = models.CharField(max_length=200, blank=True, default="")
    ticket = models.PositiveIntegerField(null=True, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    entry = models.UUIDField(null=True, blank=True)
    again_of = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="again")
    reason = models.CharField(max_length=1000, blank=True, default="")
    turn = models.PositiveSmallIntegerField(default=1)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_why = models.CharField(max_length=1000, blank=True, default="")

    class Meta(NetworkModel.Meta):
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index(fields=["network", "-opened_at"], name="lot_by_time")]
        constraints = [
            models.CheckConstraint(condition=Q(size__gte=1), name="a_lot_has_seats"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in LotState]), name="lot_state_known"
            ),
            models.CheckConstraint(
                condition=Q(again_of=None) | ~Q(reason=""), name="no_second_draw_without_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="CANCELLED", cancelled_at__isnull=False) & ~Q(cancelled_why="")
                | ~Q(state="CANCELLED") & Q(cancelled_at=None),
                name="a_lot_is_called_off_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="DRAWN", ticket__isnull=False, entry__isnull=False)
                | ~Q(state="DRAWN") & Q(ticket=None, drawn_at=None, entry=None),
                name="a_lot_is_drawn_once_and_entered",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["DRAFT", "OPEN", "COMPUTING", "CANCELLED"]) | ~Q(commitment=""),
                name="what_is_drawn_was_promised",
            ),
        ]

    def __str__(self) -> str:
        return f"lot {self.pk}"

    @property
    def said_title(self) -> str:
        """The title in the reader's language, or in the first one that has it."""
        return say(self.title)

    @property
    def of_people(self) -> bool:
        return self.of == "PEOPLE"


class Entrant(NetworkModel):
    """One of those among whom lots are drawn, known to strangers by a code alone.

    ``place`` is the one in the order of the draw, from one; ``asked_at`` says since when a seat waits for their answer.
    """

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="entrants")
    participant = models.ForeignKey(Participant, models.PROTECT, null=True, blank=True, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=16)
    values = models.JSONField(default=dict, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    place = models.PositiveIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=20, choices=ANSWERS, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["lot", "code"], name="one_code_an_entrant"),
            models.UniqueConstraint(fields=["lot", "participant"], name="a_person_is_in_a_lot_once"),
            models.UniqueConstraint(fields=["lot", "membership"], name="a_member_is_in_a_lot_once"),
            models.UniqueConstraint(fields=["lot", "place"], name="one_place_an_entrant"),
            models.CheckConstraint(
                condition=Q(participant=None, membership__isnull=False)
                | Q(participant__isnull=False, membership=None),
                name="an_entrant_is_a_person_or_a_member",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="an_answer_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} in lot {self.lot_id}"


class SecretPromise(NetworkModel):
    """A secret that an organization promised for a draw, by its SHA-256, and what it then showed. Source: GOVERNANCE 5.2."""

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="promises")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    country = models.CharField(max_length=2, blank=True, default="")
    promise = models.CharField(max_length=64)
    promised_at = models.DateTimeField()
    shown = models.CharField(max_length=64, blank=True, default="")
    shown_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["lot", "membership"], name="one_promise_a_member"),
            models.UniqueConstraint(fields=["lot", "promise"], name="no_promise_is_copied"),
            models.CheckConstraint(
                condition=Q(shown="", shown_at=None) | ~Q(shown="") & Q(shown_at__isnull=False),
                name="what_is_shown_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"promise {self.pk} in lot {self.lot_id}"

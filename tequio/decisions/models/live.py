"""A decision taken through its steps in a meeting, what the group finds of an objection, and ways out of a circle of texts."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel
from tequio.decisions.models.outcomes import Objection
from tequio.decisions.models.proposals import Proposal
from tequio.decisions.models.voices import OF_A_MEMBER_OR_A_PERSON, Voiced
from tequio.decisions.rules.machine import Stage, WayOut

STAGES = [
    (Stage.PRESENT.value, _("presenting")),
    (Stage.CLARIFY.value, _("questions")),
    (Stage.REACT.value, _("first impressions")),
    (Stage.AMEND.value, _("mending the text")),
    (Stage.CONSENT.value, _("round of consent")),
    (Stage.OBJECTIONS.value, _("looking at objections")),
    (Stage.INTEGRATE.value, _("integrating objections")),
    (Stage.DECIDED.value, _("decided")),
]

WAYS_OUT = [
    (WayOut.HELPING_CIRCLE.value, _("a helping circle works on it")),
    (WayOut.SHORTER_TERM.value, _("we try it for a shorter time")),
    (WayOut.OTHER_METHOD.value, _("we agree on another way to decide")),
    (WayOut.FALLBACK.value, _("what the charter says without consent")),
]


class Live(NetworkModel):
    """A proposal that goes through its steps in a meeting, driven by who facilitates; all screens follow."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="meetings")
    facilitator = models.ForeignKey("people.Participant", models.PROTECT, related_name="+")
    stage = models.CharField(max_length=20, choices=STAGES, default=Stage.PRESENT.value)
    number = models.PositiveIntegerField(default=1)
    timer_ends_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(closed_at=None), name="one_meeting_at_a_time"
            ),
            models.CheckConstraint(condition=Q(stage__in=[s for s, _l in STAGES]), name="live_stage_known"),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                name="live_ends_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk} on proposal {self.proposal_id}"


class Judgement(Voiced):
    """What another voice finds of an objection, where the group tests them: does it name a harm to the aim?"""

    objection = models.ForeignKey(Objection, models.CASCADE, related_name="judgements")
    qualifies = models.BooleanField()
    words = models.CharField(max_length=500, blank=True, default="")
    given_by = models.ForeignKey("people.Participant", models.PROTECT, null=True, related_name="+")
    given_name = models.CharField(max_length=120)
    given_at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["objection", "membership"], name="one_judgement_a_voice"),
            models.UniqueConstraint(fields=["objection", "participant"], name="one_judgement_a_person"),
            models.CheckConstraint(condition=OF_A_MEMBER_OR_A_PERSON, name="a_judgement_is_of_somebody"),
            models.CheckConstraint(condition=Q(qualifies=True) | ~Q(words=""), name="no_harm_says_why"),
        ]

    def __str__(self) -> str:
        return f"judgement {self.pk} on objection {self.objection_id}"


class Choice(NetworkModel):
    """The way out that who facilitates chose, once a text went round three times and is still objected to.

    ``circle`` is the helping circle that works on it, ``follow_up`` the proposal that asks how to decide.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="ways_out")
    way = models.CharField(max_length=20, choices=WAYS_OUT)
    reason = models.CharField(max_length=500)
    after_round = models.PositiveSmallIntegerField()
    follow_up = models.ForeignKey(Proposal, models.SET_NULL, null=True, blank=True, related_name="+")
    circle = models.ForeignKey("governance.Circle", models.SET_NULL, null=True, blank=True, related_name="+")
    chosen_by = models.ForeignKey("people.Participant", models.PROTECT, null=True, related_name="+")
    chosen_name = models.CharField(max_length=120)
    chosen_at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["proposal", "after_round"], name="one_way_out_a_round"),
            models.CheckConstraint(condition=Q(way__in=[w for w, _l in WAYS_OUT]), name="way_out_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_way_out_says_why"),
        ]

    def __str__(self) -> str:
        return f"way out {self.pk} of proposal {self.proposal_id}"

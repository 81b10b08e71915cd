"""What stops a proposal, and the record of how it ended."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel
from tequio.decisions import rules
from tequio.decisions.models.proposals import Proposal, Version
from tequio.decisions.models.rounds import Round
from tequio.decisions.models.voices import OF_A_MEMBER_OR_A_PERSON, Voiced

STEPS = [
    (rules.Step.ADOPTED_BY_CONSENT.value, _("Adopted by consent: no objections")),
    (rules.Step.ELECTED.value, _("Elected by consent: no objections")),
    (rules.Step.INTEGRATE_OBJECTIONS.value, _("Not adopted yet: there are objections to integrate")),
    (rules.Step.OPEN_VOTE.value, _("No consent: an objection stays")),
    (rules.Step.UNANSWERED.value, _("Not adopted: voices were missing")),
    (rules.Step.NO_QUORUM.value, _("Not adopted: the quorum did not answer")),
    (rules.Step.ADOPTED_BY_MAJORITY.value, _("Adopted by majority")),
    (rules.Step.COORDINATION_DECIDES.value, _("A tie: the coordination has the last word")),
    (rules.Step.NOT_ADOPTED.value, _("Not adopted: the majority was not reached")),
    (rules.Step.RULE_GAP.value, _("Not adopted: neither the majority nor a tie")),
    (rules.Step.ADOPTED_BY_COORDINATION.value, _("Adopted: the coordination broke the tie")),
    (rules.Step.REJECTED_BY_COORDINATION.value, _("Not adopted: the coordination broke the tie")),
]


class ObjectionState(models.TextChoices):
    """OPEN and OFFERED ones stop the agreement; the others do not."""

    OPEN = "OPEN", _("open")
    OFFERED = "OFFERED", _("an amendment is offered")
    INTEGRATED = "INTEGRATED", _("integrated, and agreed by who raised it")
    WITHDRAWN = "WITHDRAWN", _("withdrawn by who raised it")
    RAISED_AGAIN = "RAISED_AGAIN", _("raised again in a later round")
    NOT_QUALIFIED = "NOT_QUALIFIED", _("found by the group to name no harm")


STOPPING = (ObjectionState.OPEN, ObjectionState.OFFERED)


class Objection(Voiced):
    """A harm that a voice sees, and what would mend it.

    It stops the agreement until an amendment integrates it and its voice agrees, or withdraws it. Where
    the group tests objections, ``found`` is what it found: null until it has.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="objections")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="objections")
    harm = models.TextField()
    mend = models.TextField(blank=True, default="")
    state = models.CharField(max_length=20, choices=ObjectionState, default=ObjectionState.OPEN)
    offered_in = models.ForeignKey(
        Version, models.PROTECT, null=True, blank=True, related_name="answers_objections"
    )
    raised_by = models.ForeignKey("people.Participant", models.PROTECT, null=True, related_name="+")
    raised_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        "people.Participant", models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    found = models.BooleanField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(harm=""), name="an_objection_needs_words"),
            models.CheckConstraint(
                condition=Q(state__in=ObjectionState.values), name="objection_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["OFFERED", "INTEGRATED"]) | Q(offered_in__isnull=False),
                name="integrated_in_a_version",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["OPEN", "OFFERED"]) ^ Q(settled_at__isnull=False),
                name="settled_has_time",
            ),
            models.UniqueConstraint(
                fields=["proposal", "membership"],
                condition=Q(state__in=["OPEN", "OFFERED"]),
                name="one_stopping_objection_a_member",
            ),
            models.UniqueConstraint(
                fields=["proposal", "participant"],
                condition=Q(state__in=["OPEN", "OFFERED"]),
                name="one_stopping_objection_a_person",
            ),
            models.CheckConstraint(condition=OF_A_MEMBER_OR_A_PERSON, name="an_objection_is_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"objection {self.pk} to proposal {self.proposal_id}"


class Outcome(NetworkModel):
    """The record of a round: the rule, the base, the numbers, who answered, who broke a tie and why, when.

    ``numbers`` are those of ``rules.numbers_of_consent`` or ``rules.numbers_of_vote``; ``voices`` is a list of
    ``{"member", "name", "answer", "left", "by", "recorded", "words", "changes", "kept_from"}``, one a voice of the
    electorate (with ``person`` where the member is one), where ``recorded`` says who wrote it down for somebody else, and ``changes`` how often it changed its
    answer; ``entry_id`` is the register's entry that promises all this.
    """

    round = models.OneToOneField(Round, models.CASCADE, related_name="outcome")
    rule_id = models.CharField(max_length=60)
    step = models.CharField(max_length=30, choices=STEPS)
    numbers = models.JSONField()
    voices = models.JSONField()
    reason = models.TextField(blank=True, default="")
    decided_by = models.ForeignKey(
        "people.Participant", models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_name = models.CharField(max_length=120, blank=True, default="")
    decided_at = models.DateTimeField()
    entry_id = models.UUIDField(null=True)
    tie_entry_id = models.UUIDField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(step__in=[s for s, _l in STEPS]), name="outcome_step_known"),
            models.CheckConstraint(
                condition=~Q(step__in=["ADOPTED_BY_COORDINATION", "REJECTED_BY_COORDINATION"])
                | (~Q(reason="") & ~Q(decided_name="")),
                name="a_broken_tie_has_a_name_and_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"outcome of round {self.round_id}"

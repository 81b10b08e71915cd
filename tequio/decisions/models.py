"""Proposals and their versions, rounds with a frozen electorate, one answer a voice, objections, the record."""

from __future__ import annotations

import uuid
from datetime import datetime
from fractions import Fraction

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel
from tequio.core.texts import say
from tequio.decisions import rules
from tequio.networks.models import AnswersShown, Base, Model, Silence

MATTERS = [(rules.Matter.STRATEGIC.value, _("strategic")), (rules.Matter.OPERATIONAL.value, _("operational"))]
KINDS = [
    (rules.Kind.GENERAL.value, _("proposal")),
    (rules.Kind.CHARTER.value, _("charter of the network")),
    (rules.Kind.ADMISSION.value, _("admission of a member")),
    (rules.Kind.ELECTION.value, _("election of a circle's leader")),
]
POSITIONS = [
    (rules.Position.AGREE.value, _("I agree")),
    (rules.Position.CAN_LIVE_WITH.value, _("I can live with it")),
    (rules.Position.STAND_ASIDE.value, _("I pass this time")),
    (rules.Position.OBJECT.value, _("I have an objection")),
    (rules.Position.YES.value, _("Yes")),
    (rules.Position.NO.value, _("No")),
    (rules.Position.ABSTAIN.value, _("I abstain")),
]
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


class Proposal(NetworkModel):
    """Something to decide, numbered within its network; what it says is in its current ``version``.

    ``leading_team`` leads it (GOV-28); ``owner`` sees that it is done, and ``review_on`` is when the network
    evaluates it (GOV-01); ``term_months`` how long it holds, null = until it is changed.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=KINDS, default=rules.Kind.GENERAL.value)
    subject = models.CharField(max_length=120, blank=True, default="")
    matter = models.CharField(max_length=20, choices=MATTERS)
    leading_team = models.CharField(max_length=120, blank=True, default="")
    author = models.ForeignKey("people.Participant", models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey("people.Participant", models.PROTECT, null=True, related_name="+")
    review_on = models.DateField()
    term_months = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    version = models.ForeignKey("Version", models.PROTECT, null=True, related_name="+")
    round = models.ForeignKey("Round", models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    in_force_until = models.DateField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["network", "number"], name="proposal_number_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="proposal_state_known"),
            models.CheckConstraint(condition=Q(matter__in=[m for m, _l in MATTERS]), name="proposal_matter_known"),
            models.CheckConstraint(condition=Q(kind__in=[k for k, _l in KINDS]), name="proposal_kind_known"),
            models.CheckConstraint(
                condition=Q(term_months=None) | Q(term_months__gte=1, term_months__lte=120), name="proposal_term"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["ADOPTED", "NOT_ADOPTED"]) ^ Q(decided_at=None), name="proposal_decided_has_time"
            ),
        ]
        indexes = [models.Index(fields=["network", "state", "-number"], name="proposal_by_state")]

    def __str__(self) -> str:
        return f"proposal {self.number} of {self.network_id}"

    @property
    def open(self) -> bool:
        """Say whether answers may be on their way."""
        return self.state in (State.CONSENT, State.VOTE)


class Version(NetworkModel):
    """What a proposal says, in each language; never changed once a round opened on it.

    ``why`` tells what this version changes; ``before`` is the one that it follows; ``cost_now`` and
    ``cost_then`` say in a few words what it costs a member today, and with the proposal.
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
        if self.before is None:
            return []
        parts = [(label, say(getattr(self.before, name)), say(getattr(self, name))) for name, label in PARTS.items()]
        return [(label, old, new) for label, old, new in parts if old != new]

    @property
    def minutes(self) -> int:
        """How long it takes to read, at 180 words a minute; one at least."""
        words = len(say(self.body).split()) + len(say(self.summary).split())
        return max(1, round(words / 180))


class RoundKind(models.TextChoices):
    CONSENT = "CONSENT", _("consent round")
    VOTE = "VOTE", _("vote")


class Round(NetworkModel):
    """One time that all voices are asked about one version; the rule and the electorate are frozen at opening.

    ``voices`` counts the electorate at opening. ``superseded`` rounds ended because a new version took the place of theirs; they have no outcome.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="rounds")
    version = models.ForeignKey(Version, models.PROTECT, related_name="rounds")
    kind = models.CharField(max_length=20, choices=RoundKind)
    number = models.PositiveSmallIntegerField()
    model = models.CharField(max_length=20, choices=Model)
    matter = models.CharField(max_length=20, choices=MATTERS)
    purpose = models.CharField(max_length=20, choices=KINDS)
    majority_numerator = models.PositiveSmallIntegerField()
    majority_denominator = models.PositiveSmallIntegerField()
    base = models.CharField(max_length=20, choices=Base)
    quorum_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    silence = models.CharField(max_length=20, choices=Silence)
    tie_break = models.BooleanField()
    answers_shown = models.CharField(max_length=20, choices=AnswersShown)
    voices = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Participant", models.PROTECT, null=True, related_name="+")
    closes_at = models.DateTimeField()
    first_closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    superseded = models.BooleanField(default=False)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="round_number_once"),
            models.UniqueConstraint(fields=["proposal"], condition=Q(closed_at=None), name="one_open_round_a_proposal"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opened_at")), name="round_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(closes_at__gte=F("first_closes_at")), name="round_only_lengthens"),
            models.CheckConstraint(condition=Q(superseded=False) | Q(closed_at__isnull=False), name="superseded_is_closed"),
            models.CheckConstraint(
                condition=Q(kind="CONSENT") | Q(model="VERTICAL", purpose__in=["general", "admission"]),
                name="no_vote_where_only_consent_decides",
            ),
        ]
        indexes = [
            models.Index(fields=["network", "closes_at"], condition=Q(closed_at=None), name="round_open_by_deadline")
        ]

    def __str__(self) -> str:
        return f"round {self.number} of proposal {self.proposal_id}"

    @property
    def rule(self) -> rules.Rule:
        """The rule as it was when the round opened."""
        return rules.Rule(
            model=rules.Model(self.model),
            matter=rules.Matter(self.matter),
            kind=rules.Kind(self.purpose),
            majority=Fraction(self.majority_numerator, self.majority_denominator),
            base=rules.Base(self.base),
            quorum_percent=self.quorum_percent,
            silence=rules.Silence(self.silence),
            tie_break=self.tie_break,
        )

    @property
    def is_vote(self) -> bool:
        return self.kind == RoundKind.VOTE

    @property
    def extended(self) -> bool:
        return self.closes_at > self.first_closes_at

    def takes_answers(self, now: datetime) -> bool:
        """Say whether a voice can answer, or change its answer, at this instant."""
        return self.closed_at is None and now < self.closes_at


class Elector(NetworkModel):
    """A member that had a voice when a round opened."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="electors")
    membership = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")

    class Meta(NetworkModel.Meta):
        constraints = [models.UniqueConstraint(fields=["round", "membership"], name="one_voice_a_member")]

    def __str__(self) -> str:
        return f"voice {self.pk} of round {self.round_id}"


class Answer(NetworkModel):
    """What a voice answers. One a voice: the database holds it (S8)."""

    elector = models.OneToOneField(Elector, models.CASCADE, related_name="answer")
    position = models.CharField(max_length=20, choices=POSITIONS)
    concern = models.TextField(blank=True, default="")
    given_by = models.ForeignKey("people.Participant", models.PROTECT, null=True, related_name="+")
    given_name = models.CharField(max_length=120, blank=True, default="")
    given_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(position__in=[p for p, _l in POSITIONS]), name="answer_position_known")
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"

    @property
    def seat(self) -> str:
        """The shape of its seat in the ring."""
        return SEATS[self.position] if not self.concern else "concern"


SEATS = {
    rules.Position.AGREE.value: "consent",
    rules.Position.CAN_LIVE_WITH.value: "consent",
    rules.Position.STAND_ASIDE.value: "aside",
    rules.Position.OBJECT.value: "objection",
    rules.Position.YES.value: "consent",
    rules.Position.NO.value: "objection",
    rules.Position.ABSTAIN.value: "aside",
}


class AnswerChange(NetworkModel):
    """What an answer was before it was changed; only grows."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="changes")
    position = models.CharField(max_length=20, choices=POSITIONS)
    concern = models.TextField(blank=True, default="")
    given_name = models.CharField(max_length=120, blank=True, default="")
    given_at = models.DateTimeField()
    replaced_at = models.DateTimeField()

    class Meta(NetworkModel.Meta):
        indexes = [models.Index(fields=["network", "answer", "id"], name="answer_history")]

    def __str__(self) -> str:
        return f"earlier answer {self.pk}"


class ObjectionState(models.TextChoices):
    """OPEN and OFFERED ones stop the agreement; the others do not."""

    OPEN = "OPEN", _("open")
    OFFERED = "OFFERED", _("an amendment is offered")
    INTEGRATED = "INTEGRATED", _("integrated, and agreed by who raised it")
    WITHDRAWN = "WITHDRAWN", _("withdrawn by who raised it")
    RAISED_AGAIN = "RAISED_AGAIN", _("raised again in a later round")


STOPPING = (ObjectionState.OPEN, ObjectionState.OFFERED)


class Objection(NetworkModel):
    """A harm that a member sees, and what would mend it.

    It stops the agreement until an amendment integrates it and its member agrees, or the member withdraws it.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="objections")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="objections")
    membership = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")
    harm = models.TextField()
    mend = models.TextField(blank=True, default="")
    state = models.CharField(max_length=20, choices=ObjectionState, default=ObjectionState.OPEN)
    offered_in = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="answers_objections")
    raised_by = models.ForeignKey("people.Participant", models.PROTECT, null=True, related_name="+")
    raised_at = models.DateTimeField()
    settled_by = models.ForeignKey("people.Participant", models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(harm=""), name="an_objection_needs_words"),
            models.CheckConstraint(condition=Q(state__in=ObjectionState.values), name="objection_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["OFFERED", "INTEGRATED"]) | Q(offered_in__isnull=False),
                name="integrated_in_a_version",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["OPEN", "OFFERED"]) ^ Q(settled_at__isnull=False), name="settled_has_time"
            ),
            models.UniqueConstraint(
                fields=["proposal", "membership"],
                condition=Q(state__in=["OPEN", "OFFERED"]),
                name="one_stopping_objection_a_member",
            ),
        ]

    def __str__(self) -> str:
        return f"objection {self.pk} to proposal {self.proposal_id}"


class Outcome(NetworkModel):
    """The record of a round: the rule, the base, the numbers, who answered, who broke a tie and why, when.

    ``numbers`` are those of ``rules.numbers_of_consent`` or ``rules.numbers_of_vote``; ``voices`` is a list of
    ``{"member", "name", "answer", "left", "by", "words"}``, one a voice of the electorate; ``entry_id`` is the
    register's entry that promises all this.
    """

    round = models.OneToOneField(Round, models.CASCADE, related_name="outcome")
    rule_id = models.CharField(max_length=60)
    step = models.CharField(max_length=30, choices=STEPS)
    numbers = models.JSONField()
    voices = models.JSONField()
    reason = models.TextField(blank=True, default="")
    decided_by = models.ForeignKey("people.Participant", models.PROTECT, null=True, blank=True, related_name="+")
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


class CalendarKey(NetworkModel):
    """A participant's secret for the calendar of deadlines; the address is derived from it and never stored."""

    participant = models.ForeignKey("people.Participant", models.CASCADE, related_name="+")
    nonce = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["participant"], condition=Q(revoked_at=None), name="one_calendar_a_participant"
            )
        ]

    def __str__(self) -> str:
        return f"calendar key {self.pk}"

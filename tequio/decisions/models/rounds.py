"""Rounds with a frozen rule and electorate, and one answer a voice."""

from __future__ import annotations

import uuid
from datetime import datetime
from fractions import Fraction
from functools import lru_cache

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel
from tequio.decisions import rules
from tequio.decisions.models.proposals import KINDS, MATTERS, Proposal, Version
from tequio.decisions.models.voices import OF_A_MEMBER_OR_A_PERSON, Voiced
from tequio.governance.models import Circle
from tequio.networks.models import AnswersShown, Base, Model, RecordsFor, Regime, Silence

POSITIONS = [
    (rules.Position.AGREE.value, _("I agree")),
    (rules.Position.CAN_LIVE_WITH.value, _("I can live with it")),
    (rules.Position.STAND_ASIDE.value, _("I pass this time")),
    (rules.Position.OBJECT.value, _("I have an objection")),
    (rules.Position.YES.value, _("Yes")),
    (rules.Position.NO.value, _("No")),
    (rules.Position.ABSTAIN.value, _("I abstain")),
]


class RoundKind(models.TextChoices):
    CONSENT = "CONSENT", _("consent round")
    VOTE = "VOTE", _("vote")


@lru_cache(maxsize=256)
def _rule(
    model: str, matter: str, purpose: str, majority: tuple[int, int], base: str, quorum_percent: int | None,
    silence: str, tie_break: bool, urgent: bool, strict: bool, least_yes: int,
) -> rules.Rule:  # fmt: skip
    return rules.Rule(
        model=rules.Model(model),
        matter=rules.Matter(matter),
        kind=rules.Kind(purpose),
        majority=Fraction(*majority),
        base=rules.Base(base),
        quorum_percent=quorum_percent,
        silence=rules.Silence(silence),
        tie_break=tie_break,
        urgent=urgent,
        strict=strict,
        least_yes=least_yes,
    )


class Round(NetworkModel):
    """One time that all voices are asked about one version; the rule and the electorate are frozen at opening.

    ``voices`` counts the electorate at opening; in a ``circle`` each is a person's. ``superseded`` rounds ended because a new version took the place of theirs; they have no outcome.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="rounds")
    version = models.ForeignKey(Version, models.PROTECT, related_name="rounds")
    circle = models.ForeignKey(Circle, models.PROTECT, null=True, blank=True, related_name="+")
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
    majority_strict = models.BooleanField(default=False)
    least_yes = models.PositiveSmallIntegerField(default=0)
    regime = models.CharField(max_length=20, choices=Regime, default=Regime.EXPLORE)
    proxies_at_most = models.PositiveSmallIntegerField(default=0)
    answers_shown = models.CharField(max_length=20, choices=AnswersShown)
    voices = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Participant", models.PROTECT, null=True, related_name="+")
    closes_at = models.DateTimeField()
    first_closes_at = models.DateTimeField()
    extension_reason = models.TextField(blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)
    superseded = models.BooleanField(default=False)
    reminded_at = models.DateTimeField(null=True, blank=True)
    urgent_why = models.CharField(max_length=500, blank=True, default="")
    records_for = models.CharField(max_length=20, choices=RecordsFor, default=RecordsFor.NOBODY)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="round_number_once"),
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(closed_at=None), name="one_open_round_a_proposal"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opened_at")), name="round_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gte=F("first_closes_at")), name="round_only_lengthens"
            ),
            models.CheckConstraint(
                condition=Q(superseded=False) | Q(closed_at__isnull=False), name="superseded_is_closed"
            ),
            models.CheckConstraint(
                condition=Q(kind="CONSENT")
                | Q(model="VERTICAL", urgent_why="")
                & ~Q(purpose__in=[kind.value for kind in rules.CONSENT_ONLY]),
                name="no_vote_where_only_consent_decides",
            ),
            models.CheckConstraint(
                condition=Q(circle=None) | Q(proxies_at_most=0, urgent_why=""),
                name="in_a_circle_each_answers_alone",
            ),
        ]
        indexes = [
            models.Index(
                fields=["network", "closes_at"], condition=Q(closed_at=None), name="round_open_by_deadline"
            )
        ]

    def __str__(self) -> str:
        return f"round {self.number} of proposal {self.proposal_id}"

    @property
    def rule(self) -> rules.Rule:
        """The rule as it was when the round opened."""
        return _rule(
            self.model,
            self.matter,
            self.purpose,
            (self.majority_numerator, self.majority_denominator),
            self.base,
            self.quorum_percent,
            self.silence,
            self.tie_break,
            self.urgent,
            self.majority_strict,
            self.least_yes,
        )

    @property
    def urgent(self) -> bool:
        """Say whether it was called urgent; ``urgent_why`` tells why. Source: GOV-04."""
        return bool(self.urgent_why)

    @property
    def by_person(self) -> bool:
        """Say whether each voice is a person's, seated in a circle. Source: G-6."""
        return self.circle_id is not None

    @property
    def is_vote(self) -> bool:
        return self.kind == RoundKind.VOTE

    @property
    def extended(self) -> bool:
        return self.closes_at > self.first_closes_at

    def takes_answers(self, now: datetime) -> bool:
        """Say whether a voice can answer, or change its answer, at this instant."""
        return self.closed_at is None and now < self.closes_at


class Elector(Voiced):
    """A voice that was there when a round opened; ``proxy`` when another carries it in this vote."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="electors")
    proxy = models.ForeignKey("Proxy", models.PROTECT, null=True, blank=True, related_name="electors")

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["round", "membership"], name="one_voice_a_member"),
            models.UniqueConstraint(fields=["round", "participant"], name="one_voice_a_person"),
            models.CheckConstraint(condition=OF_A_MEMBER_OR_A_PERSON, name="a_voice_is_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"voice {self.pk} of round {self.round_id}"


class Way(models.TextChoices):
    """How an answer came in."""

    PAGE = "PAGE", _("on the page")
    LINK = "LINK", _("from a letter")
    BEHALF = "BEHALF", _("recorded by somebody else")


class Answer(NetworkModel):
    """What a voice answers. One a voice: the database holds it (S8).

    ``given_name`` is whose word it is; ``recorded_name`` who wrote it down for somebody without a device.
    ``kept_from`` is the version about which it had answered the same, when it was kept as it was.
    """

    elector = models.OneToOneField(Elector, models.CASCADE, related_name="answer")
    position = models.CharField(max_length=20, choices=POSITIONS)
    concern = models.TextField(blank=True, default="")
    given_by = models.ForeignKey("people.Participant", models.PROTECT, null=True, related_name="+")
    given_name = models.CharField(max_length=120, blank=True, default="")
    given_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)
    way = models.CharField(max_length=10, choices=Way, default=Way.PAGE)
    recorded_name = models.CharField(max_length=120, blank=True, default="")
    kept_from = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(position__in=[p for p, _l in POSITIONS]), name="answer_position_known"
            ),
            models.CheckConstraint(
                condition=Q(way__in=["PAGE", "LINK"], recorded_name="")
                | Q(way="BEHALF") & ~Q(recorded_name=""),
                name="recorded_for_somebody_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


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
    """What an answer was before it was changed; only grows, but for the name of somebody who left for good.

    ``given_by`` is whose word it was, None where another wrote it down for them; ``erased_at`` when a name went.
    """

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="changes")
    position = models.CharField(max_length=20, choices=POSITIONS)
    concern = models.TextField(blank=True, default="")
    given_by = models.ForeignKey("people.Participant", models.PROTECT, null=True, related_name="+")
    given_name = models.CharField(max_length=120, blank=True, default="")
    given_at = models.DateTimeField()
    replaced_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        indexes = [models.Index(fields=["network", "answer", "id"], name="answer_history")]

    def __str__(self) -> str:
        return f"earlier answer {self.pk}"

"""Ballots: what is asked, who has a voice, who took part, and papers that know nothing of them when it is secret."""

from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tequio.core.money import Money
from tequio.core.scoping import NetworkModel
from tequio.core.texts import language_of, say
from tequio.elections.rules import papers


class BallotKind(models.TextChoices):
    YES_NO = papers.YES_NO, _("Yes, no or abstain")
    APPROVAL = papers.APPROVAL, _("Approve one or more")
    SCORE = papers.SCORE, _("Give points")
    RANKED_ONE = papers.RANKED_ONE, _("Put in order, for one seat")
    RANKED_SEATS = papers.RANKED_SEATS, _("Put in order, for several seats")
    OBJECTIVES = papers.OBJECTIVES, _("Choose three to five objectives")
    FUND = papers.FUND, _("Share out a common fund")


class BallotState(models.TextChoices):
    DRAFT = "DRAFT", _("being prepared")
    OPEN = "OPEN", _("open")
    CLOSED = "CLOSED", _("closed")


class Electorate(models.TextChoices):
    VOICES = "VOICES", _("Members: one voice each, given by who speaks for it")
    PEOPLE = "PEOPLE", _("People: everybody who acts for a member")
    CIRCLE = "CIRCLE", _("The people of a circle")


MAJORITIES = [((1, 2), _("more than half")), ((2, 3), _("two thirds")), ((3, 4), _("three quarters"))]
SEATED = (papers.APPROVAL, papers.SCORE, papers.RANKED_SEATS)
CHOOSING = (*SEATED, papers.RANKED_ONE)


class Ballot(NetworkModel):
    """Something that voices decide by papers; what is asked and who is asked are frozen when it opens.

    ``tie_sealed`` is the hash of ``tie_word``, which stays hidden until the ballot closes: with the papers it makes the public
    lot that decides ties. ``result`` holds winners, stages and notes. Source: GOVERNANCE 5.4.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=BallotKind)
    title = models.JSONField()
    about = models.JSONField(default=dict, blank=True)
    secret = models.BooleanField(default=False)
    electorate = models.CharField(max_length=20, choices=Electorate, default=Electorate.VOICES)
    circle = models.ForeignKey(
        "governance.Circle", models.PROTECT, null=True, blank=True, related_name="ballots"
    )
    seats = models.PositiveSmallIntegerField(default=1)
    most = models.PositiveSmallIntegerField(default=0)
    highest = models.PositiveSmallIntegerField(default=0)
    majority_numerator = models.PositiveSmallIntegerField(default=1)
    majority_denominator = models.PositiveSmallIntegerField(default=2)
    budget_minor = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, default="USD")
    hours = models.PositiveSmallIntegerField(default=168)
    state = models.CharField(max_length=10, choices=BallotState, default=BallotState.DRAFT)
    author = models.ForeignKey("people.Participant", models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    entitled = models.PositiveIntegerField(default=0)
    rule_id = models.CharField(max_length=60, blank=True, default="")
    tie_word = models.CharField(max_length=64, blank=True, default="")
    tie_sealed = models.CharField(max_length=64, blank=True, default="")
    result = models.JSONField(null=True, blank=True)
    entry_id = models.UUIDField(null=True, blank=True)
    body = models.ForeignKey("governance.Circle", models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=20, blank=True, default="")
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    weights = models.JSONField(default=dict, blank=True)
    extended_at = models.DateTimeField(null=True, blank=True)
    extension_reason = models.CharField(max_length=1000, blank=True, default="")
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["network", "number"], name="ballot_number_once"),
            models.CheckConstraint(condition=Q(kind__in=papers.KINDS), name="ballot_kind_known"),
            models.CheckConstraint(
                condition=Q(state="DRAFT", opened_at=None, closed_at=None)
                | Q(state="OPEN", opened_at__isnull=False, closed_at=None, closes_at__gt=F("opened_at"))
                | Q(state="CLOSED", opened_at__isnull=False, closed_at__isnull=False, result__isnull=False),
                name="ballot_state_and_times_agree",
            ),
            models.CheckConstraint(condition=Q(seats__gte=1, seats__lte=50), name="ballot_has_a_seat"),
            models.CheckConstraint(
                condition=Q(electorate="CIRCLE") ^ Q(circle=None), name="ballot_of_a_circle_names_it"
            ),
            models.CheckConstraint(
                condition=Q(kind="FUND", budget_minor__gt=0) | ~Q(kind="FUND") & Q(budget_minor=None),
                name="a_fund_has_a_budget",
            ),
            models.CheckConstraint(
                condition=Q(body=None, role="", months=None)
                | Q(body__isnull=False, months__gte=1, months__lte=120) & ~Q(role=""),
                name="seats_of_a_ballot_have_a_role_and_an_end",
            ),
            models.CheckConstraint(
                condition=Q(secret=False) | Q(weights={}), name="a_weighted_ballot_is_named"
            ),
            models.CheckConstraint(
                condition=Q(extended_at=None) ^ ~Q(extension_reason=""), name="more_time_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"ballot {self.number} of {self.network_id}"

    @property
    def said_title(self) -> str:
        return say(self.title)

    @property
    def budget(self) -> Money | None:
        return None if self.budget_minor is None else Money(self.budget_minor, self.currency)

    @property
    def few(self) -> bool:
        """Say whether there are too few voices for a secret to be one."""
        return self.secret and self.entitled < papers.FEW

    @property
    def chooses(self) -> bool:
        """Say whether people or organizations can be chosen by it."""
        return self.kind in CHOOSING

    @property
    def seated(self) -> bool:
        """Say whether it fills a number of seats."""
        return self.kind in SEATED

    def takes_papers(self, now: datetime) -> bool:
        """Say whether a paper can be cast at this instant."""
        return self.state == BallotState.OPEN and self.closes_at is not None and now < self.closes_at


class Option(NetworkModel):
    """A candidate, a project or an objective, with a statement; ``number`` is how papers name it.

    A candidate may be somebody of the network, or one of its members. ``language`` is the one of the statement, empty
    where nobody said; ``translations`` are the same words in others, by code.
    """

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="options")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    statement = models.TextField(blank=True, default="")
    language = models.CharField(max_length=10, blank=True, default="")
    translations = models.JSONField(default=dict, blank=True)
    cost_minor = models.BigIntegerField(null=True, blank=True)
    participant = models.ForeignKey(
        "people.Participant", models.PROTECT, null=True, blank=True, related_name="+"
    )
    membership = models.ForeignKey(
        "people.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["ballot", "number"], name="option_number_once"),
            models.UniqueConstraint(fields=["ballot", "name"], name="option_name_once"),
            models.UniqueConstraint(fields=["ballot", "participant"], name="a_person_stands_once"),
            models.UniqueConstraint(fields=["ballot", "membership"], name="a_member_stands_once"),
            models.CheckConstraint(
                condition=Q(participant=None) | Q(membership=None), name="a_candidate_is_a_person_or_a_member"
            ),
            models.CheckConstraint(condition=Q(cost_minor=None) | Q(cost_minor__gt=0), name="option_costs"),
        ]

    def __str__(self) -> str:
        return f"option {self.number} of ballot {self.ballot_id}"

    @property
    def texts(self) -> dict[str, str]:
        """The statement in each language that it has, its own first."""
        return {self.language: self.statement, **self.translations} if self.statement else {}

    @property
    def said_statement(self) -> str:
        """The statement in the reader's language, or as it was written first."""
        return say(self.texts)

    @property
    def spoken_in(self) -> str:
        """The language in which ``said_statement`` is; empty where nobody said."""
        return language_of(self.texts)

    @property
    def price(self) -> Money | None:
        """What it costs; its ballot says in which currency."""
        return None if self.cost_minor is None else Money(self.cost_minor, self.ballot.currency)

    def cost(self, currency: str) -> Decimal | None:
        """Return the cost in whole units."""
        return None if self.cost_minor is None else Money(self.cost_minor, currency).amount


class Voter(NetworkModel):
    """A member or a person that had a voice when a ballot opened."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="voters")
    membership = models.ForeignKey(
        "people.Membership", models.PROTECT, null=True, blank=True, related_name="+"
    )
    participant = models.ForeignKey(
        "people.Participant", models.PROTECT, null=True, blank=True, related_name="+"
    )
    weight = models.PositiveIntegerField(default=1)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(weight__gte=1), name="a_voice_weighs_something"),
            models.UniqueConstraint(fields=["ballot", "membership"], name="one_paper_a_member"),
            models.UniqueConstraint(fields=["ballot", "participant"], name="one_paper_a_person"),
            models.CheckConstraint(
                condition=Q(membership=None) ^ Q(participant=None), name="a_voter_is_a_member_or_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"voter {self.pk} of ballot {self.ballot_id}"


class Participation(NetworkModel):
    """That a voter cast a paper: once, and never when; keys drawn by chance tell no order. The database holds it to one."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    voter = models.OneToOneField(Voter, models.CASCADE, related_name="participation")

    def __str__(self) -> str:
        return f"participation of voter {self.voter_id}"


class Paper(NetworkModel):
    """What somebody said in a ballot. Of a secret one it knows neither who nor when, and its key is drawn by chance.

    ``code`` is that of ``rules.papers``; ``participation`` stands in named ballots alone, and ``recorded_name`` where
    somebody wrote the paper down for a voice that could not.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="papers")
    code = models.CharField(max_length=64)
    says = models.JSONField()
    recorded_name = models.CharField(max_length=120, blank=True, default="")
    participation = models.OneToOneField(
        Participation, models.CASCADE, null=True, blank=True, related_name="paper"
    )

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["ballot", "code"], name="paper_code_once"),
            models.CheckConstraint(
                condition=Q(recorded_name="") | Q(participation__isnull=False),
                name="only_a_named_paper_is_written_for_another",
            ),
        ]

    def __str__(self) -> str:
        return f"paper {self.code}"

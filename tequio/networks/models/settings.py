"""A network and the settings that its charter governs, as typed rows."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel
from tequio.core.texts import say


class HostKind(models.TextChoices):
    """Who stands behind a network. Source: CTX-01."""

    ORGANIZATION = "ORGANIZATION", _("An organization")
    GROUP = "GROUP", _("A group of organizations")
    CONSORTIUM = "CONSORTIUM", _("A consortium")
    NETWORK = "NETWORK", _("A network")


class Stage(models.TextChoices):
    FOUNDING = "FOUNDING", _("being founded")
    IN_FORCE = "IN_FORCE", _("charter in force")
    CLOSED = "CLOSED", _("closed")


class Network(models.Model):
    """A group of organizations and people with a common region and a common goal. Source: CTX-02.

    ``name`` is a text per language; ``languages`` are those the network writes in, the first one leading.
    An unlisted network does not exist for strangers.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.JSONField(default=dict)
    languages = ArrayField(models.CharField(max_length=10), default=list)
    host_kind = models.CharField(max_length=20, choices=HostKind, default=HostKind.GROUP)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.FOUNDING)
    listed = models.BooleanField(default=True)
    time_zone = models.CharField(max_length=60, default="America/Bogota")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="network_stage_known"),
            models.CheckConstraint(condition=Q(languages__len__gte=1), name="network_speaks"),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def title(self) -> str:
        """The name in the reader's language, or in the first one that has it."""
        return say(self.name)


class Model(models.TextChoices):
    """How authority is spread. Source: GOV-03, GOV-07, GOV-17."""

    HORIZONTAL = "HORIZONTAL", _("Horizontal: circles and consent")
    VERTICAL = "VERTICAL", _("Vertical: a coordination and working groups")


class Base(models.TextChoices):
    """Three quarters of what? Source: G-1."""

    CAST = "CAST", _("of the votes for and against")
    PRESENT = "PRESENT", _("of all who answered")
    ENTITLED = "ENTITLED", _("of all who may vote")


class Silence(models.TextChoices):
    """What no answer means when a consent round closes. Source: G-7."""

    BLOCKS = "BLOCKS", _("Silence is not consent: the round waits")
    CONSENTS = "CONSENTS", _("Silence is consent, once the quorum has answered")


class Admission(models.TextChoices):
    """Who admits new members."""

    COORDINATION = "COORDINATION", _("The coordination")
    TEAM = "TEAM", _("The people whom the charter names")
    EVERYBODY = "EVERYBODY", _("All members, by consent")


class AnswersShown(models.TextChoices):
    AFTER_MINE = "AFTER_MINE", _("after I have answered")
    AT_CLOSE = "AT_CLOSE", _("when the round closes")
    ALWAYS = "ALWAYS", _("always")


class CharterWay(models.TextChoices):
    """How the charter changes once it is in force. Source: GOV-25 to GOV-28."""

    CONSENT = "CONSENT", _("Every article only by consent")
    TWO_WAYS = "TWO_WAYS", _("Articles about the daily work like any other decision")


class UrgentBy(models.TextChoices):
    """Who may call a matter urgent. Source: GOV-04."""

    COORDINATION = "COORDINATION", _("the coordination")
    ANYBODY = "ANYBODY", _("whoever speaks for a member")


class RecordsFor(models.TextChoices):
    """Who may record the answer of somebody without a device. Source: XCT-03."""

    NOBODY = "NOBODY", _("nobody")
    COORDINATION = "COORDINATION", _("the coordination")


class Regime(models.TextChoices):
    """Who judges whether an objection is one. Source: GOVERNANCE 1.2."""

    EXPLORE = "EXPLORE", _("every objection counts as soon as it is said")
    TEST = "TEST", _("the group tests one objection at a time")


class Governance(NetworkModel):
    """How this network decides; written by the founding path, later by a change of the charter only.

    ``majority_numerator`` of ``majority_denominator`` (3 of 4); ``quorum_percent`` whole percents of those
    entitled, null = none (G-3); ``round_hours`` how long a round stays open, ``urgent_hours`` an urgent one (null = there are none, GOV-04);
    mandates in whole months. ``majority_strict`` when more than the share is needed, not just as much; ``least_yes``
    the least yes that a vote needs whatever its base; ``proxies_at_most`` voices of others that one can carry in a vote;
    ``hearing_days`` how long a member may speak before the others decide on its removal (P18).
    """

    model = models.CharField(max_length=20, choices=Model, blank=True, default="")
    majority_numerator = models.PositiveSmallIntegerField(default=3)
    majority_denominator = models.PositiveSmallIntegerField(default=4)
    base = models.CharField(max_length=20, choices=Base, default=Base.CAST)
    quorum_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    silence = models.CharField(max_length=20, choices=Silence, default=Silence.BLOCKS)
    round_hours = models.PositiveIntegerField(default=72)
    tie_break = models.BooleanField(default=True)
    coordination_by_lot = models.BooleanField(default=False)
    mandate_months = models.PositiveSmallIntegerField(default=12)
    mandate_renewable = models.BooleanField(default=True)
    renewals_at_most = models.PositiveSmallIntegerField(default=1)
    admission = models.CharField(max_length=20, choices=Admission, default=Admission.COORDINATION)
    answers_shown = models.CharField(max_length=20, choices=AnswersShown, default=AnswersShown.AFTER_MINE)
    charter_change = models.CharField(max_length=20, choices=CharterWay, default=CharterWay.CONSENT)
    urgent_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    urgent_by = models.CharField(max_length=20, choices=UrgentBy, default=UrgentBy.COORDINATION)
    records_for = models.CharField(max_length=20, choices=RecordsFor, default=RecordsFor.NOBODY)
    majority_strict = models.BooleanField(default=False)
    least_yes = models.PositiveSmallIntegerField(default=0)
    proxies_at_most = models.PositiveSmallIntegerField(default=0)
    regime = models.CharField(max_length=20, choices=Regime, default=Regime.EXPLORE)
    hearing_days = models.PositiveSmallIntegerField(default=7)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network"], name="governance_once"),
            models.CheckConstraint(condition=Q(proxies_at_most__lte=2), name="two_proxies_at_most"),
            models.CheckConstraint(
                condition=Q(
                    majority_numerator__gte=1, majority_numerator__lte=models.F("majority_denominator")
                ),
                name="majority_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(quorum_percent=None) | Q(quorum_percent__gte=1, quorum_percent__lte=100),
                name="quorum_is_a_percentage",
            ),
            models.CheckConstraint(
                condition=Q(round_hours__gte=1, round_hours__lte=24 * 60), name="round_lasts"
            ),
        ]

    def __str__(self) -> str:
        return f"governance of {self.network_id}: {self.model}"


class Contribution(models.TextChoices):
    """What members bring. Source: MEM-03, MEM-07, MEM-08."""

    OPEN = "OPEN", _("Open: no contribution in money")
    FIXED = "FIXED", _("The same dues for all")
    VARIABLE = "VARIABLE", _("Dues by size")


class Period(models.TextChoices):
    MONTHLY = "MONTHLY", _("a month")
    ANNUAL = "ANNUAL", _("a year")


class Joining(NetworkModel):
    """Who may join and what each brings. Amounts in minor units; bands small, medium, large. Source: MEM-01.

    ``in_kind`` lists what counts besides money: EXPERTS, VOLUNTEERS, EXPERTISE, DISSEMINATION. Source: MEM-05.
    ``sign_within_days`` after a version of the code of ethics a member that has not signed it has no voice until it
    does; null = its voice never rests. Source: GOV-38.
    """

    contribution = models.CharField(max_length=20, choices=Contribution, blank=True, default="")
    period = models.CharField(max_length=20, choices=Period, default=Period.ANNUAL)
    currency = models.CharField(max_length=3, default="USD")
    fixed_minor = models.PositiveBigIntegerField(null=True, blank=True)
    small_minor = models.PositiveBigIntegerField(null=True, blank=True)
    medium_minor = models.PositiveBigIntegerField(null=True, blank=True)
    large_minor = models.PositiveBigIntegerField(null=True, blank=True)
    in_kind = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    accepts_organizations = models.BooleanField(default=True)
    accepts_people = models.BooleanField(default=False)
    accepts_companies = models.BooleanField(default=False)
    sign_within_days = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network"], name="joining_once")]

    def __str__(self) -> str:
        return f"joining {self.network_id}: {self.contribution}"


class AnswerKind(models.TextChoices):
    """How whoever applies answers a criterion."""

    YES_NO = "YES_NO", _("yes or no")
    TEXT = "TEXT", _("in a few words")
    NUMBER = "NUMBER", _("with a number")


class Criterion(NetworkModel):
    """One thing that a member must meet, as a question that can be checked. Source: REA-09, MEM-02.

    ``answer`` says how it is answered, ``required`` whether nobody can join who does not meet it.
    """

    texts = models.JSONField(default=dict)
    answer = models.CharField(max_length=10, choices=AnswerKind, default=AnswerKind.YES_NO)
    required = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["network", "position"], name="criterion_position_once")
        ]

    def __str__(self) -> str:
        return f"criterion {self.position} of {self.network_id}"


class Reason(models.TextChoices):
    """Why organizations join networks. Source: COM-02."""

    ARTICULATION = "ARTICULATION", _("to work with others")
    ADVOCACY = "ADVOCACY", _("to reach further in advocacy")
    EXCHANGE = "EXCHANGE", _("to exchange and think together")
    FUNDING = "FUNDING", _("to look for funds together")


class Benefit(NetworkModel):
    """What a member gains, and how one will see it (``measure``). Source: COM-01, COM-02."""

    reason = models.CharField(max_length=20, choices=Reason, blank=True, default="")
    texts = models.JSONField(default=dict)
    measure = models.JSONField(default=dict, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["network", "position"], name="benefit_position_once")]

    def __str__(self) -> str:
        return f"benefit {self.position} of {self.network_id}"


class Statement(NetworkModel):
    """A text that the network agreed on: purpose, objective, mission, vision, values, code of ethics…

    ``texts`` is a text per language; ``version`` counts the changes since the first agreement.
    """

    key = models.SlugField(max_length=40)
    texts = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="statement_once")]

    def __str__(self) -> str:
        return f"{self.key} v{self.version} of {self.network_id}"


class Pillar(NetworkModel):
    """A strategic pillar, oriented to an interest group. Source: CTX-12, STR-10."""

    name = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    interest_group = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["network", "position"], name="pillar_position_once")]

    def __str__(self) -> str:
        return f"pillar {self.position} of {self.network_id}"


class Gathering(models.TextChoices):
    """What the network promises to do regularly. Source: COM-04, COM-06, COM-08, COM-10, LRN-02."""

    DIGEST = "DIGEST", _("News and opportunities by mail")
    MEETING = "MEETING", _("Virtual meeting of members")
    FACE_TO_FACE = "FACE_TO_FACE", _("Face-to-face gathering")
    WORKSHOP = "WORKSHOP", _("Workshop")


class Rhythm(NetworkModel):
    """How many times a year something happens: 52 is weekly, 12 monthly. Source: XCT-06, G-9."""

    kind = models.CharField(max_length=20, choices=Gathering)
    times_a_year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "kind"], name="rhythm_once"),
            models.CheckConstraint(condition=Q(times_a_year__lte=366), name="rhythm_at_most_daily"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} × {self.times_a_year} of {self.network_id}"


class ChannelKind(models.TextChoices):
    """Through what members talk to each other. Source: COM-03, COM-04."""

    MAIL = "MAIL", _("e-mail")
    CHAT = "CHAT", _("a group on the phone")
    CALLS = "CALLS", _("calls")
    WEB = "WEB", _("its page in Tequio")
    RADIO = "RADIO", _("radio, posters, word of mouth")


class Channel(NetworkModel):
    """A channel that the charter promises, in its order."""

    kind = models.CharField(max_length=20, choices=ChannelKind)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["network", "kind"], name="channel_once"),
            models.CheckConstraint(condition=Q(kind__in=ChannelKind.values), name="channel_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.network_id}"


class ContactPerson(NetworkModel):
    """Who receives somebody who suffered violence, and how to reach them. Source: GOV-29, GOV-31.

    The charter names at least two; ``outside`` marks somebody who is not part of the network.
    """

    name = models.CharField(max_length=120)
    reach = models.CharField(max_length=300)
    outside = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["network", "position"], name="contact_position_once")]

    def __str__(self) -> str:
        return f"contact {self.position} of {self.network_id}"


class NeedKind(models.TextChoices):
    """What money is needed for. Source: FIN-06."""

    PROJECT = "PROJECT", _("for a project or an area")
    INSTITUTIONAL = "INSTITUTIONAL", _("to strengthen the network itself")


class Need(NetworkModel):
    """Something for which the network needs money."""

    texts = models.JSONField(default=dict)
    kind = models.CharField(max_length=20, choices=NeedKind)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["network", "position"], name="need_position_once")]

    def __str__(self) -> str:
        return f"need {self.position} of {self.network_id}"

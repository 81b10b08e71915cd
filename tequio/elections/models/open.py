"""Open elections by consent."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel
from tequio.core.texts import say
from tequio.elections.rules.open_election import OVER, Stage, Word
from tequio.governance.models import Circle, Seat
from tequio.governance.rules import Role
from tequio.people.models import Participant

STAGES = [
    (Stage.ROLE.value, _("the role")),
    (Stage.TERM.value, _("for how long")),
    (Stage.QUALIFICATIONS.value, _("what it needs")),
    (Stage.NOMINATIONS.value, _("written names")),
    (Stage.REASONS.value, _("reasons")),
    (Stage.PROPOSAL.value, _("a proposal")),
    (Stage.CONSENT.value, _("consent")),
    (Stage.CONFIRMATION.value, _("consent of the circle around")),
    (Stage.ELECTED.value, _("elected")),
    (Stage.ENDED.value, _("ended without election")),
]
WORDS = [
    (Word.CONSENT.value, _("I can live with it")),
    (Word.CONCERN.value, _("I can live with it, and leave a concern")),
    (Word.OBJECT.value, _("I have an objection")),
]
ELECTIVE = [role for role in Role if role is not Role.MEMBER]


class OpenElection(NetworkModel):
    """One role of a circle, filled by consent. ``attempt`` grows with each proposal, and asks everybody again.

    ``nominee`` is who is proposed, for ``months``, with ``measures`` that answer objections; ``opened_nominations_at`` when
    what was written was opened, for all at once.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    circle = models.ForeignKey(Circle, models.PROTECT, related_name="open_elections")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in ELECTIVE])
    facilitator = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=20, choices=STAGES, default=Stage.ROLE.value)
    number = models.PositiveIntegerField(default=1)
    about = models.TextField(blank=True, default="")
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    qualifications = models.TextField(blank=True, default="")
    nominee = models.ForeignKey(Participant, models.PROTECT, null=True, blank=True, related_name="+")
    reasons = models.TextField(blank=True, default="")
    measures = models.TextField(blank=True, default="")
    attempt = models.PositiveSmallIntegerField(default=0)
    opened_by = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    opened_nominations_at = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)
    over_why = models.CharField(max_length=300, blank=True, default="")
    elected_entry = models.UUIDField(null=True, blank=True)
    confirmed_entry = models.UUIDField(null=True, blank=True)
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(NetworkModel.Meta):
        indexes = [models.Index(fields=["network", "circle", "-opened_at"], name="open_election_of_circle")]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=[stage for stage, _l in STAGES]), name="open_election_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in ELECTIVE]), name="open_election_role_known"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[stage.value for stage in OVER]) ^ Q(over_at=None),
                name="open_election_over_has_time",
            ),
            models.CheckConstraint(
                condition=Q(months=None) | Q(months__gte=1, months__lte=120), name="open_election_term"
            ),
            models.CheckConstraint(
                condition=Q(opened_nominations_at=None) | Q(opened_nominations_at__gte=F("opened_at")),
                name="nominations_open_after_the_election",
            ),
            models.UniqueConstraint(
                fields=["circle", "role"], condition=Q(over_at=None), name="one_open_election_a_role"
            ),
        ]

    def __str__(self) -> str:
        return f"election of {self.role} in circle {self.circle_id}"

    @property
    def circle_name(self) -> str:
        """The circle's name in the reader's language."""
        return say(self.circle.name)


class OpenVoice(NetworkModel):
    """Somebody who is asked: a member of the circle when the election opened, or of the circle ``around`` it at the end.

    ``wrote_at`` says that they wrote a name, or passed; never whose. Who is absent is ``excused`` for a reason: nobody waits
    for them, and they are asked again as soon as they speak.
    """

    election = models.ForeignKey(OpenElection, models.CASCADE, related_name="voices")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    around = models.BooleanField(default=False)
    wrote_at = models.DateTimeField(null=True, blank=True)
    excused_at = models.DateTimeField(null=True, blank=True)
    excused_why = models.CharField(max_length=300, blank=True, default="")

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["election", "participant", "around"], name="one_voice_a_person_and_circle"
            ),
            models.CheckConstraint(
                condition=Q(excused_at=None) ^ ~Q(excused_why=""), name="who_is_excused_is_so_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"voice {self.pk} of election {self.election_id}"


class Nomination(NetworkModel):
    """Whom a voice names, and why: sealed until all are opened together. No name: the voice passes.

    Until then PostgreSQL itself shows a row to nobody but ``person``, who wrote it. ``commitment`` is in the register from
    the start: the SHA-256 of ``nonce`` and what was written. After the opening the voice may change its mind, with a
    reason, and both stay.
    """

    election = models.ForeignKey(OpenElection, models.CASCADE, related_name="nominations")
    voice = models.OneToOneField(OpenVoice, models.CASCADE, related_name="nomination")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    nominee = models.ForeignKey(Participant, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True, default="")
    salt = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64)
    changed_to = models.ForeignKey(Participant, models.PROTECT, null=True, blank=True, related_name="+")
    changed_why = models.TextField(blank=True, default="")
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta(NetworkModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(changed_at=None) ^ ~Q(changed_why=""), name="who_changes_a_nomination_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"nomination {self.pk}"


class OpenAnswer(NetworkModel):
    """What a voice answers: about the term, what the role needs (an objection to it), or about the proposed nominee."""

    voice = models.ForeignKey(OpenVoice, models.CASCADE, related_name="answers")
    stage = models.CharField(max_length=20, choices=STAGES)
    attempt = models.PositiveSmallIntegerField()
    word = models.CharField(max_length=10, choices=WORDS)
    words = models.TextField(blank=True, default="")
    given_at = models.DateTimeField()
    recorded_name = models.CharField(max_length=120, blank=True, default="")

    class Meta(NetworkModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["voice", "stage", "attempt"], name="one_answer_a_voice_and_attempt"
            ),
            models.CheckConstraint(
                condition=Q(word__in=[word for word, _l in WORDS]), name="open_answer_known"
            ),
            models.CheckConstraint(
                condition=Q(word="CONSENT") | ~Q(words=""), name="an_objection_to_a_nominee_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"

"""What members do with the articles: propose changes, remark on them, consent to each."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tequio.core.scoping import NetworkModel
from tequio.founding.models.charters import Article, Charter
from tequio.people.models import Membership, Participant


class ChangeState(models.TextChoices):
    OPEN = "OPEN", _("being decided")
    APPLIED = "APPLIED", _("in force")
    RETURNED = "RETURNED", _("stopped by an objection")
    REFUSED = "REFUSED", _("not adopted")
    OUTDATED = "OUTDATED", _("overtaken: the charter had changed meanwhile")


class CharterChange(NetworkModel):
    """A change of one article that a decision is asked about; adopted, it changes the setting and the words at once.

    ``before`` and ``after`` map questions of the catalogue to answers (``rules.answer_of``); ``base`` is the version
    it was proposed on, ``applied_in`` the one that it made. It applies only while ``before`` still holds.
    ``earlier`` keeps what an amendment replaced, the oldest first: its ``before``, ``after`` and ``base``, and ``who``
    amended it ``at`` which moment, ``why``.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    article = models.SlugField(max_length=40)
    base = models.PositiveIntegerField()
    before = models.JSONField()
    after = models.JSONField()
    earlier = models.JSONField(default=list, blank=True)
    why = models.TextField()
    state = models.CharField(max_length=10, choices=ChangeState, default=ChangeState.OPEN)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    proposal = models.UUIDField(null=True, blank=True)
    proposal_number = models.PositiveIntegerField(null=True, blank=True)
    proposed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    applied_in = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ChangeState.values), name="change_state_known"),
            models.CheckConstraint(condition=~Q(why=""), name="a_change_says_why"),
            models.CheckConstraint(
                condition=Q(state="APPLIED") ^ Q(applied_in=None), name="an_applied_change_has_a_version"
            ),
        ]
        indexes = [models.Index(fields=["network", "article", "-id"], name="change_by_article")]

    def __str__(self) -> str:
        return f"change of {self.article} on v{self.base} {self.state}"


class RemarkKind(models.TextChoices):
    COMMENT = "COMMENT", _("comment")
    PROPOSAL = "PROPOSAL", _("other words proposed")


class Remark(NetworkModel):
    """What somebody says about the words of an article; closed once these words are others.

    ``since`` names the words (``Article.since``); ``under`` is the remark that it answers, one level deep. Taken back,
    it stays as a trace: who, when, and no words on any page.
    """

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    article = models.SlugField(max_length=40)
    since = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=RemarkKind, default=RemarkKind.COMMENT)
    body = models.TextField()
    under = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RemarkKind.values), name="remark_kind_known"),
            models.CheckConstraint(condition=~Q(body=""), name="a_remark_needs_words"),
        ]
        indexes = [models.Index(fields=["network", "article", "since"], name="remark_by_article")]

    def __str__(self) -> str:
        return f"remark on {self.article} v{self.since}"


class Stance(models.TextChoices):
    CONSENT = "CONSENT", _("I can live with this article")
    CONCERN = "CONCERN", _("I can live with it, and leave a concern")
    OBJECT = "OBJECT", _("I see a harm: I have an objection")


class ArticleVoice(NetworkModel):
    """What somebody says to one article of a charter that is being ratified. Source: GOV-06.

    ``membership`` is the member whose voice it is, null for who carries none: advice that is not counted.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="voices")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    stance = models.CharField(max_length=10, choices=Stance)
    words = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "participant"], name="one_stance_an_article"),
            models.CheckConstraint(
                condition=Q(stance="CONSENT") | ~Q(words=""), name="a_concern_or_an_objection_needs_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stance} to {self.article_id}"


class DocumentState(models.TextChoices):
    ASKED = "ASKED", _("being made")
    MADE = "MADE", _("ready")
    FAILED = "FAILED", _("it could not be made")


class DocumentKind(models.TextChoices):
    PDF = "PDF", "PDF"
    DOCX = "DOCX", "DOCX"


class Document(NetworkModel):
    """One version of the charter in one language and format, made by a job and kept."""

    charter = models.ForeignKey(Charter, models.PROTECT, related_name="documents")
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=10, choices=DocumentKind, default=DocumentKind.PDF)
    state = models.CharField(max_length=10, choices=DocumentState, default=DocumentState.ASKED)
    content = models.BinaryField(null=True, blank=True)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["charter", "language", "kind"], name="one_document_a_language"),
            models.CheckConstraint(
                condition=Q(state="MADE") ^ Q(content=None), name="a_made_document_has_content"
            ),
        ]

    def __str__(self) -> str:
        return f"charter {self.charter_id} in {self.language}"

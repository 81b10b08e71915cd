"""Reads of open elections. What is sealed is hidden here, and by PostgreSQL itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery

from tequio.core.actor import Actor
from tequio.core.prepared import prepared, slot
from tequio.elections.models import Nomination, OpenAnswer, OpenElection, OpenVoice
from tequio.elections.rules.open_election import AGREED, Facts, Stage, Word
from tequio.governance import selectors as governance
from tequio.governance.models import Circle
from tequio.governance.rules import SENDING, Kind, Role
from tequio.people.models import Participant

MOST = 60
SHAPES = {"": "waiting", Word.CONSENT.value: "consent", Word.CONCERN.value: "concern"}


def elections(actor: Actor) -> list[OpenElection]:
    """The open elections of the network, those under way first, then the latest."""
    rows = OpenElection.objects.select_related("circle", "nominee")
    return list(rows.order_by(F("over_at").desc(nulls_first=True), "-opened_at")[:MOST])


def of_circle(actor: Actor, circle: Circle) -> list[OpenElection]:
    """The elections that are under way in a circle."""
    return list(OpenElection.objects.filter(circle=circle, over_at=None).order_by("pk"))


def _mark_columns() -> dict[str, Any]:
    """The columns of an election's row that change whenever something happened that its screens show."""
    voices = OpenVoice.objects.filter(election=OuterRef("pk")).order_by().values("election")
    answers = OpenAnswer.objects.filter(voice__election=OuterRef("pk")).order_by().values("voice__election")
    changed = Nomination.objects.filter(election=OuterRef("pk")).order_by().values("election")
    return {
        "last_excused": Subquery(voices.annotate(n=Max("excused_at")).values("n")),
        "last_written": Subquery(voices.annotate(n=Max("wrote_at")).values("n")),
        "last_answered": Subquery(answers.annotate(n=Max("given_at")).values("n")),
        "answers_given": Subquery(answers.annotate(n=Count("pk")).values("n")),
        "last_changed": Subquery(changed.annotate(n=Max("changed_at")).values("n")),
    }


MARK = (
    "number",
    "stage",
    "attempt",
    "last_excused",
    "last_written",
    "last_answered",
    "answers_given",
    "last_changed",
)
_one = prepared(
    lambda: (
        OpenElection.objects.select_related("circle__parent", "facilitator", "nominee", "seat")
        .annotate(**_mark_columns())
        .filter(uuid=slot("uuid", OpenElection._meta.get_field("uuid")))
    )
)


def mark_of(election: OpenElection) -> str:
    """The mark of an election that was read with ``election``."""
    return _joined(getattr(election, name) for name in MARK)


def _joined(parts: Iterable[Any]) -> str:
    return "-".join("" if each is None else str(each) for each in parts)


def election(actor: Actor, uuid: UUID) -> OpenElection | None:
    """One open election, with its circle and who is proposed."""
    return _one.first(uuid=uuid)


def confirms(election: OpenElection) -> bool:
    """Say whether the circle around has to consent: to whoever goes into it. Source: GOVERNANCE 1.3."""
    circle = election.circle
    return circle.parent_id is not None and circle.kind == Kind.CIRCLE and election.role in SENDING


@dataclass(frozen=True)
class Asked:
    """Somebody who is asked in this step, with what they answered to what is asked now."""

    pk: int
    participant_id: int
    uuid: str
    name: str
    present: bool
    wrote_at: datetime | None
    word: str | None
    words: str
    excused: str = ""

    @property
    def counts(self) -> bool:
        """Say whether this step waits for them: who left, or is excused, holds nobody up."""
        return self.present and not self.excused

    @property
    def wrote(self) -> bool:
        return self.wrote_at is not None

    @property
    def shape(self) -> str:
        """The shape of their seat in the ring."""
        return SHAPES.get(self.word or "", "objection")


def asked(election: OpenElection, on: date | None = None) -> list[Asked]:
    """Who is asked in this step, by name: the circle, or the one around it at the end; who left is not ``present``."""
    around = election.stage == Stage.CONFIRMATION
    circle = election.circle.parent if around else election.circle
    here = governance.active(on).filter(circle=circle, role=Role.MEMBER).values("participant")
    answers = OpenAnswer.objects.filter(
        voice=OuterRef("pk"), stage=election.stage, attempt=_attempt(election)
    )
    rows = (
        OpenVoice.objects.filter(election=election, around=around)
        .annotate(
            word=Subquery(answers.values("word")[:1]),
            words=Subquery(answers.values("words")[:1]),
            present=Q(participant__in=here),
        )
        .order_by("participant__name", "pk")
    )
    told = rows.values_list(
        "pk",
        "participant_id",
        "participant__uuid",
        "participant__name",
        "present",
        "wrote_at",
        "word",
        "words",
        "excused_why",
    )
    return [
        Asked(pk, who, str(uuid), name, present, wrote, word, words or "", excused)
        for pk, who, uuid, name, present, wrote, word, words, excused in told
    ]


def _attempt(election: OpenElection) -> int:
    """Which proposal an answer is about; the terms of the election itself have their number too."""
    return election.number if election.stage in AGREED else election.attempt


def facts_of(election: OpenElection, voices: list[Asked]) -> Facts:
    """What the next step is judged by. Whether a name was written at all is known once they are opened."""
    present = [one for one in voices if one.counts]
    return Facts(
        stage=Stage(election.stage),
        voices=len(present),
        wrote=sum(one.wrote for one in present),
        nominated=True,
        answered=sum(one.word is not None for one in present),
        objections=sum(one.word == Word.OBJECT for one in present),
        has_term=bool(election.months),
        has_qualifications=bool(election.qualifications.strip()),
        proposed=election.nominee_id is not None,
        confirms=confirms(election),
    )


def voice_of(actor: Actor, election: OpenElection) -> OpenVoice | None:
    """The actor's own voice in this step."""
    around = election.stage == Stage.CONFIRMATION
    rows = OpenVoice.objects.filter(election=election, around=around)
    return rows.filter(participant_id=actor.participant_id or 0).first()


def voice_among(actor: Actor, election: OpenElection, voices: list[Asked]) -> OpenVoice | None:
    """The same, among those who are asked, which were read already."""
    around = election.stage == Stage.CONFIRMATION
    return next(
        (
            OpenVoice(
                pk=one.pk,
                election=election,
                participant_id=one.participant_id,
                around=around,
                wrote_at=one.wrote_at,
            )
            for one in voices
            if one.participant_id == actor.participant_id
        ),
        None,
    )


def nomination_of(actor: Actor, election: OpenElection) -> Nomination | None:
    """What the actor wrote."""
    rows = Nomination.objects.select_related("nominee", "changed_to")
    return rows.filter(election=election, person_id=actor.person_id or 0).first()


def has_sealed_names() -> bool:
    """Say whether names wait sealed in an election that goes on; who wrote what the database shows to nobody else."""
    wrote = OpenVoice.objects.filter(wrote_at__isnull=False)
    return wrote.filter(election__opened_nominations_at=None, election__over_at=None).exists()


def nominations(actor: Actor, election: OpenElection) -> list[Nomination]:
    """What everybody wrote, by who wrote it; nothing before all was opened."""
    if election.opened_nominations_at is None:
        return []
    rows = Nomination.objects.filter(election=election).select_related(
        "voice__participant", "nominee", "changed_to"
    )
    return list(rows.order_by("voice__participant__name", "pk"))


def candidates(election: OpenElection, on: date | None = None) -> list[tuple[int, str]]:
    """Whom one can name: the members of the circle; not who holds the other end of its link."""
    return list(_eligible(election, on).values_list("pk", "name"))


def candidate(election: OpenElection, participant_id: int) -> Participant | None:
    """One of those whom one can name."""
    return _eligible(election).filter(pk=participant_id).first()


def _eligible(election: OpenElection, on: date | None = None) -> QuerySet[Participant]:
    members = governance.members_of(election.circle, on)
    if election.role not in SENDING:
        return members
    other = next(role for role in SENDING if role != election.role)
    return members.exclude(pk__in=governance.holders(election.circle, other, on).values("pk"))


def objections(election: OpenElection) -> list[OpenAnswer]:
    """What stood against earlier proposals of this election, the oldest first."""
    rows = OpenAnswer.objects.filter(
        voice__election=election, word=Word.OBJECT, stage__in=[Stage.CONSENT, Stage.CONFIRMATION]
    )
    return list(rows.select_related("voice__participant").order_by("pk")[:MOST])


_marks = prepared(
    lambda: (
        OpenElection.objects.annotate(**_mark_columns())
        .filter(uuid=slot("uuid", OpenElection._meta.get_field("uuid")))
        .values_list(*MARK)
    )
)


def election_mark(actor: Actor, uuid: UUID) -> str | None:
    """A short text that changes whenever something happened that the screens of an election show."""
    row = _marks.first(uuid=uuid)
    return None if row is None else _joined(row)

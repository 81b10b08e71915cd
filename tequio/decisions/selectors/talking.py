"""Every read of what is said about a proposal and lies beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, Count, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Cast, JSONObject

from tequio.core.actor import Actor
from tequio.core.texts import Texts
from tequio.decisions.models import (
    Answer,
    Attachment,
    Objection,
    Proposal,
    Question,
    Reaction,
    Relation,
    Round,
    State,
    Version,
)
from tequio.decisions.selectors.seeing import Sees, everything, read_among, sees
from tequio.decisions.selectors.voices import column, of_voice, own
from tequio.people.models import Participant

SHOWN = 5
MOST_RELATED = 60
MOST_OWNERS = 120
MOST_CALLED = 10
DECISION = "decision"


@dataclass(frozen=True)
class Source:
    """What proposals can be related to in an app above: its things for a reader, and the address of each."""

    choices: Callable[[Actor], Sequence[tuple[str, Texts]]]
    address: Callable[[str, str], str]


SOURCES: dict[str, Source] = {}


def offer(source: str, *, choices: Callable[[Actor], Sequence[tuple[str, Texts]]], address: Any) -> None:
    """Let proposals be related to things of an app above; called when that app is ready.

    ``choices`` answers (key, title) for a reader; ``address`` takes the network's slug and a key.
    """
    SOURCES[source] = Source(choices, address)


def beside_columns(sees: Sees = everything) -> dict[str, Any]:
    """The columns of a proposal's row that tell what lies beside it, so that its page reads nothing more."""
    here = {"proposal": OuterRef("pk")}
    open_ones = Question.objects.filter(replied_at=None, **here).order_by("pk")
    pointing = Relation.objects.filter(
        sees("proposal__"), source=DECISION, key=Cast(OuterRef("number"), CharField())
    ).order_by("proposal__number")
    return {
        "questions_asked": _count(Question.objects.filter(**here)),
        "reactions_given": _count(Reaction.objects.filter(**here)),
        "questions_open": ArraySubquery(
            open_ones.values(told=JSONObject(words="words", name="asked_name"))[:SHOWN]
        ),
        "files": ArraySubquery(
            Attachment.objects.filter(**here)
            .order_by("pk")
            .values(
                told=JSONObject(uuid="uuid", label="label", language="language", format="format", size="size")
            )
        ),
        "related": ArraySubquery(
            Relation.objects.filter(**here)
            .order_by("source", "pk")
            .values(told=JSONObject(source="source", key="key", title="title"))
        ),
        "pointing": ArraySubquery(
            pointing.values(told=JSONObject(key="proposal__number", title="proposal__version__title"))[:SHOWN]
        ),
    }


def _count(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by().values("proposal").annotate(many=Count("pk")).values("many"))


@dataclass(frozen=True)
class Beside:
    """What lies beside a proposal: how much was said, the questions without a reply, files, what it is related to."""

    questions: int
    reactions: int
    open: list[dict[str, Any]]
    files: list[dict[str, Any]]
    related: list[dict[str, Any]]
    pointing: list[dict[str, Any]]

    @property
    def anything(self) -> bool:
        return bool(self.questions or self.reactions or self.files or self.related or self.pointing)


def beside(proposal: Proposal) -> Beside:
    """What the row of a proposal, read with ``beside_columns``, tells of what lies beside it."""
    told: Any = proposal
    return Beside(
        told.questions_asked or 0,
        told.reactions_given or 0,
        told.questions_open,
        told.files,
        told.related,
        told.pointing,
    )


def leave_out_kept(actor: Actor, proposal: Proposal) -> None:
    """Take from the row of a proposal the decisions it is related to that are kept from the reader."""
    told: Any = proposal
    kept = unread_keys(actor, [(one["source"], one["key"]) for one in told.related])
    told.related = [one for one in told.related if (one["source"], one["key"]) not in kept]


def questions(actor: Actor, proposal: Proposal) -> QuerySet[Question]:
    """The questions about a proposal, in the order in which they were asked."""
    return Question.objects.filter(proposal=proposal).order_by("pk")


def question(actor: Actor, number: int, question_id: int) -> Question | None:
    """One question with its proposal and the text."""
    rows = Question.objects.select_related("proposal__version", "proposal__circle")
    return rows.filter(sees(actor, "proposal__"), pk=question_id, proposal__number=number).first()


def reactions(actor: Actor, proposal: Proposal) -> QuerySet[Reaction]:
    """The quick reactions to a proposal, the reader's own voice among them."""
    return (
        Reaction.objects.filter(proposal=proposal).select_related("membership", "participant").order_by("pk")
    )


def attachments(actor: Actor, proposal: Proposal) -> QuerySet[Attachment]:
    """The files beside a proposal."""
    return Attachment.objects.filter(proposal=proposal).order_by("pk")


def attachments_of(actor: Actor, round: Round) -> QuerySet[Attachment]:
    """The files that lay beside a proposal when a round on it opened."""
    return Attachment.objects.filter(proposal=round.proposal_id, added_at__lte=round.opened_at).order_by("pk")


def attachment(actor: Actor, number: int, uuid: UUID) -> Attachment | None:
    """One file with its proposal."""
    rows = Attachment.objects.select_related("proposal__version", "proposal__circle")
    return rows.filter(sees(actor, "proposal__"), uuid=uuid, proposal__number=number).first()


def relations(actor: Actor, proposal: Proposal) -> list[Relation]:
    """What a proposal is related to, as far as the reader sees it."""
    rows = list(Relation.objects.filter(proposal=proposal).order_by("source", "pk"))
    kept = unread_keys(actor, [(row.source, row.key) for row in rows])
    return [row for row in rows if (row.source, row.key) not in kept]


def unread_keys(actor: Actor, keys: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of (source, key) to which something is related, return the decisions that are kept from the actor."""
    numbers = {int(key) for source, key in keys if source == DECISION and key.isdecimal()}
    return {(DECISION, str(number)) for number in numbers - read_among(actor, numbers)}


def relation(actor: Actor, number: int, relation_id: int) -> Relation | None:
    """One relation with its proposal."""
    rows = Relation.objects.select_related("proposal__version", "proposal__circle")
    return rows.filter(sees(actor, "proposal__"), pk=relation_id, proposal__number=number).first()


def _decided(actor: Actor, proposal: Proposal) -> QuerySet[Proposal]:
    rows = Proposal.objects.filter(sees(actor), state__in=[State.ADOPTED, State.NOT_ADOPTED])
    return rows.exclude(pk=proposal.pk)


def related_title(actor: Actor, proposal: Proposal, *, source: str, key: str) -> Texts | None:
    """What something is called that a proposal can be related to, also an old decision; None when there is none."""
    if source == DECISION:
        number = int(key) if key.isdecimal() and len(key) < 10 else 0
        title: Texts | None = (
            _decided(actor, proposal).filter(number=number).values_list("version__title", flat=True).first()
        )
        return title
    return dict(SOURCES[source].choices(actor)).get(key) if source in SOURCES else None


def related_choices(actor: Actor, proposal: Proposal) -> list[tuple[tuple[str, str], Texts]]:
    """What a proposal can be related to: ((source, key), title); the newest decisions, then what other apps offer."""
    rows = (
        _decided(actor, proposal).order_by("-number").values_list("number", "version__title")[:MOST_RELATED]
    )
    found: list[tuple[tuple[str, str], Texts]] = [((DECISION, str(number)), title) for number, title in rows]
    for name, source in SOURCES.items():
        found += [((name, key), title) for key, title in source.choices(actor)]
    return found


@dataclass(frozen=True)
class EarlierAnswer:
    """What the reader's voice answered to the last text that it answered: position, words, and that text."""

    position: str
    concern: str
    harm: str
    mend: str
    version: Version


def earlier_answer(actor: Actor, round: Round) -> EarlierAnswer | None:
    """What the reader's voice answered in an earlier consent round on this proposal, the last time; or None."""
    mine = own(actor, round)
    if not mine or round.is_vote or round.number == 1:
        return None
    objected = Objection.objects.filter(
        round=OuterRef("elector__round"),
        proposal=OuterRef("elector__round__proposal"),
        **of_voice(round, mine),
    ).order_by("-pk")
    row = (
        Answer.objects.filter(
            **{f"elector__{column(round.by_person)}": mine},
            elector__round__proposal=round.proposal_id,
            elector__round__kind=round.kind,
            elector__round__number__lt=round.number,
        )
        .select_related("elector__round__version")
        .annotate(harm=Subquery(objected.values("harm")[:1]), mend=Subquery(objected.values("mend")[:1]))
        .order_by("-elector__round__number")
        .first()
    )
    if row is None:
        return None
    version = row.elector.round.version
    return EarlierAnswer(row.position, row.concern, row.harm or "", row.mend or "", version)


def owners(actor: Actor, proposal: Proposal | None) -> list[tuple[int, str]]:
    """Who can be in charge of a proposal: who is now, the reader, their colleagues, then others by name, up to a limit."""
    near = Case(
        When(pk=(proposal and proposal.owner_id) or 0, then=0),
        When(pk=actor.participant_id or 0, then=1),
        When(membership=actor.membership_id or 0, then=2),
        default=3,
    )
    active = Participant.objects.filter(until_on=None, person__is_active=True)
    return list(active.order_by(near, "name", "pk").values_list("pk", "name")[:MOST_OWNERS])


def called(*, name: str = "", number: int = 0) -> list[tuple[int, str]]:
    """Who takes part under this name, or under part of it while nobody has it whole; or with this number."""
    active = Participant.objects.filter(until_on=None, person__is_active=True).order_by("name", "pk")
    if number:
        return list(active.filter(pk=number).values_list("pk", "name"))
    whole = list(active.filter(name__iexact=name).values_list("pk", "name")[:MOST_CALLED])
    return whole or list(active.filter(name__icontains=name).values_list("pk", "name")[:MOST_CALLED])

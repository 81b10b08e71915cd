"""Workshops of the network, with their actions and what is counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.core.texts import Texts
from tequio.founding.models import Workshop, WorkshopAction, WorkshopPaper, WorkshopPart
from tequio.founding.rules.workshops import Place
from tequio.founding.selectors.path import rows_standing
from tequio.networks.models import Pillar
from tequio.people.models import Organization, Participant
from tequio.people.selectors.programs import called

MOST = 200


def workshops(actor: Actor) -> list[dict[str, Any]]:
    """The latest workshops: uuid, title, held_on, place, state, actions (how many)."""
    rows: QuerySet[Any, Any] = Workshop.objects.annotate(number=Count("actions"))
    return list(rows.values("uuid", "title", "held_on", "place", "state", "number")[:MOST])


def workshop(actor: Actor, uuid: UUID) -> Workshop | None:
    """One workshop with who holds it and who signed, or None."""
    return Workshop.objects.select_related("held_by", "signed_by").filter(uuid=uuid).first()


def actions(workshop: Workshop) -> list[WorkshopAction]:
    """Its actions, in the order they were written down."""
    return list(WorkshopAction.objects.filter(workshop=workshop).select_related("participant"))


def parts(workshop: Workshop) -> list[WorkshopPart]:
    """The people and organizations that took part, by name."""
    rows = WorkshopPart.objects.filter(workshop=workshop).select_related("participant", "organization")
    return list(rows.order_by("participant__name", "organization__folded")[:MOST])


@dataclass(frozen=True)
class Marking:
    """How many papers there are, of these from a phone that went around, and what the reader marked (None: nothing)."""

    papers: int
    around: int
    mine: WorkshopPaper | None


def marking(actor: Actor, workshop: Workshop) -> Marking:
    """How far the marking is; nobody sees what others marked."""
    rows = WorkshopPaper.objects.filter(workshop=workshop)
    found = rows.aggregate(papers=Count("pk"), around=Count("pk", filter=Q(participant=None)))
    mine = rows.filter(participant_id=actor.participant_id or 0).first()
    return Marking(found["papers"], found["around"], mine)


def words_of(workshop: Workshop) -> list[str]:
    """What those who marked said about it, without names, in no order that tells who."""
    rows = WorkshopPaper.objects.filter(workshop=workshop).exclude(words="")
    return sorted(rows.values_list("words", flat=True)[:MOST])


def came(actor: Actor, workshop: Workshop) -> bool:
    """Say whether the actor is written down as having taken part."""
    mine = WorkshopPart.objects.filter(workshop=workshop, participant_id=actor.participant_id or 0)
    return actor.participant_id is not None and mine.exists()


def is_over(workshop: Workshop) -> bool:
    """Say whether the deadline to mark has passed."""
    return workshop.until_at is not None and workshop.until_at <= clock.now()


def places(workshop: Workshop) -> list[Place]:
    """The signed order."""
    return [Place(one["rank"], str(one["action"]), one["marks"], one["tied"]) for one in workshop.result]


def objectives() -> dict[str, Texts]:
    """The specific objectives of the network, by the name of their row."""
    return {str(row["id"]): row.get("text") or {} for row in rows_standing("specific")}


def pillars() -> dict[int, Texts]:
    """The pillars of the network, by their place."""
    return dict(Pillar.objects.values_list("position", "name"))


def named(actor: Actor, name: str) -> Participant | Organization | None:
    """The one person of the network of this name, else the one organization; None where there is none, or several."""
    people: QuerySet[Participant] = Participant.objects.filter(name__iexact=name.strip(), until_on=None)
    found: Sequence[Participant] = list(people[:2])
    if found:
        return found[0] if len(found) == 1 else None
    return called(actor, name)

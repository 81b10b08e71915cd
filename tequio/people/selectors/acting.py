"""Who acts in a network, for whom, with which duties; and who is on the way in or back."""

from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.core.prepared import Prepared, prepared, slot
from tequio.people.models import Duty, Invitation, Membership, Participant, Recovery
from tequio.people.selectors.showing import reader_of, role_seen

KEPT_PAGES = 20


def people(actor: Actor) -> QuerySet[Participant]:
    """Everybody who takes part now, by organization and name."""
    rows = Participant.objects.filter(until_on=None).select_related("membership")
    return rows.order_by(F("membership__name").asc(nulls_last=True), "name", "pk")


def _listed() -> QuerySet[Participant, Any]:
    rows = Participant.objects.filter(until_on=None)
    ordered = rows.order_by(F("membership__name").asc(nulls_last=True), "name", "pk")
    shown: QuerySet[Participant, Any] = ordered.values(
        "pk", "uuid", "name", "role", "shows", "voice", "duties", member=F("membership__name")
    )
    return shown


@cache
def _page_of_people(start: int, end: int) -> Prepared[dict[str, Any]]:
    return prepared(lambda: _listed()[start:end])


def list_people(actor: Actor, *, page: int, size: int) -> list[dict[str, Any]]:
    """One page of everybody who takes part now, by organization and name, and one row more if there are more."""
    start = (page - 1) * size
    kept = page <= KEPT_PAGES
    rows = _page_of_people(start, start + size + 1)() if kept else list(_listed()[start : start + size + 1])
    for row in rows:
        row["role"] = role_seen(row, reader=reader_of(actor, own=row["pk"] == actor.participant_id))
    return rows


def participant(actor: Actor, uuid: UUID) -> Participant | None:
    """One who takes part now, with their account and ``organization`` (its uuid), or None; ``seen_of`` says what of them the actor sees."""
    rows = people(actor).select_related("person").annotate(organization=F("membership__organization__uuid"))
    return rows.filter(uuid=uuid).first()


def myself(actor: Actor) -> Participant | None:
    """The actor's own part here, or None for the platform itself."""
    return people(actor).select_related("person").filter(pk=actor.participant_id or 0).first()


def my_membership(actor: Actor) -> Membership | None:
    """The member for whom the actor acts."""
    if actor.membership_id is None:
        return None
    return _membership.first(pk=actor.membership_id)


_membership = prepared(lambda: Membership.objects.filter(pk=slot("pk"), ended_on=None))


def coordinators() -> QuerySet[Participant]:
    """Who coordinates now."""
    return Participant.objects.filter(duties__contains=[Duty.COORDINATION], until_on=None)


def coordinates_alone(participant: Participant) -> bool:
    """Say whether the coordination would be empty without this person."""
    if Duty.COORDINATION not in participant.duties:
        return False
    return not coordinators().exclude(pk=participant.pk).exists()


def invitations(actor: Actor) -> QuerySet[Invitation]:
    """Invitations that are open: all of them for the coordination, else my own and those of my organization."""
    rows = Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=clock.now())
    rows = rows.select_related("organization", "invited_by").order_by("-sent_at", "-pk")
    if actor.has(Duty.COORDINATION, Duty.FOUNDER):
        return rows
    mine = Q(invited_by_id=actor.participant_id)
    if actor.votes:
        mine |= Q(organization__memberships=actor.membership_id)
    return rows.filter(mine)


def invitation(actor: Actor, pk: int) -> Invitation | None:
    """An open invitation that the actor may see, or None."""
    return invitations(actor).filter(pk=pk).first()


def open_recoveries() -> QuerySet[Recovery]:
    """Requests of people who lost access that have not come to an end."""
    return Recovery.objects.filter(done_at=None, refused_at=None).select_related("participant__membership")


def recovery(actor: Actor, uuid: UUID) -> Recovery | None:
    """A request that the actor may confirm, or None; the person themselves and strangers to them see nothing."""
    found = open_recoveries().filter(uuid=uuid).first()
    if found is None or actor.person_id not in who_may_vouch(found.participant):
        return None
    return found


def who_may_vouch(owner: Participant) -> list[int]:
    """The persons who may confirm who somebody is: colleagues, the coordination, founders and contact persons."""
    near = Q(duties__overlap=[Duty.COORDINATION, Duty.CONTACT, Duty.FOUNDER])
    if owner.membership_id is not None:
        near |= Q(membership_id=owner.membership_id)
    rows = Participant.objects.filter(near, until_on=None, person__is_active=True)
    return list(rows.exclude(pk=owner.pk).values_list("person_id", flat=True))

"""The directory, and one organization in it; every participant of the network reads both."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery, UUIDField
from django.db.models.functions import JSONObject

from tequio.core.actor import Actor
from tequio.core.prepared import prepared, slot
from tequio.people import access
from tequio.people.models import Alias, Import, Membership, Operation, Organization, Participant
from tequio.people.selectors.showing import cover, hidden_of, reader_of, role_seen
from tequio.people.selectors.voices import today_slot, with_voice


def organizations(actor: Actor) -> QuerySet[Organization]:
    """Every organization that stands for itself, in the order of the names."""
    return Organization.objects.filter(merged_into=None).order_by("folded", "pk")


def _whole() -> QuerySet[Organization]:
    mine = {"organization": OuterRef("pk")}
    city = JSONObject(written="written", name="place__name", country="place__country")
    members = Membership.objects.filter(**mine, ended_on=None)
    parts = Organization.objects.filter(merged_into=OuterRef("pk")).order_by("folded", "pk")
    rows = Organization.objects.select_related("merged_into").annotate(
        cities=ArraySubquery(Operation.objects.filter(**mine).order_by("pk").values(json=city)),
        names=ArraySubquery(Alias.objects.filter(**mine).order_by("pk").values("name")),
        parts=ArraySubquery(parts.values(json=JSONObject(uuid="uuid", name="name"))),
        standing=Subquery(members.values("status")[:1]),
        member_id=Subquery(members.values("pk")[:1]),
    )
    return rows.filter(uuid=slot("uuid", UUIDField()))


_organization = prepared(_whole)


def organization(actor: Actor, uuid: UUID) -> Any:
    """One organization in one query as the actor sees it, or None.

    It carries ``cities`` ({written, name, country}; no name where nobody knows the city), ``names`` (its other names),
    ``parts`` ({uuid, name}: what was merged into it), ``standing`` (its status as a member, or None), ``own`` (whether
    the actor acts for it) and ``unseen`` (the fields that are not for the actor).
    """
    row: Any = _organization.first(uuid=uuid)
    if row is None:
        return None
    row.own = row.member_id is not None and row.member_id == actor.membership_id
    reader = reader_of(actor, own=row.own)
    row.unseen = hidden_of(row.shows, reader=reader)
    return cover(row, reader=reader)


_acting = prepared(
    lambda: (
        with_voice(
            Participant.objects.filter(
                membership__organization_id=slot("organization"), membership__ended_on=None, until_on=None
            ),
            today_slot(),
        )
        .order_by("name", "pk")
        .only("name", "uuid", "voice", "role", "shows")
    )
)


def acting_for(actor: Actor, row: Organization, *, today: date) -> list[Any]:
    """Who acts for an organization today, delegate first; with name, voice and the role where the actor sees it.

    ``stands_in`` and ``stood_in`` say who carries the voice today in whose place.
    """
    order = {"DELEGATE": 0, "SUBSTITUTE": 1}
    people = sorted(_acting(organization=row.pk, today=today), key=lambda one: order.get(one.voice, 2))
    for one in people:
        reader = reader_of(actor, own=one.pk == actor.participant_id)
        one.role = role_seen({"role": one.role, "shows": one.shows}, reader=reader)
    return people


def named(actor: Actor, uuids: Sequence[UUID]) -> list[Organization]:
    """Organizations by their identifiers, in any order."""
    return list(Organization.objects.filter(uuid__in=uuids))


def unknown_places(actor: Actor) -> list[Operation]:
    """Cities that nobody could tell yet, each spelling once per country, where the actor may say which they are."""
    if not access.record_organization.allows(actor):
        return []
    rows = Operation.objects.filter(place=None, organization__merged_into=None).select_related("organization")
    found = rows.order_by("written", "organization__country", "pk").distinct(
        "written", "organization__country"
    )
    return list(found[:12])


def imports(actor: Actor) -> list[Import]:
    """The latest imports, for those who may import; without the files themselves."""
    if not access.import_organizations.allows(actor):
        return []
    return list(
        Import.objects.defer("content", "report").select_related("by").order_by("-created_at", "-pk")[:10]
    )


def find_import(actor: Actor, uuid: UUID) -> Import | None:
    """One import, for those who may import, or None; without the file itself."""
    if not access.import_organizations.allows(actor):
        return None
    return Import.objects.defer("content").select_related("by").filter(uuid=uuid).first()

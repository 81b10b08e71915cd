"""What a reader sees of a person or an organization. Every page, list and export asks here. Source: XCT-02."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce, JSONObject

from tequio.core.actor import Actor
from tequio.core.prepared import prepared, slot
from tequio.networks.models import Network
from tequio.people.models import (
    Agreement,
    Alias,
    Duty,
    Host,
    Hosting,
    Membership,
    Operation,
    Organization,
    Participant,
    Side,
)
from tequio.people.models.memberships import VOICED
from tequio.people.rules.showing import (
    COORDINATION,
    EVERYBODY,
    MEMBERS,
    OF_ORGANIZATIONS,
    OF_PEOPLE,
    Levels,
    hidden,
)

# What each field of an organization is made of, and what stands there for who does not see it.
_MADE_OF: Mapping[str, Mapping[str, Any]] = {
    "aliases": {"names": [], "parts": []},
    "about": {"about": {}},
    "kind": {"kind": "", "sector": ""},
    "country": {"country": ""},
    "cities": {"cities": [], "national_level": False, "scope": ""},
    "size": {"size": ""},
    "themes": {"themes": [], "pillars": []},
    "populations": {"populations": []},
    "languages": {"languages": []},
    "website": {"website": ""},
    "email": {"email": ""},
    "phone": {"phone": ""},
}


def reader_of(actor: Actor | None, *, own: bool = False) -> str:
    """Say as whom somebody reads: their own and the coordination see all, a stranger what is for everybody."""
    if actor is None:
        return EVERYBODY
    return COORDINATION if own or actor.is_system or actor.has(Duty.COORDINATION) else MEMBERS


def hidden_of(shows: Levels, *, reader: str) -> frozenset[str]:
    """Return the fields of an organization that this reader does not see."""
    return hidden(shows, OF_ORGANIZATIONS, reader=reader)


def cover(row: Any, *, reader: str) -> Any:
    """Return an organization, row or mapping, as a reader sees it: what is not for them is as if never written."""
    shows = row["shows"] if isinstance(row, dict) else row.shows
    return without(row, hidden_of(shows, reader=reader))


def without(row: Any, fields: Collection[str]) -> Any:
    """Return an organization, row or mapping, as if these fields had never been written."""
    for field in fields:
        for name, nothing in _MADE_OF.get(field, {}).items():
            if isinstance(row, dict):
                row |= {name: nothing} if name in row else {}
            elif hasattr(row, name):
                setattr(row, name, nothing)
    return row


def seen_of(actor: Actor | None, person: Participant) -> dict[str, str]:
    """Return what the actor sees of somebody besides the name: role, about, email, phone; ``person`` is loaded."""
    own = actor is not None and actor.participant_id == person.pk
    return said_of(person, reader=reader_of(actor, own=own))


def said_of(person: Participant, *, reader: str) -> dict[str, str]:
    """Return what a kind of reader sees of somebody, by field; nothing of who is not even named to them."""
    unseen = hidden(person.shows, OF_PEOPLE, reader=reader)
    if "name" in unseen:
        return {}
    said = {
        "name": person.name,
        "organization": person.membership.name if person.membership else "",
        "role": person.role,
        "about": person.about,
        "email": person.person.email,
        "phone": person.phone,
    }
    return {field: text for field, text in said.items() if text and field not in unseen}


def role_seen(row: Mapping[str, Any], *, reader: str) -> str:
    """Return somebody's role, or "" where it is not for this reader; ``row`` has ``role`` and ``shows``."""
    return "" if "role" in hidden(row["shows"], OF_PEOPLE, reader=reader) else str(row["role"])


def public_members(*, start: int = 0, most: int | None = None) -> list[dict[str, Any]]:
    """The member organizations that agreed to be named to everybody, each with what it shows to everybody."""
    mine = {"organization": OuterRef("organization")}
    city = Coalesce("place__name", "written")
    columns = (
        "about",
        "kind",
        "sector",
        "country",
        "scope",
        "national_level",
        "size",
        "themes",
        "populations",
    )
    found = _named().values(
        "name",
        "pk",
        **{
            name: F(f"organization__{name}")
            for name in (*columns, "languages", "website", "email", "phone", "shows")
        },
        cities=ArraySubquery(
            Operation.objects.filter(**mine).order_by("pk").values(json=JSONObject(name=city))
        ),
        names=ArraySubquery(Alias.objects.filter(**mine).order_by("pk").values("name")),
    )
    return [cover(row, reader=EVERYBODY) for row in found[start : None if most is None else start + most]]


@dataclass(frozen=True)
class Face:
    """What the public page says of who is in a network, who stands behind it, and behind which it stands.

    ``members`` have name, country, host, coordinates; ``host`` and ``hosted`` are networks: name (texts) and slug.
    """

    members: list[dict[str, Any]]
    host: dict[str, Any] | None
    hosted: list[dict[str, Any]]


def _named() -> QuerySet[Membership]:
    rows = Membership.objects.filter(status__in=VOICED, organization__shows__name=EVERYBODY)
    return rows.order_by("name", "pk")


def _face() -> QuerySet[Network]:
    mine = Host.objects.filter(organization=OuterRef("organization"), until_on=None)
    member = JSONObject(
        name="name",
        country="organization__country",
        shows="organization__shows",
        host=Exists(mine),
        coordinates=Exists(mine.filter(coordinates=True)),
    )
    agreed = Hosting.objects.filter(state=Agreement.ACCEPTED, other__listed=True).order_by("asked_at", "pk")
    other = JSONObject(side="side", name="other__name", slug="other__slug")
    return Network.objects.filter(pk=slot("network")).annotate(
        members=ArraySubquery(_named().values(json=member)[:200]),
        between=ArraySubquery(agreed.values(json=other)),
    )


_faces = prepared(_face)


def public_face() -> Face:
    """What the public page says of members and of other networks, in one query."""
    row: Any = _faces.first()
    hosts = [each for each in row.between if each["side"] == Side.HOSTED]
    return Face(
        members=[cover(member, reader=EVERYBODY) for member in row.members],
        host=hosts[0] if hosts else None,
        hosted=[each for each in row.between if each["side"] == Side.HOSTS],
    )


def public_people(memberships: Sequence[int]) -> dict[int, list[dict[str, str]]]:
    """Who acts for these members and agreed that everybody may know it, by member."""
    rows = Participant.objects.filter(
        membership__in=memberships, until_on=None, shows__name=EVERYBODY, shows__organization=EVERYBODY
    )
    found: dict[int, list[dict[str, str]]] = {}
    for person in rows.select_related("person", "membership").order_by("name", "pk"):
        found.setdefault(person.membership_id or 0, []).append(said_of(person, reader=EVERYBODY))
    return found


def acts_for(actor: Actor, organization: Organization) -> bool:
    """Say whether the actor is one of an organization's own people."""
    mine = Membership.objects.filter(pk=actor.membership_id or 0, organization=organization, ended_on=None)
    return bool(actor.membership_id) and mine.exists()

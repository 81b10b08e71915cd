"""Organizations beyond the members that fit the actor's, and introductions to them by the coordination. Source: SUR-20."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.crypto import constant_time_compare, salted_hmac

from tequio.atlas import access
from tequio.atlas.models import Bridge, BridgeState, Declined, Mention, Prospect
from tequio.atlas.models.beyond import OPEN
from tequio.atlas.rules.matching import Match, Party, Said, Side, matches
from tequio.atlas.selectors.closest import MOST, NOBODY, PROSPECTS, closest, helping
from tequio.atlas.selectors.matching import Member, member_by_key
from tequio.core.actor import Actor
from tequio.core.texts import say
from tequio.people.models import Candidate, CandidateState, Membership, Organization
from tequio.people.selectors.showing import cover, reader_of
from tequio.surveys.models import Reply
from tequio.surveys.selectors.willing import Told, told_of

ALIVE = (CandidateState.NEW, CandidateState.INVITED)


@dataclass(frozen=True)
class Beyond:
    """Whom beyond the members one's own could meet; ``parties`` by key; what the coordination was asked for."""

    ours: Member
    matches: Sequence[Match]
    uuids: Mapping[int, UUID]
    bridges: Sequence[Bridge]
    away: Sequence[Declined]

    @property
    def more(self) -> bool:
        """Say whether there are more than are shown."""
        return len(self.matches) >= MOST


def beyond(actor: Actor) -> Beyond | None:
    """Return the organizations beyond the members that fit the actor's, in a fixed number of queries; None without one."""
    ours = member_by_key(actor, actor.membership_id or 0)
    if ours is None:
        return None
    keys = closest(ours.party.key, helping(ours.party), among=PROSPECTS)
    rows = {row["pk"]: row for row in _rows(Q(pk__in=keys or [NOBODY]))}
    parties = [_party(actor, rows[key]) for key in keys if key in rows]
    return Beyond(
        ours=ours,
        matches=matches(ours.party, parties),
        uuids={-key: row["uuid"] for key, row in rows.items()},
        bridges=_own_bridges(actor),
        away=_away(actor),
    )


def _rows(which: Q) -> QuerySet[Any, Any]:
    mentions = Mention.objects.filter(prospect=OuterRef("pk")).order_by("side", "tag")
    columns = {name: F(f"organization__{name}") for name in ("country", "themes", "languages", "shows")}
    rows: QuerySet[Any, Any] = Prospect.objects.filter(which).values(
        "pk", "uuid", "named", "organization_id", **columns,
        called=F("organization__name"), candidate_name=F("candidate__name"), from_country=F("candidate__country"),
        carried=F("candidate__carried"),
        said=ArraySubquery(mentions.values(json=JSONObject(side="side", tag="tag", text="text"))),
    )  # fmt: skip
    return rows


def _party(actor: Actor, row: dict[str, Any]) -> Party:
    """Return a prospect as matching reads it: of a candidate that did not agree to be named, no name."""
    said = tuple(Said(Side(one["side"]), one["tag"], one["text"]) for one in row["said"])
    if row["organization_id"] is None:
        themes = tuple(say(theme["text"]) or theme["key"] for theme in row["carried"].get("themes", ()))
        return Party(
            -row["pk"], row["candidate_name"] if row["named"] else "", said, themes, row["from_country"]
        )
    cover(row, reader=reader_of(actor))
    themes, languages = tuple(row["themes"] or ()), tuple(row["languages"] or ())
    return Party(-row["pk"], row["called"], said, themes, row["country"], languages)


def prospect(actor: Actor, uuid: UUID) -> tuple[Prospect, Party] | None:
    """Return one prospect with what it said; None for one that is a member by now, said no, or was forgotten."""
    found = Prospect.objects.select_related("organization", "candidate").filter(uuid=uuid).first()
    if found is None or not there(found):
        return None
    return found, _party(actor, _rows(Q(pk=found.pk))[0])


def there(row: Prospect) -> bool:
    """Say whether somebody is still beyond the members, and may be introduced."""
    if row.candidate is not None:
        return bool(row.candidate.name) and row.candidate.state in ALIVE
    return not Membership.objects.filter(organization=row.organization_id, ended_on=None).exists()


def between(actor: Actor, row: Prospect) -> Bridge | None:
    """Return the newest introduction of the actor's member to a prospect that was not taken back."""
    rows = Bridge.objects.filter(asking=actor.membership_id or 0, prospect=row)
    return rows.exclude(state=BridgeState.TAKEN_BACK).order_by("-pk").first()


def _own_bridges(actor: Actor) -> list[Bridge]:
    rows = Bridge.objects.filter(asking=actor.membership_id or 0, state__in=OPEN)
    return list(
        rows.select_related("prospect__organization", "prospect__candidate").order_by("-asked_at")[:100]
    )


def _away(actor: Actor) -> list[Declined]:
    rows = Declined.objects.filter(membership=actor.membership_id or 0, prospect__isnull=False)
    return list(
        rows.select_related("prospect__organization", "prospect__candidate").order_by("-at", "-pk")[:100]
    )


def name_of(row: Prospect) -> str:
    """Return the name under which members know a prospect, or nothing."""
    if row.organization is not None:
        return row.organization.name
    return row.candidate.name if row.named and row.candidate is not None else ""


def name_inside(row: Prospect) -> str:
    """Return the name of a prospect, for the coordination and in letters to itself."""
    return (
        row.organization.name if row.organization is not None else row.candidate.name if row.candidate else ""
    )


def bridges(actor: Actor) -> list[Bridge]:
    """Return what the coordination was asked for and can act on: the oldest first; nothing for others."""
    if not access.see_introductions.allows(actor):
        return []
    rows = Bridge.objects.filter(state__in=[BridgeState.ASKED, BridgeState.SENT])
    whole = rows.select_related("asking", "prospect__organization", "prospect__candidate")
    return list(whole.order_by("state", "asked_at", "pk")[:100])


def bridge(actor: Actor, uuid: UUID) -> Bridge | None:
    """Return what the coordination was asked for, for it alone."""
    rows = Bridge.objects.select_related("asking", "prospect__organization", "prospect__candidate")
    return rows.filter(uuid=uuid).first() if access.see_introductions.allows(actor) else None


def token_of(row: Bridge) -> str:
    """Return the secret part of the link by which a prospect answers."""
    return salted_hmac("tequio.atlas.bridge", str(row.uuid), algorithm="sha256").hexdigest()[:32]


def bridge_by_link(uuid: UUID, token: str) -> Bridge | None:
    """Return what a link answers, or None for a link that was not written here, or before it was sent."""
    rows = Bridge.objects.select_related(
        "asking", "asked_by__person", "prospect__organization", "prospect__candidate"
    )
    found = rows.filter(uuid=uuid, sent_at__isnull=False).first()
    return found if found and constant_time_compare(token, token_of(found)) else None


@dataclass(frozen=True)
class Address:
    """Where a prospect can be written to, and in which language."""

    email: str
    language: str


def address_of(row: Prospect) -> Address | None:
    """Return where a prospect can be written to: as candidate, by its last answer, or as it is recorded."""
    if row.candidate is not None:
        return Address(row.candidate.email, row.candidate.language) if row.candidate.email else None
    replies = Reply.objects.filter(organization=row.organization_id, sent_at__isnull=False, set_aside=False)
    last: Told | None = next(
        (told for told in told_of(replies.order_by("-sent_at", "-pk")[:20]) if told.email), None
    )
    if last is not None:
        return Address(last.email, last.language)
    asked = (
        Candidate.objects.filter(organization=row.organization_id, state__in=ALIVE).exclude(email="").first()
    )
    if asked is not None:
        return Address(asked.email, asked.language)
    organization: Organization | None = row.organization
    return Address(organization.email, "") if organization is not None and organization.email else None


def contact_of(actor: Actor, row: Bridge) -> str:
    """Return the address of a prospect, for the member that it agreed to be introduced to; else nothing."""
    if row.state != BridgeState.ACCEPTED or actor.membership_id != row.asking_id:
        return ""
    found = address_of(row.prospect)
    return found.email if found else ""

"""Who could help the actor's member, peers, and introductions; what others said of themselves, as they show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, JSONObject

from tequio.atlas import access
from tequio.atlas.models import Declined, Introduction, Mention, State
from tequio.atlas.rules.matching import Match, Party, Said, Side, matches, peers
from tequio.atlas.selectors.closest import MEMBERS, MOST, NOBODY, PROSPECTS, closest, helping, similar
from tequio.core.actor import Actor
from tequio.people.models import Membership, Operation, Participant, Voice
from tequio.people.selectors.showing import cover, reader_of, said_of

OPEN = (State.ASKED, State.ACCEPTED)


@dataclass(frozen=True)
class Member:
    """A member as matching shows it: what it said, and what its organization shows to this reader."""

    uuid: UUID
    party: Party
    kind: str = ""
    populations: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matching:
    """Whom one's own member could meet; ``members`` by key; ``more`` where only the closest are shown."""

    ours: Member
    matches: Sequence[Match]
    peers: Sequence[Match]
    members: Mapping[int, Member]
    introductions: Sequence[Introduction]

    @property
    def more(self) -> bool:
        """Say whether there are more than are shown."""
        return len(self.matches) >= MOST


def matching(actor: Actor) -> Matching | None:
    """Return the possible matches and peers of the actor's member, in a fixed number of queries; None without one."""
    ours = member_by_key(actor, actor.membership_id or 0)
    if ours is None:
        return None
    key = ours.party.key
    fitting = closest(key, helping(ours.party), among=MEMBERS)
    alike = closest(key, similar(ours.party), among=MEMBERS)
    members = {one.party.key: one for one in _members(actor, Q(pk__in={NOBODY, *fitting, *alike}))}
    return Matching(
        ours=ours,
        matches=matches(ours.party, [members[key].party for key in fitting if key in members]),
        peers=peers(ours.party, [members[key].party for key in alike if key in members]),
        members=members,
        introductions=own_introductions(actor),
    )


def numbers(actor: Actor) -> dict[str, int]:
    """Return how many matches the actor's member has among members and beyond them, in three queries at most."""
    ours = member_by_key(actor, actor.membership_id) if actor.membership_id else None
    wanted = helping(ours.party) if ours else ()
    if ours is None or not wanted:
        return {}
    key = ours.party.key
    return {
        "members": len(closest(key, wanted, among=MEMBERS)),
        "beyond": len(closest(key, wanted, among=PROSPECTS)),
    }


def member_by_key(actor: Actor, key: int) -> Member | None:
    """Return one member as matching shows it."""
    return next(iter(_members(actor, Q(pk=key))), None)


def member_of(actor: Actor, uuid: UUID) -> tuple[Membership, Member] | None:
    """Return a member by its portable name, with what it said."""
    row = Membership.objects.filter(uuid=uuid, ended_on=None).first()
    found = member_by_key(actor, row.pk) if row else None
    return (row, found) if row and found else None


def _members(actor: Actor, which: Q) -> list[Member]:
    mentions = Mention.objects.filter(membership=OuterRef("pk")).order_by("side", "tag")
    city = Coalesce("place__name", "written")
    places = Operation.objects.filter(organization=OuterRef("organization")).order_by("pk")
    columns = {
        name: F(f"organization__{name}")
        for name in ("kind", "country", "themes", "populations", "languages", "shows")
    }
    rows: QuerySet[Any, Any] = Membership.objects.filter(which, ended_on=None).values(
        "pk", "uuid", "name", **columns,
        said=ArraySubquery(mentions.values(json=JSONObject(side="side", tag="tag", text="text"))),
        cities=ArraySubquery(places.annotate(city=city).values("city")),
    )  # fmt: skip
    return [_member(row, reader=reader_of(actor, own=row["pk"] == actor.membership_id)) for row in rows]


def _member(row: dict[str, Any], *, reader: str) -> Member:
    if row["shows"] is not None:
        cover(row, reader=reader)
    said = tuple(Said(Side(one["side"]), one["tag"], one["text"]) for one in row["said"])
    languages, themes = tuple(row["languages"] or ()), tuple(row["themes"] or ())
    party = Party(row["pk"], row["name"], said, themes, row["country"] or "", languages)
    return Member(
        row["uuid"], party, row["kind"] or "", tuple(row["populations"] or ()), tuple(row["cities"])
    )


def between(actor: Actor, other: Membership) -> Introduction | None:
    """Return the introduction of the actor's member and another that waits or was made."""
    ours = actor.membership_id or 0
    either = Q(asking=ours, asked=other) | Q(asking=other, asked=ours)
    return Introduction.objects.filter(either, state__in=OPEN).first()


def own_introductions(actor: Actor) -> list[Introduction]:
    """Return what waits between the actor's member and others, and who was introduced; what ended is not told again."""
    ours = actor.membership_id or 0
    rows = Introduction.objects.filter(Q(asking=ours) | Q(asked=ours), state__in=OPEN)
    return list(rows.select_related("asking", "asked").order_by("state", "-asked_at", "-pk")[:100])


def introduction(actor: Actor, uuid: UUID) -> Introduction | None:
    """Return an introduction of the actor's own member; for everybody else there is none."""
    ours = actor.membership_id
    rows = Introduction.objects.select_related("asking", "asked").filter(uuid=uuid)
    return rows.filter(Q(asking=ours) | Q(asked=ours)).first() if ours else None


@dataclass(frozen=True)
class Contacts:
    """Whom to write to on the other side, each with what may be seen: name, role, email, phone."""

    ours: Mapping[str, str]
    theirs: Sequence[Mapping[str, str]]


def contacts(actor: Actor, row: Introduction) -> Contacts | None:
    """Return whom both sides can write to, once both agreed; who asked and who said yes agreed to show an address."""
    if row.state != State.ACCEPTED or actor.membership_id not in (row.asking_id, row.asked_id):
        return None
    asker, answerer = row.asked_by_id, row.answered_by_id or 0
    mine, other = (asker, answerer) if actor.membership_id == row.asking_id else (answerer, asker)
    rows = Participant.objects.select_related("person", "membership")
    found = {one.pk: one for one in rows.filter(pk__in=[mine, other])}
    agreed = found.get(other)
    if agreed is not None and agreed.until_on is None:
        theirs = [said_of(agreed, reader=reader_of(actor)) | _agreed(agreed)]
    else:
        theirs = _instead(actor, row.asking_id if actor.membership_id == row.asked_id else row.asked_id)
    return Contacts(_agreed(found[mine]) if mine in found else {}, theirs)


def _agreed(person: Participant) -> dict[str, str]:
    return {"name": person.name, "email": person.person.email}


def _instead(actor: Actor, membership: int) -> list[dict[str, str]]:
    """Return who speaks for the member now, with what each shows: whoever agreed has gone."""
    rows = Participant.objects.select_related("person", "membership").filter(
        membership=membership, until_on=None
    )
    speaking: Iterable[Participant] = rows.exclude(voice=Voice.NONE).order_by("pk")
    return [said for one in speaking if (said := said_of(one, reader=reader_of(actor)))]


def put_away(actor: Actor) -> list[Declined]:
    """Return what the actor's member put away, so that it can be taken up again."""
    rows = Declined.objects.filter(
        membership=actor.membership_id or 0, other__isnull=False, other__ended_on=None
    )
    return list(rows.select_related("other").order_by("other__name", "pk")[:200])


@dataclass(frozen=True)
class Counted:
    """How many introductions wait and were made, and which: of those that did not come about, not even whose."""

    waiting: int
    made: Sequence[Introduction]
    ended: int


def counted(actor: Actor) -> Counted | None:
    """Return what the coordination sees of introductions; None for others."""
    if not access.see_introductions.allows(actor):
        return None
    counts: Mapping[str, int] = dict(
        Introduction.objects.values_list("state").annotate(Count("pk")).order_by("state")
    )
    made = Introduction.objects.filter(state=State.ACCEPTED).select_related("asking", "asked")
    ended = counts.get(State.NOT_NOW, 0) + counts.get(State.TAKEN_BACK, 0)
    return Counted(counts.get(State.ASKED, 0), list(made.order_by("-answered_at", "-pk")[:200]), ended)

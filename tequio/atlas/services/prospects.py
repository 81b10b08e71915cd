"""Reading what organizations beyond the members answered in surveys, so that matching finds them. Source: SUR-20, COM-03."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from tequio.atlas.models import Mention, Prospect
from tequio.atlas.selectors.beyond import ALIVE
from tequio.atlas.services.matching import AT_ONCE, Heard, agrees, answered, read_all_members, read_members
from tequio.people.models import Candidate, Membership, Organization
from tequio.surveys.models import Reply
from tequio.surveys.selectors.willing import told_of

Key = tuple[str, int]  # "organization" or "candidate", and its number
ORGANIZATION, CANDIDATE = "organization", "candidate"


@dataclass
class _Said:
    """What one prospect said, and whether it agreed to be named to members."""

    heard: Heard = field(default_factory=dict)
    named: bool = False


@transaction.atomic
def read_prospects(*, organizations: Sequence[int] = (), candidates: Sequence[int] = ()) -> int:
    """Read anew what these said, as far as they are no members; return how many things.

    What a candidate said that is recognized as an organization of the directory counts for that one.
    """
    ours = set(_recorded().filter(pk__in=organizations).values_list("pk", flat=True))
    rows = list(_alive().filter(pk__in=candidates).values_list("pk", "source", "organization"))
    ours |= {organization for _pk, _source, organization in rows if organization}
    whose = {source: _key(pk, organization) for pk, source, organization in rows}
    said: dict[Key, _Said] = {}
    replies = Reply.objects.filter(
        Q(organization__in=ours) | Q(uuid__in=whose), sent_at__isnull=False, set_aside=False
    )
    for told in told_of(replies.order_by("-sent_at", "-pk")):
        if agrees(told=told):
            key = whose.get(told.source) or (ORGANIZATION, told.organization or 0)
            one = said.setdefault(key, _Said())
            one.named = one.named or key[0] == ORGANIZATION or told.yes("PUBLISH") is True
            for what, text in answered(told=told):
                one.heard.setdefault(what, text)
    _forget(Q(prospect__organization__in=[*organizations, *ours]) | Q(prospect__candidate__in=candidates))
    return _write(said)


def _key(candidate: int, organization: int | None) -> Key:
    return (ORGANIZATION, organization) if organization else (CANDIDATE, candidate)


def _recorded() -> QuerySet[Organization]:
    """Organizations of the directory that are no members."""
    inside = Membership.objects.filter(organization=OuterRef("pk"), ended_on=None)
    return Organization.objects.filter(~Exists(inside), merged_into=None)


def _alive() -> QuerySet[Candidate]:
    """Candidates that can still be introduced: not forgotten, not in, and they have not said no."""
    inside = Membership.objects.filter(organization=OuterRef("organization"), ended_on=None)
    rows = Candidate.objects.filter(~Exists(inside), state__in=ALIVE, source__isnull=False)
    return rows.exclude(name="")


def _forget(which: Q) -> None:
    Mention.objects.filter(which, prospect__isnull=False).delete()


def _write(said: dict[Key, _Said]) -> int:
    known = _prospects({key: one for key, one in said.items() if one.heard})
    rows = [
        Mention(prospect=known[key], side=side, tag=tag, text=text)
        for key, one in said.items()
        for (side, tag), text in one.heard.items()
    ]
    Mention.objects.bulk_create(rows, batch_size=1000)
    return len(rows)


def _prospects(said: dict[Key, _Said]) -> dict[Key, Prospect]:
    """Return the prospect of each, made where it is new; what somebody put away stays put away."""
    _recognize(said)
    known = _known(said)
    fresh = [key for key in said if key not in known]
    rows = {kind: _rows_of(kind, fresh) for kind in (ORGANIZATION, CANDIDATE)}
    new = [Prospect(**{kind: rows[kind][number]}) for kind, number in fresh]
    Prospect.objects.bulk_create(new, batch_size=1000)
    whole = _known(said) if new else known
    for named in (True, False):
        these = [whole[key].pk for key, one in said.items() if one.named is named]
        Prospect.objects.filter(pk__in=these).exclude(named=named).update(named=named)
    return whole


def _rows_of(kind: str, keys: Iterable[Key]) -> dict[int, Any]:
    """Return the organizations or candidates themselves: given by number alone, each link would be looked up."""
    model: Any = Organization if kind == ORGANIZATION else Candidate
    found: dict[int, Any] = model.objects.only("pk", "network").in_bulk(
        [n for each, n in keys if each == kind]
    )
    return found


def _recognize(said: Iterable[Key]) -> None:
    """Let a prospect that was a candidate be the organization that it was recognized as."""
    ours = [number for kind, number in said if kind == ORGANIZATION]
    rows: QuerySet[Any] = Prospect.objects.filter(candidate__organization__in=ours)
    for row in rows.select_related("candidate"):
        organization = row.candidate.organization_id if row.candidate else None
        if not Prospect.objects.filter(organization=organization).exists():
            row.candidate, row.organization_id = None, organization
            row.save(update_fields=["candidate", "organization"])


def _known(said: Iterable[Key]) -> dict[Key, Prospect]:
    keys = list(said)
    wanted = Q(pk__in=[])
    for kind in (ORGANIZATION, CANDIDATE):
        wanted |= Q(**{f"{kind}__in": [number for each, number in keys if each == kind]})
    return {
        (ORGANIZATION, row.organization_id)
        if row.organization_id
        else (CANDIDATE, row.candidate_id or 0): row
        for row in Prospect.objects.filter(wanted)
    }


@transaction.atomic
def read_everybody() -> int:
    """Read anew what all members and all beyond them said; return how many things."""
    organizations = _recorded().filter(
        pk__in=Reply.objects.filter(sent_at__isnull=False).values("organization")
    )
    ours = list(organizations.order_by("pk").values_list("pk", flat=True))
    theirs = list(_alive().order_by("pk").values_list("pk", flat=True))
    gone = ~Q(prospect__organization__in=ours) & ~Q(prospect__candidate__in=theirs)
    _forget(gone)
    read = read_all_members()
    read += sum(read_prospects(organizations=part) for part in _parts(ours))
    return read + sum(read_prospects(candidates=part) for part in _parts(theirs))


def _parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE))


@dataclass(frozen=True)
class Speaker:
    """Whose words a reply holds: a member, or an organization or candidate beyond them, by number."""

    member: int = 0
    organization: int = 0
    candidate: int = 0


def speaker_of(*, reply: Reply) -> Speaker:
    """Return whose words a reply holds; nobody's, where it was not recognized."""
    candidate = Candidate.objects.filter(source=reply.uuid).first()
    organization = reply.organization_id or (candidate.organization_id if candidate else None) or 0
    inside = Membership.objects.filter(organization=organization, ended_on=None).first()
    member = inside.pk if inside else candidate.membership_id if candidate else None
    return Speaker(member or 0, organization, candidate.pk if candidate else 0)


@transaction.atomic
def read_speaker(*, speaker: Speaker) -> int:
    """Read anew all that one of them said, member or not; return how many things."""
    if speaker.member:
        return read_members(memberships=[speaker.member])
    return read_prospects(
        organizations=[speaker.organization] if speaker.organization else [],
        candidates=[speaker.candidate] if speaker.candidate else [],
    )


def read_reply(*, reply: Reply) -> int:
    """Read anew what the organization said that gave this reply, member or not; return how many things."""
    return read_speaker(speaker=speaker_of(reply=reply))


@transaction.atomic
def drop_forgotten() -> int:
    """Take away the prospects whose candidate was forgotten, with what was asked of them; return how many."""
    rows = Prospect.objects.filter(candidate__name="")
    number = rows.count()
    rows.delete()
    return number

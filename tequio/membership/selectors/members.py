"""Every read of a membership: how it stands, what it has given, what is thought of ending it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.decisions.models import Answer, Objection
from tequio.membership.models import (
    HEARING,
    OPEN_REMOVALS,
    Application,
    CodeVersion,
    Exchange,
    Removal,
    Signature,
)
from tequio.membership.selectors.code import current_code, has_signed
from tequio.notify.models import Ask, Closed
from tequio.people.models import Membership, Organization, Participant, Pause
from tequio.people.models.organizations import Alias, Operation
from tequio.people.selectors.showing import reader_of, role_seen
from tequio.register.events import plain

MOST = 500


@dataclass(frozen=True)
class Mine:
    """How the reader's own membership stands."""

    membership: Membership
    exchange: Exchange | None
    pause: Pause | None
    removal: Removal | None
    code_number: int | None
    signed: bool
    rests_on: date | None

    @property
    def rests(self) -> bool:
        """Whether its voice rests today."""
        return self.rests_on is not None and self.rests_on <= clock.today()


def mine(actor: Actor) -> Mine | None:
    """Return the actor's membership with all that hangs on it, or None for somebody who acts for no member."""
    found = Membership.objects.filter(pk=actor.membership_id or 0).select_related("exchange").first()
    if found is None:
        return None
    code = current_code()
    return Mine(
        membership=found,
        exchange=getattr(found, "exchange", None),
        pause=Pause.objects.filter(membership=found, ended_at=None).first(),
        removal=Removal.objects.filter(membership=found, state__in=OPEN_REMOVALS).first(),
        code_number=code.number if code else None,
        signed=code is not None and has_signed(found.pk, code),
        rests_on=found.rests_on,
    )


def members(actor: Actor, code: CodeVersion | None) -> list[dict[str, Any]]:
    """Return every member with its standing under a code, those who lack something first. Source: GOV-38."""
    signed = Signature.objects.filter(code=code, membership=OuterRef("pk"))
    open_removal = Removal.objects.filter(membership=OuterRef("pk"), state__in=OPEN_REMOVALS)
    rows = Membership.objects.filter(ended_on=None).annotate(
        signed=Exists(signed), doubted=Exists(open_removal)
    )
    columns = (
        "pk",
        "uuid",
        "name",
        "status",
        "in_good_standing",
        "rests_on",
        "joined_on",
        "signed",
        "doubted",
    )
    return list(rows.order_by("in_good_standing", "name", "pk").values(*columns)[:MOST])


def member(actor: Actor, uuid: UUID) -> Membership | None:
    """Return a member by its portable name."""
    return Membership.objects.filter(uuid=uuid, ended_on=None).first()


def removals(actor: Actor) -> list[Removal]:
    """Return the removals that are thought of or were decided; their reasons are for members alone."""
    rows = Removal.objects.select_related("membership", "opened_by", "said_by")
    return list(rows.order_by("-opened_at", "-pk")[:100])


def removal(actor: Actor, uuid: UUID) -> Removal | None:
    """Return one removal with its member."""
    return Removal.objects.select_related("membership", "opened_by", "said_by").filter(uuid=uuid).first()


def may_be_decided(removal: Removal) -> bool:
    """Say whether the member has spoken, or had the time to."""
    return removal.state == HEARING and (removal.said_at is not None or clock.today() > removal.heard_until)


@dataclass(frozen=True)
class First:
    """One of the first things a new member does, and whether it is done."""

    kind: str
    minutes: int
    done: bool


def first_steps(actor: Actor) -> Sequence[First]:
    """Return what a new member was asked in its first two weeks, as far as it was asked of the actor."""
    subject = f"people.Membership:{actor.membership_id}"
    rows = Ask.objects.filter(person_id=actor.person_id or 0, subject=subject).order_by("pk")
    told = {row.kind: row for row in rows.only("kind", "minutes", "closed_because")}
    return [First(row.kind, row.minutes, row.closed_because == Closed.DONE) for row in told.values()]


def exchanges(actor: Actor) -> list[Exchange]:
    """Return what the members that take part need and offer. Source: COM-03, MEM-05."""
    rows = Exchange.objects.select_related("membership").filter(membership__ended_on=None)
    return list(rows.order_by("membership__name", "pk")[:MOST])


def given_by(actor: Actor, membership: Membership) -> dict[str, Any]:
    """Return, as plain data, what a member has given to the network: it is its own to carry away.

    Of each of its people it tells what the actor sees of them.
    """
    organization = membership.organization
    key = {"membership": membership}
    return {
        "member": _row(membership, "uuid", "name", "status", "joined_on", "ended_on"),
        "organization": _organization(organization.pk) if organization else None,
        "people": _people(actor, Participant.objects.filter(**key)),
        "pauses": _rows(Pause.objects.filter(**key), "from_on", "until_on", "began_at", "ended_at"),
        "requests": _rows(
            Application.objects.filter(**key), "received_at", "about", "why", "needs", "brings", "answers", "reasons",
            "state", "decided_at",
        ),
        "needs and offers": _rows(
            Exchange.objects.filter(**key), "looks_for", "needs", "offers", "brings", "changed_at"
        ),
        "signatures of the code of ethics": _rows(
            Signature.objects.filter(**key), "code__number", "participant__name", "at"
        ),
        "answers": _rows(
            Answer.objects.filter(elector__membership=membership), "elector__round__proposal__number",
            "elector__round__version__title", "position", "concern", "given_name", "given_at", "changed_at",
        ),
        "objections": _rows(
            Objection.objects.filter(**key), "proposal__number", "harm", "mend", "state", "raised_at"
        ),
        "removals": _rows(Removal.objects.filter(**key), "opened_at", "reasons", "said", "state", "ended_at"),
    }  # fmt: skip


def _people(actor: Actor, rows: QuerySet[Participant]) -> list[dict[str, Any]]:
    found = _rows(rows, "pk", "shows", "name", "role", "voice", "since_on", "until_on")
    for row in found:
        reader = reader_of(actor, own=row.pop("pk") == actor.participant_id)
        row["role"] = role_seen({"role": row["role"], "shows": row.pop("shows")}, reader=reader)
    return found


def _organization(pk: int) -> dict[str, Any]:
    fields = (
        "uuid", "name", "kind", "sector", "country", "scope", "size", "themes", "populations", "languages", "about",
        "website", "email", "phone",
    )  # fmt: skip
    told = _row(Organization.objects.get(pk=pk), *fields)
    names = Alias.objects.filter(organization_id=pk).values_list("name", flat=True)
    cities = Operation.objects.filter(organization_id=pk).values_list("written", flat=True)
    return {**told, "also known as": list(names), "cities": list(cities)}


def _row(row: Any, *fields: str) -> dict[str, Any]:
    return {field: plain(getattr(row, field)) for field in fields}


def _rows(rows: Any, *fields: str) -> list[dict[str, Any]]:
    return [
        {field: plain(value) for field, value in row.items()} for row in rows.order_by("pk").values(*fields)
    ]

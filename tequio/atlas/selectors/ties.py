"""Who works with whom: what two organizations said, joint programs, circles that they share, who stands behind."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, JSONField, Q, QuerySet, Value
from django.db.models.functions import JSONObject

from tequio.atlas.models import Tie, TieState
from tequio.atlas.rules.ties import MOST, Edges, Pair, Reason, Why, among, neighbors
from tequio.core.actor import Actor
from tequio.core.texts import say
from tequio.governance import selectors as governance
from tequio.governance.rules import Kind
from tequio.people.models import Host, Membership, Organization, Participant, ProgramPart
from tequio.people.rules.showing import EVERYBODY
from tequio.people.selectors.showing import hidden_of, reader_of

WHOLE = 500  # so many organizations has a file of ties: a network can have more, then it is narrowed


@dataclass(frozen=True)
class Named:
    """An organization as the atlas names it; ``country`` is empty for whom it is not shown to."""

    pk: int
    uuid: UUID
    name: str
    country: str


@dataclass(frozen=True)
class Neighbor:
    """An organization with the reasons for which it is tied to the one that was asked about."""

    organization: Named
    reasons: tuple[Reason, ...]


def own_organization(actor: Actor) -> Organization | None:
    """The organization that the actor acts for, if it is a member."""
    rows = Organization.objects.filter(memberships__pk=actor.membership_id or 0, memberships__ended_on=None)
    return rows.first()


def acting_for(organization: Organization) -> QuerySet[Participant]:
    """Who takes part for a member organization, and can answer for it."""
    return Participant.objects.filter(
        membership__organization=organization,
        membership__ended_on=None,
        until_on=None,
        person__is_active=True,
    )


def tie(actor: Actor, uuid: UUID) -> Tie | None:
    """One tie with its two organizations: of one that both confirmed, anybody here; of others, the two alone."""
    row = Tie.objects.select_related("one", "other").filter(uuid=uuid).first()
    if row is None or row.state == TieState.AGREED:
        return row
    own = own_organization(actor)
    return row if own is not None and own.pk in (row.one_id, row.other_id) else None


def own_ties(actor: Actor, own: Organization) -> list[Tie]:
    """What the actor's organization and others said of each other: what waits, and what both said."""
    rows = Tie.objects.filter(Q(one=own) | Q(other=own), state__in=[TieState.ASKED, TieState.AGREED])
    return list(rows.select_related("one", "other").order_by("declared_at"))


def around(actor: Actor, organization: Organization, *, on: date) -> list[Neighbor]:
    """The organizations that one is tied to, with the reasons; the strongest first."""
    programs = ProgramPart.objects.filter(organization=organization).values("program")
    circles = _seats(on).filter(participant__membership__organization=organization).values("circle")
    edges = _edges(
        ties=Q(one=organization) | Q(other=organization),
        parts=ProgramPart.objects.filter(program__in=programs),
        seats=_seats(on).filter(circle__in=circles),
    )
    rows = neighbors(edges, organization.pk)
    known = named(actor, [number for number, _reasons in rows])
    return [Neighbor(known[number], tuple(reasons)) for number, reasons in rows if number in known]


def tied(actor: Actor, *, on: date, country: str = "") -> QuerySet[Organization]:
    """The organizations that are tied to any other, by country and name."""
    sides = Tie.objects.filter(state=TieState.AGREED)
    rows = Organization.objects.filter(
        Q(pk__in=sides.values("one"))
        | Q(pk__in=sides.values("other"))
        | Q(pk__in=ProgramPart.objects.values("organization"))
        | Q(pk__in=_seats(on).values("participant__membership__organization"))
    )
    if country:
        rows = rows.filter(country=country).exclude(shows__country="COORDINATION")
    return rows.order_by("country", "folded", "pk")


def in_circle(rows: QuerySet[Organization], circle: UUID, *, on: date) -> QuerySet[Organization]:
    """Keep the organizations whose people sit in a circle."""
    seats = _seats(on).filter(circle__uuid=circle)
    return rows.filter(pk__in=seats.values("participant__membership__organization"))


def circles(actor: Actor, *, on: date) -> list[tuple[UUID, str]]:
    """The circles and groups in which somebody sits, by which the matrix can be narrowed."""
    rows = _seats(on).values_list("circle__uuid", "circle__name").distinct()
    return sorted(((uuid, say(name)) for uuid, name in rows), key=lambda row: row[1])


def matrix(
    actor: Actor, rows: QuerySet[Organization], *, on: date, page: int
) -> tuple[list[Named], Edges, bool]:
    """A page of organizations with the ties among them, and whether there are more."""
    start = (page - 1) * MOST
    numbers = list(rows.values_list("pk", flat=True)[start : start + MOST + 1])
    more, numbers = len(numbers) > MOST, numbers[:MOST]
    known, edges = named(actor, numbers), _among(numbers, on=on)
    return [known[number] for number in numbers], edges, more


def _among(numbers: Collection[int], *, on: date) -> Edges:
    """Return the ties among these organizations, of whatever kind; a host that is not among them is left out."""
    edges = _edges(
        ties=Q(one__in=numbers, other__in=numbers),
        parts=ProgramPart.objects.filter(organization__in=numbers),
        seats=_seats(on).filter(participant__membership__organization__in=numbers),
    )
    return {pair: why for pair, why in edges.items() if pair[0] in numbers and pair[1] in numbers}


def all_ties(actor: Actor, rows: QuerySet[Organization], *, on: date) -> tuple[dict[int, Named], Edges]:
    """Return organizations by number, at most ``WHOLE`` in the order of the page, with all ties among them."""
    numbers = list(rows.values_list("pk", flat=True)[:WHOLE])
    known, edges = named(actor, numbers), _among(numbers, on=on)
    return {number: known[number] for number in numbers}, edges


def named(actor: Actor, numbers: Collection[int]) -> dict[int, Named]:
    """Name organizations, with the country where the actor may know it."""
    reader = reader_of(actor)
    rows = Organization.objects.filter(pk__in=numbers).values_list("pk", "uuid", "name", "country", "shows")
    return {
        pk: Named(pk, uuid, name, "" if "country" in hidden_of(shows, reader=reader) else country)
        for pk, uuid, name, country, shows in rows
    }


def public_ties() -> list[Tie]:
    """The ties that both sides want everybody to know, of members that everybody may know by name."""
    voiced = Membership.objects.filter(status__in=["FOUNDING", "ACTIVE"]).values("organization")
    everybody = {f"{side}__shows__name": EVERYBODY for side in ("one", "other")}
    rows = Tie.objects.filter(
        state=TieState.AGREED, public=True, one__in=voiced, other__in=voiced, **everybody
    )
    return list(rows.select_related("one", "other").order_by("one__folded", "pk")[:100])


def _seats(on: date) -> QuerySet[Any]:
    """The seats held on a day in circles and groups, but not in the circle around all and in rings: all are in those."""
    rows = governance.active(on).exclude(circle__kind=Kind.RING)
    return rows.exclude(circle__kind=Kind.CIRCLE, circle__parent=None).filter(
        participant__membership__organization__isnull=False
    )


def _edges(*, ties: Q, parts: QuerySet[Any], seats: QuerySet[Any]) -> dict[Pair, list[Reason]]:
    """Put together who is tied to whom, from one question to the database."""
    said = Tie.objects.filter(ties, state=TieState.AGREED).annotate(said=JSONObject(said=F("what")))
    hosts = Host.objects.filter(until_on=None).annotate(said=Value({}, output_field=JSONField()))
    rows = _rows(said, Why.DECLARED, "pk", "said", "one").union(
        _rows(said, Why.DECLARED, "pk", "said", "other"),
        _rows(parts, Why.PROGRAM, "program", "program__title", "organization"),
        _rows(seats, Why.CIRCLE, "circle", "circle__name", "participant__membership__organization"),
        _rows(hosts, Why.HOSTS, "network", "said", "organization"),
        all=True,
    )
    groups: dict[tuple[str, int], tuple[Reason, list[int]]] = {}
    for why, number, words, organization in rows:
        text = words.get("said", "") if why == Why.DECLARED else say(words)
        groups.setdefault((why, number), (Reason(Why(why), text, number), []))[1].append(organization)
    return among(groups.values())


def _rows(rows: QuerySet[Any], why: Why, number: str, words: str, organization: str) -> QuerySet[Any, Any]:
    """Return rows in the shape that all sources share: (why, which group, what it is called, organization)."""
    named = rows.order_by().annotate(
        a_why=Value(why.value, output_field=CharField()),
        b_number=F(number),
        c_words=F(words),
        d_organization=F(organization),
    )
    found: QuerySet[Any, Any] = named.values_list("a_why", "b_number", "c_words", "d_organization")
    return found

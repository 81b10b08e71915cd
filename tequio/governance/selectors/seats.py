"""Who sits where today. Others build on these: electorates of circles, elections, lots."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from tequio.core.actor import Actor
from tequio.governance.access import KEEPING, Standing
from tequio.governance.models import Circle, RingRight, Seat, active_on, open_on
from tequio.governance.rules import Kind, Role
from tequio.governance.rules.rings import Right, Verb, narrows, reach, ring_of
from tequio.governance.rules.terms import Mandate, MandateRule, free_again, in_a_row, may_begin
from tequio.networks import selectors as networks
from tequio.people.models import Duty, Membership, Participant
from tequio.people.selectors.voices import network_today


def active(on: date | None = None) -> QuerySet[Seat]:
    """The seats that are held on a day (default: today): term running, person and member taking part, group open."""
    day = on or network_today()
    return Seat.objects.filter(active_on(day), Q(circle__in=Circle.objects.filter(open_on(day))))


def members_of(circle: Circle, on: date | None = None) -> QuerySet[Participant]:
    """The full members of a group on a day, each once: whoever has an answer in its decisions."""
    seats = active(on).filter(circle=circle, role=Role.MEMBER).values("participant")
    return Participant.objects.filter(pk__in=seats).order_by("name", "pk")


def holders(circle: Circle, role: str, on: date | None = None) -> QuerySet[Participant]:
    """Who holds a role in a group on a day."""
    seats = active(on).filter(circle=circle, role=role).values("participant")
    return Participant.objects.filter(pk__in=seats).order_by("name", "pk")


def keepers_of(circle: Circle, on: date | None = None) -> QuerySet[Participant]:
    """Who writes down what a group decides: its leader, facilitator and secretary, or all of it while it has none."""
    seats = active(on).filter(circle=circle)
    keeping = seats.filter(role__in=sorted(KEEPING))
    found = Participant.objects.filter(pk__in=keeping.values("participant"))
    return (
        found if keeping.exists() else Participant.objects.filter(pk__in=seats.values("participant"))
    ).order_by("name", "pk")


def standing(actor: Actor, circle: Circle | None, on: date | None = None) -> Standing:
    """What the actor is in a group today, for ``access``; in no group, nothing."""
    if circle is None:
        return Standing()
    rows = active(on).filter(circle=circle).values_list("participant_id", "role")
    return standing_in(actor, rows)


def standing_in(actor: Actor, rows: Iterable[tuple[int, str]]) -> Standing:
    """The same, for a group whose seats are known: (participant, role)."""
    rows = list(rows)
    mine = frozenset(role for participant, role in rows if participant == actor.participant_id)
    return Standing(mine, any(role in KEEPING for _participant, role in rows))


def circles_of(actor: Actor, on: date | None = None) -> QuerySet[Circle]:
    """The open groups of which the actor is a member."""
    seats = active(on).filter(participant_id=actor.participant_id or 0, role=Role.MEMBER)
    return Circle.objects.filter(pk__in=seats.values("circle")).order_by("pk")


def coordination_body() -> Circle | None:
    """The open coordination body, or None."""
    return Circle.objects.filter(kind=Kind.COORDINATION, closed_at=None).first()


def circle_around_all() -> Circle | None:
    """The open circle in which all others lie, or None."""
    return Circle.objects.filter(kind=Kind.CIRCLE, parent=None, closed_at=None).first()


def circle(actor: Actor, uuid: UUID) -> Circle | None:
    """One group, open or closed, with the one around it."""
    return Circle.objects.select_related("parent").filter(uuid=uuid).first()


def seat(actor: Actor, uuid: UUID) -> Seat | None:
    """One seat, with its group and who holds it."""
    return Seat.objects.select_related("circle", "participant__person").filter(uuid=uuid).first()


def mandate_rule(body: Circle) -> MandateRule:
    """What the charter says about mandates of the coordination, and how long somebody rests after the last one."""
    rule = networks.governance()
    return MandateRule(
        rule.mandate_months, rule.mandate_renewable, rule.renewals_at_most, body.cooling_off_months
    )


def mandates_of(body: Circle, participants: Iterable[int] | None = None) -> dict[int, list[Mandate]]:
    """The mandates that people had or have in the coordination body, by participant; interim ones do not count."""
    rows = Seat.objects.filter(circle__kind=Kind.COORDINATION, role=Role.MEMBER, interim=False)
    if participants is not None:
        rows = rows.filter(participant__in=list(participants))
    found: dict[int, list[Mandate]] = {}
    for who, since, until, ended in rows.values_list("participant", "since", "until", "ended_at__date"):
        last = min(day for day in (until, ended) if day is not None)
        if last > since:
            found.setdefault(who, []).append(Mandate(since, last))
    return found


def barred(body: Circle, *, on: date) -> dict[int, date]:
    """Who may not begin a mandate in the coordination on a day, and from when on they may again.

    Elections and lots leave them out. Source: GOV-20.
    """
    rule = mandate_rule(body)
    return {
        who: free_again(past, rule=rule) or on
        for who, past in mandates_of(body).items()
        if not may_begin(past, on=on, rule=rule)
    }


def renewals_of(body: Circle, participant: Participant, *, on: date) -> int:
    """How many mandates in a row a new one would follow."""
    past = mandates_of(body, [participant.pk]).get(participant.pk, [])
    return in_a_row(past, on=on, rule=mandate_rule(body))


def without_mandate(body: Circle, on: date | None = None) -> QuerySet[Participant]:
    """Who has the duty of the coordination today, and no seat in its body."""
    seated = active(on).filter(circle=body).values("participant")
    duty = Participant.objects.filter(duties__contains=[Duty.COORDINATION], until_on=None)
    return duty.exclude(pk__in=seated).order_by("name", "pk")


def ring_rights() -> dict[Right, int]:
    """What the network said about its rings; what is missing is as usual."""
    rows = RingRight.objects.values_list("verb", "matter", "ring")
    return {(verb, matter): ring for verb, matter, ring in rows}


def ring_of_actor(actor: Actor, on: date | None = None) -> int:
    """The innermost ring in which the actor is. Source: GOV-22."""
    seats = active(on).filter(participant_id=actor.participant_id or 0, circle__ring__isnull=False)
    rings = list(seats.values_list(F("circle__ring"), flat=True))
    return ring_of(
        coordinates=actor.has(Duty.COORDINATION), rings=rings, member=actor.membership_id is not None
    )


def entitled(rows: QuerySet[Membership], matter: str) -> QuerySet[Membership]:
    """The members, among these, that decide a matter: those with somebody in the rings that the network named.

    While it named none, all of them. Source: GOV-22.
    """
    rights = ring_rights()
    if not narrows(rights, Verb.VOTE, matter):
        return rows
    seats = active().filter(role=Role.MEMBER, circle__ring__lte=reach(rights, Verb.VOTE, matter))
    inside = Participant.objects.filter(
        Q(pk__in=seats.values("participant")) | Q(duties__contains=[Duty.COORDINATION]), until_on=None
    )
    return rows.filter(pk__in=inside.exclude(membership=None).values("membership"))


def called(circle: Circle, name: str) -> Participant | None:
    """Who takes part under this name, the members of the group first, where there is exactly one."""
    rows = Participant.objects.filter(name__iexact=name.strip(), until_on=None)
    near = list(rows.filter(pk__in=active().filter(circle=circle).values("participant"))[:2])
    found = near or list(rows[:2])
    return found[0] if len(found) == 1 else None


def name_of(participant: str) -> str:
    """The name of whoever takes part under this identifier, or an empty text."""
    try:
        wanted = UUID(participant)
    except ValueError:
        return ""
    return Participant.objects.filter(uuid=wanted, until_on=None).values_list("name", flat=True).first() or ""

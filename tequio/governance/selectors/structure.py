"""The whole structure of a network on a day, in two questions to the database: who holds what, and how it hangs together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from tequio.core.actor import Actor
from tequio.core.texts import say
from tequio.governance.access import Standing
from tequio.governance.models import Circle, DomainItem, FlowNote, Report, Seat, active_on, open_on
from tequio.governance.rules import LINKED, Held, Link, Role, link_of
from tequio.governance.selectors.links import waived
from tequio.governance.selectors.seats import standing_in

ORDER = [Role.LEADER, Role.DELEGATE, Role.FACILITATOR, Role.SECRETARY, Role.LOGBOOK, Role.MEMBER]
NARROW = (
    "uuid",
    "name",
    "kind",
    "parent_id",
    "ring",
    "opened_on",
    "expires_on",
    "reports_every",
    "closed_at",
)
MOST = 200


@dataclass(frozen=True)
class Sitting:
    """A seat as its page shows it."""

    uuid: UUID
    circle: int
    participant: int
    person: UUID
    name: str
    member: str
    role: str
    since: date
    until: date | None
    entry: UUID | None
    interim: bool
    renewals: int


@dataclass
class Group:
    """A circle or group with who sits in it today, its link, and the groups inside it."""

    circle: Circle
    seats: list[Sitting] = field(default_factory=list)
    inside: list["Group"] = field(default_factory=list)
    link: Link | None = None
    waived: bool = False
    depth: int = 0

    @property
    def title(self) -> str:
        return say(self.circle.name)

    def with_role(self, role: str) -> list[Sitting]:
        return [seat for seat in self.seats if seat.role == role]

    @property
    def members(self) -> list[Sitting]:
        return self.with_role(Role.MEMBER)

    @property
    def roles(self) -> list[tuple[str, list[Sitting]]]:
        """Who holds each role but membership, in order."""
        return [(role, self.with_role(role)) for role in ORDER[:-1] if self.with_role(role)]

    @property
    def is_red(self) -> bool:
        return self.link is not None and self.link.is_red


@dataclass(frozen=True)
class Structure:
    """Every open group of the network, as a tree and by number; in the order of the tree."""

    roots: Sequence[Group]
    by_pk: dict[int, Group]

    def walk(self) -> Iterator[Group]:
        """Go through all groups, each before those inside it."""
        rest = list(reversed(self.roots))
        while rest:
            group = rest.pop()
            yield group
            rest += reversed(group.inside)

    def of(self, kind: str) -> list[Group]:
        return [group for group in self.walk() if group.circle.kind == kind]

    def standing(self, actor: Actor, group: Group) -> Standing:
        """What the actor is in a group, for ``access``."""
        return standing_in(actor, [(seat.participant, seat.role) for seat in group.seats])


def structure(actor: Actor, on: date, *, whole: bool = False) -> Structure:
    """Return who holds what in the network on a day, and which links are red; ``whole`` with the texts of each group.

    Source: GOV-02, GOV-15.
    """
    rows = Circle.objects.filter(open_on(on)).annotate(hangs=waived(on)).order_by("ring", "pk")
    rows = rows if whole else rows.only(*NARROW)
    groups = {row.pk: Group(row, waived=row.hangs) for row in rows}
    for seat in _sittings(on):
        if seat.circle in groups:
            groups[seat.circle].seats.append(seat)
    roots = []
    for group in groups.values():
        around = groups.get(group.circle.parent_id or 0)
        if around is None:
            roots.append(group)
        else:
            around.inside.append(group)
            group.link = _link(group, around)
    found = Structure(roots, groups)
    for group in found.walk():
        for inner in group.inside:
            inner.depth = group.depth + 1
    return found


def _sittings(on: date) -> Iterator[Sitting]:
    rows = Seat.objects.filter(active_on(on)).order_by("participant__name", "pk")
    for row in rows.values_list(
        "uuid", "circle_id", "participant_id", "participant__uuid", "participant__name",
        "participant__membership__name", "role", "since", "until", "entry", "interim", "renewals",
    ):  # fmt: skip
        yield Sitting(*row)


def _link(group: Group, around: Group) -> Link | None:
    if group.circle.kind not in LINKED or around.circle.kind not in LINKED:
        return None
    held = [Held(s.circle, s.participant, s.role, s.entry is not None) for s in (*group.seats, *around.seats)]
    return link_of(group.circle.pk, around.circle.pk, held, waived=group.waived)


def domain(circle: Circle) -> list[DomainItem]:
    """The parts of a circle's domain, each with ``handed`` saying whether a circle inside has it."""
    rows = DomainItem.objects.filter(circle=circle).annotate(handed=F("handed_down__circle"))
    return list(rows.order_by("position", "pk"))


def free_parts(circle: Circle | None) -> list[DomainItem]:
    """The parts of a circle's domain that no circle inside it has."""
    if circle is None:
        return []
    rows = DomainItem.objects.filter(circle=circle, handed_down=None)
    return list(rows.order_by("position", "pk"))


def flow(actor: Actor, circle: Circle) -> list[Any]:
    """What went down and came up over the link of a circle, the newest first. Source: GOV-15."""
    rows = FlowNote.objects.filter(circle=circle).order_by("-at", "-pk")
    return list(rows.values("direction", "words", "language", "at", "participant__name")[:MOST])


def reports(actor: Actor, circle: Circle) -> dict[date, Any]:
    """The reports of a group, by the first day of the time they are about."""
    rows = Report.objects.filter(circle=circle).order_by("-starts_on")
    found = rows.values("starts_on", "words", "language", "at", "participant__name")
    return {row["starts_on"]: row for row in found[:MOST]}


def reported(on: date) -> set[tuple[int, date]]:
    """For every open group that owes reports, the times about which it has reported: (circle, first day)."""
    rows = Report.objects.filter(
        Q(circle__in=Circle.objects.filter(open_on(on), reports_every__isnull=False))
    )
    return set(rows.values_list("circle_id", "starts_on"))

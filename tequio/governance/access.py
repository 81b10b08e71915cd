"""Who may do what with circles, seats and links."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
from tequio.governance.models import Circle, Seat
from tequio.governance.rules import SENDING, Kind, Role
from tequio.governance.rules.rings import Right, Verb, may
from tequio.governance.rules.trees import holds_none
from tequio.people.models import Duty

KEEPING = frozenset({Role.LEADER, Role.FACILITATOR, Role.SECRETARY})
SOVEREIGN = frozenset({Kind.CIRCLE, Kind.HELPING})  # nobody outside decides for these. Source: GOV-15


@dataclass(frozen=True)
class Standing:
    """What an actor is in a circle today, and whether anybody keeps it."""

    roles: frozenset[str] = frozenset()
    kept: bool = False


def keeps(actor: Actor, circle: Circle, standing: Standing) -> bool:
    """Say whether the actor writes down what a circle decided.

    Its leader, facilitator or secretary; the coordination in its own groups, and in a circle that has nobody for it yet.
    """
    if standing.roles & KEEPING:
        return True
    return actor.has(Duty.COORDINATION) and (circle.kind not in SOVEREIGN or not standing.kept)


def _only_keepers() -> str:
    return _("Only who leads the group, facilitates it or writes for it does this.")


def _kept(actor: Actor, circle: Circle, standing: Standing) -> Answer:
    """Say whether the actor may write down what an open group decided, or why not."""
    return _is_closed(circle) or keeps(actor, circle, standing) or _only_keepers()


def _is_closed(circle: Circle) -> str | None:
    return _("This group is closed.") if circle.closed_at else None


@permission("governance.open_circle")
def open_circle(actor: Actor, parent: Circle | None, standing: Standing) -> Answer:
    """The members of the circle around it; the coordination, and founders, where there is none."""
    if parent is not None and holds_none(parent.kind):
        return _("No group lies in a ring, or in a helping circle.")
    if actor.has(Duty.COORDINATION) or standing.roles:
        return True
    if parent is None and actor.has(Duty.FOUNDER):
        return True
    return _("The members of the circle around it, or the coordination, open a group.")


@permission("governance.change_circle")
def change_circle(actor: Actor, circle: Circle, standing: Standing) -> Answer:
    return _kept(actor, circle, standing)


@permission("governance.close_circle")
def close_circle(actor: Actor, circle: Circle, standing: Standing) -> Answer:
    return _kept(actor, circle, standing)


@permission("governance.seat")
def seat(actor: Actor, circle: Circle, standing: Standing) -> Answer:
    return _kept(actor, circle, standing)


@permission("governance.end_seat")
def end_seat(actor: Actor, seat: Seat, standing: Standing) -> Answer:
    if seat.ended_at is not None:
        return _("This seat has ended already.")
    if actor.participant_id == seat.participant_id:
        return True
    return keeps(actor, seat.circle, standing) or _only_keepers()


@permission("governance.ask_for_seat")
def ask_for_seat(actor: Actor, circle: Circle, standing: Standing) -> Answer:
    if actor.participant_id is None:
        return _("Only people who take part in the network can do this.")
    if Role.MEMBER in standing.roles:
        return _("You are in it already.")
    if circle.kind == Kind.COORDINATION:
        return _("Nobody joins the coordination: its people are chosen or drawn.")
    return _is_closed(circle) or True


@permission("governance.waive_link")
def waive_link(actor: Actor, circle: Circle, standing: Standing) -> Answer:
    if circle.parent_id is None or circle.kind != Kind.CIRCLE:
        return _("There is no double link here.")
    return _kept(actor, circle, standing)


@permission("governance.write_flow")
def write_flow(actor: Actor, circle: Circle, standing: Standing) -> Answer:
    if circle.parent_id is None or circle.kind != Kind.CIRCLE:
        return _("There is no double link here.")
    if standing.roles & set(SENDING):
        return True
    return _("Whoever leads the circle, or is its delegate, writes what went down and what came up.")


@permission("governance.report")
def report(actor: Actor, circle: Circle, standing: Standing) -> Answer:
    if circle.reports_every is None:
        return _("This group owes no reports.")
    if standing.roles:
        return True
    return _("The people of the group report.")


@permission("governance.set_ring_rights")
def set_ring_rights(actor: Actor) -> Answer:
    if actor.has(Duty.COORDINATION):
        return True
    return _("The coordination writes down what the network decided about its rings.")


@permission("governance.open_matter")
def open_matter(actor: Actor, matter: str, ring: int, rights: Mapping[Right, int]) -> Answer:
    """The rings up to the one that the network named. Source: GOV-22."""
    if may(ring, Verb.OPEN, matter, said=rights):
        return True
    return _("Here the inner rings open matters of this kind: the page on rings says who.")

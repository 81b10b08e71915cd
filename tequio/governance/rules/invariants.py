"""What must be true of a circle, one by one, and whether it is. Source: GOVERNANCE C1 to C9."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tequio.governance.rules.kinds import LINKED, Kind, Role
from tequio.governance.rules.links import Link, Trouble
from tequio.governance.rules.terms import ROLES_WITHIN_DAYS


class State(StrEnum):
    HOLDS = "HOLDS"
    SOON = "SOON"
    BROKEN = "BROKEN"


@dataclass(frozen=True)
class Facts:
    """What is known of a circle on a day. ``outside`` are parts of its domain that the circle around it did not hand down."""

    kind: str
    opened_on: date
    expires_on: date | None
    aim: bool
    domain: int
    outside: int
    members: int
    roles: Collection[str]
    endless: int
    link: Link | None


@dataclass(frozen=True)
class Check:
    """One rule, by its name in the design, and how it stands."""

    code: str
    state: State


def checks(facts: Facts, *, on: date) -> list[Check]:
    """Return the rules that concern a circle, in order, each with its state."""
    found = [
        Check("C1", State.HOLDS if facts.aim and facts.members and facts.domain else State.BROKEN),
        Check("C1_ROLES", _roles(facts, on)),
        Check("C2", State.BROKEN if facts.outside else State.HOLDS),
        *_of_link(facts),
        Check("C5", State.HOLDS),  # the service refuses a loop, and the database a circle in itself
        Check("C6", State.BROKEN if facts.endless else State.HOLDS),
        Check("C8", State.HOLDS),  # decisions give whoever is to be removed no answer
    ]
    if facts.kind == Kind.HELPING:
        found.append(Check("C7", State.HOLDS if facts.expires_on and facts.expires_on > on else State.BROKEN))
    return sorted(found, key=lambda check: check.code)


def _roles(facts: Facts, on: date) -> State:
    """Say whether leader, facilitator and secretary are there, which a new circle has some weeks for."""
    if {Role.LEADER, Role.FACILITATOR, Role.SECRETARY} <= set(facts.roles):
        return State.HOLDS
    return State.SOON if (on - facts.opened_on).days < ROLES_WITHIN_DAYS else State.BROKEN


def _of_link(facts: Facts) -> list[Check]:
    """Return what concerns the link to the circle around it; a circle around all has none."""
    if facts.link is None or facts.kind not in LINKED:
        return []
    kinds = {trouble for trouble, _person in facts.link.troubles}
    people = {Trouble.NO_LEADER, Trouble.SEVERAL_LEADERS, Trouble.NO_DELEGATE, Trouble.SAME_PERSON}
    found = [
        Check("C3", State.BROKEN if kinds & people else State.HOLDS),
        Check("C4", State.BROKEN if kinds - people else State.HOLDS),
    ]
    if facts.link.waived:
        found.append(Check("C9", State.BROKEN if facts.link.is_red else State.HOLDS))
    return found

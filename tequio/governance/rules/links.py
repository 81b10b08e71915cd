"""The double link: whether two circles are tied by two different people, and what is missing. Source: GOV-13, GOV-14."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tequio.governance.rules.kinds import Role


class Trouble(StrEnum):
    """What a link lacks."""

    NO_LEADER = "NO_LEADER"
    SEVERAL_LEADERS = "SEVERAL_LEADERS"
    NO_DELEGATE = "NO_DELEGATE"
    SAME_PERSON = "SAME_PERSON"
    NOT_IN_CHILD = "NOT_IN_CHILD"
    NOT_IN_PARENT = "NOT_IN_PARENT"
    NO_DECISION = "NO_DECISION"


@dataclass(frozen=True)
class Held:
    """A seat that somebody holds today: term running, person taking part; ``rests`` on a decision or not."""

    circle: int
    person: int
    role: str
    rests: bool = True


@dataclass(frozen=True)
class Link:
    """What ties a circle to the one around it: who carries down, who carries up, and what is missing.

    A ``waived`` link may hang on one person for a time. Source: C9 of the circle's invariants.
    """

    child: int
    parent: int
    leaders: tuple[int, ...]
    delegates: tuple[int, ...]
    troubles: tuple[tuple[Trouble, int | None], ...]
    waived: bool = False

    @property
    def is_red(self) -> bool:
        return bool(self.troubles)


def link_of(child: int, parent: int, held: Iterable[Held], *, waived: bool = False) -> Link:
    """Say what ties a child to its parent, given who holds which seat today.

    Exactly one leader, at least one delegate, nobody both; each a full member of the two circles, and each of these
    seats resting on a decision. With a waiver one whole end is enough. Source: GOV-13, GOV-14, C3, C4, C9.
    """
    seats = [seat for seat in held if seat.circle in (child, parent)]
    leaders = _holding(seats, child, Role.LEADER)
    delegates = _holding(seats, child, Role.DELEGATE)
    troubles = [
        *_numbers(leaders, delegates),
        *((Trouble.SAME_PERSON, person) for person in sorted(leaders & delegates)),
        *(
            each
            for person in sorted(leaders | delegates)
            for each in _of_person(seats, child, parent, person)
        ),
    ]
    if waived and _whole(troubles, leaders | delegates):
        troubles = []
    return Link(child, parent, tuple(sorted(leaders)), tuple(sorted(delegates)), tuple(troubles), waived)


def _holding(seats: Iterable[Held], circle: int, role: str) -> set[int]:
    return {seat.person for seat in seats if seat.circle == circle and seat.role == role}


def _numbers(leaders: set[int], delegates: set[int]) -> list[tuple[Trouble, int | None]]:
    found: list[tuple[Trouble, int | None]] = []
    if len(leaders) != 1:
        found.append((Trouble.SEVERAL_LEADERS if leaders else Trouble.NO_LEADER, None))
    if not delegates:
        found.append((Trouble.NO_DELEGATE, None))
    return found


def _of_person(seats: list[Held], child: int, parent: int, person: int) -> list[tuple[Trouble, int | None]]:
    """Say what is missing for one person to carry: full membership of both circles, and decisions under all of it."""
    mine = [seat for seat in seats if seat.person == person]
    found: list[tuple[Trouble, int | None]] = []
    for circle, trouble in ((child, Trouble.NOT_IN_CHILD), (parent, Trouble.NOT_IN_PARENT)):
        if not any(seat.circle == circle and seat.role == Role.MEMBER for seat in mine):
            found.append((trouble, person))
    roles = (Role.MEMBER, Role.LEADER, Role.DELEGATE)
    carrying = [seat for seat in mine if seat.role == Role.MEMBER or seat.circle == child]
    if any(not seat.rests for seat in carrying if seat.role in roles):
        found.append((Trouble.NO_DECISION, person))
    return found


def _whole(troubles: list[tuple[Trouble, int | None]], people: set[int]) -> bool:
    """Say whether at least one person carries with nothing missing."""
    lame = {person for _trouble, person in troubles if person is not None}
    return bool(people - lame) and Trouble.SEVERAL_LEADERS not in {trouble for trouble, _person in troubles}

"""The words of the structure, as values."""

from enum import StrEnum


class Kind(StrEnum):
    """What a group of people is. Source: GOV-11, GOV-17, GOV-21."""

    CIRCLE = "CIRCLE"
    HELPING = "HELPING"
    RING = "RING"
    WORKING_GROUP = "WORKING_GROUP"
    COORDINATION = "COORDINATION"


class Regime(StrEnum):
    """What happens with an objection in a circle: it is explored together, or tested before it counts."""

    EXPLORE = "EXPLORE"
    TEST = "TEST"


class Role(StrEnum):
    """What somebody does in a circle; to be a member is one of them. Source: GOV-14."""

    MEMBER = "MEMBER"
    LEADER = "LEADER"
    DELEGATE = "DELEGATE"
    FACILITATOR = "FACILITATOR"
    SECRETARY = "SECRETARY"
    LOGBOOK = "LOGBOOK"


class Ended(StrEnum):
    """Why somebody left a seat."""

    RESIGNED = "RESIGNED"
    TERM = "TERM"
    REPLACED = "REPLACED"
    REMOVED = "REMOVED"
    LEFT = "LEFT"
    CLOSED = "CLOSED"


class Direction(StrEnum):
    """Which way news went between two circles. Source: GOV-14, GOV-15."""

    DOWN = "DOWN"
    UP = "UP"


LINKED = frozenset({Kind.CIRCLE})  # between these there is a double link; a helping circle needs none
RINGED = frozenset({Kind.RING, Kind.COORDINATION})  # these are rings, with a number
ALONE = (Role.LEADER, Role.FACILITATOR, Role.SECRETARY, Role.LOGBOOK)  # one person at a time
SENDING = (Role.LEADER, Role.DELEGATE)  # the two ends of a link
TERMED = frozenset(set(Role) - {Role.MEMBER})  # roles that always have an end

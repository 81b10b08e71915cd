"""The logic of structure: what circles and seats are, what a double link needs, how mandates follow each other."""

from tequio.governance.rules.kinds import (
    ALONE,
    LINKED,
    RINGED,
    SENDING,
    TERMED,
    Direction,
    Ended,
    Kind,
    Regime,
    Role,
)
from tequio.governance.rules.links import Held, Link, Trouble, link_of

__all__ = [
    "ALONE",
    "LINKED",
    "RINGED",
    "SENDING",
    "TERMED",
    "Direction",
    "Ended",
    "Held",
    "Kind",
    "Link",
    "Regime",
    "Role",
    "Trouble",
    "link_of",
]

"""Circles, rings and groups; who sits in them; what ties them."""

from tequio.governance.models.records import FlowNote, Report, RingRight, Waiver
from tequio.governance.models.structure import Circle, DomainItem, Seat, active_on, open_on
from tequio.governance.models.words import (
    DIRECTIONS,
    ENDINGS,
    KINDS,
    REGIMES,
    ROLES,
    TROUBLES,
    UNGROUNDED,
    UNREAD,
)

__all__ = [
    "DIRECTIONS",
    "ENDINGS",
    "KINDS",
    "REGIMES",
    "ROLES",
    "TROUBLES",
    "UNGROUNDED",
    "UNREAD",
    "Circle",
    "DomainItem",
    "FlowNote",
    "Report",
    "RingRight",
    "Seat",
    "Waiver",
    "active_on",
    "open_on",
]

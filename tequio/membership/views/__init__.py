"""The pages at the door of a network."""

from tequio.membership.views.applications import (
    admit,
    application,
    applications,
    criteria,
    decline,
    open_decision,
)
from tequio.membership.views.code import code, hand
from tequio.membership.views.joining import again, follow, join, sent, withdraw

__all__ = [
    "admit",
    "again",
    "application",
    "applications",
    "code",
    "criteria",
    "decline",
    "follow",
    "hand",
    "join",
    "open_decision",
    "sent",
    "withdraw",
]

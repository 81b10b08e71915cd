"""The pages at the door of a network."""

from tequio.membership.views.applications import admit, application, applications, decline, open_decision
from tequio.membership.views.code import code, hand
from tequio.membership.views.joining import follow, join, sent, withdraw

__all__ = [
    "admit",
    "application",
    "applications",
    "code",
    "decline",
    "follow",
    "hand",
    "join",
    "open_decision",
    "sent",
    "withdraw",
]

"""The pages at the door of a network, and of a membership."""

from tequio.membership.views.applications import (
    admit,
    application,
    applications,
    criteria,
    decline,
    open_decision,
)
from tequio.membership.views.code import (
    code,
    hand,
)
from tequio.membership.views.joining import (
    again,
    follow,
    join,
    sent,
    withdraw,
)
from tequio.membership.views.mine import (
    data,
    exchange,
    leave,
    mine,
    pause,
    resume,
    say_exchange,
    welcome,
)
from tequio.membership.views.removing import (
    decide_removal,
    drop_removal,
    members,
    open_removal,
    removal,
)

__all__ = [
    "admit",
    "again",
    "application",
    "applications",
    "code",
    "criteria",
    "data",
    "decide_removal",
    "decline",
    "drop_removal",
    "exchange",
    "follow",
    "hand",
    "join",
    "leave",
    "members",
    "mine",
    "open_decision",
    "open_removal",
    "pause",
    "removal",
    "resume",
    "say_exchange",
    "sent",
    "welcome",
    "withdraw",
]

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
from tequio.membership.views.inviting import (
    be_forgotten,
    decline_invitation,
    forget_candidate,
    invited,
)
from tequio.membership.views.inviting import invite as invite_candidates
from tequio.membership.views.joining import (
    again,
    bring,
    erase_request,
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
from tequio.membership.views.together import (
    add_resource,
    attend,
    call,
    call_off,
    occasion,
    remove_resource,
    together,
)

__all__ = [
    "add_resource",
    "admit",
    "again",
    "application",
    "applications",
    "attend",
    "be_forgotten",
    "bring",
    "call",
    "call_off",
    "code",
    "criteria",
    "data",
    "decide_removal",
    "decline",
    "decline_invitation",
    "drop_removal",
    "erase_request",
    "exchange",
    "follow",
    "forget_candidate",
    "hand",
    "invite_candidates",
    "invited",
    "join",
    "leave",
    "members",
    "mine",
    "occasion",
    "open_decision",
    "open_removal",
    "pause",
    "removal",
    "remove_resource",
    "resume",
    "say_exchange",
    "sent",
    "together",
    "welcome",
    "withdraw",
]

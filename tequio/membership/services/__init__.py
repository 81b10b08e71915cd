"""Every write at the door of a network and of a membership."""

from tequio.membership.rules import Answered
from tequio.membership.services.applications import (
    admit,
    apply,
    check_criteria,
    decline,
    open_decision,
    pass_requests,
    settle_decision,
    withdraw,
)
from tequio.membership.services.code import (
    ask_to_sign,
    follow_charter,
    publish_code,
    remind_to_sign,
    review_standing,
    review_standings,
    sign_code,
    stop_asking_to_sign,
)
from tequio.membership.services.erasing import (
    erase_request,
    require_over,
)
from tequio.membership.services.exchanging import (
    carry_over,
    say_exchange,
)
from tequio.membership.services.gathering import (
    add_resource,
    attend,
    call_members,
    call_off,
    remove_resource,
    write_attendance,
)
from tequio.membership.services.inviting import (
    decline_invitation,
    invite_candidates,
    note_joined,
)
from tequio.membership.services.reminding import (
    remind_of_requests,
)
from tequio.membership.services.removing import (
    be_heard,
    decide_removal,
    drop_removal,
    open_removal,
    settle_removal,
)
from tequio.membership.services.welcoming import (
    done_by_member,
    end_first_days,
    step_taken,
    welcome,
)

__all__ = [
    "Answered",
    "add_resource",
    "admit",
    "apply",
    "ask_to_sign",
    "attend",
    "be_heard",
    "call_members",
    "call_off",
    "carry_over",
    "check_criteria",
    "decide_removal",
    "decline",
    "decline_invitation",
    "done_by_member",
    "drop_removal",
    "end_first_days",
    "erase_request",
    "follow_charter",
    "invite_candidates",
    "note_joined",
    "open_decision",
    "open_removal",
    "pass_requests",
    "publish_code",
    "remind_of_requests",
    "remind_to_sign",
    "remove_resource",
    "require_over",
    "review_standing",
    "review_standings",
    "say_exchange",
    "settle_decision",
    "settle_removal",
    "sign_code",
    "step_taken",
    "stop_asking_to_sign",
    "welcome",
    "withdraw",
    "write_attendance",
]

"""Every write at the door of a network: requests to join, and the code of ethics."""

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
    review_standing,
    sign_code,
    stop_asking_to_sign,
)
from tequio.membership.services.exchanging import carry_over, say_exchange
from tequio.membership.services.reminding import remind_of_requests

__all__ = [
    "Answered",
    "admit",
    "apply",
    "ask_to_sign",
    "carry_over",
    "check_criteria",
    "decline",
    "follow_charter",
    "open_decision",
    "pass_requests",
    "publish_code",
    "remind_of_requests",
    "review_standing",
    "say_exchange",
    "settle_decision",
    "sign_code",
    "stop_asking_to_sign",
    "withdraw",
]

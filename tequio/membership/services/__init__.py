"""Every write at the door of a network: requests to join, and the code of ethics."""

from tequio.membership.services.applications import (
    Answer,
    admit,
    apply,
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

__all__ = [
    "Answer",
    "admit",
    "apply",
    "ask_to_sign",
    "decline",
    "follow_charter",
    "open_decision",
    "pass_requests",
    "publish_code",
    "review_standing",
    "settle_decision",
    "sign_code",
    "stop_asking_to_sign",
    "withdraw",
]

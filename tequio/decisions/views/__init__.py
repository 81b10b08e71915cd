"""One function a page."""

from tequio.decisions.views.calendars import calendar_feed, own_calendar
from tequio.decisions.views.decision import answered, decision, record, versions
from tequio.decisions.views.listing import decision_list, edit, propose
from tequio.decisions.views.mailed import mailed
from tequio.decisions.views.moving import close, extend, integrate, open_vote, round_, tie_break, withdraw

__all__ = [
    "answered",
    "calendar_feed",
    "close",
    "decision",
    "decision_list",
    "edit",
    "extend",
    "integrate",
    "mailed",
    "open_vote",
    "own_calendar",
    "propose",
    "record",
    "round_",
    "tie_break",
    "versions",
    "withdraw",
]

"""One function a page."""

from tequio.decisions.views.amending import amend, keep
from tequio.decisions.views.book import agreements_file, bring, in_force, line
from tequio.decisions.views.calendars import calendar_feed, own_calendar
from tequio.decisions.views.circles import circle_work, leaving
from tequio.decisions.views.decision import answered, decision, record, versions
from tequio.decisions.views.following import after, evaluate, task
from tequio.decisions.views.listing import decision_list, edit, propose
from tequio.decisions.views.live import (
    end_meeting,
    live,
    live_mark,
    start_meeting,
    take_step,
    way_out,
)
from tequio.decisions.views.mailed import mailed
from tequio.decisions.views.moving import close, extend, integrate, open_vote, round_, tie_break, withdraw
from tequio.decisions.views.proxies import carried, proxies, take_back
from tequio.decisions.views.spoken import record_judgement, record_reaction
from tequio.decisions.views.talking import (
    beside,
    file,
    languages,
    remove_file,
    reply,
    talk,
    translate,
    unrelate,
)
from tequio.decisions.views.urgent import confirm, record_answer, urgent

__all__ = [
    "after",
    "agreements_file",
    "amend",
    "answered",
    "beside",
    "bring",
    "calendar_feed",
    "carried",
    "circle_work",
    "close",
    "confirm",
    "decision",
    "decision_list",
    "edit",
    "end_meeting",
    "evaluate",
    "extend",
    "file",
    "in_force",
    "integrate",
    "keep",
    "languages",
    "leaving",
    "line",
    "live",
    "live_mark",
    "mailed",
    "open_vote",
    "own_calendar",
    "propose",
    "proxies",
    "record",
    "record_answer",
    "record_judgement",
    "record_reaction",
    "remove_file",
    "reply",
    "round_",
    "start_meeting",
    "take_back",
    "take_step",
    "talk",
    "task",
    "tie_break",
    "translate",
    "unrelate",
    "urgent",
    "versions",
    "way_out",
    "withdraw",
]

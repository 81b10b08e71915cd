"""Every write of the structure of a network."""

from tequio.governance.services.circles import change_circle, close_circle, open_circle
from tequio.governance.services.linking import end_waiver, mind_links, say_troubles, waive_link, write_flow
from tequio.governance.services.mandates import ask_for_reports, look_after_terms, turn_mandates
from tequio.governance.services.reporting import ask_for_seat, owed, report, set_ring_rights
from tequio.governance.services.seats import end_seat, seat

__all__ = [
    "ask_for_reports",
    "ask_for_seat",
    "change_circle",
    "close_circle",
    "end_seat",
    "end_waiver",
    "look_after_terms",
    "mind_links",
    "open_circle",
    "owed",
    "report",
    "say_troubles",
    "seat",
    "set_ring_rights",
    "turn_mandates",
    "waive_link",
    "write_flow",
]

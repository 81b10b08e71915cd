"""The pages of the structure."""

from tequio.governance.views.changing import change, close, open_circle
from tequio.governance.views.showing import circle, circles, rings
from tequio.governance.views.sitting import end_seat, join, seat
from tequio.governance.views.telling import end_waiver, flow, report, waive

__all__ = [
    "change",
    "circle",
    "circles",
    "close",
    "end_seat",
    "end_waiver",
    "flow",
    "join",
    "open_circle",
    "report",
    "rings",
    "seat",
    "waive",
]

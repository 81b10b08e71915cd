"""Every write of the structure of a network."""

from tequio.governance.services.circles import change_circle, close_circle, move_circle, open_circle
from tequio.governance.services.seats import end_seat, renew, seat

__all__ = [
    "change_circle",
    "close_circle",
    "end_seat",
    "move_circle",
    "open_circle",
    "renew",
    "seat",
]

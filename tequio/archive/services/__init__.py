"""Every write of the archive: copies of a network, bringing one in, closing it, handing it over."""

from tequio.archive.services.closing import close, follow_decision, propose_closing, reopen
from tequio.archive.services.copying import ask_for_copy, forget_old_copies, make_copy
from tequio.archive.services.exporting import write
from tequio.archive.services.handing import (
    accept_coordination,
    decline_coordination,
    offer_coordination,
    withdraw_offer,
)
from tequio.archive.services.importing import Came, bring_in

__all__ = [
    "Came",
    "accept_coordination",
    "ask_for_copy",
    "bring_in",
    "close",
    "decline_coordination",
    "follow_decision",
    "forget_old_copies",
    "make_copy",
    "offer_coordination",
    "propose_closing",
    "reopen",
    "withdraw_offer",
    "write",
]

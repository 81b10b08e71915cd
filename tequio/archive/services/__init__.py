"""Every write of the archive: copies of a network, bringing one in, closing it, handing it over."""

from tequio.archive.services.copying import ask_for_copy, forget_old_copies, make_copy
from tequio.archive.services.exporting import write
from tequio.archive.services.importing import Came, bring_in

__all__ = ["Came", "ask_for_copy", "bring_in", "forget_old_copies", "make_copy", "write"]

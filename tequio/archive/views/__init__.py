"""The pages of the network as a whole."""

from tequio.archive.views.closing import closing
from tequio.archive.views.copies import copies, download
from tequio.archive.views.handing import offer, offers, withdraw
from tequio.archive.views.keeping import privacy

__all__ = ["closing", "copies", "download", "offer", "offers", "privacy", "withdraw"]

"""Who may do what with the register."""

from django.utils.translation import gettext as _

from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
from tequio.register.models import Entry


@permission("register.erase")
def erase(actor: Actor, entry: Entry) -> Answer:
    if not actor.has("COORDINATION"):
        return _("Only the coordination erases what an entry says, and only on a legal ground.")
    if entry.kind.startswith("register."):
        return _("The register's own entries stay: they say what was erased, and why.")
    if entry.erased:
        return _("The content of this entry has been erased already.")
    return True

"""Who may change a network and its rules."""

from django.utils.translation import gettext as _

from tequio.core.access import Answer, permission
from tequio.core.actor import Actor


@permission("networks.set_rules")
def set_rules(actor: Actor) -> Answer:
    # The platform itself (which no permission stops) writes them when a charter comes into force.
    return _("The rules change only when a charter comes into force.")


@permission("networks.show")
def show(actor: Actor) -> Answer:
    if not actor.has("COORDINATION"):
        return _("Only the coordination decides whether the network is listed.")
    return True

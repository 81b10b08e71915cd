"""Who may change a network and its rules."""

from django.utils.translation import gettext as _

from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
from tequio.networks.models import Network, Stage


@permission("networks.set_rules")
def set_rules(actor: Actor) -> Answer:
    # The platform itself (which no permission stops) writes them when a charter comes into force.
    return _("The rules change only when a charter comes into force.")


@permission("networks.close")
def close(actor: Actor, network: Network) -> Answer:
    if network.stage == Stage.CLOSED:
        return _("This network is closed already.")
    if network.stage == Stage.IN_FORCE:
        # The platform itself (which no permission stops) closes it when the members have decided so.
        return _("A network whose charter is in force is closed by a decision of its members.")
    if not actor.has("COORDINATION"):
        return _("Only the coordination closes a network that is being founded.")
    return True


@permission("networks.reopen")
def reopen(actor: Actor, network: Network) -> Answer:
    if network.stage != Stage.CLOSED:
        return _("This network is open.")
    if not actor.has("COORDINATION"):
        return _("Only the coordination opens a closed network again.")
    return True


@permission("networks.show")
def show(actor: Actor) -> Answer:
    if not actor.has("COORDINATION"):
        return _("Only the coordination decides whether the network is listed.")
    return True

"""Who may found: the founders, as long as the path is open."""

from django.utils.translation import gettext as _

from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
from tequio.founding.models import Charter, CharterState
from tequio.networks.models import Network, Stage
from tequio.people.models import Duty


def _founds(actor: Actor, network: Network) -> Answer:
    if network.stage != Stage.FOUNDING:
        return _("This network is founded. Its charter changes by a decision.")
    if not actor.has(Duty.FOUNDER):
        return _("Only the founders answer here. You can read everything.")
    return True


@permission("founding.answer")
def answer(actor: Actor, network: Network, charter: Charter | None) -> Answer:
    allowed = _founds(actor, network)
    if allowed is not True:
        return allowed
    if charter is not None and charter.state == CharterState.RATIFYING:
        return _("The charter is being ratified. Nothing changes until that ends.")
    return True


@permission("founding.invite")
def invite(actor: Actor, network: Network) -> Answer:
    return _founds(actor, network)


@permission("founding.ratify")
def ratify(actor: Actor, network: Network, charter: Charter | None, missing: int) -> Answer:
    allowed = _founds(actor, network)
    if allowed is not True:
        return allowed
    if charter is not None and charter.state == CharterState.RATIFYING:
        return _("The charter is being ratified already.")
    if missing:
        return _("Some answers are missing without which a network cannot work.")
    return True


@permission("founding.put_in_force")
def put_in_force(actor: Actor) -> Answer:
    # The platform does it, when the founders have consented.
    return _("A charter comes into force when the founders consent, and in no other way.")

"""Who may turn answers into candidates, and read who they are."""

from django.utils.translation import gettext as _

from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
from tequio.people.models import Duty


@permission("surveys.tend_candidates")
def tend_candidates(actor: Actor) -> Answer:
    """The coordination and those who admit members: what candidates answered is for nobody else."""
    if actor.has(Duty.COORDINATION, Duty.ADMISSION):
        return True
    return _("The coordination and those who admit members look after candidates.")

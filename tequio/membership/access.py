"""Who may admit, decline, open a decision, sign."""

from django.utils.translation import gettext as _

from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
from tequio.membership.models import Application, State
from tequio.networks.models import Admission
from tequio.people.models import Duty


def in_charge(actor: Actor, admission: str) -> bool:
    """Say whether the actor is one of those whom the charter names for requests to join."""
    if admission == Admission.COORDINATION:
        return actor.has(Duty.COORDINATION)
    if admission == Admission.TEAM:
        return actor.has(Duty.ADMISSION)
    return actor.has(Duty.ADMISSION, Duty.COORDINATION)


@permission("membership.read_applications")
def read_applications(actor: Actor, admission: str) -> Answer:
    if in_charge(actor, admission) or actor.has(Duty.COORDINATION):
        return True
    return _("Requests to join are read by those whom the charter names for it.")


@permission("membership.admit")
def admit(actor: Actor, application: Application, admission: str) -> Answer:
    if application.state != State.RECEIVED:
        return _("This request has been answered, or all members are deciding on it.")
    if admission == Admission.EVERYBODY:
        return _("Here all members admit, by consent: put it before them.")
    return in_charge(actor, admission) or _("Only those whom the charter names admit members.")


@permission("membership.decline")
def decline(actor: Actor, application: Application, admission: str, stopped: bool) -> Answer:
    """Those in charge; where all members decide, once objections have stopped the admission (``stopped``)."""
    together = admission == Admission.EVERYBODY
    if (application.state == State.RECEIVED and not together) or (
        application.state == State.DECIDING and stopped
    ):
        return in_charge(actor, admission) or _("Only those whom the charter names admit members.")
    return admit.why_not(actor, application, admission) or _("All members are deciding on this request.")


@permission("membership.open_decision")
def open_decision(actor: Actor, application: Application, admission: str) -> Answer:
    if application.state != State.RECEIVED:
        return _("This request has been answered, or all members are deciding on it.")
    if admission != Admission.EVERYBODY:
        return _("Here those whom the charter names admit; a decision of all is not needed.")
    return in_charge(actor, admission) or _("Only those in charge of requests put them before all members.")


@permission("membership.sign_code")
def sign_code(actor: Actor) -> Answer:
    if actor.membership_id is None:
        return _("You do not act for a member here.")
    return actor.votes or _("The delegate of your organization, or a substitute, signs.")

"""Who may admit, decline, open a decision, sign."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
from tequio.membership.models import HEARING, Application, Occasion, Removal, State
from tequio.networks.models import Admission
from tequio.people.models import Duty, Membership

LACKING = gettext_lazy(
    "Nobody joins without what is required. Look at it with them, or answer no and say why."
)


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
    if not in_charge(actor, admission):
        return _("Only those whom the charter names admit members.")
    return not application.lacking or str(LACKING)


@permission("membership.check_criteria")
def check_criteria(actor: Actor, application: Application, admission: str) -> Answer:
    if application.state != State.RECEIVED:
        return _("This request has been answered, or all members are deciding on it.")
    return in_charge(actor, admission) or _("Only those whom the charter names admit members.")


@permission("membership.invite_candidates")
def invite_candidates(actor: Actor, admission: str) -> Answer:
    if in_charge(actor, admission) or actor.has(Duty.COORDINATION):
        return True
    return _("Candidates are invited by those whom the charter names for requests to join.")


@permission("membership.say_exchange")
def say_exchange(actor: Actor, membership: Membership) -> Answer:
    if actor.membership_id == membership.pk:
        return True
    return _("The people of an organization say what it needs and what it offers.")


@permission("membership.take_step")
def take_step(actor: Actor, kind: str) -> Answer:
    if actor.membership_id is None:
        return _("You do not act for a member here.")
    return kind in ("meet", "look") or _("This closes by itself, once it is done.")


@permission("membership.call_members")
def call_members(actor: Actor) -> Answer:
    if actor.has(Duty.COORDINATION, Duty.CONTACT) or actor.membership_id is not None:
        return True
    return _("Only the people of a member call the others together.")


@permission("membership.write_attendance")
def write_attendance(actor: Actor, occasion: Occasion) -> Answer:
    if occasion.called_off_at is not None:
        return _("It was called off.")
    if actor.has(Duty.COORDINATION) or actor.participant_id == occasion.called_by_id:
        return True
    return _("Whoever called, or the coordination, writes down who came.")


@permission("membership.attend")
def attend(actor: Actor, occasion: Occasion, over: bool) -> Answer:
    if occasion.called_off_at is not None:
        return _("It was called off.")
    if over:
        return _("It is over.")
    return actor.membership_id is not None or _("You do not act for a member here.")


@permission("membership.keep_resources")
def keep_resources(actor: Actor) -> Answer:
    if actor.has(Duty.COORDINATION, Duty.CONTACT):
        return True
    return _("The coordination and those who listen keep this list.")


@permission("membership.open_removal")
def open_removal(actor: Actor, membership: Membership) -> Answer:
    if membership.ended_on is not None:
        return _("It is not a member any more.")
    if actor.membership_id == membership.pk:
        return _("Your organization is the one concerned: others look after this.")
    return actor.has(Duty.COORDINATION) or _("Only the coordination opens this, with reasons.")


@permission("membership.be_heard")
def be_heard(actor: Actor, removal: Removal) -> Answer:
    if removal.state != HEARING:
        return _("The time to speak is over.")
    if actor.membership_id == removal.membership_id:
        return True
    return _("Here speak the people of the organization concerned.")


@permission("membership.decide_removal")
def decide_removal(actor: Actor, removal: Removal, may_be_decided: bool) -> Answer:
    if actor.membership_id == removal.membership_id:
        return _("Your organization is the one concerned: others look after this.")
    if not actor.has(Duty.COORDINATION):
        return _("Only the coordination opens this, with reasons.")
    if removal.state != HEARING:
        return _("It has been put before the others already.")
    return may_be_decided or _("The organization may still speak. Wait until it has, or its days are over.")


@permission("membership.drop_removal")
def drop_removal(actor: Actor, removal: Removal) -> Answer:
    if actor.membership_id == removal.membership_id:
        return _("Your organization is the one concerned: others look after this.")
    if removal.state != HEARING:
        return _("It has been put before the others already.")
    return actor.has(Duty.COORDINATION) or _("Only the coordination opens this, with reasons.")


@permission("membership.decline")
def decline(actor: Actor, application: Application, admission: str, stopped: bool) -> Answer:
    """Those in charge; where all members decide, without what is required, or once objections have ``stopped`` it."""
    together = admission == Admission.EVERYBODY and not application.lacking
    if (application.state == State.RECEIVED and not together) or (
        application.state == State.DECIDING and stopped
    ):
        return in_charge(actor, admission) or _("Only those whom the charter names admit members.")
    if application.state == State.RECEIVED:
        return _("Here all members admit, by consent: put it before them.")
    return check_criteria.why_not(actor, application, admission) or _(
        "All members are deciding on this request."
    )


@permission("membership.open_decision")
def open_decision(actor: Actor, application: Application, admission: str) -> Answer:
    if application.state != State.RECEIVED:
        return _("This request has been answered, or all members are deciding on it.")
    if admission != Admission.EVERYBODY:
        return _("Here those whom the charter names admit; a decision of all is not needed.")
    if not in_charge(actor, admission):
        return _("Only those in charge of requests put them before all members.")
    return not application.lacking or str(LACKING)


@permission("membership.sign_code")
def sign_code(actor: Actor) -> Answer:
    if actor.membership_id is None:
        return _("You do not act for a member here.")
    return actor.votes or _("The delegate of your organization, or a substitute, signs.")

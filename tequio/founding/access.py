"""Who may found: the founders, as long as the path is open."""

from django.utils.translation import gettext as _

from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
from tequio.founding.models import (
    ChangeState,
    Charter,
    CharterChange,
    CharterState,
    Remark,
    Workshop,
    WorkshopState,
)
from tequio.founding.rules import LIVING
from tequio.networks.models import Network, Stage
from tequio.people.models import Duty


def _founds(actor: Actor, network: Network) -> Answer:
    if network.stage != Stage.FOUNDING:
        return _("This network is founded. Its charter changes by a decision.")
    if not actor.has(Duty.FOUNDER):
        return _("Only the founders answer here. You can read everything.")
    return True


@permission("founding.answer")
def answer(actor: Actor, network: Network, charter: Charter | None, topic: str = "") -> Answer:
    if topic in LIVING and network.stage != Stage.FOUNDING:
        return actor.has(Duty.COORDINATION) or _(
            "The coordination keeps this up to date. Tell them what changed."
        )
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


@permission("founding.propose_change")
def propose_change(actor: Actor, network: Network) -> Answer:
    if network.stage != Stage.IN_FORCE:
        return _("The charter is not in force yet: the founders still change it on the path.")
    if actor.participant_id is None or (actor.membership_id is None and not actor.has(Duty.COORDINATION)):
        return _("Only who acts for a member, or coordinates, proposes a change of the charter.")
    return True


@permission("founding.amend_change")
def amend_change(actor: Actor, network: Network, change: CharterChange) -> Answer:
    refusal = propose_change.why_not(actor, network)
    if refusal:
        return refusal
    if change.state not in (ChangeState.OPEN, ChangeState.RETURNED):
        return _("This change is settled. Propose another one.")
    if actor.participant_id != change.participant_id and not actor.has(Duty.COORDINATION):
        return _("Only who proposed the change, or the coordination, amends it.")
    return True


@permission("founding.withdraw_remark")
def withdraw_remark(actor: Actor, remark: Remark) -> Answer:
    if actor.participant_id is None or actor.participant_id != remark.participant_id:
        return _("Only who said something takes it back.")
    if remark.withdrawn_at is not None:
        return _("It has been taken back already.")
    return True


@permission("founding.remark")
def remark(actor: Actor) -> Answer:
    if actor.participant_id is None:
        return _("Only people who take part in the network comment on its charter.")
    return True


@permission("founding.translate")
def translate(actor: Actor) -> Answer:
    if not actor.has(Duty.COORDINATION, Duty.FOUNDER):
        return _("The coordination or the founders write what is missing in a language.")
    return True


@permission("founding.speak")
def speak(actor: Actor, charter: Charter) -> Answer:
    if actor.participant_id is None:
        return _("Only people who take part in the network say something to its charter.")
    if charter.state != CharterState.RATIFYING:
        return _("The charter is not being ratified.")
    return True


@permission("founding.share")
def share(actor: Actor, network: Network) -> Answer:
    if network.stage != Stage.IN_FORCE or not network.listed:
        return _("Only a network in force, that anyone can find, shows others how it did it.")
    if not actor.has(Duty.COORDINATION):
        return _("The coordination lets others read, or not.")
    return True


@permission("founding.open_areas")
def open_areas(actor: Actor) -> Answer:
    if not actor.has(Duty.COORDINATION):
        return _("The coordination opens what the charter names.")
    return True


@permission("founding.hold_workshop")
def hold_workshop(actor: Actor) -> Answer:
    if actor.participant_id is None:
        return _("Only people who take part in the network hold its workshops.")
    if actor.membership_id is None and not actor.has(Duty.COORDINATION, Duty.FOUNDER):
        return _("Only who acts for a member, founds or coordinates holds a workshop.")
    return True


@permission("founding.lead_workshop")
def lead_workshop(actor: Actor, workshop: Workshop) -> Answer:
    if actor.participant_id is None:
        return _("Only people who take part in the network hold its workshops.")
    if actor.participant_id == workshop.held_by_id or actor.has(Duty.COORDINATION):
        return True
    return _("Only who holds this workshop, or the coordination, does this.")


@permission("founding.take_part")
def take_part(actor: Actor) -> Answer:
    return actor.participant_id is not None or _(
        "Only people who take part in the network come to its workshops."
    )


@permission("founding.write_action")
def write_action(actor: Actor, workshop: Workshop) -> Answer:
    if actor.participant_id is None:
        return _("Only people who take part in the network propose actions.")
    return workshop.state == WorkshopState.WRITING or _("The list of actions is closed.")


@permission("founding.mark_actions")
def mark_actions(actor: Actor, workshop: Workshop, came: bool, over: bool) -> Answer:
    """``came`` says whether the actor took part, ``over`` whether the deadline has passed."""
    if actor.participant_id is None:
        return _("Only people who take part in the network say what comes first.")
    if workshop.state != WorkshopState.MARKING:
        return _("Nobody is asked now what comes first.")
    if over:
        return _("The time to say what comes first is over.")
    return (
        workshop.everybody
        or came
        or _("Only who took part says what comes first. Say first that you were there.")
    )

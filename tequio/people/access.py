"""Who may do what with persons, memberships and organizations."""

from django.utils.translation import gettext as _

from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
from tequio.core.scoping import here
from tequio.networks.models import Network, Stage
from tequio.people.models import Duty, Host, Membership, Organization, Participant, Quote, Voice


def founding(actor: Actor) -> bool:
    """Say whether the actor is a founder of a network whose charter is not yet in force."""
    if not actor.has(Duty.FOUNDER):
        return False
    return Network.objects.filter(pk=here(), stage=Stage.FOUNDING).exists()


def _leads(actor: Actor) -> bool:
    return actor.has(Duty.COORDINATION) or founding(actor)


def _of_the_member(actor: Actor, membership: Membership | None) -> bool:
    """Say whether the actor was named to carry this member's voice, or acts for it while nobody was.

    Who only stands in for some days decides with the voice, and not about the people.
    """
    if membership is None or actor.membership_id != membership.pk:
        return False
    if actor.voice in (Voice.DELEGATE, Voice.SUBSTITUTE):
        return True
    return not Participant.objects.filter(membership=membership, voice=Voice.DELEGATE, until_on=None).exists()


@permission("people.join")
def join(actor: Actor) -> Answer:
    if _leads(actor) or actor.has(Duty.ADMISSION):
        return True
    return _("Only those who admit members can do this.")


@permission("people.seat")
def seat(actor: Actor, membership: Membership | None, duties: frozenset[str]) -> Answer:
    if _leads(actor):
        return True
    if duties:
        return _("Only the coordination gives duties.")
    if actor.has(Duty.ADMISSION) or _of_the_member(actor, membership):
        return True
    return _("Only the coordination, or the organization's own delegate, brings people in.")


@permission("people.give_duty")
def give_duty(actor: Actor) -> Answer:
    return True if _leads(actor) else _("Only the coordination gives duties and takes them back.")


@permission("people.set_contacts")
def set_contacts(actor: Actor) -> Answer:
    if actor.has(Duty.COORDINATION):
        return True
    return _("Only the coordination says who listens to those who suffered violence.")


@permission("people.take_duty")
def take_duty(actor: Actor, participant: Participant) -> Answer:
    if _leads(actor) or actor.participant_id == participant.pk:
        return True
    return _("Only the coordination gives duties and takes them back.")


@permission("people.name_delegate")
def name_delegate(actor: Actor, membership: Membership) -> Answer:
    if _leads(actor) or _of_the_member(actor, membership):
        return True
    return _("Only the organization's own delegate, or the coordination, says who speaks for it.")


@permission("people.stand_in")
def stand_in(actor: Actor, membership: Membership) -> Answer:
    if _leads(actor) or _of_the_member(actor, membership):
        return True
    return _("Only the organization's own delegate, or the coordination, says who stands in.")


@permission("people.end_participation")
def end_participation(actor: Actor, participant: Participant) -> Answer:
    if actor.participant_id == participant.pk or _leads(actor):
        return True
    if _of_the_member(actor, participant.membership):
        return True
    return _("Only the organization's own delegate, or the coordination, can say that somebody left.")


@permission("people.set_standing")
def set_standing(actor: Actor) -> Answer:
    if actor.has(Duty.COORDINATION, Duty.ADMISSION):
        return True
    return _("Only those who admit members can do this.")


@permission("people.end_membership")
def end_membership(actor: Actor, membership: Membership) -> Answer:
    if _of_the_member(actor, membership):
        return True
    return _("An organization leaves by its own delegate. Others can only propose to remove it.")


@permission("people.pause_membership")
def pause_membership(actor: Actor, membership: Membership) -> Answer:
    if _of_the_member(actor, membership):
        return True
    return _("Only the organization's own delegate pauses, and comes back.")


@permission("people.rename")
def rename(actor: Actor, participant: Participant) -> Answer:
    if actor.participant_id == participant.pk:
        return True
    return _("Each person chooses their own name.")


@permission("people.revoke_invitation")
def revoke_invitation(actor: Actor, invited_by_id: int | None, organization_id: int | None) -> Answer:
    if _leads(actor) or (actor.participant_id is not None and actor.participant_id == invited_by_id):
        return True
    if organization_id is not None:
        membership = Membership.objects.filter(organization_id=organization_id, ended_on=None).first()
        if _of_the_member(actor, membership):
            return True
    return _("Only who invited, or the coordination, can take an invitation back.")


@permission("people.vouch")
def vouch(actor: Actor, owner: Participant) -> Answer:
    if actor.participant_id is None or actor.participant_id == owner.pk:
        return _("Two other people have to confirm this.")
    colleague = owner.membership_id is not None and actor.membership_id == owner.membership_id
    if colleague or actor.has(Duty.COORDINATION, Duty.CONTACT, Duty.FOUNDER):
        return True
    return _("Only people of the same organization, or of the coordination, confirm who somebody is.")


@permission("people.record_organization")
def record_organization(actor: Actor) -> Answer:
    if actor.has(Duty.COORDINATION, Duty.ADMISSION, Duty.FOUNDER):
        return True
    return _("Only the coordination and those who admit members write in the directory.")


@permission("people.change_organization")
def change_organization(actor: Actor, organization: Organization) -> Answer:
    if actor.has(Duty.COORDINATION, Duty.ADMISSION, Duty.FOUNDER):
        return True
    mine = Membership.objects.filter(pk=actor.membership_id or 0, organization=organization, ended_on=None)
    if actor.membership_id and mine.exists():
        return True
    return _("Only the people of the organization and the coordination change what is written here.")


@permission("people.show_organization")
def show_organization(actor: Actor, organization: Organization) -> Answer:
    own = Participant.objects.filter(
        membership__organization=organization, membership__ended_on=None, until_on=None
    )
    if actor.membership_id and own.filter(pk=actor.participant_id or 0).exists():
        return True
    if own.exists():
        return _("Only the people of the organization say who sees what of it.")
    if actor.has(Duty.COORDINATION, Duty.ADMISSION):
        return True
    return _("Nobody acts for it here yet: the coordination says who sees what of it.")


@permission("people.keep_programs")
def keep_programs(actor: Actor) -> Answer:
    if actor.has(Duty.COORDINATION, Duty.ADMISSION):
        return True
    return _("Only the coordination and those who admit members write programs down.")


@permission("people.set_hosts")
def set_hosts(actor: Actor) -> Answer:
    return (
        True
        if actor.has(Duty.COORDINATION)
        else _("Only the coordination says who stands behind the network.")
    )


@permission("people.hand_over_consortium")
def hand_over_consortium(actor: Actor, coordinating: Host | None) -> Answer:
    if actor.has(Duty.COORDINATION):
        return True
    if coordinating is not None and actor.voice == Voice.DELEGATE:
        own = Membership.objects.filter(
            pk=actor.membership_id or 0, organization=coordinating.organization_id, ended_on=None
        )
        if own.exists():
            return True
    return _("Only the organization that coordinates the consortium, or the coordination, hands it over.")


@permission("people.agree_on_hosting")
def agree_on_hosting(actor: Actor) -> Answer:
    if actor.has(Duty.COORDINATION):
        return True
    return _("Only the coordination agrees with other networks.")


@permission("people.show_myself")
def show_myself(actor: Actor, participant: Participant) -> Answer:
    if actor.participant_id == participant.pk:
        return True
    return _("Each person says what others see of them.")


@permission("people.merge_organizations")
def merge_organizations(actor: Actor) -> Answer:
    if actor.has(Duty.COORDINATION, Duty.ADMISSION, Duty.FOUNDER):
        return True
    return _("Only the coordination and those who admit members make one of two organizations.")


@permission("people.import_organizations")
def import_organizations(actor: Actor) -> Answer:
    if actor.has(Duty.COORDINATION, Duty.ADMISSION, Duty.FOUNDER):
        return True
    return _("Only the coordination and those who admit members import organizations.")


@permission("people.keep_quote")
def keep_quote(actor: Actor) -> Answer:
    return actor.participant_id is not None or _("Only people who take part in the network keep quotes.")


@permission("people.agree_to_quote")
def agree_to_quote(actor: Actor, quote: Quote) -> Answer:
    if quote.withdrawn_at is not None:
        return _("These words were withdrawn.")
    if actor.participant_id is None or actor.participant_id != quote.participant_id:
        return _("Only whoever said it decides whether it is shown.")
    return True


@permission("people.translate_quote")
def translate_quote(actor: Actor, quote: Quote) -> Answer:
    if quote.withdrawn_at is not None:
        return _("These words were withdrawn.")
    return actor.participant_id is not None or _("Only people who take part in the network translate quotes.")


@permission("people.withdraw_quote")
def withdraw_quote(actor: Actor, quote: Quote) -> Answer:
    if quote.withdrawn_at is not None:
        return _("These words were withdrawn.")
    mine = actor.participant_id in (quote.participant_id, quote.recorded_by_id)
    if (mine and actor.participant_id is not None) or actor.is_system or actor.has(Duty.COORDINATION):
        return True
    return _("Only whoever said it, whoever kept it, or the coordination withdraws it.")

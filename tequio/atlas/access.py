"""Who may put matches away, ask for introductions and answer them; who says with whom an organization works."""

from django.utils.translation import gettext as _

from tequio.atlas.models import Bridge, BridgeState, Introduction, State, Tie, TieState
from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
from tequio.people.models import Duty, Membership, Organization


def _acts_for_another(actor: Actor, other: Membership) -> Answer:
    if actor.membership_id is None:
        return _("You do not act for a member here.")
    if actor.membership_id == other.pk:
        return _("This is your own organization.")
    return other.ended_on is None or _("It is not a member any more.")


@permission("atlas.put_away")
def put_away(actor: Actor, other: Membership) -> Answer:
    return _acts_for_another(actor, other)


@permission("atlas.ask_introduction")
def ask_introduction(actor: Actor, other: Membership, between: Introduction | None) -> Answer:
    """``between`` is the introduction of the two that is open, or made, already."""
    if between is not None and between.state == State.ACCEPTED:
        return _("You know each other already.")
    if between is not None:
        return _("An introduction between you is waiting for an answer.")
    return _acts_for_another(actor, other)


@permission("atlas.answer_introduction")
def answer_introduction(actor: Actor, introduction: Introduction) -> Answer:
    if introduction.state != State.ASKED:
        return _("This has been answered, or taken back.")
    if actor.membership_id == introduction.asked_id:
        return True
    return _("The people of the organization that was asked answer this.")


@permission("atlas.take_back")
def take_back(actor: Actor, introduction: Introduction) -> Answer:
    if introduction.state != State.ASKED:
        return _("This has been answered, or taken back.")
    if actor.membership_id == introduction.asking_id:
        return True
    return _("Who asked takes it back.")


@permission("atlas.see_introductions")
def see_introductions(actor: Actor) -> Answer:
    return actor.has(Duty.COORDINATION) or _("The coordination counts introductions.")


@permission("atlas.put_prospect_away")
def put_prospect_away(actor: Actor) -> Answer:
    return actor.membership_id is not None or _("You do not act for a member here.")


@permission("atlas.ask_bridge")
def ask_bridge(actor: Actor, between: Bridge | None) -> Answer:
    """``between`` is what the member asked of the coordination already, if it was not taken back."""
    if between is None:
        return actor.membership_id is not None or _("You do not act for a member here.")
    if between.state == BridgeState.ACCEPTED:
        return _("You know each other already.")
    if between.state == BridgeState.NOT_NOW:
        return _("It does not fit now. Nothing was shown, and there are others.")
    return _("An introduction between you is waiting for an answer.")


@permission("atlas.send_bridge")
def send_bridge(actor: Actor, bridge: Bridge, can_be_written_to: bool) -> Answer:
    """``can_be_written_to`` says whether an address is known, and they are still there."""
    if not actor.has(Duty.COORDINATION):
        return _("The coordination introduces those who are no members.")
    if bridge.state != BridgeState.ASKED:
        return _("They were written to, or it was taken back.")
    return can_be_written_to or _("No address of them is known. Ask them another way to leave one.")


@permission("atlas.take_bridge_back")
def take_bridge_back(actor: Actor, bridge: Bridge) -> Answer:
    if bridge.state not in (BridgeState.ASKED, BridgeState.SENT):
        return _("This has been answered, or taken back.")
    if actor.membership_id == bridge.asking_id or actor.has(Duty.COORDINATION):
        return True
    return _("Who asked takes it back.")


@permission("atlas.open_showcase")
def open_showcase(actor: Actor) -> Answer:
    return actor.has(Duty.COORDINATION) or _("The coordination decides what strangers see of this.")


@permission("atlas.declare_tie")
def declare_tie(actor: Actor, own: Organization | None, other: Organization) -> Answer:
    if own is None:
        return _("You do not act for an organization here.")
    return own.pk != other.pk or _("This is your own organization.")


@permission("atlas.answer_tie")
def answer_tie(actor: Actor, tie: Tie) -> Answer:
    if tie.state != TieState.ASKED:
        return _("This has been answered, or taken back.")
    if _is_of(actor, tie.other_id):
        return True
    return _("The people of the organization that was asked answer this.")


@permission("atlas.end_tie")
def end_tie(actor: Actor, tie: Tie) -> Answer:
    if tie.state not in (TieState.ASKED, TieState.AGREED):
        return _("This has ended already.")
    sides = (tie.one_id,) if tie.state == TieState.ASKED else (tie.one_id, tie.other_id)
    return any(_is_of(actor, side) for side in sides) or _("Only the two organizations undo this.")


def _is_of(actor: Actor, organization: int) -> bool:
    mine = Membership.objects.filter(pk=actor.membership_id or 0, organization=organization, ended_on=None)
    return mine.exists()

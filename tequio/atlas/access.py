"""Who may put matches away, ask for introductions, and answer them."""

from django.utils.translation import gettext as _

from tequio.atlas.models import Introduction, State
from tequio.core.access import Answer, permission
from tequio.core.actor import Actor
from tequio.people.models import Duty, Membership


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

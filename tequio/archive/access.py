"""Who may carry a network away, close it, and hand it over."""

from django.utils.translation import gettext as _

from tequio.archive.models import Offer
from tequio.core.access import Answer, permission
from tequio.core.actor import Actor


@permission("archive.copy")
def copy(actor: Actor) -> Answer:
    if not actor.has("COORDINATION"):
        return _("Only the coordination makes copies of the whole network: they hold everybody's addresses.")
    return True


@permission("archive.propose_closing")
def propose_closing(actor: Actor) -> Answer:
    if not actor.has("COORDINATION"):
        return _("The coordination asks the members whether the network is closed.")
    return True


@permission("archive.offer")
def offer(actor: Actor) -> Answer:
    if not actor.has("COORDINATION"):
        return _("Only who coordinates can hand the coordination over.")
    return True


@permission("archive.answer_offer")
def answer_offer(actor: Actor, offer: Offer) -> Answer:
    if actor.participant_id != offer.receiver_id:
        return _("This was offered to somebody else.")
    return True


@permission("archive.withdraw_offer")
def withdraw_offer(actor: Actor, offer: Offer) -> Answer:
    if actor.participant_id != offer.giver_id and not actor.has("COORDINATION"):
        return _("Only who coordinates can take the offer back.")
    return True

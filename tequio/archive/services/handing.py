"""The coordination in other hands: offered, accepted or not, and written down. It is never empty in between."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.archive import access, events
from tequio.archive.models import Offer, OfferState
from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people.models import Duty, Participant
from tequio.people.selectors import coordinators
from tequio.people.services.memberships import drop_duty, take_on
from tequio.register.events import ref_of

PASSED = (Duty.COORDINATION, Duty.SIGNER)


@transaction.atomic
def offer_coordination(
    *, by: Actor, network: Network, receiver: Participant, stays: bool, words: str = ""
) -> Offer:
    """Offer the coordination to somebody; until they accept, everything stays as it is. Source: GOV-17."""
    access.offer.require(by)
    receiver = Participant.objects.select_for_update().get(pk=receiver.pk)  # two at once ask them once
    if receiver.until_on is not None or Duty.COORDINATION in receiver.duties:
        raise Refused(_("This person coordinates already, or takes part no more."))
    if Offer.objects.filter(receiver=receiver, state=OfferState.OPEN).exists():
        raise Refused(_("This person was asked already."))
    giver = Participant.objects.get(pk=by.participant_id or 0)
    offer = Offer.objects.create(
        giver=giver, receiver=receiver, stays=stays, words=words, offered_at=clock.now()
    )
    events.offered.record(offer, by=by, name=receiver.name, participant=receiver.uuid, stays=stays)
    notify.ask(
        person_id=receiver.person_id,
        kind="archive",
        title=gettext_lazy("You are asked to coordinate the network"),
        why=notify.phrase(gettext_lazy("%(name)s offers you the coordination."), name=giver.name),
        minutes=5,
        path=reverse("archive:offer", args=[network.slug, offer.uuid]),
        subject=ref_of(offer),
        handable=False,
    )
    return offer


@transaction.atomic
def accept_coordination(*, by: Actor, offer: Offer) -> Offer:
    """Take the coordination over from here on; who gave it steps back, unless they said that they stay."""
    offer = _hold(offer)
    access.answer_offer.require(by, offer)
    list(
        coordinators().select_for_update().order_by("pk")
    )  # two who change it at once wait for each other here
    giver = Participant.objects.get(pk=offer.giver_id)
    if Duty.COORDINATION not in giver.duties or giver.until_on is not None:
        raise Refused(_("Who offered it does not coordinate any more. Ask the coordination."))
    receiver = Participant.objects.get(pk=offer.receiver_id)
    passed = [duty for duty in PASSED if duty in giver.duties]
    for duty in passed:
        if duty not in receiver.duties:
            take_on(participant=receiver, duty=duty, by=by)
    if not offer.stays:
        for duty in passed:
            drop_duty(participant=giver, duty=duty, by=by)
    events.accepted.record(offer, by=by, giver=giver.name, participant=giver.uuid)
    return _settle(offer, OfferState.ACCEPTED)


@transaction.atomic
def decline_coordination(*, by: Actor, offer: Offer) -> Offer:
    """Say no; everything stays as it is."""
    offer = _hold(offer)
    access.answer_offer.require(by, offer)
    events.declined.record(offer, by=by, giver=offer.giver.name, participant=offer.giver.uuid)
    return _settle(offer, OfferState.DECLINED)


@transaction.atomic
def withdraw_offer(*, by: Actor, offer: Offer) -> Offer:
    """Take an offer back that has no answer yet."""
    offer = _hold(offer)
    access.withdraw_offer.require(by, offer)
    events.withdrawn.record(offer, by=by, name=offer.receiver.name, participant=offer.receiver.uuid)
    return _settle(offer, OfferState.WITHDRAWN)


def _hold(offer: Offer) -> Offer:
    """Return the offer, held until the transaction ends; raise Refused for one that was answered."""
    offer = Offer.objects.select_for_update(of=("self",)).select_related("giver", "receiver").get(pk=offer.pk)
    if offer.state != OfferState.OPEN:
        raise Refused(_("This was answered already."))
    return offer


def _settle(offer: Offer, state: OfferState) -> Offer:
    offer.state, offer.answered_at = state.value, clock.now()
    offer.save(update_fields=["state", "answered_at"])
    notify.close_asks(subject=ref_of(offer), because=notify.Closed.DONE)
    return offer

"""Letting the founders of other networks read what a network agreed on; taking it back."""

from django.db import transaction

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.founding import access, events, rules
from tequio.founding.models import Charter, CharterState, SharedAnswers
from tequio.networks.models import Network


@transaction.atomic
def share_answers(*, by: Actor, network: Network, shared: bool) -> None:
    """Show the agreed answers to the founders of other networks here, or no longer. Off until somebody says yes."""
    access.share.require(by, network)
    if shared:
        _write(network)
        events.answers_shared.record(network, by=by)
    else:
        SharedAnswers.objects.filter(network=network).delete()
        events.answers_unshared.record(network, by=by)


@transaction.atomic
def refresh_shared(*, network: Network) -> None:
    """Keep what is shown true: as the charter stands, and nothing of a network that strangers may not find."""
    if not SharedAnswers.objects.filter(network=network).exists():
        return
    if network.listed:
        _write(network)
    else:
        SharedAnswers.objects.filter(network=network).delete()


def _write(network: Network) -> None:
    charter = Charter.objects.filter(state=CharterState.IN_FORCE).first()
    answers = rules.kept(rules.shareable(rules.settled_from(charter.answers))) if charter else {}
    SharedAnswers.objects.update_or_create(
        network=network, defaults={"name": network.name, "answers": answers, "at": clock.now()}
    )

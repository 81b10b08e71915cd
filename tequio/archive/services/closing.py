"""Closing a network, and opening it again. A closed one is read, carried away, and not changed."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app as jobs

from tequio.archive import access, selectors
from tequio.archive.rules import CLOSING
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.decisions import services as decisions
from tequio.decisions.models import Proposal, Round
from tequio.decisions.rules import Matter
from tequio.founding import selectors as founding
from tequio.networks import services as networks
from tequio.networks.models import Network, Stage
from tequio.notify import services as notify
from tequio.people.models import Participant


@transaction.atomic
def propose_closing(*, by: Actor, why: str) -> Proposal:
    """Ask all members whether the network is closed: a strategic matter, decided as its charter changes.

    Raises Refused while they are being asked already. Source: GOV-25, GOV-28.
    """
    access.propose_closing.require(by)
    Network.objects.select_for_update(no_key=True).get(pk=by.network_id)  # two at once ask one question
    if selectors.closing_asked() is not None:
        raise Refused(_("The members are being asked already."))
    proposal = decisions.propose(
        by=by,
        title=notify.phrase(gettext_lazy("Close the network")),
        summary=notify.phrase(
            gettext_lazy("Nothing changes in it any more. All of it can be read and carried away.")
        ),
        body={by.language: why},
        matter=Matter.STRATEGIC,
        kind=selectors.way_of_closing().value,
        subject=CLOSING,
    )
    decisions.open_round(by=by, proposal=proposal)
    return proposal


@transaction.atomic
def close(*, by: Actor, network: Network, why: str) -> Network:
    """Close a network that is being founded, or one whose members decided so; nothing waits for anybody any more."""
    networks.close(by=by, network=network, why=why)
    for person_id in Participant.objects.filter(until_on=None).values_list("person_id", flat=True):
        notify.close_asks_of(person_id=person_id)
    return network


@transaction.atomic
def follow_decision(*, network: Network, number: int) -> None:
    """Close the network as its members decided; told twice, it acts once."""
    if network.stage != Stage.CLOSED:
        why = _("the members decided so (decision %(number)s).") % {"number": number}
        close(by=system(network.pk), network=network, why=why)


@transaction.atomic
def reopen(*, by: Actor, network: Network, why: str) -> Network:
    """Open a closed network where it stood; rounds whose time ran out meanwhile end as they can."""
    stage = Stage.IN_FORCE if founding.charter_in_force() else Stage.FOUNDING
    networks.reopen(by=by, network=network, stage=stage, why=why)
    for round_id in Round.objects.filter(closed_at=None).values_list("pk", flat=True):
        jobs.configure_task("tequio.decisions.tasks.close").defer(network_id=network.pk, round_id=round_id)
    return network

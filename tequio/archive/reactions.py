"""What the archive does when the members have decided."""

from tequio.archive import services
from tequio.archive.rules import CLOSING
from tequio.decisions import events as decisions
from tequio.networks.models import Network
from tequio.register.models import Entry


@decisions.adopted.then
def close_network(entry: Entry) -> None:
    """Close the network when its members decided so."""
    if entry.facts.get("subject") == CLOSING:
        network = Network.objects.get(pk=entry.network_id)
        services.follow_decision(network=network, number=int(entry.facts.get("number") or 0))

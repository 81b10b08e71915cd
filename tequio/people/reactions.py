"""What this app does when something happened in it or below."""

from tequio.networks.models import Network
from tequio.people import events, services
from tequio.register.models import Entry


@events.participation_ended.then
def ask_for_contacts(entry: Entry) -> None:
    """Ask for another contact person, when one of the last two left."""
    services.ask_for_contacts(network=Network.objects.get(pk=entry.network_id))

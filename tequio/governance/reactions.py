"""What this app does when people come, pause or go: it looks at the links again. That they are red is a question."""

from tequio.governance import events, services
from tequio.networks.models import Network
from tequio.people import events as people
from tequio.register.models import Entry


@people.participation_ended.then
@people.membership_ended.then
@people.paused.then
@people.resumed.then
@people.account_closed.then
@people.account_opened.then
@events.circle_opened.then
@events.circle_closed.then
@events.seated.then
@events.member_seated.then
@events.seat_ended.then
@events.link_waived.then
@events.waiver_ended.then
def mind_links(entry: Entry) -> None:
    """Tell both circles of a link that broke, and let rest what holds again. Source: GOV-14."""
    services.mind_links(network=Network.objects.get(pk=entry.network_id))

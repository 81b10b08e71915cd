"""What founding does when a decision about a charter ends."""

from uuid import UUID

from tequio.decisions import events as decisions
from tequio.founding import events, selectors, services
from tequio.founding.models import Charter, CharterChange
from tequio.networks import events as networks
from tequio.networks.models import Network, Stage
from tequio.people import events as people
from tequio.people.models import Duty, Participant
from tequio.register.models import Entry

CHARTER = "charter"


@decisions.adopted.then
def put_charter_in_force(entry: Entry) -> None:
    """The founders consented: the charter rules from here on."""
    charter, change = _charter_of(entry), _change_of(entry)
    if charter is not None:
        services.put_in_force(network=_network_of(entry), charter=charter)
    if change is not None:
        services.apply_change(network=_network_of(entry), change=change)


@decisions.not_adopted.then
def send_charter_back(entry: Entry) -> None:
    """Voices were missing, or the charter was dropped: the founders go on with the path."""
    charter, change = _charter_of(entry), _change_of(entry)
    if charter is not None:
        services.send_back(network=_network_of(entry), charter=charter)
    if change is not None:
        services.close_change(network=_network_of(entry), change=change, objected=False)


@decisions.objected.then
def mend_charter(entry: Entry) -> None:
    """Somebody saw a harm: the founders mend the answers that cause it, and draft again."""
    charter, change = _charter_of(entry), _change_of(entry)
    if charter is not None:
        services.send_back(network=_network_of(entry), charter=charter)
    if change is not None and entry.facts.get("kind") == CHARTER:
        services.close_change(network=_network_of(entry), change=change, objected=True)


@people.seated.then
def ask_new_founder(entry: Entry) -> None:
    """Put the path before somebody who has just begun to found."""
    network = _network_of(entry)
    founder = Participant.objects.filter(uuid=_uuid(entry, "participant"), until_on=None).first()
    if founder is None or Duty.FOUNDER not in founder.duties or network.stage != Stage.FOUNDING:
        return
    services.ask_founder(network=network, participant=founder)


@events.charter_in_force.then
def show_what_holds_now(entry: Entry) -> None:
    """Keep what other networks may read as the charter stands."""
    services.refresh_shared(network=_network_of(entry))


@events.charter_in_force.then
def forget_who_was_where(entry: Entry) -> None:
    """The path is walked: nobody needs to see any more who is on which page."""
    services.forget_presence()


@networks.network_unlisted.then
def hide_with_the_network(entry: Entry) -> None:
    """A network that strangers may not find shows nothing to other networks either."""
    services.refresh_shared(network=_network_of(entry))


def _charter_of(entry: Entry) -> Charter | None:
    if entry.facts.get("kind") != CHARTER:
        return None
    return Charter.objects.filter(uuid=_uuid(entry, "subject")).first()


def _change_of(entry: Entry) -> CharterChange | None:
    return selectors.change_of(str(entry.facts.get("subject", "")))


def _uuid(entry: Entry, fact: str) -> UUID:
    """Return a fact that names a row; of nothing when it names none."""
    try:
        return UUID(str(entry.facts.get(fact)))
    except ValueError:
        return UUID(int=0)


def _network_of(entry: Entry) -> Network:
    return Network.objects.get(pk=entry.network_id)

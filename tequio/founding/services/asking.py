"""What waits for founders: the path, until the charter is asked for or in force."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people.models import Participant

FOUND = _("Found the network: %(name)s")
BEGIN = _("Six steps, in as many sittings as you like. Each of you answers on your own.")
RETURNED = _("The charter came back with objections. Mend what causes the harm, and ask again.")


def asked_about(*, network: Network) -> str:
    """Return the name under which the founders' asks are kept."""
    return f"founding:{network.pk}"


@transaction.atomic
def ask_founder(*, network: Network, participant: Participant, returned: bool = False) -> None:
    """Put the path before a founder, among what waits for them."""
    notify.ask(
        person_id=participant.person_id,
        kind="founding",
        title=notify.phrase(FOUND, name=network.name),
        why=RETURNED if returned else BEGIN,
        minutes=10,
        path=reverse("founding:path", args=[network.slug]),
        subject=asked_about(network=network),
        handable=False,
    )

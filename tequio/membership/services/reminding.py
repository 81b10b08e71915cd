"""What the clock brings up again, so that no request is lost. Source: P23."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from tequio.core import clock
from tequio.core.actor import system
from tequio.membership import events, selectors
from tequio.membership.models import OPEN, Application, State
from tequio.membership.rules import REMINDING
from tequio.membership.services.applications import ask_those_in_charge, shown
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people.models import Participant


@transaction.atomic
def remind_of_requests(*, network: Network) -> int:
    """Bring up again the requests that wait too long for somebody's answer; return how many."""
    rows = Application.objects.select_for_update(of=("self",)).order_by("pk")
    waiting = [one for one in rows.filter(state__in=OPEN) if _is_due(one)]
    for application in waiting:
        _remind(application, network)
    return len(waiting)


def _is_due(application: Application) -> bool:
    """Say whether it is time, and somebody in charge could act: members who are deciding get reminders of their own."""
    if application.state != State.RECEIVED and not selectors.stopped(application):
        return False
    waited = (clock.now() - application.received_at).days
    return REMINDING.due(waited=waited, reminded=application.reminders)


def _remind(application: Application, network: Network) -> None:
    """Ask once more, also whoever put it away, and write; from the second time on to the whole coordination too."""
    application.reminders += 1
    application.reminded_at = clock.now()
    application.save(update_fields=["reminders", "reminded_at"])
    ask_those_in_charge(application=application, network=network)
    readers = {each.pk: each for each in selectors.in_charge()}
    if application.reminders >= REMINDING.coordination_from:
        readers |= {each.pk: each for each in selectors.coordination()}
    for reader in readers.values():
        _write(reader, application, network)
    events.reminded.record(
        application, by=system(network.pk), name=shown(application=application), times=application.reminders
    )


def _write(reader: Participant, application: Application, network: Network) -> None:
    path = reverse("membership:application", args=[network.slug, application.uuid])
    notify.mail(
        person_id=reader.person_id,
        address=reader.person.email,
        language=reader.person.language,
        kind="reminder",
        template="membership/mail/waiting",
        context={"application": application, "network": network, "link": settings.ORIGIN.rstrip("/") + path},
        key=f"membership.reminder:{application.uuid}:{application.reminders}:{reader.person_id}",
    )

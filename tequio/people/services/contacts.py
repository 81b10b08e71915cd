"""Who listens to those who suffered violence, and who admits: the duties that a charter gives by name."""

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people import access, events, selectors
from tequio.people.models import Contact, Duty, Participant
from tequio.people.rules.contacts import Listener
from tequio.people.services import memberships

MISSING = gettext_lazy("Fewer than two people listen here to those who suffered violence. Name somebody.")
NOBODY = gettext_lazy(
    "The charter names a team that admits, and somebody of it does not take part under that name."
)


class UnknownName(Refused):
    """Nobody, or more than one, takes part under this name."""


@transaction.atomic
def set_contacts(*, by: Actor, network: Network, listeners: Sequence[Listener]) -> list[Contact]:
    """Say who listens from now on: they hold the duty, and the help page shows them. Source: GOV-29, GOV-31.

    Raises UnknownName for somebody of the network who takes no part here, and Refused for fewer than the charter asks.
    """
    access.set_contacts.require(by)
    if len(listeners) < selectors.least_contacts():
        raise Refused(_("The charter asks for two people at least."))
    here = selectors.whom([each.name for each in listeners if not each.outside])
    for each in listeners:
        if not each.outside and each.name not in here:
            raise UnknownName(_("Nobody takes part here under the name %(name)s.") % {"name": each.name})
    return _write(by, network, listeners, here)


@transaction.atomic
def follow_charter(
    *, by: Actor, network: Network, listeners: Sequence[Listener], team: Sequence[str] | None = None
) -> None:
    """Give the duties that a charter gives by name: who listens, and the team that admits (None: it names none).

    A listener whom nobody knows here by that name is shown all the same: somebody may need them. Source: GOV-29.
    """
    here = selectors.whom([each.name for each in listeners if not each.outside])
    _write(by, network, listeners, here)
    if team is not None:
        _name_team(by, network, team)


def _write(
    by: Actor, network: Network, listeners: Sequence[Listener], here: Mapping[str, Participant]
) -> list[Contact]:
    Contact.objects.all().delete()
    rows = [
        Contact(
            participant=None if each.outside else here.get(each.name), name=each.name, reach=each.reach,
            outside=each.outside, position=place,
        )
        for place, each in enumerate(listeners, start=1)
    ]  # fmt: skip
    Contact.objects.bulk_create(rows)
    _hold(Duty.CONTACT, {row.participant_id for row in rows if row.participant_id}, by=by)
    events.contacts_set.record(network, by=by, number=len(rows))
    notify.close_asks(subject=_about(network), kind="contact")
    return rows


def _name_team(by: Actor, network: Network, team: Sequence[str]) -> None:
    here = selectors.whom(team)
    _hold(Duty.ADMISSION, {each.pk for each in here.values()}, by=by)
    if len(here) < len(set(team)) or not here:
        _ask_coordination(
            network, kind="team", why=NOBODY, path=reverse("people:people", args=[network.slug])
        )


def _hold(duty: str, wanted: Collection[int], *, by: Actor) -> None:
    """Let exactly these people hold a duty."""
    present = Participant.objects.filter(until_on=None)
    for participant in present.filter(duties__contains=[duty]).exclude(pk__in=wanted):
        memberships.drop_duty(participant=participant, duty=duty, by=by)
    for participant in present.filter(pk__in=wanted).exclude(duties__contains=[duty]):
        memberships.take_on(participant=participant, duty=duty, by=by)


@transaction.atomic
def ask_for_contacts(*, network: Network) -> None:
    """Ask the coordination to name somebody, when fewer listen than the charter asks."""
    if selectors.contacts().count() < selectors.least_contacts():
        path = reverse("people:contacts", args=[network.slug])
        _ask_coordination(network, kind="contact", why=MISSING, path=path)


def _ask_coordination(network: Network, *, kind: str, why: object, path: str) -> None:
    notify.ask_each(
        person_ids=list(selectors.coordinators().values_list("person_id", flat=True)),
        kind=kind,
        title=gettext_lazy("Who listens, who admits"),
        why=why,  # type: ignore[arg-type]
        minutes=3,
        path=path,
        subject=_about(network),
    )


def _about(network: Network) -> str:
    return f"people.duties:{network.pk}"

"""The operator closes an account and opens it again; each network concerned keeps that it happened, not whose it was."""

from django.db import transaction

from tequio.core.actor import system
from tequio.core.scoping import network_scope
from tequio.people import events
from tequio.people.models import OneTimeLink, Participant, Person
from tequio.people.selectors import networks_of
from tequio.people.services.accounts import disable
from tequio.register.events import Event


class NothingToDo(ValueError):
    """The account is already as it is asked to be."""


@transaction.atomic
def close_account(*, person: Person, because: str) -> int:
    """Close an account at once: no device stays signed in, no code and no link opens it; return in how many networks.

    The networks keep their seats as they are: the coordination of each decides who speaks instead.
    """
    if not person.is_active:
        raise NothingToDo("This account is closed already.")
    disable(person=person)
    OneTimeLink.objects.filter(person=person).delete()
    return _tell(person, events.account_closed, because)


@transaction.atomic
def open_account(*, person: Person, because: str) -> int:
    """Undo the closing of an account; the person signs in anew. Return in how many networks it is written down."""
    if person.is_active:
        raise NothingToDo("This account is open.")
    person.is_active = True
    person.save(update_fields=["is_active"])
    return _tell(person, events.account_opened, because)


def _tell(person: Person, event: Event, because: str) -> int:
    """Enter it where the person takes part; the platform acts, and no name is said."""
    told = networks_of(person.pk)
    for network in told:
        with network_scope(network.pk):
            participant = Participant.objects.get(person=person, until_on=None)
            event.record(participant, by=system(network.pk), because=because)
    return len(told)

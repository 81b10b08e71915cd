"""Who listens to somebody who suffered violence, and whom the names in a charter mean."""

from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet

from tequio.networks.models import ContactPerson
from tequio.people.models import Contact, Participant
from tequio.people.rules.contacts import LEAST, matched


def contacts() -> QuerySet[Contact]:
    """Who listens today, in order; somebody who left no longer does. For everybody."""
    return Contact.objects.filter(Q(participant=None) | Q(participant__until_on=None))


def least_contacts() -> int:
    """How many there must be: two while the charter names contact persons."""
    return LEAST if ContactPerson.objects.exists() else 0


def whom(names: Iterable[str]) -> Mapping[str, Participant]:
    """Return who takes part here under each of these names; a name that two people share means nobody."""
    present = list(Participant.objects.filter(until_on=None))
    by_key = {each.pk: each for each in present}
    return {
        name: by_key[key] for name, key in matched(names, [(one.pk, one.name) for one in present]).items()
    }

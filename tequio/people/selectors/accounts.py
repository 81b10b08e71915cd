"""What a person may read of their own account, across networks."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from tequio.core.scoping import everywhere
from tequio.networks.models import Network
from tequio.people.models import Participant

READING_OWN = "A person reads in which networks they take part; the database shows their own rows only."


@contextmanager
def _as_person(person_id: int) -> Iterator[None]:
    """Tell row-level security whose own rows to show, and take it back."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('tequio.person', true)")
        before = cursor.fetchone()[0] or ""
        cursor.execute("SELECT set_config('tequio.person', %s, true)", [str(person_id)])
        yield
        cursor.execute("SELECT set_config('tequio.person', %s, true)", [before])


def participations_of(person_id: int) -> list[Participant]:
    """A person's open participations, in whichever networks, with the network."""
    with _as_person(person_id), everywhere(because=READING_OWN):
        rows = Participant.objects.filter(person_id=person_id, until_on=None)
        return list(rows.select_related("network").order_by("network__slug"))


def networks_of(person_id: int) -> list[Network]:
    """The networks in which a person takes part."""
    return [participant.network for participant in participations_of(person_id)]

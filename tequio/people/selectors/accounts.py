"""What a person may read of their own account, across networks."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from django.db import connection, transaction
from django.db.models import QuerySet

from tequio.core import clock
from tequio.core.scoping import everywhere
from tequio.networks.models import Network
from tequio.people.models import Invitation, Membership, Organization, Participant, Recovery, Session

READING_OWN = "A person reads in which networks they take part; the database shows their own rows only."


@contextmanager
def _as_person(person_id: int) -> Iterator[None]:
    """Tell row-level security whose own rows to show, and take it back."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT before, set_config('tequio.person', %s, true) "
            "FROM (SELECT current_setting('tequio.person', true) AS before OFFSET 0) AS setting",
            [str(person_id)],
        )
        before = cursor.fetchone()[0] or ""
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


def open_membership(organization: Organization | None) -> Membership | None:
    """The membership that an organization has now, or None."""
    if organization is None:
        return None
    return Membership.objects.filter(organization=organization, ended_on=None).first()


def open_invitation(token: str, *, lock: bool = False) -> Invitation | None:
    """The invitation of the current network that this letter's link opens, or None; expiry is checked here, always."""
    rows = Invitation.objects.select_related("organization", "invited_by")
    if lock:
        rows = rows.select_for_update(of=("self",))
    digest = sha256(token.encode()).hexdigest()
    return rows.filter(
        token_hash=digest, accepted_at=None, revoked_at=None, expires_at__gt=clock.now()
    ).first()


def networks_ever(person_id: int) -> list[Network]:
    """The networks in which a person takes part, or once did."""
    with _as_person(person_id), everywhere(because=READING_OWN):
        rows = Participant.objects.filter(person_id=person_id).values("network_id")
        return list(Network.objects.filter(pk__in=rows).order_by("slug"))


def devices_of(person_id: int) -> QuerySet[Session]:
    """Where a person is signed in, the latest first."""
    rows = Session.objects.filter(person_id=person_id, expire_date__gt=clock.now())
    return rows.only("session_key", "label", "created_on", "seen_on").order_by(
        "-seen_on", "-created_on", "session_key"
    )


def find_recovery_to_refuse(token: str) -> Recovery | None:
    """The open request that the old address may refuse with this letter's link, or None."""
    digest = sha256(token.encode()).hexdigest()
    rows = Recovery.objects.filter(refusal_hash=digest, done_at=None, refused_at=None)
    return rows.select_related("participant").first()

"""What matching reads anew when a member said what it needs, or has just joined."""

from tequio.atlas.services.matching import read_members
from tequio.membership import events as membership
from tequio.membership.models import Application, Exchange
from tequio.register.models import Entry


@membership.exchange_said.then
def read_exchange(entry: Entry) -> None:
    """Read what a member has just said."""
    found = Exchange.objects.filter(pk=_key(entry)).first()
    if found is not None:
        read_members(memberships=[found.membership_id])


@membership.admitted.then
def read_new_member(entry: Entry) -> None:
    """Read what a new member said before it was one."""
    found = Application.objects.filter(pk=_key(entry)).first()
    if found is not None and found.membership_id is not None:
        read_members(memberships=[found.membership_id])


def _key(entry: Entry) -> int:
    return int(entry.ref.rpartition(":")[2])

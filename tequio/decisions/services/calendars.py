"""The personal calendar of deadlines: an address that only its owner knows, and can take back.

Neither making nor closing one is entered in the register: it binds nobody and changes nothing of the network, and an entry
would tell every member who keeps a calendar and since when. The row itself says when it was made and taken back.
"""

from __future__ import annotations

from uuid import UUID

from django.core import signing
from django.db import transaction

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.decisions import access
from tequio.decisions.models import CalendarKey
from tequio.people.models import Participant

_signer = signing.Signer(salt="tequio.decisions.calendar", sep="~")


@transaction.atomic
def make_calendar(*, by: Actor) -> CalendarKey:
    """Make the actor's calendar, or answer the one they have; a private setting, so no event."""
    access.propose.require(by)
    participant = Participant.objects.get(pk=by.participant_id or 0)
    found, _new = CalendarKey.objects.get_or_create(
        participant=participant, revoked_at=None, defaults={"made_at": clock.now()}
    )
    return found


@transaction.atomic
def revoke_calendar(*, by: Actor) -> None:
    """Close the address: whoever has it finds nothing any more; a private setting, so no event."""
    CalendarKey.objects.filter(participant_id=by.participant_id or 0, revoked_at=None).update(
        revoked_at=clock.now()
    )


def calendar_token(*, key: CalendarKey) -> str:
    """Return the secret part of the address; it is derived, never stored."""
    return _signer.sign(key.nonce.hex)


def nonce_of(*, token: str) -> str | None:
    """Return which calendar a secret names, or None if nobody here ever gave it out."""
    try:
        return str(UUID(hex=_signer.unsign(token)))
    except (signing.BadSignature, ValueError):
        return None

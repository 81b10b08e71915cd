"""Inviting somebody by mail: one address, one network, one part in it, once, for two weeks at most."""

import secrets
from collections.abc import Collection
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people import access, events
from tequio.people.models import (
    Duty,
    Invitation,
    Membership,
    Organization,
    Participant,
    Person,
    Status,
    Voice,
)
from tequio.people.rules.accounts import hashed, normal
from tequio.people.selectors import find_actor, open_invitation, open_membership
from tequio.people.services import memberships

DAYS = 14


@transaction.atomic
def invite(
    *,
    by: Actor,
    email: str,
    name: str = "",
    organization: Organization | None = None,
    voice: str = Voice.NONE,
    duties: Collection[str] = (),
    role: str = "",
    language: str = "es",
    days: int = DAYS,
) -> Invitation:
    """Invite somebody to act here, for an organization or for themselves; the letter leaves with this transaction.

    A second invitation to the same address takes the first one's place.
    """
    access.seat.require(by, open_membership(organization), frozenset(duties))
    _replace(normal(email))
    token, now = secrets.token_urlsafe(32), clock.now()
    invitation = Invitation.objects.create(
        token_hash=hashed(token),
        email=normal(email),
        name=name,
        organization=organization,
        voice=voice,
        duties=sorted(duties),
        role=role,
        language=language,
        invited_by_id=by.participant_id,
        sent_at=now,
        expires_at=now + timedelta(days=min(days, DAYS)),
    )
    _post(invitation, token=token, by=by)
    events.invited.record(invitation, by=by, organization=organization.name if organization else None)
    return invitation


def _replace(address: str) -> None:
    waiting = Invitation.objects.filter(email=address, accepted_at=None, revoked_at=None)
    waiting.update(revoked_at=clock.now())


def _post(invitation: Invitation, *, token: str, by: Actor) -> None:
    network = Network.objects.get(pk=invitation.network_id)
    organization = invitation.organization
    notify.mail(
        person_id=None,
        address=invitation.email,
        language=invitation.language,
        kind="invitation",
        template="people/mail/invitation",
        context={
            "name": invitation.name,
            "inviter": by.name,
            "organization": organization.name if organization else "",
            "path": reverse("account:invitation", args=[network.slug, token]),
            "expires_at": invitation.expires_at,
        },
        key=f"people.invitation:{uuid4()}",
    )


@transaction.atomic
def accept(*, token: str, person: Person, name: str) -> Participant | None:
    """Take the part that the letter offers, as the person it was sent to; use the letter up.

    None when the letter is unknown here, used, taken back, too old or somebody else's: all of them look the same.
    """
    invitation = open_invitation(token, lock=True)
    if invitation is None or invitation.email != person.email or not person.is_active:
        return None
    by = system(invitation.network_id)
    participant = memberships.seat(
        by=by,
        person=person,
        name=name or invitation.name or person.name,
        membership=_membership(invitation, person, by=by),
        voice=invitation.voice,
        duties=invitation.duties,
        role=invitation.role,
    )
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    events.invitation_accepted.record(invitation, by=find_actor(person) or by)
    return participant


def _membership(invitation: Invitation, person: Person, *, by: Actor) -> Membership | None:
    """Return the member whom the invited person acts for; a founder's organization becomes one on the way in."""
    organization = _whole(invitation.organization)
    if known := open_membership(organization):
        return known
    founding = Duty.FOUNDER in invitation.duties
    status = Status.FOUNDING if founding else Status.ACTIVE
    if organization is not None:
        if not founding:
            return None
        return memberships.join(by=by, organization=organization, name=organization.name, status=status)
    if invitation.voice == Voice.NONE:
        return None
    if alone := Membership.objects.filter(person=person, ended_on=None).first():
        return alone
    return memberships.join(by=by, person=person, name=invitation.name or person.name, status=status)


def _whole(organization: Organization | None) -> Organization | None:
    """Return the organization that stands for this one since they were made one."""
    while organization is not None and organization.merged_into is not None:
        organization = organization.merged_into
    return organization


@transaction.atomic
def revoke(*, by: Actor, invitation: Invitation) -> Invitation:
    """Take an invitation back: its link opens nothing any more."""
    access.revoke_invitation.require(by, invitation.invited_by_id, invitation.organization_id)
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.accepted_at is not None:
        raise Refused(_("This invitation has been accepted already."))
    if locked.revoked_at is None:
        locked.revoked_at = clock.now()
        locked.save(update_fields=["revoked_at"])
        events.invitation_revoked.record(locked, by=by)
    return locked

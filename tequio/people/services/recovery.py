"""The way back for somebody who no longer reads the mail of their address: two people who know them confirm it.

The new address is proved by a code first. The old one is told at once and can say no until the waiting time is over.
"""

import secrets
from datetime import timedelta
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app as jobs

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor, system
from tequio.networks.models import Network
from tequio.notify import services as notify
from tequio.people import access, events
from tequio.people.models import Participant, Person, Recovery, Vouch
from tequio.people.rules.accounts import hashed, normal
from tequio.people.selectors import open_recoveries, who_may_vouch
from tequio.people.services import codes
from tequio.people.services.accounts import sign_out_others
from tequio.register.events import ref_of

WAIT = timedelta(hours=48)
VOICES = 2


@transaction.atomic
def send_recovery_code(*, email: str, language: str) -> codes.Pending:
    """Write a code to the new address, whoever asks and for whom."""
    address, code = normal(email), codes.new_code()
    notify.mail(
        person_id=None,
        address=address,
        language=language,
        kind="account",
        template="people/mail/recovery_code",
        context={"code": code, "minutes": codes.MINUTES},
        key=f"people.recovery_code:{uuid4()}",
    )
    return codes.pend(purpose="recover", address=address, code=code)


@transaction.atomic
def ask_recovery(*, network: Network, old: str, new: str) -> Recovery | None:
    """Ask the people around somebody to confirm their new address; None when there is nobody to ask, or nothing to do.

    The caller answers the same in both cases.
    """
    participant = Participant.objects.filter(person__email=normal(old), until_on=None).first()
    if participant is None or Person.objects.filter(email=normal(new)).exists():
        return None
    if open_recoveries().filter(participant=participant).exists():
        return None
    refusal = secrets.token_urlsafe(32)
    recovery = Recovery.objects.create(
        participant=participant, email=normal(new), refusal_hash=hashed(refusal), asked_at=clock.now()
    )
    _warn(recovery, network=network, refusal=refusal)
    _ask_people(recovery, network=network)
    events.recovery_asked.record(recovery, by=system(network.pk), **_told(recovery))
    return recovery


def _warn(recovery: Recovery, *, network: Network, refusal: str) -> None:
    person = recovery.participant.person
    notify.mail(
        person_id=person.pk,
        address=person.email,
        language=person.language,
        kind="account",
        template="people/mail/recovery_warning",
        context={"path": reverse("account:recovery-refuse", args=[network.slug, refusal]), "hours": 48},
        key=f"people.recovery_warning:{recovery.uuid}",
    )


def _ask_people(recovery: Recovery, *, network: Network) -> None:
    name = recovery.participant.name
    notify.ask_each(
        person_ids=who_may_vouch(recovery.participant),
        kind="recovery",
        title=notify.phrase(gettext_lazy("Is it really %(name)s?"), name=name),
        why=gettext_lazy("They lost access to their mail. Two people who know them confirm the new address."),
        minutes=5,
        path=reverse("people:recovery", args=[network.slug, recovery.uuid]),
        subject=ref_of(recovery),
        handable=False,
    )


@transaction.atomic
def vouch(*, by: Actor, recovery: Recovery) -> Recovery:
    """Confirm that the new address is theirs; the second of two people starts the waiting time."""
    locked = _open(recovery)
    access.vouch.require(by, locked.participant)
    if by.participant_id is None:
        raise Refused(_("Two other people have to confirm this."))
    _vouch, fresh = Vouch.objects.get_or_create(
        recovery=locked, participant_id=by.participant_id, defaults={"at": clock.now()}
    )
    if not fresh:
        return locked
    events.recovery_vouched.record(locked, by=by, **_told(locked))
    notify.close_asks(subject=ref_of(locked), person_id=by.person_id)
    if locked.ready_at is None and locked.vouches.count() >= VOICES:
        _start_waiting(locked)
    return locked


def _open(recovery: Recovery) -> Recovery:
    """Return the row, locked; refuse one that has come to an end."""
    locked = (
        Recovery.objects.select_for_update(of=("self",))
        .select_related("participant__person")
        .get(pk=recovery.pk)
    )
    if locked.done_at or locked.refused_at:
        raise Refused(_("This request has come to its end already."))
    return locked


def _start_waiting(recovery: Recovery) -> None:
    recovery.ready_at = clock.now() + WAIT
    recovery.save(update_fields=["ready_at"])
    notify.close_asks(subject=ref_of(recovery))
    person = recovery.participant.person
    for address in (recovery.email, person.email):
        notify.mail(
            person_id=person.pk,
            address=address,
            language=person.language,
            kind="account",
            template="people/mail/recovery_waits",
            context={"ready_at": recovery.ready_at, "address": recovery.email},
            key=f"people.recovery_waits:{recovery.uuid}:{address}",
        )
    job = jobs.configure_task("tequio.people.tasks.finish_recovery", schedule_at=recovery.ready_at)
    job.defer(network_id=recovery.network_id, recovery_id=recovery.pk)


@transaction.atomic
def refuse_recovery(*, by: Actor, recovery: Recovery) -> Recovery:
    """Say that the new address is not theirs; the request ends."""
    locked = _open(recovery)
    if not by.is_system:
        access.vouch.require(by, locked.participant)
    locked.refused_at = clock.now()
    locked.save(update_fields=["refused_at"])
    notify.close_asks(subject=ref_of(locked))
    events.recovery_refused.record(locked, by=by, **_told(locked))
    return locked


@transaction.atomic
def finish_recovery(*, recovery: Recovery) -> bool:
    """Move the account to the new address once the waiting time is over; say whether it moved.

    All devices are signed out, and passkeys and authenticator apps of before no longer work.
    """
    locked = (
        Recovery.objects.select_for_update(of=("self",))
        .select_related("participant__person")
        .get(pk=recovery.pk)
    )
    over = locked.done_at or locked.refused_at or locked.ready_at is None or locked.ready_at > clock.now()
    if over or Person.objects.filter(email=locked.email).exists():
        return False
    person, before = locked.participant.person, locked.participant.person.email
    person.email = locked.email
    person.set_unusable_password()
    person.save(update_fields=["email", "password"])
    Authenticator.objects.filter(user_id=person.pk).delete()
    sign_out_others(person_id=person.pk)
    locked.done_at = clock.now()
    locked.save(update_fields=["done_at"])
    _tell_done(locked, before=before)
    events.recovered.record(locked, by=system(locked.network_id), **_told(locked))
    return True


def _told(recovery: Recovery) -> dict[str, Any]:
    return {"name": recovery.participant.name, "participant": recovery.participant.uuid}


def _tell_done(recovery: Recovery, *, before: str) -> None:
    person = recovery.participant.person
    for address, template in ((recovery.email, "recovery_done"), (before, "address_changed")):
        notify.mail(
            person_id=person.pk,
            address=address,
            language=person.language,
            kind="account",
            template=f"people/mail/{template}",
            context={},
            key=f"people.recovery_done:{recovery.uuid}:{template}",
        )

"""Who belongs to the network, who acts in it, for whom and with which duties."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from tequio.core import clock
from tequio.core.access import Refused
from tequio.core.actor import Actor
from tequio.notify import services as notify
from tequio.people import access, events
from tequio.people.models import (
    Duty,
    Host,
    Membership,
    Organization,
    Participant,
    Pause,
    Person,
    Session,
    Status,
    Voice,
)
from tequio.people.selectors.acting import coordinators
from tequio.people.selectors.voices import network_today
from tequio.people.services.listings import relist
from tequio.people.services.standing_in import leave_voice, voice_found


class NeedsSuccessor(Refused):
    """The coordination would be left empty: somebody has to take it over first."""


@transaction.atomic
def join(
    *,
    by: Actor,
    organization: Organization | None = None,
    person: Person | None = None,
    name: str,
    status: str = Status.ACTIVE,
) -> Membership:
    """Make an organization, or a person on their own, a member with one voice.

    Source: G-6.
    """
    access.join.require(by)
    membership = Membership.objects.create(
        organization=organization, person=person, name=name, status=status, joined_on=network_today()
    )
    relist(organizations=[organization] if organization else [])
    events.joined.record(membership, by=by, name=name, status=status, uuid=membership.uuid)
    return membership


@transaction.atomic
def end_membership(*, by: Actor, membership: Membership, status: str = Status.LEFT) -> Membership:
    """End a membership; its people no longer take part, its voice is gone from the next round on, and it stands no longer
    behind the network.

    A member leaves by its own will; removing one follows from a decision, and the platform writes it.
    """
    access.end_membership.require(by, membership)
    if status == Status.REMOVED and not by.is_system:
        raise Refused(_("A member is removed only by a decision of the others."))
    for participant in Participant.objects.filter(membership=membership, until_on=None):
        _end(participant, by=by, passes=False)
    membership.status, membership.ended_on = status, network_today()
    membership.save(update_fields=["status", "ended_on"])
    Pause.objects.filter(membership=membership, ended_at=None).update(ended_at=clock.now())
    behind = Host.objects.filter(organization=membership.organization_id or 0, until_on=None)
    behind.update(until_on=membership.ended_on, coordinates=False)
    relist(organizations=[membership.organization] if membership.organization else [])
    events.membership_ended.record(membership, by=by, name=membership.name, status=status)
    return membership


@transaction.atomic
def set_standing(
    *, by: Actor, membership: Membership, good: bool, rests_on: date | None = None
) -> Membership:
    """Write down whether a member has signed and paid what it promised, and from when its voice rests if it has not."""
    access.set_standing.require(by)
    rests_on = None if good else rests_on
    if membership.rests_on != rests_on:
        membership.rests_on = rests_on
        membership.save(update_fields=["rests_on"])
    if membership.in_good_standing != good:
        membership.in_good_standing = good
        membership.save(update_fields=["in_good_standing"])
        events.standing_changed.record(
            membership, by=by, name=membership.name, good=good, rests_on=rests_on, uuid=membership.uuid
        )
    return membership


@transaction.atomic
def seat(
    *,
    by: Actor,
    person: Person,
    name: str,
    membership: Membership | None = None,
    voice: str = Voice.NONE,
    duties: Collection[str] = (),
    role: str = "",
) -> Participant:
    """Let a person act in the network, under the name they chose; somebody already here keeps what they have.

    A new delegate takes the voice over from the one before.
    """
    access.seat.require(by, membership, frozenset(duties))
    participant = _present(person)
    if participant is None:
        participant = Participant(person=person, name=name, since_on=network_today())
    if participant.membership_id is None:
        participant.membership = membership
    if voice == Voice.DELEGATE and participant.membership_id:
        _silence_delegate(participant.membership, by=by, except_for=participant)
        voice_found(membership=participant.membership)
    _settle_seat(participant, voice=voice, duties=duties, role=role)
    participant.save()
    events.seated.record(
        participant, by=by, **_facts(participant), voice=participant.voice, duties=sorted(duties)
    )
    return participant


def _present(person: Person) -> Participant | None:
    return Participant.objects.select_for_update().filter(person=person, until_on=None).first()


def _settle_seat(participant: Participant, *, voice: str, duties: Collection[str], role: str) -> None:
    participant.duties = sorted({*participant.duties, *duties})
    participant.role = role or participant.role
    if voice != Voice.NONE:
        participant.voice = voice


def _facts(participant: Participant) -> dict[str, Any]:
    """Return what members may know of a participant, for the register."""
    membership = participant.membership
    return {
        "name": participant.name,
        "membership": membership.name if membership else None,
        "participant": participant.uuid,
    }


def _said(duty: str) -> dict[str, str]:
    """Return a duty's name in each language of the interface: the register speaks its reader's."""
    label = Duty(duty).label
    texts = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            texts[code] = str(label)
    return texts


@transaction.atomic
def rename(*, by: Actor, participant: Participant, name: str) -> Participant:
    """Let a person appear under another name in this network; the register does not tie the two together."""
    access.rename.require(by, participant)
    participant.name = name
    participant.save(update_fields=["name"])
    events.renamed.record(participant, by=by)
    return participant


@transaction.atomic
def name_delegate(*, by: Actor, membership: Membership, participant: Participant) -> Participant:
    """Let this person carry the member's voice; the one before no longer does."""
    access.name_delegate.require(by, membership)
    _require_of(participant, membership)
    if participant.voice == Voice.DELEGATE:
        return participant
    _silence_delegate(membership, by=by, except_for=participant)
    _speak(participant, Voice.DELEGATE)
    voice_found(membership=membership)
    events.delegate_named.record(participant, by=by, **_facts(participant))
    return participant


@transaction.atomic
def name_substitute(*, by: Actor, membership: Membership, participant: Participant) -> Participant:
    """Let this person carry the member's voice while the delegate is away."""
    access.name_delegate.require(by, membership)
    _require_of(participant, membership)
    if participant.voice == Voice.SUBSTITUTE:
        return participant
    _speak(participant, Voice.SUBSTITUTE)
    events.substitute_named.record(participant, by=by, **_facts(participant))
    return participant


@transaction.atomic
def end_voice(*, by: Actor, membership: Membership, participant: Participant) -> Participant:
    """Let this person take part without carrying the voice."""
    access.name_delegate.require(by, membership)
    _require_of(participant, membership)
    if participant.voice != Voice.NONE:
        _speak(participant, Voice.NONE)
        events.voice_ended.record(participant, by=by, **_facts(participant))
    return participant


def _require_of(participant: Participant, membership: Membership) -> None:
    if participant.membership_id != membership.pk or participant.until_on is not None:
        raise Refused(_("This person does not act for this organization."))


def _silence_delegate(membership: Membership | None, *, by: Actor, except_for: Participant) -> None:
    speaking = Participant.objects.select_for_update().filter(
        membership=membership, voice=Voice.DELEGATE, until_on=None
    )
    for before in speaking.exclude(pk=except_for.pk):
        _speak(before, Voice.NONE)
        events.voice_ended.record(before, by=by, **_facts(before))


def _speak(participant: Participant, voice: str) -> None:
    participant.voice = voice
    participant.save(update_fields=["voice"])


@transaction.atomic
def give_duty(*, by: Actor, participant: Participant, duty: str) -> Participant:
    """Give somebody a duty for the whole network."""
    access.give_duty.require(by)
    if participant.until_on is not None:
        raise Refused(_("This person no longer takes part."))
    if duty not in participant.duties:
        take_on(participant=participant, duty=duty, by=by)
    return participant


def take_on(*, participant: Participant, duty: str, by: Actor) -> None:
    """Write a duty down, and enter it; who may has been asked before."""
    participant.duties = sorted({*participant.duties, Duty(duty).value})
    participant.save(update_fields=["duties"])
    events.duty_given.record(participant, by=by, **_facts(participant), duty=_said(duty))


@transaction.atomic
def take_duty(*, by: Actor, participant: Participant, duty: str) -> Participant:
    """End a duty; the last person of the coordination first hands it on.

    Raises ``NeedsSuccessor`` when the coordination would be left empty.
    """
    access.take_duty.require(by, participant)
    if duty == Duty.COORDINATION:
        _keep_coordination(participant)
    if duty in participant.duties:
        drop_duty(participant=participant, duty=duty, by=by)
    return participant


def drop_duty(*, participant: Participant, duty: str, by: Actor) -> None:
    """Strike a duty, and enter it; who may has been asked before."""
    participant.duties = [each for each in participant.duties if each != duty]
    participant.save(update_fields=["duties"])
    events.duty_taken.record(participant, by=by, **_facts(participant), duty=_said(duty))


def _keep_coordination(leaving: Participant) -> None:
    """Refuse to leave the coordination empty; two who leave at once wait for each other here."""
    present = list(coordinators().select_for_update().order_by("pk"))
    if [each.pk for each in present] == [leaving.pk]:
        raise NeedsSuccessor(_("Nobody else coordinates this network. Name who takes over first."))


@transaction.atomic
def end_participation(*, by: Actor, participant: Participant) -> Participant:
    """Write down that somebody no longer takes part: their devices are signed out and nothing waits for them.

    Raises ``NeedsSuccessor`` when the coordination would be left empty.
    """
    access.end_participation.require(by, participant)
    if participant.until_on is not None:
        return participant
    return _end(participant, by=by, passes=True)


def _end(participant: Participant, *, by: Actor, passes: bool) -> Participant:
    if Duty.COORDINATION in participant.duties:
        _keep_coordination(participant)
    participant.until_on = network_today()
    participant.save(update_fields=["until_on"])
    Session.objects.filter(person_id=participant.person_id).delete()
    notify.close_asks_of(person_id=participant.person_id)
    events.participation_ended.record(participant, by=by, **_facts(participant))
    if passes:
        leave_voice(by=by, participant=participant)
    return participant

"""Leaving for good: parts end, what names the person is erased, and the register keeps commitments only."""

import secrets
from typing import Protocol

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from tequio.core.actor import Actor, system
from tequio.core.scoping import network_scope
from tequio.networks.models import Network
from tequio.notify.models import Ask, Letter, Preference
from tequio.notify.models import State as LetterState
from tequio.notify.words import phrase
from tequio.people import events
from tequio.people.models import Candidate, Contact, Invitation, Membership, Participant, Person, Recovery
from tequio.people.selectors import find_actor, find_participant, networks_ever
from tequio.people.services import memberships
from tequio.people.services.accounts import disable
from tequio.people.services.candidates import forget_candidate
from tequio.people.services.erasing import Erased, erase_elsewhere, rewrite_talk
from tequio.people.services.quotes import forget_quotes_of
from tequio.register import services as register
from tequio.register.events import REGISTRY
from tequio.register.models import Entry

NOBODY = "—"
GROUND = gettext_lazy("The person left and asked for erasure.")


class Eraser(Protocol):
    """What an app above erases under an address."""

    def __call__(self, *, by: Actor, email: str) -> object: ...


_erasers: list[Eraser] = []


def also_erase(*, eraser: Eraser) -> None:
    """Let an app above erase, too, what it holds under the address of whoever leaves, within each network."""
    _erasers.append(eraser)


@transaction.atomic
def leave(*, by: Person) -> None:
    """Close an account and erase what names the person, in every network.

    Raises ``NeedsSuccessor`` while a coordination would be left empty. What a binding decision rests on stays.
    Source: LGPD article 18, Ley 25.326 article 16, GDPR article 17.
    """
    for network in networks_ever(by.pk):
        with network_scope(network.pk):
            _leave_network(by, network)
    Letter.objects.filter(Q(person_id=by.pk) | Q(address=by.email)).delete()
    Authenticator.objects.filter(user_id=by.pk).delete()
    by.email, by.name, by.theme, by.time_zone = f"{by.uuid}@left.invalid", "", "", ""
    by.is_operator = False
    by.save(update_fields=["email", "name", "theme", "time_zone", "is_operator"])
    disable(person=by)


def _leave_network(person: Person, network: Network) -> None:
    actor, mine = find_actor(person), find_participant(person.pk)
    if actor is not None and mine is not None:
        memberships.end_participation(by=actor, participant=mine)
        _end_own_membership(person, network)
    _erase_by_address(person, system(network.pk))
    _erase_rows(person)
    for entry in _entries_about(person):
        register.erase(by=system(network.pk), network=network, entry=entry, ground=phrase(GROUND))


def _end_own_membership(person: Person, network: Network) -> None:
    for membership in Membership.objects.filter(person=person, ended_on=None):
        memberships.end_membership(by=system(network.pk), membership=membership)


def _erase_by_address(person: Person, by: Actor) -> None:
    """Erase what is theirs by their address alone: answers without an account, and what rests on them."""
    for eraser in _erasers:
        eraser(by=by, email=person.email)
    for candidate in Candidate.objects.filter(email__iexact=person.email):
        forget_candidate(by=by, candidate=candidate, entirely=True)


def _erase_rows(person: Person) -> None:
    """Erase names, letters and preferences; rows that others' decisions hang on stay, without a name."""
    forget_quotes_of(person=person)
    Recovery.objects.filter(participant__person=person).delete()
    Contact.objects.filter(participant__person=person).delete()
    Invitation.objects.filter(email=person.email).delete()
    names = _names_of(person)
    own = frozenset(Membership.objects.filter(person=person).values_list("pk", flat=True))
    pseudonym = f"{NOBODY} {secrets.token_hex(3)}"  # the same one wherever they acted here, and nowhere else
    Participant.objects.filter(person=person).update(
        name=pseudonym, role="", about="", phone="", gender="", shows={}
    )
    Membership.objects.filter(person=person).update(name=pseudonym)
    for participant in Participant.objects.filter(person=person):
        events.name_erased.record(participant, by=system(participant.network_id), pseudonym=pseudonym)
        erased = Erased(participant, names, own)
        waiting = Q(network_id=participant.network_id) & ~Q(state=LetterState.SENT)
        rewrite_talk(model=Letter, columns=["subject", "text", "html"], erased=erased, among=waiting)
        erase_elsewhere(erased=erased)
    Ask.objects.filter(person_id=person.pk).delete()
    Preference.objects.filter(person_id=person.pk).delete()


def _names_of(person: Person) -> frozenset[str]:
    """Return how somebody is called here, before the names go."""
    here = Participant.objects.filter(person=person).values_list("name", flat=True)
    members = Membership.objects.filter(person=person).values_list("name", flat=True)
    return frozenset(name for name in (person.name, *here, *members) if name.strip() and name[0] != NOBODY)


def _entries_about(person: Person) -> list[Entry]:
    """Return what the register says of the person and may forget: not what binds the network.

    It is what they did, what was done to their part, and what names them as its ``participant``, or as a member on
    their own.
    """
    binding = [code for code, event in REGISTRY.items() if event.binding]
    mine = dict(Participant.objects.filter(person=person).values_list("pk", "uuid"))
    about = Q(payload__person_id=person.pk) | Q(ref__in=[f"people.Participant:{pk}" for pk in mine])
    about |= Q(payload__facts__participant__in=[str(uuid) for uuid in mine.values()])
    own = dict(Membership.objects.filter(person=person).values_list("pk", "uuid"))
    about |= Q(ref__in=[f"people.Membership:{pk}" for pk in own])
    about |= Q(payload__facts__membership__in=[str(uuid) for uuid in own.values()])
    rows = Entry.objects.filter(about, payload__erased_at=None).exclude(
        kind__in=[*binding, events.name_erased.code]
    )
    return list(rows.exclude(kind__startswith="register.").select_related("payload"))

"""A person's own account: who they are, how they come in, on which devices, and how they leave."""

import secrets
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from tequio.core import clock
from tequio.notify import services as notify
from tequio.people.models import OneTimeLink, Person, Session
from tequio.people.rules.accounts import hashed, normal
from tequio.people.services import codes

LINK_MINUTES = 60


@transaction.atomic
def person_for(*, email: str, name: str = "", language: str = "es") -> Person:
    """Find the person with this address, or make one; capital letters do not matter."""
    person, made = Person.objects.get_or_create(
        email=normal(email), defaults={"name": name, "language": language}
    )
    if made:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    return person


@transaction.atomic
def choose_language(*, by: Person, language: str) -> None:
    """Remember in which language to write to a person."""
    Person.objects.filter(pk=by.pk).exclude(language=language).update(language=language)


@transaction.atomic
def choose_colors(*, by: Person, theme: str) -> None:
    """Remember in which colors a person likes the pages, for the next device they come in with."""
    Person.objects.filter(pk=by.pk).exclude(theme=theme).update(theme=theme)


@transaction.atomic
def change_profile(*, by: Person, name: str, language: str, theme: str) -> Person:
    """Write down the person's own name, language and colors."""
    by.name, by.language, by.theme = name, language, theme
    by.save(update_fields=["name", "language", "theme"])
    return by


@transaction.atomic
def send_entry_code(*, email: str, language: str) -> codes.Pending:
    """Write a code to an address, known or not, in the same time; only the letter differs."""
    address = normal(email)
    person = Person.objects.filter(email=address).only("pk", "language").first()
    code = codes.new_code()
    notify.mail(
        person_id=person.pk if person else None,
        address=address,
        language=person.language if person else language,
        kind="account",
        template="people/mail/enter" if person else "people/mail/begin",
        context={"code": code, "minutes": codes.MINUTES},
        key=f"people.code:{uuid4()}",
    )
    return codes.pend(purpose="enter", address=address, code=code)


def _write(person: Person, template: str, *, address: str = "", **context: object) -> None:
    notify.mail(
        person_id=person.pk,
        address=address or person.email,
        language=person.language,
        kind="account",
        template=f"people/mail/{template}",
        context=context,
        key=f"people.{template}:{uuid4()}",
    )


@transaction.atomic
def tell_ways_changed(*, person_id: int) -> None:
    """Tell somebody that a passkey or an authenticator app was added or removed."""
    _write(Person.objects.get(pk=person_id), "ways")


# Another address


@transaction.atomic
def send_address_codes(*, by: Person, email: str) -> dict[str, codes.Pending]:
    """Write a code to the old address and one to the new; an address that is taken gets a warning instead."""
    address = normal(email)
    old, new = codes.new_code(), codes.new_code()
    _write(by, "address_old", code=old, address_new=address, minutes=codes.MINUTES)
    taken = Person.objects.filter(email=address).exists()
    _write(by, "address_taken" if taken else "address_new", address=address, code=new, minutes=codes.MINUTES)
    if taken:
        new = codes.new_code()  # Never sent: the form behaves as for a free address, and no code fits.
    return {
        "old": codes.pend(purpose="address", address=by.email, code=old),
        "new": codes.pend(purpose="address", address=address, code=new),
    }


@transaction.atomic
def change_address(*, by: Person, email: str) -> Person:
    """Move an account to an address that both mailboxes have confirmed; the old one is told, other devices leave."""
    before, by.email = by.email, normal(email)
    by.save(update_fields=["email"])
    _write(by, "address_changed", address=before)
    return by


# Devices


@transaction.atomic
def sign_out_device(*, by: Person, device: str) -> int:
    """Sign one of the person's devices out."""
    return Session.objects.filter(person_id=by.pk, session_key=device).delete()[0]


@transaction.atomic
def sign_out_others(*, person_id: int, keep: str = "") -> int:
    """Sign all devices of a person out, but the one to keep."""
    return Session.objects.filter(person_id=person_id).exclude(session_key=keep).delete()[0]


@transaction.atomic
def name_device(*, by: Person, device: str, label: str) -> int:
    """Give one of the person's devices a name that they recognize."""
    return Session.objects.filter(person_id=by.pk, session_key=device).update(label=label)


@transaction.atomic
def disable(*, person: Person) -> None:
    """Close an account at once: no device stays signed in, and nobody signs in any more."""
    person.is_active = False
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    sign_out_others(person_id=person.pk)


# Links


def demo_link(*, person: Person) -> str:
    """Return the address that signs a character in with one click; it opens in demo mode only."""
    return reverse("account:demo", args=[signing.dumps(str(person.uuid), salt="people.demo")])


def demo_person(*, token: str) -> Person | None:
    """Return whom a demo link signs in, or None outside demo mode and for a link that we did not make."""
    if not settings.DEMO:
        return None
    try:
        return Person.objects.filter(uuid=signing.loads(token, salt="people.demo"), is_active=True).first()
    except signing.BadSignature:
        return None


@transaction.atomic
def one_time_link(*, person: Person) -> str:
    """Return an address that signs somebody in once, within the hour. Only a hash of it is kept."""
    token = secrets.token_urlsafe(32)
    expires_at = clock.now() + timedelta(minutes=LINK_MINUTES)
    OneTimeLink.objects.create(token_hash=hashed(token), person=person, expires_at=expires_at)
    return reverse("account:link", args=[token])


@transaction.atomic
def use_link(*, token: str) -> Person | None:
    """Use a one-time link up, and return whose it was; None when it is unknown, used or too old."""
    found = OneTimeLink.objects.select_for_update().filter(token_hash=hashed(token)).first()
    if found is None or found.used_at or found.expires_at <= clock.now() or not found.person.is_active:
        return None
    found.used_at = clock.now()
    found.save(update_fields=["used_at"])
    return found.person


def link_works(*, token: str) -> bool:
    """Say whether a one-time link can still be used."""
    now = clock.now()
    return OneTimeLink.objects.filter(token_hash=hashed(token), used_at=None, expires_at__gt=now).exists()

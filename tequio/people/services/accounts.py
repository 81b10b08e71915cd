"""A person's own account: who they are, in which language, on which devices."""

from django.db import transaction

from tequio.people.models import Person


@transaction.atomic
def person_for(*, email: str, name: str = "", language: str = "es") -> Person:
    """Find the person with this address, or make one; capital letters do not matter."""
    address = email.strip().lower()
    person, made = Person.objects.get_or_create(email=address, defaults={"name": name, "language": language})
    if made:
        person.set_unusable_password()
        person.save(update_fields=["password"])
    return person


@transaction.atomic
def choose_language(*, by: Person, language: str) -> None:
    """Remember in which language to write to a person."""
    Person.objects.filter(pk=by.pk).exclude(language=language).update(language=language)

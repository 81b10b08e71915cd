"""A human being, and the devices on which they are signed in. Neither belongs to a network."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models.functions import Lower


class PersonManager(BaseUserManager["Person"]):
    """Makes persons; there are no passwords."""

    def create_user(self, email: str, name: str = "", language: str = "es") -> "Person":
        person = self.model(email=self.normalize_email(email).lower(), name=name, language=language)
        person.set_unusable_password()
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """A human being; the same one in every network. What a network shows of them is a ``Participant``."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=10, default="es")
    theme = models.CharField(max_length=10, blank=True, default="")
    time_zone = models.CharField(max_length=60, blank=True, default="")
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    last_login = None  # When somebody came by is nobody's business.

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_once")]

    def __str__(self) -> str:
        return f"person {self.pk}"


class Session(AbstractBaseSession):
    """A device on which somebody is signed in. No address, no browser: a day, and a name its owner gave."""

    person_id = models.BigIntegerField(null=True, db_index=True)
    label = models.CharField(max_length=60, blank=True)
    created_on = models.DateField()
    seen_on = models.DateField()

    objects = BaseSessionManager()  # type: ignore[misc]

    @classmethod
    def get_session_store_class(cls):  # type: ignore[no-untyped-def]  # Django declares no type here.
        from tequio.people.sessions import SessionStore

        return SessionStore


class OneTimeLink(models.Model):
    """A way in for somebody who has none yet, such as the first operator: used once, within the hour."""

    token_hash = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"one-time link {self.pk}"


class Attempt(models.Model):
    """How often something was tried lately. The key is a keyed hash that changes every day: no address can be read."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"attempts until {self.until:%Y-%m-%d}"

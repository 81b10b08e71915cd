"""What happened: recording is the only way a side effect starts.

For apps
--------
Declare one line an event, in ``events.py``; its sentence speaks with the facts, in English, translated::

    adopted = Event("decisions.adopted", _("%(who)s: “%(title)s” was adopted."), binding=True)

Record it inside the service, in the same transaction as the change::

    entry = events.adopted.record(round, by=by, title=round.title, rule="decisions.consent/1", answers=[...])

- ``facts`` are for every member: plain texts, whole numbers, lists, objects; dates, Decimal, Fraction, UUID and
  choices are written as texts; floats are refused. A text per language ({"es": …, "pt": …}) is said in the reader's.
- ``who`` (the actor's name) is added. ``private={…}`` is kept and promised, never shown nor exported.
- ``rule="app.rule/1"`` in the facts makes ``tequio verify`` recompute the facts with the function that the app
  registered: ``tequio.register.recompute.register("app.rule/1", function)``.
- ``binding=True`` asks for a signed checkpoint right after the commit.
- ``record`` returns the Entry: ``entry.pk`` is a UUID that may be kept elsewhere; ``entry.facts``, ``entry.private``,
  ``entry.ref``, ``entry.number`` (None until numbered).

Listen in ``reactions.py`` (imported by the app's ``ready``); a listener takes the entry, and calls services::

    @events.adopted.then
    def put_in_force(entry: Entry) -> None: ...

One that seldom has to do with what happens often says when: ``@events.answered.then_where(waits_for_it)``.
A listener runs in a job after the commit, inside the network's scope and a transaction of its own; what fails is tried
again, and what has committed is never run twice. ``event.say(entry)`` returns the sentence in the active language.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any
from uuid import UUID

from babel.dates import format_date
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app as jobs

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.core.texts import say as say_texts
from tequio.register.models import Entry, Payload
from tequio.register.rules.canonical import SALT_BYTES, body, commitment, normal

Listener = Callable[[Entry], None]
Matters = Callable[[Any], bool]
REGISTRY: dict[str, Event] = {}
HOUR = re.compile(r"\d\d:\d\d UTC")


@dataclass(eq=False)
class Event:
    """One kind of thing that happens, with its sentence for people and those who listen to it."""

    code: str
    sentence: str | Promise
    binding: bool = False
    listeners: list[Listener] = field(default_factory=list)
    matters: dict[Listener, Matters] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z]+\.[a-z][a-z0-9_]*", self.code):
            raise TypeError(f"The code of an event is “app.past_tense”, not {self.code}.")
        if self.code in REGISTRY:
            raise TypeError(f"The event {self.code} is declared twice.")
        REGISTRY[self.code] = self

    def record(
        self, subject: models.Model, /, *, by: Actor, private: Mapping[str, Any] | None = None, **facts: Any
    ) -> Entry:
        """Write the entry together with the change itself; listeners are told once both are safe.

        Raises NotCanonical for facts that are no plain data.
        """
        payload = _promise({"who": by.name, **facts}, private=private, person_id=by.person_id)
        promised = body(facts=payload.facts, private=payload.private_commitment or None)
        with transaction.atomic(savepoint=False):
            payload.entry = Entry.objects.create(
                network_id=by.network_id,
                kind=self.code,
                ref=ref_of(subject),
                at=clock.now().replace(microsecond=0),
                commitment=commitment(bytes.fromhex(payload.salt), promised),
            )
            payload.save()
            self._defer(payload.entry, subject)
        return payload.entry

    def _defer(self, entry: Entry, subject: models.Model) -> None:
        if any(self.matters.get(listener, _always)(subject) for listener in self.listeners):
            job = jobs.configure_task("tequio.register.tasks.tell")
            job.defer(network_id=entry.network_id, entry_id=str(entry.pk))
        if self.binding:
            jobs.configure_task("tequio.register.tasks.checkpoint").defer(network_id=entry.network_id)

    def then(self, listener: Listener) -> Listener:
        """Tell this listener of every such event; its name must stay, since what it heard is kept by name."""
        self.listeners.append(listener)
        return listener

    def then_where(self, matters: Matters) -> Callable[[Listener], Listener]:
        """Tell this listener where ``matters`` says so of the subject; asked while the entry is written.

        It is for what happens thousands of times and seldom matters: no job is made of the rest. Where another
        listener is told, this one may be too.
        """

        def listen(listener: Listener) -> Listener:
            self.matters[listener] = matters
            return self.then(listener)

        return listen

    def say(self, told: Entry | Payload) -> str:
        """Return the sentence, in the active language."""
        payload = told if isinstance(told, Payload) else told.payload
        return sentence(self.code, payload.facts)


def _always(_subject: Any) -> bool:
    return True


def ref_of(subject: models.Model) -> str:
    """Return the name by which the register knows a row: "decisions.Round:12"."""
    return f"{subject._meta.label}:{subject.pk}"


def sentence_of(entry: Entry) -> str:
    """Return what happened as a sentence, also for an event whose app is no longer there."""
    return sentence(entry.kind, entry.payload.facts)


def sentence(kind: str, facts: Mapping[str, Any] | None) -> str:
    """Return what these facts say as a sentence, in the active language; None are facts that were erased."""
    event = REGISTRY.get(kind)
    if event is None:
        return kind
    if facts is None:
        return gettext("What was written here has been erased.")
    said = str(event.sentence) % _Spoken(facts)
    return said[:-1] if said.endswith("..") else said  # a name may bring its own full stop: "Ollin, A.C."


def _promise(
    facts: Mapping[str, Any], *, private: Mapping[str, Any] | None, person_id: int | None
) -> Payload:
    """Return a payload with fresh salts; who it was lies in the private part, and so never leaves."""
    payload = Payload(salt=secrets.token_hex(SALT_BYTES), facts=normal(plain(facts)), person_id=person_id)
    if private or person_id is not None:
        payload.private = normal(plain(private or {}))
        payload.private_salt = secrets.token_hex(SALT_BYTES)
        payload.private_commitment = commitment(
            bytes.fromhex(payload.private_salt), private_body(payload.private, person_id=person_id)
        )
    return payload


def private_body(private: Mapping[str, Any], *, person_id: int | None) -> dict[str, Any]:
    """Return what the private part promises: what was kept, and the person who did it."""
    return {"person": person_id, "private": private}


def plain(value: Any) -> Any:
    """Return a fact as plain data: dates in ISO 8601, exact numbers as texts, choices as their value."""
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Promise | UUID | Decimal | Fraction):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


class _Spoken(dict[str, Any]):
    """Facts as a sentence speaks them: a text per language in the reader's, a day in words, a missing one as a dash."""

    def __getitem__(self, key: str) -> Any:
        value = self.get(key)
        if isinstance(value, dict):
            return say_texts(value)
        if said := _in_words(value):
            return said
        return "—" if value is None else value


def _in_words(value: object) -> str:
    """Return a day, or an instant such as "2026-11-29 17:00 UTC", in words; nothing for any other fact."""
    written, _space, hour = value.partition(" ") if isinstance(value, str) else ("", "", "")
    day = _day(written) if not hour or HOUR.fullmatch(hour) else None
    if day is None:
        return ""
    said = format_date(day, "long", locale=(get_language() or "en").replace("-", "_"))
    return f"{said}, {hour}" if hour else said


def _day(value: object) -> date | None:
    """Return the day that a fact such as "2026-11-29" names."""
    if not (isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-"):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


erased = Event("register.erased", _("%(who)s erased the content of an entry, on this ground: %(ground)s"))
key_changed = Event("register.key_changed", _("The register is signed with a new key from here on."))

"""What other apps erase together with a name: each says it once, and does it in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import CharField, JSONField, Model, TextField

from tequio.core.actor import system
from tequio.networks.models import Network
from tequio.people.models import Participant
from tequio.people.rules.erased import without_names
from tequio.register import services as register
from tequio.register.models import Entry

GROUND = "The person whom it names left and asked for erasure."


@dataclass(frozen=True)
class Erased:
    """Somebody whose name was erased in a network: who bears the pseudonym now, and the names that went.

    ``memberships`` are those that somebody held as a person, without an organization.
    """

    participant: Participant
    names: frozenset[str]
    memberships: frozenset[int] = frozenset()

    def out_of(self, value: Any) -> Any:
        """Return plain data without the names."""
        return without_names(value, self.names, self.participant.name)


class Eraser(Protocol):
    """What an app does when a name goes."""

    def __call__(self, *, erased: Erased) -> None: ...


_erasers: list[Eraser] = []


def also(*, eraser: Eraser) -> None:
    """Let an app erase a name where it keeps it; called when the app is ready."""
    if eraser not in _erasers:
        _erasers.append(eraser)


def erase_elsewhere(*, erased: Erased) -> None:
    """Tell every app that a name goes: nothing of it may be left in what was decided about somebody."""
    for eraser in _erasers:
        eraser(erased=erased)


def rewrite(*, row: Model, erased: Erased) -> None:
    """Save a row whose texts named somebody, without the name."""
    changed = []
    for field in row._meta.concrete_fields:
        if isinstance(field, (CharField, TextField, JSONField)) and not field.choices:
            before = getattr(row, field.attname)
            after = erased.out_of(before)
            if after != before:
                setattr(row, field.attname, after)
                changed.append(field.attname)
    if changed:
        row.save(update_fields=changed)


def empty_entries(*, refs: Collection[str], erased: Erased) -> None:
    """Empty the entries of the register about these rows whose words hold a name; they still verify.

    Entries that bind are emptied too: what was decided stays in the network's own rows, without the name.
    """
    network = Network.objects.get(pk=erased.participant.network_id)
    rows = Entry.objects.filter(ref__in=sorted(refs), payload__erased_at=None).select_related("payload")
    found = [row for row in rows.order_by("turn") if _names(row, erased)]
    register.erase_all(by=system(network.pk), network=network, entries=found, ground=GROUND)


def _names(entry: Entry, erased: Erased) -> bool:
    said = [entry.facts, entry.private]
    return bool(erased.out_of(json.loads(json.dumps(said))) != said)

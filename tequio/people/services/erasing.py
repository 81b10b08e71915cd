"""What other apps erase together with a name: each says it once, and does it in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from itertools import product
from typing import Any, Protocol

from django.db.models import CharField, JSONField, Model, Q, TextField
from django.utils.translation import gettext_lazy

from tequio.core.actor import system
from tequio.networks.models import Network
from tequio.notify.words import phrase
from tequio.people.models import Participant
from tequio.people.rules.erased import unmistakable, without_names
from tequio.register import services as register
from tequio.register.events import ref_of
from tequio.register.models import Entry

GROUND = gettext_lazy("The person whom it names left and asked for erasure.")


@dataclass(frozen=True)
class Erased:
    """Somebody whose name was erased in a network: who bears the pseudonym now, and the names that went.

    ``memberships`` are those that somebody held as a person, without an organization; ``parts`` says whether the parts
    of a name mean it too, as they do of a person's.
    """

    participant: Participant
    names: frozenset[str]
    memberships: frozenset[int] = frozenset()
    parts: bool = True

    def out_of(self, value: Any) -> Any:
        """Return plain data without the names."""
        return without_names(value, self.names, self.participant.name, parts=self.parts)

    def whole_out_of(self, value: Any) -> Any:
        """Return plain data without the names where they stand whole: in a column that holds names alone."""
        return without_names(value, self.names, self.participant.name, parts=False)

    def out_of_talk(self, value: Any) -> Any:
        """Return words about anything without the names that can mean nobody and nothing else."""
        return without_names(value, unmistakable(self.names), self.participant.name, parts=False)


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
                setattr(row, field.attname, fitting(field=field, value=after))
                changed.append(field.attname)
    if changed:
        row.save(update_fields=changed)


def rewrite_talk(
    *, model: type[Model], columns: Collection[str], erased: Erased, among: Q | None = None
) -> None:
    """Put the pseudonym where somebody's whole name stands in words that bind nobody, whoever said them.

    A name of a single word stays: nobody can tell whom it means.
    """
    named = Q()
    for name, column in product(sorted(unmistakable(erased.names)), columns):
        named |= Q(**{f"{column}__icontains": name})
    rows = list(model._default_manager.filter(named, among or Q())) if named else []  # noqa: SLF001 (any app's table)
    for row in rows:
        for column in columns:
            words = erased.out_of_talk(getattr(row, column))
            setattr(row, column, fitting(field=model._meta.get_field(column), value=words))
        row.save(update_fields=list(columns))
    if rows:
        empty_entries(refs={ref_of(row) for row in rows}, erased=erased)


def fitting(*, field: Any, value: Any) -> Any:
    """Return a text as long as its column is: what stands for a name can be longer than the name."""
    return value[: field.max_length] if isinstance(value, str) else value


def empty_entries(*, refs: Collection[str], erased: Erased) -> None:
    """Empty the entries of the register about these rows whose words hold a name; they still verify.

    Entries that bind are emptied too: what was decided stays in the network's own rows, without the name.
    """
    network = Network.objects.get(pk=erased.participant.network_id)
    rows = Entry.objects.filter(ref__in=sorted(refs), payload__erased_at=None).select_related("payload")
    rows = rows.exclude(kind__startswith="register.")
    found = [row for row in rows.order_by("turn") if _names(row, erased)]
    register.erase_all(by=system(network.pk), network=network, entries=found, ground=phrase(GROUND))


def _names(entry: Entry, erased: Erased) -> bool:
    said = [entry.facts, entry.private]
    return bool(erased.out_of(json.loads(json.dumps(said))) != said)

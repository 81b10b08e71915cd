"""What the register shows: its entries in sentences, its checkpoints, and the whole as a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection
from django.db.models import Func, JSONField, Max, QuerySet, Subquery, UUIDField
from django.utils.translation import gettext_lazy as _

from tequio.core import clock
from tequio.core.actor import Actor
from tequio.core.prepared import Prepared, prepared, slot
from tequio.register.events import REGISTRY, sentence
from tequio.register.formats import Record, write_export
from tequio.register.keys import signer_of
from tequio.register.models import Checkpoint, Entry, Leaf, leaf_of, row_of
from tequio.register.rules import notes
from tequio.register.selectors.keeping import kept_among
from tequio.register.selectors.naming import named, with_names

if TYPE_CHECKING:
    from tequio.networks.models import Network

LOCK = 20_483
PAGE = 30
BATCH = 2_000
KEPT = _("Something happened in a matter that the inner rings read.")


class KeyNotAnnounced(RuntimeError):
    """The key was changed, and the entry that says so is still to be written: make a checkpoint first."""


@dataclass(frozen=True)
class Line:
    """One entry as people read it; ``number`` is None while it waits for one."""

    id: UUID
    number: int | None
    at: datetime
    kind: str
    sentence: str
    erased: bool
    binding: bool
    kept: bool = False


@dataclass(frozen=True)
class Page:
    """Entries, newest first, and where the older ones begin (None: there are none)."""

    lines: list[Line]
    older: UUID | None


class _Sayable(Func):
    """Facts without their lists, such as every voice of a decision, which no sentence speaks and which can be long."""

    template = "(SELECT jsonb_object_agg(key, value) FROM jsonb_each(%(expressions)s) WHERE jsonb_typeof(value) <> 'array')"
    output_field = JSONField()


def _lines(rows: QuerySet[Entry]) -> QuerySet[Entry, Any]:
    return rows.values(
        "pk", "at", "kind", "ref", "leaf__number", "payload__erased_at", sayable=_Sayable("payload__facts")
    )


@cache
def _newest(limit: int) -> Prepared[dict[str, Any]]:
    return prepared(lambda: _lines(Entry.objects.order_by("-turn"))[:limit])


@cache
def _earlier(limit: int) -> Prepared[dict[str, Any]]:
    return prepared(lambda: _lines(Entry.objects.order_by("-turn").filter(turn__lt=_turn_of_slot()))[:limit])


def _turn_of_slot() -> QuerySet[Entry, Any]:
    return Entry.objects.filter(pk=slot("before", UUIDField())).values("turn")


def entries_for(actor: Actor, *, before: UUID | None = None, limit: int = PAGE) -> Page:
    """Return a page of entries in the reader's language, all that came before one of them."""
    found = _earlier(limit + 1)(before=before) if before else _newest(limit + 1)()
    kept = kept_among(actor, {(row["kind"], row["ref"]) for row in found[:limit]})
    said = [row for row in found[:limit] if row["sayable"] and (row["kind"], row["ref"]) not in kept]
    names = named(actor, [(row["kind"], row["sayable"]) for row in said])
    lines = [_line(row, names, kept=(row["kind"], row["ref"]) in kept) for row in found[:limit]]
    return Page(lines, found[limit - 1]["pk"] if len(found) > limit else None)


def entry(actor: Actor, entry_id: UUID) -> Entry | None:
    """Return one entry with what it promised, or None if this network has none such that the actor reads."""
    found = Entry.objects.select_related("payload").filter(pk=entry_id).first()
    return None if found is None or is_kept(actor, found) else found


def is_kept(actor: Actor, entry: Entry) -> bool:
    """Say whether the words of an entry are kept from the actor."""
    return bool(kept_among(actor, {(entry.kind, entry.ref)}))


@dataclass(frozen=True)
class Receipt:
    """One entry with all that can be checked of it; ``sealed`` is the first checkpoint over it, if any yet."""

    line: Line
    row: dict[str, object]
    leaf: str
    facts: list[str]
    sealed: Checkpoint | None


def receipt_of(actor: Actor, entry_id: UUID, *, network: Network) -> Receipt | None:
    """Return one entry as a receipt, or None if this network has no such entry."""
    entry = Entry.objects.select_related("payload", "leaf").filter(pk=entry_id).first()
    if entry is None:
        return None
    number, line = entry.number, line_of(actor, entry, kept=is_kept(actor, entry))
    written = [] if line.kept else _written(entry)
    if number is None:
        return Receipt(line, {"commitment": entry.commitment}, "", written, None)
    return Receipt(
        line=line,
        row=row_of(entry, number=number, network=network.uuid),
        leaf=leaf_of(entry, number=number, network=network.uuid).hex(),
        facts=written,
        sealed=seal_over(number),
    )


def _written(entry: Entry) -> list[str]:
    """Return what an entry says as it was sealed, one value a line under the path that leads to it."""
    return [] if entry.erased else list(_flat("", entry.facts))


def _flat(path: str, value: Any) -> Iterator[str]:
    inner = _inside(value)
    if not inner:
        yield f"{path}: {json.dumps(value, ensure_ascii=False)}"
    for key, item in inner:
        yield from _flat(f"{path}.{key}" if path else key, item)


def _inside(value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, dict):
        return sorted(value.items())
    if isinstance(value, list):
        return [(str(place), item) for place, item in enumerate(value, 1)]
    return []


def _line(row: dict[str, Any], names: Mapping[str, str], *, kept: bool) -> Line:
    erased = row["payload__erased_at"] is not None
    facts = None if erased else with_names(row["kind"], row["sayable"] or {}, names)
    return Line(
        id=row["pk"],
        number=row["leaf__number"],
        at=row["at"],
        kind=row["kind"],
        sentence=str(KEPT) if kept else sentence(row["kind"], facts),
        erased=erased,
        binding=binds(row["kind"]),
        kept=kept,
    )


def line_of(actor: Actor, entry: Entry, *, kept: bool) -> Line:
    """Return an entry as people read it; of one that is kept from them, that there is one."""
    said = str(KEPT) if kept else said_to(actor, [entry])[0]
    return Line(
        entry.pk, entry.number, entry.at, entry.kind, said, entry.erased, binds(entry.kind), kept=kept
    )


def said_to(actor: Actor, entries: Sequence[Entry]) -> list[str]:
    """Return what happened in a sentence each, with the names that the actor may know of those who stand by a code."""
    told = [(entry.kind, None if entry.erased else entry.payload.facts) for entry in entries]
    names = named(actor, [(kind, facts) for kind, facts in told if facts])
    return [sentence(kind, facts and with_names(kind, facts, names)) for kind, facts in told]


def binds(kind: str) -> bool:
    """Say whether entries of this kind bind the network."""
    event = REGISTRY.get(kind)
    return bool(event and event.binding)


_last_checkpoint = prepared(lambda: Checkpoint.objects.defer("frontier").order_by("-size")[:1])


def latest_checkpoint() -> Checkpoint | None:
    """Return this network's last checkpoint; it holds nothing about anybody, and is for everybody."""
    return _last_checkpoint.first()


def seal_over(number: int | None) -> Checkpoint | None:
    """Return the first checkpoint over the entry of this number, or None while there is none."""
    if number is None:
        return None
    return Checkpoint.objects.defer("frontier").filter(size__gt=number).order_by("size").first()


def seal_of(entry_id: UUID | None) -> Checkpoint | None:
    """Return the first checkpoint over an entry, or None while there is none; one question."""
    if entry_id is None:
        return None
    number = Leaf.objects.filter(entry=entry_id).values("number")[:1]
    return Checkpoint.objects.defer("frontier").filter(size__gt=Subquery(number)).order_by("size").first()


def key_of(network: Network) -> str:
    """Return the public key of a network's register, as people write it down."""
    return str(signer_of(network.uuid).verifier)


def size() -> int:
    """Return how many entries of this network have a number."""
    last: int | None = Leaf.objects.aggregate(last=Max("number"))["last"]
    return 0 if last is None else last + 1


def hold_still(*, network_id: int, shared: bool = False) -> None:
    """Keep others from numbering or erasing in this network until the transaction ends.

    With ``shared``, readers of the whole register stand side by side.
    """
    function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [LOCK, network_id])


def export_lines(actor: Actor, *, network: Network) -> Iterator[bytes]:
    """Yield the export of all numbered entries, as members may see them; run it in one transaction.

    Raises KeyNotAnnounced just after the key was changed, until the next checkpoint.
    """
    hold_still(network_id=network.pk, shared=True)
    signer = signer_of(network.uuid)
    points = list(Checkpoint.objects.order_by("size").values_list("size", "note", "key"))
    if points and points[-1][2] != str(signer.verifier):
        raise KeyNotAnnounced("A checkpoint has to announce the new key first.")
    count = size()
    return write_export(
        network=str(network.uuid),
        name=network.name,
        made_at=clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        size=count,
        records=_records(network, count, reader=actor),
        checkpoints={number: note for number, note, _key in points},
        keys=dict.fromkeys([*(key for _size, _note, key in points), str(signer.verifier)]),
        signer=signer,
    )


def archive_lines(*, network: Network, seal: Callable[[str], str]) -> Iterator[bytes]:
    """Yield the same export as it lies in an archive of the network: without the moment, and with the seal that is given.

    All entries must be numbered, and the last checkpoint cover them: then it has the same bytes whenever it is written.
    """
    points = list(Checkpoint.objects.order_by("size").values_list("size", "note", "key", "at"))
    return write_export(
        network=str(network.uuid),
        name=network.name,
        made_at=points[-1][3].strftime("%Y-%m-%dT%H:%M:%SZ"),
        size=points[-1][0],
        records=_records(network, points[-1][0], reader=None),
        checkpoints={number: note for number, note, _key, _at in points},
        keys=dict.fromkeys(key for _size, _note, key, _at in points),
        signer=signer_of(network.uuid),
        seal=seal,
    )


def all_sealed() -> bool:
    """Say whether every entry has a number and lies under a checkpoint, and there is one at all."""
    last = latest_checkpoint()
    return last is not None and last.size == Entry.objects.count()


def sign_or_refuse(text: str, *, network: Network) -> str:
    """Sign a text as the network's register; raise KeyNotAnnounced while no entry says that the key is a new one."""
    signer = signer_of(network.uuid)
    last = latest_checkpoint()
    if last is not None and last.key != str(signer.verifier):
        raise KeyNotAnnounced("A checkpoint has to announce the new key first.")
    return notes.sign(text, signer=signer)


def _records(network: Network, count: int, *, reader: Actor | None) -> Iterator[Record]:
    """Yield the entries; a reader gets those whose words are kept from them without words, an archive has them all."""
    leaves = Leaf.objects.select_related("entry__payload").order_by("number")
    for start in range(0, count, BATCH):
        rows = list(leaves.filter(number__gte=start, number__lt=min(start + BATCH, count)))
        about = {(row.entry.kind, row.entry.ref) for row in rows}
        kept = kept_among(reader, about) if reader is not None else set()
        for leaf in rows:
            entry = leaf.entry
            row = row_of(entry, number=leaf.number, network=network.uuid)
            if (entry.kind, entry.ref) in kept and not entry.erased:
                yield Record(row, None, kept=True)
            else:
                yield Record(row, None if entry.erased else opening_of(entry))


def opening_of(entry: Entry) -> dict[str, object]:
    payload = entry.payload
    return {"facts": payload.facts, "private": payload.private_commitment or None, "salt": payload.salt}

"""Numbering entries, signing checkpoints, erasing what the law says must go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction

from tequio.core import clock
from tequio.core.actor import Actor, system
from tequio.core.texts import Texts
from tequio.register import access, events
from tequio.register.keys import signer_of
from tequio.register.models import Checkpoint, Entry, Leaf, Payload, leaf_of
from tequio.register.rules import merkle, notes
from tequio.register.selectors import hold_still, key_of, latest_checkpoint, size

if TYPE_CHECKING:
    from tequio.networks.models import Network

BATCH = 2_000


@transaction.atomic
def sequence(*, network: Network) -> int:
    """Number the entries that wait for a number, in the order of writing, and return how many there were.

    Only one transaction at a time numbers a network's entries, and it sees all that was committed before:
    there are no gaps, and no number is ever given twice.
    """
    hold_still(network_id=network.pk)
    number = size()
    waiting = Entry.objects.filter(leaf=None).order_by("turn")
    leaves = [
        Leaf(entry=entry, number=place, hash=leaf_of(entry, number=place, network=network.uuid).hex())
        for place, entry in enumerate(waiting, start=number)
    ]
    Leaf.objects.bulk_create(leaves, batch_size=BATCH)
    return len(leaves)


@transaction.atomic
def make_checkpoint(*, network: Network) -> Checkpoint | None:
    """Number what waits and sign the root over all entries; return None while there are none.

    Nothing new since the last checkpoint: that one is returned.
    """
    sequence(network=network)
    last = latest_checkpoint()
    if last and last.key != key_of(network):
        events.key_changed.record(network, by=system(network.pk), old=last.key, new=key_of(network))
        sequence(network=network)
    now = size()
    if now == 0 or (last and last.size == now):
        return last
    return _sign(network, now, _frontier_at(now, since=last))


def announce_new_key(*, network: Network) -> None:
    """Make a checkpoint if the key was changed since the last one; checkpoints name a new key by an entry."""
    last = latest_checkpoint()
    if last and last.key != key_of(network):
        make_checkpoint(network=network)


def _frontier_at(now: int, *, since: Checkpoint | None) -> list[bytes]:
    """Return the roots of the complete subtrees over the first `now` entries, reading only the newer ones."""
    start = since.size if since else 0
    frontier = [bytes.fromhex(one) for one in since.frontier] if since else []
    fresh = Leaf.objects.filter(number__gte=start, number__lt=now).order_by("number")
    for number, hashed in enumerate(fresh.values_list("hash", flat=True), start=start):
        merkle.grow(frontier, size=number, leaf=bytes.fromhex(hashed))
    return frontier


def _sign(network: Network, now: int, frontier: list[bytes]) -> Checkpoint:
    signer = signer_of(network.uuid)
    root = merkle.frontier_root(frontier)
    promise = notes.Checkpoint(signer.name, now, root)
    return Checkpoint.objects.create(
        network_id=network.pk,
        size=now,
        root=root.hex(),
        frontier=[one.hex() for one in frontier],
        note=notes.sign(str(promise), signer=signer),
        key=str(signer.verifier),
        at=clock.now(),
    )


def erase(*, by: Actor, network: Network, entry: Entry, ground: str | Texts) -> Entry:
    """Empty what one entry promised; see erase_all."""
    return erase_all(by=by, network=network, entries=[entry], ground=ground)[0]


@transaction.atomic
def erase_all(*, by: Actor, network: Network, entries: Iterable[Entry], ground: str | Texts) -> list[Entry]:
    """Empty what entries promised, for good, and enter for each that it was erased and on which legal ground.

    The entries themselves stay, with their numbers and commitments: everything still verifies. The traces are
    numbered at once, so that no export shows a gap that nothing explains.
    """
    hold_still(network_id=network.pk)
    traces = [_erase(by, entry, ground) for entry in entries]
    sequence(network=network)
    return traces


def _erase(by: Actor, entry: Entry, ground: str | Texts) -> Entry:
    access.erase.require(by, entry)
    Payload.objects.filter(entry=entry, erased_at=None).update(
        salt="",
        facts=None,
        private=None,
        private_salt="",
        private_commitment="",
        person_id=None,
        erased_at=clock.now(),
    )
    return events.erased.record(entry, by=by, entry=entry.pk, ground=ground)

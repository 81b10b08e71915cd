"""What the clock and committed entries start: telling listeners, numbering, the daily checkpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db import connection, models, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from tequio.core.jobs import day_of, job_scope
from tequio.core.prepared import Prepared, prepared, slot
from tequio.core.scoping import network_scope
from tequio.register import services
from tequio.register.events import REGISTRY, Listener
from tequio.register.models import Entry

if TYPE_CHECKING:
    from tequio.networks.models import Network

PATIENT = RetryStrategy(max_attempts=12, exponential_wait=2)


class NotAllToldYet(RuntimeError):
    """Some listeners of an entry failed; the job runs again for these."""


@app.task(name="tequio.register.tasks.tell", retry=PATIENT)
def tell(*, network_id: int, entry_id: str) -> None:
    """Run the listeners of an entry, each in a transaction of its own and none twice once it committed."""
    with day_of(network_id):
        with network_scope(network_id):
            entry = _read(_entry, entry_id)
        event = REGISTRY[entry.kind]
        failed = [problem for listener in event.listeners if (problem := _run(listener, entry))]
    if failed:
        raise NotAllToldYet(f"{len(failed)} of {len(event.listeners)} listeners of {entry.kind}") from failed[
            0
        ]


def _run(listener: Listener, entry: Entry) -> Exception | None:
    """Run one listener; its failure is returned, so that it does not keep the others from hearing."""
    try:
        with network_scope(entry.network_id):
            tell_once(listener, entry)
    except Exception as problem:  # noqa: BLE001 (whatever fails is tried again)
        return problem
    return None


@transaction.atomic
def tell_once(listener: Listener, entry: Entry) -> bool:
    """Run the listener unless it has heard of this entry; a second runner waits for the first at the row."""
    fresh = _write_down(entry, f"{listener.__module__}.{listener.__qualname__}")
    if fresh:
        listener(_read(_entry_and_payload, entry.pk))
    return fresh


def _write_down(entry: Entry, listener: str) -> bool:
    """Write down that a listener hears of an entry, and tell whether it had not heard of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO register_told (network_id, entry_id, listener) VALUES (%s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [entry.network_id, entry.pk, listener],
        )
        return bool(cursor.rowcount)


_entry = prepared(lambda: Entry.objects.filter(pk=slot("pk", models.UUIDField())))
_entry_and_payload = prepared(
    lambda: Entry.objects.select_related("payload").filter(pk=slot("pk", models.UUIDField()))
)


def _read(entries: Prepared[Entry], pk: str | UUID) -> Entry:
    found = entries.first(pk=pk)
    if found is None:
        raise Entry.DoesNotExist
    return found


@app.task(name="tequio.register.tasks.checkpoint", retry=PATIENT)
def checkpoint(*, network_id: int) -> None:
    """Sign a checkpoint of one network."""
    with job_scope(network_id):
        services.make_checkpoint(network=_networks().get(pk=network_id))


@app.periodic(cron="*/5 * * * *")
@app.task(name="tequio.register.tasks.number_all", queueing_lock="register.number_all")
def number_all(timestamp: int) -> None:
    """Number what waits, in every network, and announce a key that was changed."""
    for network in _networks().all():
        with job_scope(network.pk):
            services.sequence(network=network)
            services.announce_new_key(network=network)


@app.periodic(cron="7 3 * * *")
@app.task(name="tequio.register.tasks.checkpoint_all", retry=PATIENT, queueing_lock="register.checkpoint_all")
def checkpoint_all(timestamp: int) -> None:
    """Sign the day's checkpoint of every network."""
    for network in _networks().all():
        checkpoint.defer(network_id=network.pk)


def _networks() -> models.Manager[Network]:
    # The app of networks lies above this one, so it is reached through the key that points to it.
    model = cast("type[Network]", Entry._meta.get_field("network").related_model)
    return model._default_manager  # noqa: SLF001 (a generic way to its rows)

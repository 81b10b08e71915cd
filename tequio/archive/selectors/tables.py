"""Every table of a network, found from the models themselves: a new one is exported without a line here."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, models

from tequio.archive.formats import describe, encode
from tequio.archive.rules import KEPT_BACK, PERSON, PERSON_COLUMNS, resource_of, travels
from tequio.core.scoping import NetworkModel
from tequio.networks.models import Network

CHUNK = 2_000
Row = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """A table that travels, with the columns that go along."""

    model: type[models.Model]
    fields: tuple[Any, ...]

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def name(self) -> str:
        return resource_of(self.label)

    @property
    def columns(self) -> list[str]:
        return [field.attname for field in self.fields]


def is_own(model: type[models.Model]) -> bool:
    """Say whether a table's rows belong to one network: by the scope, or by a key called ``network``."""
    if issubclass(model, NetworkModel):
        return True
    return any(
        field.name == "network" and field.related_model is Network for field in model._meta.concrete_fields
    )


@cache
def tables() -> tuple[Table, ...]:
    """Return every table that travels, each after those that its rows point to (where they do not go in circles)."""
    known = {
        model._meta.label: Table(model, _fields(model))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and travels(model._meta.label) and _goes(model)
    }
    order = TopologicalSorter({label: sorted(_needs(table) & known.keys()) for label, table in known.items()})
    return tuple(known[label] for label in _sorted(order, known))


def _goes(model: type[models.Model]) -> bool:
    return model is Network or model._meta.label == PERSON or is_own(model)


def _fields(model: type[models.Model]) -> tuple[Any, ...]:
    fields = model._meta.concrete_fields
    if model._meta.label == PERSON:
        return tuple(field for field in fields if field.attname in PERSON_COLUMNS)
    kept = KEPT_BACK.get(model._meta.label, {})
    return tuple(
        field
        for field in fields
        if field.attname not in kept and (field.name != "network" or field.related_model is not Network)
    )


def _needs(table: Table) -> set[str]:
    """Return whom a table's rows must point to; keys that may be empty break the circles."""
    return {
        field.related_model._meta.label
        for field in table.fields
        if field.is_relation and not field.null and field.related_model is not table.model
    }


def _sorted(order: "TopologicalSorter[str]", known: Mapping[str, Table]) -> Iterator[str]:
    order.prepare()
    while order.is_active():
        ready = sorted(order.get_ready())
        yield from ready
        order.done(*ready)


def schema_of(table: Table, columns: Sequence[str] | None = None) -> dict[str, Any]:
    """Return a table as a Frictionless schema: fields, primary key, foreign keys into the tables that go along."""
    fields = [field for field in table.fields if columns is None or field.attname in columns]
    there = {each.model for each in tables()}
    schema: dict[str, Any] = {"fields": [describe(field) for field in fields], "missingValues": [""]}
    if columns is None:
        schema["primaryKey"] = table.model._meta.pk.attname
        schema["foreignKeys"] = [
            {
                "fields": field.attname,
                "reference": {
                    "resource": ""
                    if field.related_model is table.model
                    else resource_of(field.related_model._meta.label),
                    "fields": field.target_field.attname,
                },
            }
            for field in fields
            if field.is_relation and field.related_model in there
        ]
    return schema


def rows_of(table: Table, *, network: Network) -> list[Row]:
    """Return the rows of this network, in the order of their keys; bytes are named by the file that holds them."""
    key = table.model._meta.pk.attname
    values = _rows(table, network).order_by("pk").values_list(*table.columns, named=False)
    place = table.columns.index(key)
    return [
        {
            field.attname: _cell(table, field, value, line[place])
            for field, value in zip(table.fields, line, strict=True)
        }
        for line in values.iterator(chunk_size=CHUNK)
    ]


def _rows(table: Table, network: Network) -> "models.QuerySet[models.Model]":
    rows = table.model._default_manager.all()  # noqa: SLF001 (a generic way to a table's rows)
    if table.model is Network:
        return rows.filter(pk=network.pk)
    if table.label == PERSON:
        return rows.filter(pk__in=_people())
    if issubclass(table.model, NetworkModel):
        return rows
    return rows.filter(network=network)


def _people() -> set[int]:
    """Return whom any row of the network points to."""
    found: set[int] = set()
    for table in tables():
        for field in table.fields:
            if names_person(field) and issubclass(table.model, NetworkModel):
                found.update(
                    table.model.objects.exclude(**{field.attname: None})
                    .order_by(field.attname)
                    .values_list(field.attname, flat=True)
                    .distinct()
                )
    return found


def names_person(field: Any) -> bool:
    """Say whether a column holds the key of a person; a register's rows hold it without a foreign key."""
    if field.is_relation:
        return bool(field.related_model._meta.label == PERSON)
    return bool(field.attname == "person_id")


def _cell(table: Table, field: Any, value: Any, key: Any) -> Any:
    if isinstance(field, models.BinaryField):
        return None if value is None else blob_path(table, field, key)
    return encode(field, str(value) if isinstance(field, models.FileField) else value)


def blob_path(table: Table, field: Any, key: Any) -> str:
    """Return the only place in an archive where the bytes of one cell can lie."""
    return f"files/{table.name}/{key}.{field.attname}"


def blobs(table: Table, rows: Sequence[Row]) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes that the rows of a table hold or name, each with its path in the archive."""
    key = table.model._meta.pk.attname
    for field in table.fields:
        held = [row[key] for row in rows if row[field.attname]]
        if isinstance(field, models.BinaryField):
            for one in held:
                value = table.model._default_manager.values_list(field.attname, flat=True).get(pk=one)  # noqa: SLF001
                yield blob_path(table, field, one), bytes(value)
        elif isinstance(field, models.FileField):
            for name in sorted({row[field.attname] for row in rows if row[field.attname]}):
                with default_storage.open(name) as file:
                    yield f"storage/{name}", file.read()


JOBS = "procrastinate.jobs"
JOB_FIELDS: Mapping[str, Any] = {
    "fields": [
        {"name": "task", "type": "string"},
        {"name": "at", "type": "datetime"},
        {"name": "arguments", "type": "object"},
        {"name": "queue", "type": "string"},
        {"name": "lock", "type": "string"},
        {"name": "once", "type": "string"},
    ],
    "missingValues": [""],
}
NOT_MOVED = "tequio.archive."


def job_rows(network: Network) -> list[Row]:
    """Return what still waits to be done for this network, such as closing a round on its day."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, scheduled_at, args::text, queue_name, lock, queueing_lock FROM procrastinate_jobs "
            "WHERE status = 'todo' AND args @> jsonb_build_object('network_id', %s::bigint) "
            "ORDER BY task_name, scheduled_at NULLS FIRST, args::text, id",
            [network.pk],
        )
        found = cursor.fetchall()
    return [_job(*line) for line in found if not line[0].startswith(NOT_MOVED)]


def _job(task: str, at: Any, arguments: str, queue: str, lock: str | None, once: str | None) -> Row:
    when = encode(None, at)
    return {
        "task": task,
        "at": when,
        "arguments": json.loads(arguments),
        "queue": queue,
        "lock": lock,
        "once": once,
    }

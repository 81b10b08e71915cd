"""Bringing a network in from an archive, into an installation that holds none: all of it, or nothing."""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, models, transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import ConnectorException

from tequio import __version__
from tequio.archive import selectors
from tequio.archive.formats import Broken, NotTaken, Reading, decode, open_archive, seal_text
from tequio.archive.models import Arrival, CopyKind
from tequio.archive.rules import KEPT_BACK, PERSON
from tequio.archive.selectors.tables import JOB_FIELDS, JOBS, NOT_MOVED, Table, blob_path
from tequio.archive.services import exporting
from tequio.archive.services.checking import require_register
from tequio.core import clock
from tequio.core.scoping import network_scope
from tequio.decisions.services.book import write_index
from tequio.networks.models import Network
from tequio.people.models import Person
from tequio.people.services.listings import list_all
from tequio.register.formats import verify
from tequio.register.rules import notes

LARGEST_KEY = 10**9
BATCH = 2_000
REGISTER = "register/register.jsonl"

NOT_EMPTY = _(
    "This installation holds a network or an account already. A network moves into an empty one: make a new home."
)
PUBLIC_COPY = _(
    "This is a public copy. It lacks the people and the salts: only a whole copy can be brought in."
)
OTHER_VERSION = _(
    "This archive was made by version %(theirs)s of Tequio; this is %(ours)s. Bring both to the same version first."
)
OTHER_TABLES = _(
    "The table %(name)s has other columns here. Bring both installations to the same version first."
)
BAD_CELL = _("Table %(name)s, row %(row)s: %(column)s cannot hold what stands there.")
BAD_ROWS = _("The rows of the archive do not fit together: %(why)s")
BAD_REGISTER = _("The register in the archive does not hold: %(why)s")
BAD_SEAL = _("The seal of the archive is not signed with the key of the network's register.")
NOT_THE_SAME = _(
    "Written out again, the network would not be the same file: something in the archive was changed."
)
FILE_THERE = _("A file called %(name)s lies here already.")


@dataclass(frozen=True)
class Came:
    """What was brought in."""

    network: Network
    arrival: Arrival
    tables: dict[str, int]


def bring_in(*, file: IO[bytes], trusted_key: str | None = None) -> Came:
    """Bring a network in, with its keys, salts, checkpoints and times, so that its archive is the same file again.

    ``trusted_key`` is the key of its register as somebody wrote it down. Raises Broken, with the reason as a sentence,
    for whatever is not exactly what an installation wrote; nothing of it stays then.
    """
    reading = open_archive(file)
    _require_ours(reading)
    _require_empty()
    _verify_register(reading, trusted_key)
    kept = _require_sealed(reading)
    saved: list[str] = []
    try:
        with transaction.atomic():
            return _bring_in(reading, kept, exporting.digest_of(file=file), saved)
    except (DatabaseError, ValueError, ConnectorException) as wrong:
        _forget(saved)
        if isinstance(wrong, Broken):
            raise
        raise Broken(BAD_ROWS, why=" ".join(str(wrong).split())[:300]) from wrong
    except BaseException:
        _forget(saved)
        raise


# --- before anything is written -----------------------------------------------------------------------------


def _require_ours(reading: Reading) -> None:
    """Refuse public copies, other versions, and tables that have other columns here."""
    about = reading.about
    if about["kind"] != CopyKind.PRIVATE:
        raise Broken(PUBLIC_COPY)
    if about["version"] != __version__:
        raise Broken(OTHER_VERSION, theirs=about["version"][:40], ours=__version__)
    ours = {table.name: selectors.schema_of(table) for table in selectors.tables()} | {JOBS: dict(JOB_FIELDS)}
    if strange := ours.keys() ^ about["tables"].keys():
        raise Broken(OTHER_TABLES, name=min(strange))
    for name, schema in ours.items():
        if reading.json(f"schemas/{name}.json") != json.loads(json.dumps(schema, default=str)):
            raise Broken(OTHER_TABLES, name=name)


def _require_empty() -> None:
    if Network.objects.exists() or Person.objects.exists() or Arrival.objects.exists():
        raise Broken(NOT_EMPTY)


def _verify_register(reading: Reading, trusted_key: str | None) -> None:
    """Check the whole register, and every outcome in it, before its rows are believed."""
    if not reading.has(REGISTER):
        if reading.about["key"]:
            raise Broken(BAD_REGISTER, why="")
        return
    lines = reading.read(REGISTER).splitlines(keepends=True)
    report = verify(lines, trusted_key=trusted_key)
    if not report.ok:
        raise Broken(BAD_REGISTER, why=str(report.problems[0]))
    if report.key != reading.about["key"] or report.network != reading.about["network"]:
        raise Broken(BAD_SEAL)


def _require_sealed(reading: Reading) -> list[str]:
    """Return the seals of archive and register; raise Broken unless the archive's is signed by the register's key."""
    kept = [reading.seal]
    if not reading.has(REGISTER):
        return kept
    try:
        key = notes.parse_key(reading.about["key"])
        text = notes.open_note(reading.seal, key=key)
    except notes.BadNote as wrong:
        raise Broken(BAD_SEAL) from wrong
    if text != seal_text(key.name, reading.digest):
        raise Broken(BAD_SEAL)
    last = reading.read(REGISTER).splitlines()[-1]
    return [*kept, json.loads(last)["note"]]


# --- writing ------------------------------------------------------------------------------------------------


def _bring_in(reading: Reading, seals: list[str], digest: str, saved: list[str]) -> Came:
    network_id = _network_id(reading)
    rows = {table.name: reading.table(table.name) for table in selectors.tables()}
    with network_scope(network_id):
        for table in selectors.tables():
            _insert(table, rows[table.name], reading, network_id, saved)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        network = Network.objects.get(pk=network_id)
        _defer(reading.table(JOBS), network_id)
        for table in selectors.tables():
            _move_sequences(table, rows[table.name])
        require_register(network=network)
        list_all()
        write_index()
        arrival = Arrival.objects.create(
            network=network.uuid, digest=digest, key=reading.about["key"], seals=seals,
            rows=sum(len(found) for found in rows.values()), at=clock.now(),
        )  # fmt: skip
        if exporting.rewrite(network=network) != digest:
            raise Broken(NOT_THE_SAME)
    return Came(network, arrival, {name: len(found) for name, found in rows.items()})


def _network_id(reading: Reading) -> int:
    rows = reading.table("networks.network")
    if len(rows) != 1 or rows[0].get("id") != reading.about["id"] or not _is_key(reading.about["id"]):
        raise Broken(BAD_CELL, name="networks.network", row=1, column="id")
    return int(reading.about["id"])


def _is_key(value: Any) -> bool:
    return not isinstance(value, int) or 0 < value <= LARGEST_KEY


def _insert(
    table: Table, rows: Sequence[dict[str, Any]], reading: Reading, network_id: int, saved: list[str]
) -> None:
    """Insert rows with the keys they have; the links among them are looked at when all tables are there."""
    more = _added(table, network_id)
    columns = [field.column for field in table.fields] + list(more)
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    statement = (
        f"INSERT INTO {connection.ops.quote_name(table.model._meta.db_table)} ({quoted}) VALUES ({marks})"  # noqa: S608 (names of our own tables)
    )
    with connection.cursor() as cursor:
        for start in range(0, len(rows), BATCH):
            batch = [
                [*_values(table, row, number, reading), *more.values()]
                for number, row in enumerate(rows[start : start + BATCH], start + 1)
            ]
            cursor.executemany(statement, batch)
    _save_files(table, rows, reading, saved)


def _added(table: Table, network_id: int) -> dict[str, Any]:
    """Return the columns that do not travel: the network's key, and what a person has here alone."""
    if table.label == PERSON:
        return {"password": make_password(None), "is_operator": False}
    return {} if table.model is Network else {"network_id": network_id, **KEPT_BACK.get(table.label, {})}


def _values(table: Table, row: dict[str, Any], number: int, reading: Reading) -> Iterable[Any]:
    if row.keys() != set(table.columns):
        raise Broken(OTHER_TABLES, name=table.name)
    key = row[table.model._meta.pk.attname]
    for field in table.fields:
        try:
            yield _value(table, field, row[field.attname], key, reading)
        except NotTaken as wrong:
            raise Broken(BAD_CELL, name=table.name, row=number, column=field.attname) from wrong


def _value(table: Table, field: Any, value: Any, key: Any, reading: Reading) -> Any:
    if isinstance(field, models.BinaryField):
        if value is None:
            return None
        if value != blob_path(table, field, key):
            raise NotTaken
        return reading.read(value)
    if field.primary_key and not _is_key(value):
        raise NotTaken
    return field.get_db_prep_save(decode(field, value), connection)


def _save_files(table: Table, rows: Sequence[dict[str, Any]], reading: Reading, saved: list[str]) -> None:
    for field in table.fields:
        if not isinstance(field, models.FileField):
            continue
        for name in sorted({row[field.attname] for row in rows if row[field.attname]}):
            content = reading.read(f"storage/{name}")
            try:
                if default_storage.exists(name):
                    _require_same(name, content)
                    continue
                stored = default_storage.save(name, ContentFile(content))
            except SuspiciousFileOperation as wrong:
                raise Broken(FILE_THERE, name=name) from wrong
            saved.append(stored)
            if stored != name:
                raise Broken(FILE_THERE, name=name)


def _require_same(name: str, content: bytes) -> None:
    """Accept a file that lies here already when it is the same one."""
    with default_storage.open(name, "rb") as there:
        if there.read() != content:
            raise Broken(FILE_THERE, name=name)


def _forget(saved: Sequence[str]) -> None:
    for name in saved:
        with suppress(OSError):
            default_storage.delete(name)


def _defer(rows: Sequence[dict[str, Any]], network_id: int) -> None:
    """Let wait here what waited there; only tasks of this program, and only for this network."""
    for number, row in enumerate(rows, 1):
        task, arguments = row.get("task"), row.get("arguments")
        if (
            row.keys() != {field["name"] for field in JOB_FIELDS["fields"]}
            or task not in jobs.tasks
            or not str(task).startswith("tequio.")
            or str(task).startswith(NOT_MOVED)
            or not isinstance(arguments, dict)
            or arguments.get("network_id") != network_id
        ):
            raise Broken(BAD_CELL, name=JOBS, row=number, column="task")
        when = datetime.fromisoformat(row["at"]) if row["at"] else None
        jobs.tasks[task].configure(
            schedule_at=when, queue=row["queue"], lock=row["lock"], queueing_lock=row["once"]
        ).defer(**arguments)


def _move_sequences(table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Take from each sequence the numbers that the rows hold already; the application may not set them."""
    for field in table.fields:
        largest = max((row[field.attname] for row in rows if isinstance(row[field.attname], int)), default=0)
        if name := _sequence_of(table, field):
            with connection.cursor() as cursor:
                cursor.execute("SELECT nextval(%s::regclass)", [name])
                taken = cursor.fetchone()[0]
                if largest > LARGEST_KEY:
                    raise Broken(BAD_CELL, name=table.name, row=len(rows), column=field.attname)
                cursor.execute(
                    "SELECT count(nextval(%s::regclass)) FROM generate_series(1, %s)",
                    [name, max(0, largest - taken)],
                )


def _sequence_of(table: Table, field: Any) -> str | None:
    if isinstance(field, models.AutoField | models.BigAutoField):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_get_serial_sequence(%s, %s)", [table.model._meta.db_table, field.column]
            )
            found: str | None = cursor.fetchone()[0]
            return found
    called: Any = getattr(field, "db_default", None)
    if isinstance(called, models.Func) and called.extra.get("function") == "nextval":
        return str(called.get_source_expressions()[0].value)
    return None

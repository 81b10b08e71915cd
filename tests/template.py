"""The migrated database of a run: one template, and a copy of it for each worker."""

import contextlib
import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

from tests import settings as run

KEPT = {"django_migrations", "django_content_type", "people_place"}


def make_database() -> None:
    """Migrate the template as the owner, once in a run; copy it for this worker."""
    with _alone():
        if _create(run.TEMPLATE, template="template1"):
            _migrate()
    _create(run.DATABASE, template=run.TEMPLATE)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    with Path(os.environ["TEQUIO_TEST_HOME"], "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _create(name: str, *, template: str) -> bool:
    with psycopg.connect(run.of(run.ADDRESSES.owner_url, "template1"), autocommit=True) as owner:
        if owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return False
    with psycopg.connect(run.of(run.ADDRESSES.owner_url, "postgres"), autocommit=True) as owner:
        owner.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
    return True


def _migrate() -> None:
    """Bring the template to the state of this checkout, whichever is installed, in a process of its own."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
        "TEQUIO_DATABASE_URL": run.of(run.ADDRESSES.app_url, run.TEMPLATE),
        "TEQUIO_DATABASE_OWNER_URL": run.of(run.ADDRESSES.owner_url, run.TEMPLATE),
    }
    steps = "from tequio.cli import ground; ground.set_up_django(); ground.migrate()"
    done = subprocess.run(
        [sys.executable, "-c", steps], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"The test database could not be made:\n{done.stderr[-6000:]}")


def empty() -> None:
    """Empty every table but the reference data, as superuser and past the triggers that protect the register.

    Rows are deleted and numbers begin again: the tests' few rows go five times faster so than by TRUNCATE.
    """
    with psycopg.connect(run.of(run.ADDRESSES.superuser_url, run.DATABASE)) as root:
        root.execute("SET session_replication_role = replica")
        for statement, names in (("DELETE FROM {}", _TABLES), ("ALTER SEQUENCE {} RESTART", _SEQUENCES)):
            found = [name for (name,) in root.execute(names, [list(KEPT)]).fetchall()]
            root.execute(
                sql.SQL("; ").join(sql.SQL(statement).format(sql.Identifier(name)) for name in found)
            )


_TABLES: LiteralString = (
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL (%s)"
)
_SEQUENCES: LiteralString = """
    SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
    AND NOT EXISTS (
        SELECT FROM pg_depend JOIN pg_class ON pg_class.oid = refobjid
        WHERE objid = format('%%I.%%I', schemaname, sequencename)::regclass AND relname = ANY (%s)
    )
"""

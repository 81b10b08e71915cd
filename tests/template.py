"""The migrated database of a run: one template, and a copy of it for each worker."""

import contextlib
import fcntl
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import LiteralString

import allauth
import django
import procrastinate
import psycopg
from psycopg import sql

from tequio.cli.binaries import client
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
    """Run the real migrations in a process of its own, on the template; or take what they gave last time."""
    kept = _kept()
    if kept.exists():
        _postgres("pg_restore", "--exit-on-error", f"--dbname={TEMPLATE_URL}", str(kept))
        return
    environment = {
        **os.environ,
        "PYTHONPATH": str(
            Path(__file__).resolve().parents[1]
        ),  # the migrations of this checkout, whichever is installed
        "DJANGO_SETTINGS_MODULE": "tequio.config.settings",
        "TEQUIO_DATABASE_URL": run.of(run.ADDRESSES.app_url, run.TEMPLATE),
        "TEQUIO_DATABASE_OWNER_URL": run.of(run.ADDRESSES.owner_url, run.TEMPLATE),
    }
    _do([sys.executable, "-m", "django", "migrate", "--database", "owner", "--verbosity", "0"], environment)
    draft = kept.with_name(f".{kept.name}.{os.getpid()}")
    _postgres("pg_dump", "--format=custom", "--compress=1", f"--file={draft}", TEMPLATE_URL)
    draft.replace(kept)


TEMPLATE_URL = run.of(run.ADDRESSES.superuser_url, run.TEMPLATE)


def _kept() -> Path:
    """Where the migrated template is kept: under a name that changes with every migration and with Django."""
    mark = sha256(f"{django.__version__} {procrastinate.__version__} {allauth.__version__}".encode())
    root = Path(__file__).resolve().parents[1] / "tequio"
    for path in sorted(
        [*root.glob("*/migrations/*.py"), root / "core" / "walls.py", *root.glob("people/data/*.gz")]
    ):
        mark.update(path.read_bytes())
    return Path(tempfile.gettempdir()) / f"tequio-template-{os.getuid()}-{mark.hexdigest()[:20]}"


def _postgres(program: str, *arguments: str) -> None:
    with psycopg.connect(TEMPLATE_URL) as asked:
        major = asked.info.server_version // 10000
    _do([client(program, at_least=major), *arguments], dict(os.environ))


def _do(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
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

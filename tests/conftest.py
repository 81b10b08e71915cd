"""The world of the tests, built through services on a real PostgreSQL as the application's own role."""

import atexit
import contextlib
import fcntl
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import allauth
import django
import procrastinate
import psycopg
import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg import sql

from tequio.cli.binaries import client
from tequio.core.actor import Actor
from tequio.core.scoping import network_scope
from tests import settings as run
from tests.world import Andina, build_elsewhere, build_network

atexit.register(shutil.rmtree, os.environ["TEQUIO_HOME"], ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> Iterator[None]:
    """Migrate one template as the owner; give each worker a copy; connect to it as the application."""
    with _alone():
        if _create(run.TEMPLATE, template="template1"):
            _migrate()
    _create(run.DATABASE, template=run.TEMPLATE)
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield
        connections.close_all()


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
    for path in sorted([*root.glob("*/migrations/*.py"), root / "core" / "walls.py", *root.glob("people/data/*.gz")]):
        mark.update(path.read_bytes())
    return Path(tempfile.gettempdir()) / f"tequio-template-{os.getuid()}-{mark.hexdigest()[:20]}"


def _postgres(program: str, *arguments: str) -> None:
    with psycopg.connect(TEMPLATE_URL) as asked:
        major = asked.info.server_version // 10000
    _do([client(program, at_least=major), *arguments], dict(os.environ))


def _do(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.exit(f"The test database could not be made:\n{done.stderr[-6000:]}", returncode=3)


KEPT = {"django_migrations", "django_content_type", "people_place"}


@pytest.fixture
def committing(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """Let a test commit for real (threads, worker processes); everything is emptied after it.

    Use it instead of ``db`` and of pytest-django's ``transactional_db``, whose flush the application's role
    is rightly refused.
    """
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        try:
            yield
        finally:
            connections.close_all()
            _empty()


def _empty() -> None:
    """Empty every table but the reference data, as superuser and past the triggers that protect the register."""
    with psycopg.connect(run.of(run.ADDRESSES.superuser_url, run.DATABASE), autocommit=True) as root:
        root.execute("SET session_replication_role = replica")
        found = root.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        tables = sql.SQL(", ").join(sql.Identifier(name) for (name,) in found if name not in KEPT)
        root.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(tables))


@pytest.fixture
def andina(db: None) -> Andina:
    """A vertical network in force, with its people."""
    return build_network()


@pytest.fixture
def network(andina: Andina) -> Iterator[object]:
    """The network ``andina``; the test is inside its scope."""
    with network_scope(andina.network.pk):
        yield andina.network


@pytest.fixture
def elsewhere(db: None) -> object:
    """Another network on the same installation, with Carla in it."""
    return build_elsewhere()


@pytest.fixture
def ana(andina: Andina, network: object) -> Actor:
    """Ana coordinates the network and is the delegate of its first member."""
    return andina.ana


@pytest.fixture
def beto(andina: Andina, network: object) -> Actor:
    """Beto is the delegate of the second member."""
    return andina.beto


@pytest.fixture
def dora(andina: Andina, network: object) -> Actor:
    """Dora is a contact person of the protocol, and a substitute in the second member."""
    return andina.dora


@pytest.fixture
def carla(elsewhere: object) -> Actor:
    """Carla coordinates another network and is a stranger here."""
    return elsewhere.carla  # type: ignore[attr-defined]


def sign_in(client: Client, actor: Actor) -> None:
    """Sign the client in as the person who acts."""
    from tequio.people.models import Person

    client.force_login(
        Person.objects.get(pk=actor.person_id),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )


def is_data(statement: str) -> bool:
    """Say whether a statement reads or writes data; beginning and ending transactions does not count."""
    return not _CONTROL.match(statement)


_CONTROL = re.compile(r"^(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)", re.IGNORECASE)


@pytest.fixture
def queries() -> Callable[[int], contextlib.AbstractContextManager[None]]:
    """``with queries(5):`` fails unless exactly five queries ran; transaction control does not count."""

    @contextlib.contextmanager
    def exactly(number: int) -> Iterator[None]:
        with CaptureQueriesContext(connection) as captured:
            yield
        data = [q["sql"] for q in captured.captured_queries if is_data(q["sql"])]
        said = "\n".join(f"{i}. {sql[:300]}" for i, sql in enumerate(data, 1))
        assert len(data) == number, f"{len(data)} queries, {number} expected:\n{said}"

    return exactly


@pytest.fixture
def run_jobs(db: None) -> Callable[[], int]:
    """Run, now and in this transaction, the jobs that are due; return how many ran."""
    from tests.jobs import run_due_jobs

    return run_due_jobs



"""What every command stands on: the home folder, the addresses of the database, Django set up."""

import contextlib
import gc
import os
from collections.abc import Iterator
from pathlib import Path

from tequio.cli import server
from tequio.cli.binaries import DatabaseTrouble
from tequio.cli.cluster import Addresses
from tequio.cli.words import gettext_now as _

SETTINGS_MODULE = "tequio.config.settings"


def home_folder(given: Path | None) -> Path:
    """Name the home: the one given, else TEQUIO_HOME, else ./var."""
    return (given or Path(os.environ.get("TEQUIO_HOME") or "var")).resolve()


def is_elsewhere() -> bool:
    """Tell whether the database is somebody else's server, named in TEQUIO_DATABASE_URL."""
    return bool(os.environ.get("TEQUIO_DATABASE_URL"))


@contextlib.contextmanager
def standing(home: Path, *, made: bool = False) -> Iterator[bool]:
    """Stand on a home with its database up, and tell whether that database is the home's own.

    A server that was started for the block ends with it. `made` refuses a folder that is no home yet, with
    DatabaseTrouble: a slip of the pen in --home shall not make a new one.
    """
    os.environ["TEQUIO_HOME"] = str(home)
    if made and not is_elsewhere() and not (home / "database.json").exists():
        raise DatabaseTrouble(_("%(home)s is not a home of Tequio; tequio init makes one.") % {"home": home})
    if is_elsewhere():
        _knock()
        _furnish(home)
        yield False
        return
    was_up = server.is_running(home)
    announce(server.ensure(home))
    _furnish(home)
    try:
        yield True
    finally:
        for name in ("TEQUIO_DATABASE_URL", "TEQUIO_DATABASE_OWNER_URL", "TEQUIO_DATABASE_BACKUP_URL"):
            os.environ.pop(name, None)
        if not was_up:
            server.stop(home)


def _knock() -> None:
    """Raise DatabaseTrouble where a database that the settings name does not let us in."""
    import psycopg

    for name in ("TEQUIO_DATABASE_URL", "TEQUIO_DATABASE_OWNER_URL"):
        if not (address := os.environ.get(name)):
            continue
        try:
            if not address.startswith(("postgresql://", "postgres://")):
                raise psycopg.ProgrammingError(_("an address begins with postgresql://"))
            psycopg.connect(address, connect_timeout=10).close()
        except psycopg.Error as trouble:
            raise DatabaseTrouble(
                _("The database named in %(name)s cannot be used: %(why)s")
                % {"name": name, "why": " ".join(str(trouble).split())}
            ) from trouble


def _furnish(home: Path) -> None:
    (home / "files").mkdir(
        mode=0o700, parents=True, exist_ok=True
    )  # what networks keep is for their pages alone
    (home / "static").mkdir(exist_ok=True)


def announce(addresses: Addresses) -> None:
    """Tell the settings, and every child, where the database answers."""
    os.environ["TEQUIO_DATABASE_URL"] = addresses.app_url
    os.environ["TEQUIO_DATABASE_OWNER_URL"] = addresses.owner_url
    os.environ["TEQUIO_DATABASE_BACKUP_URL"] = addresses.superuser_url
    os.environ["TEQUIO_KEEP_PLANS"] = "1"  # nothing stands between us and our own server


def set_up_django() -> None:
    """Load the settings and the apps; no connection is opened."""
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS_MODULE
    with loading():
        import django

        django.setup()


@contextlib.contextmanager
def loading() -> Iterator[None]:
    """Look for no garbage while modules are loaded, nor among them afterwards: they stay, and it takes a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def pending_migrations() -> list[str]:
    """Name the migrations that lie in the code and not in the database, without importing any of them."""
    from django.apps import apps
    from django.db import connection

    on_disk = {
        (app.label, path.stem)
        for app in apps.get_app_configs()
        for path in (Path(app.path) / "migrations").glob("[!_]*.py")
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.django_migrations') IS NOT NULL")
        applied: set[tuple[str, str]] = set()
        if cursor.fetchone()[0]:
            cursor.execute("SELECT app, name FROM django_migrations")
            applied = set(cursor.fetchall())
    return sorted(f"{app}.{name}" for app, name in on_disk - applied)


def migrate() -> None:
    """Bring the database to the state of the code, as the role that owns it."""
    from django.core.management import call_command

    from tequio.cli import baseline

    baseline.lay()
    call_command("migrate", database="owner", verbosity=0, interactive=False)

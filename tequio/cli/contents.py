"""What the embedded server holds before the first migration: its data folder, roles, database, extensions, grants."""

import os
import shutil
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql

from tequio.cli import account, binaries
from tequio.cli.binaries import DatabaseTrouble
from tequio.cli.cluster import DATABASE, Cluster
from tequio.cli.private import write_private
from tequio.cli.words import gettext_now as _

EXTENSIONS = ("unaccent", "pg_trgm", "btree_gist")


def environment() -> dict[str, str]:
    """Give PostgreSQL's programs a plain surrounding: nothing of the caller's, the C language, UTC."""
    return {"PATH": "/usr/bin:/bin", "LANG": "C", "LC_ALL": "C", "TZ": "UTC"}


def initialize(
    cluster: Cluster,
    programs: binaries.Binaries,
    as_whom: account.Account,
    *,
    throwaway: bool,
) -> None:
    """Make the data folder beside its place and move it there whole, so that a kill in between leaves nothing half made."""
    draft = Path(cluster.folder) / "data.new"
    shutil.rmtree(draft, ignore_errors=True)
    secret = Path(cluster.folder) / "superuser.new"
    write_private(secret, cluster.superuser)
    if as_whom.other:
        os.chown(secret, as_whom.uid, as_whom.gid)
    provider = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if programs.major >= 17 else []
    for locale in ("C.UTF-8", "C"):  # some systems have no C.UTF-8
        made = subprocess.run(
            [programs.path("initdb"), "-D", str(draft), "-U", "postgres", "-E", "UTF8", f"--locale={locale}",
             *provider, "--auth=scram-sha-256", f"--pwfile={secret}", *(["--no-sync"] if throwaway else [])],
            check=False, capture_output=True, text=True, cwd="/", env=environment(), **as_whom.launch(),
        )  # fmt: skip
        if made.returncode == 0:
            break
        shutil.rmtree(draft, ignore_errors=True)
    secret.unlink()
    if made.returncode:
        raise DatabaseTrouble(
            _("PostgreSQL could not make its data folder: %(why)s") % {"why": made.stderr[-500:]}
        )
    draft.rename(cluster.data)


def prepare(cluster: Cluster, *, throwaway: bool) -> None:
    """Create roles, database, extensions and grants; every step may be repeated after a kill."""
    name = sql.Identifier(DATABASE)
    roles = [_role(role, secret, may_create=throwaway) for role, secret in _roles(cluster)]
    # The first template too: databases made from it later, as tests do, are born with extensions and grants.
    _run(cluster, "template1", [*roles, *_grants()])
    if not _has_database(cluster):
        _run(
            cluster,
            "postgres",
            [sql.SQL("CREATE DATABASE {} OWNER tequio_owner").format(name)],
        )
    _run(
        cluster,
        DATABASE,
        [
            sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name),
            sql.SQL("GRANT CONNECT ON DATABASE {} TO tequio_app").format(name),
            *_grants(),
        ],
    )


def _run(cluster: Cluster, database: str, statements: list[sql.Composed | sql.SQL]) -> None:
    with psycopg.connect(cluster.url("postgres", cluster.superuser, database), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def _has_database(cluster: Cluster) -> bool:
    with psycopg.connect(cluster.url("postgres", cluster.superuser, "postgres")) as connection:
        return bool(connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone())


def _roles(cluster: Cluster) -> list[tuple[str, str]]:
    return [("tequio_owner", cluster.owner), ("tequio_app", cluster.app)]


def _role(name: str, secret: str, *, may_create: bool) -> sql.Composed | sql.SQL:
    more = sql.SQL("CREATEDB" if may_create and name == "tequio_owner" else "NOCREATEDB")
    attributes = sql.SQL("LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION {} PASSWORD {}").format(
        more, secret
    )
    return sql.SQL(
        "DO $$ BEGIN CREATE ROLE {name}; EXCEPTION WHEN duplicate_object THEN NULL; END $$; ALTER ROLE {name} {how}"
    ).format(name=sql.Identifier(name), how=attributes)


def _grants() -> list[sql.Composed | sql.SQL]:
    extensions = [
        sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)) for name in EXTENSIONS
    ]
    defaults = [
        sql.SQL(
            "ALTER DEFAULT PRIVILEGES FOR ROLE tequio_owner IN SCHEMA public GRANT {} TO tequio_app"
        ).format(sql.SQL(what))
        for what in (
            "SELECT, INSERT, UPDATE, DELETE ON TABLES",
            "USAGE, SELECT ON SEQUENCES",
            "EXECUTE ON FUNCTIONS",
        )
    ]
    return [
        *extensions,
        sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC"),
        sql.SQL("GRANT USAGE ON SCHEMA public TO tequio_app"),
        *defaults,
    ]

"""The command `doctor`: says in plain sentences what is well and what is not."""

import os
import shutil
import smtplib
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tequio.cli import binaries, ground, server
from tequio.cli.contents import EXTENSIONS
from tequio.cli.words import gettext_now as _

LEAST_DISK = 500_000_000
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class State(Enum):
    """How a thing is; its value is the mark before the sentence."""

    WELL = "✓"
    NOTE = "·"
    TROUBLE = "✗"


@dataclass(frozen=True)
class Finding:
    """One sentence about one thing."""

    state: State
    sentence: str


def well(sentence: str) -> Finding:
    """Say that something is as it should be."""
    return Finding(State.WELL, sentence)


def note(sentence: str) -> Finding:
    """Say something that may be meant."""
    return Finding(State.NOTE, sentence)


def trouble(sentence: str) -> Finding:
    """Say that something must be put right, and how."""
    return Finding(State.TROUBLE, sentence)


Check = Callable[[], Iterator[Finding]]


def examine(home: Path) -> int:
    """Look at everything, print a sentence each, and answer 1 where there is trouble, else 0."""
    findings = list(_outside(home))
    was_up = ground.is_elsewhere() or (home.exists() and server.is_running(home))
    try:
        with ground.standing(home, made=True):
            findings += _inside(home, was_up=was_up)
    except binaries.DatabaseTrouble as told:
        findings.append(trouble(str(told)))
    for finding in findings:
        print(finding.state.value, finding.sentence)
    troubles = sum(finding.state is State.TROUBLE for finding in findings)
    print("\n" + (_("All is well.") if not troubles else _("Please look at the lines with ✗.")))
    return 1 if troubles else 0


def _outside(home: Path) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield (
        well(_("Python %(version)s.") % {"version": version})
        if sys.version_info >= (3, 11)
        else trouble(_("Python %(version)s is too old: Tequio needs 3.11 or later.") % {"version": version})
    )
    yield from _disk(home)


def _disk(home: Path) -> Iterator[Finding]:
    there = next(folder for folder in (home, *home.parents) if folder.exists())
    if home.exists() and not os.access(home, os.W_OK):
        yield trouble(_("The home %(home)s cannot be written by this account.") % {"home": home})
    free = shutil.disk_usage(there).free
    said = {"home": home, "free": f"{free / 1e9:.1f}"}
    if free < LEAST_DISK:
        yield trouble(_("Only %(free)s GB are free for %(home)s: make room.") % said)
    else:
        yield well(_("The home is %(home)s, with %(free)s GB free.") % said)


def _inside(home: Path, *, was_up: bool) -> list[Finding]:
    ground.set_up_django()
    checks: list[Check] = [_keys, _files, _database, _rights, _clock, _migrations, _mail, _proxy, _backups]
    if was_up:
        checks.append(_worker)
    found: list[Finding] = []
    for check in checks:
        try:
            found += check()
        except Exception as problem:  # noqa: BLE001 - a doctor who faints helps nobody: the fault becomes a sentence
            what = str(problem).strip().splitlines()
            found.append(
                trouble(f"{check.__name__.strip('_')}: {what[0] if what else type(problem).__name__}")
            )
    if not was_up:
        found.append(note(_("Tequio is not running in this home now, so the worker was not looked at.")))
    return found


def _keys() -> Iterator[Finding]:
    from django.conf import settings

    folder = Path(settings.TEQUIO_KEYS_DIR)
    open_ones = [path.name for path in [folder, *folder.iterdir()] if path.stat().st_mode & 0o077]
    if open_ones:
        yield trouble(
            _("Other accounts of this machine may read the keys (%(names)s): chmod -R go= %(folder)s")
            % {"names": ", ".join(open_ones), "folder": folder}
        )
    else:
        yield well(_("The keys in %(folder)s are for their owner's eyes alone.") % {"folder": folder})


def _files() -> Iterator[Finding]:
    from django.conf import settings

    folder = Path(settings.MEDIA_ROOT)
    if folder.stat().st_mode & 0o077:
        yield trouble(
            _("Other accounts of this machine may read the files of networks: chmod go= %(folder)s")
            % {"folder": folder}
        )


def _rows(statement: str) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def _database() -> Iterator[Finding]:
    number = int(str(_rows("SHOW server_version_num")[0][0]))
    said = {"version": f"{number // 10000}.{number % 10000}"}
    if number < binaries.OLDEST * 10000:
        yield trouble(_("PostgreSQL %(version)s is too old: 15 or later is needed.") % said)
    else:
        yield well(_("The database answers: PostgreSQL %(version)s.") % said)
    there = {name for (name,) in _rows("SELECT extname FROM pg_extension")}
    if missing := [name for name in EXTENSIONS if name not in there]:
        yield trouble(
            _("Extensions are missing in the database: %(names)s. As its superuser: CREATE EXTENSION …")
            % {"names": ", ".join(missing)}
        )
    else:
        yield well(_("Its extensions are there: %(names)s.") % {"names": ", ".join(EXTENSIONS)})


def _rights() -> Iterator[Finding]:
    ((name, superuser, bypass),) = _rows(
        "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )
    said = {"role": name}
    if superuser or bypass:
        yield trouble(
            _(
                "The role %(role)s stands above row-level security: use one that is neither superuser nor BYPASSRLS."
            )
            % said
        )
    owned = _rows("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")[0][0]
    if owned:
        yield trouble(
            _(
                "The role %(role)s owns tables: let TEQUIO_DATABASE_OWNER_URL name another role that owns them."
            )
            % said
        )
    if not (superuser or bypass or owned):
        yield well(_("The role %(role)s owns nothing and is held by row-level security.") % said)
    yield from _walls()


def _walls() -> Iterator[Finding]:
    from django.apps import apps

    from tequio.core.scoping import NetworkModel

    # What networks show to each other on purpose belongs to no scope, and has no wall.
    scoped = {model._meta.db_table for model in apps.get_models() if issubclass(model, NetworkModel)}
    found = _rows(
        "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'network_id' AND a.attnotnull"
        " WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace"
        " AND NOT (c.relrowsecurity AND c.relforcerowsecurity) ORDER BY 1"
    )
    if bare := [str(name) for (name,) in found if name in scoped]:
        names = ", ".join(bare)
        yield trouble(_("Tables of networks without row-level security: %(names)s.") % {"names": names})


def _clock() -> Iterator[Finding]:
    from tequio.core import clock

    before = clock.now()
    there = _rows("SELECT clock_timestamp()")[0][0]
    middle = before + (clock.now() - before) / 2
    apart = abs((there - middle).total_seconds())
    said = {"seconds": f"{apart:.1f}"}
    if apart > 2:
        yield trouble(
            _("The clocks of this machine and of the database are %(seconds)s s apart: set them by NTP.")
            % said
        )
    else:
        yield well(_("The clocks of this machine and of the database agree."))


def _migrations() -> Iterator[Finding]:
    if pending := ground.pending_migrations():
        yield trouble(
            _("%(number)s migrations wait, the first is %(first)s: run tequio migrate.")
            % {"number": len(pending), "first": pending[0]}
        )
    else:
        yield well(_("The tables are those of this version."))


def _mail() -> Iterator[Finding]:
    from django.conf import settings

    if not settings.SMTP_URL:
        local = urlsplit(settings.ORIGIN).hostname in LOOPBACK
        say = note if local else trouble
        yield say(
            _("No mail server is set, so letters wait on the outbox page: set TEQUIO_SMTP_URL to send them.")
        )
        return
    said = {"host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT}
    try:
        opened = smtplib.SMTP_SSL if settings.EMAIL_USE_SSL else smtplib.SMTP
        with opened(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=10) as mail:
            if settings.EMAIL_USE_TLS:
                mail.starttls()
            if settings.EMAIL_HOST_USER:
                mail.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
            mail.noop()
    except (OSError, smtplib.SMTPException) as problem:
        yield trouble(_("The mail server %(host)s:%(port)s refuses: %(why)s") % {**said, "why": problem})
    else:
        yield well(_("The mail server %(host)s:%(port)s takes letters.") % said)


def _proxy() -> Iterator[Finding]:
    from django.conf import settings

    secure = settings.ORIGIN.startswith("https://")
    trusted = settings.SECURE_PROXY_SSL_HEADER is not None
    host = urlsplit(settings.ORIGIN).hostname
    if secure and not trusted:
        yield trouble(
            _("The address is https, but the proxy's word for it is not heard: let the proxy set X-Forwarded-Proto,"
              " and set TEQUIO_TRUST_PROXY=1.")
        )  # fmt: skip
    if trusted and not secure:
        yield trouble(
            _("TEQUIO_TRUST_PROXY is set without an https address: set TEQUIO_ORIGIN, or unset it.")
        )
    if not secure and host not in LOOPBACK:
        yield trouble(
            _(
                "The address %(origin)s is not https: set TEQUIO_ORIGIN and a proxy in front (docs/running.md)."
            )
            % {"origin": settings.ORIGIN}
        )
    if secure == trusted and (secure or host in LOOPBACK):
        yield _reached(settings.ORIGIN)


def _reached(origin: str) -> Finding:
    said = {"origin": origin}
    try:
        with urllib.request.urlopen(origin, timeout=10) as answer:  # noqa: S310 - an address of our own settings
            secured = bool(answer.headers.get("Strict-Transport-Security"))
    except (TimeoutError, urllib.error.URLError, OSError) as problem:
        return note(_("%(origin)s could not be reached from here: %(why)s") % {**said, "why": problem})
    if origin.startswith("https://") and not secured:
        return trouble(_("%(origin)s answers, but not as Tequio does: look at the proxy's headers.") % said)
    return well(_("%(origin)s answers.") % said)


def _backups() -> Iterator[Finding]:
    from tequio.cli import backup

    yield from (note(sentence) for sentence in backup.wanting(ground.home_folder(None)))


def _worker() -> Iterator[Finding]:
    ((seconds,),) = _rows(
        "SELECT extract(epoch FROM now() - max(last_heartbeat))::int FROM procrastinate_workers"
    )
    if seconds is None or seconds > 60:
        yield trouble(_("No worker has been heard of for a minute, so no mail leaves: run tequio worker."))
    else:
        yield well(_("A worker was heard of %(seconds)s s ago.") % {"seconds": seconds})

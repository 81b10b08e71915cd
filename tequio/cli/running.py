"""The commands that run until they are told to end: serve, demo, web and worker."""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tequio.cli import ground, server, serving, tree
from tequio.cli.binaries import DatabaseTrouble
from tequio.cli.private import write_private
from tequio.cli.serving import Door
from tequio.cli.words import gettext_now as _


@dataclass(frozen=True)
class Character:
    """Somebody to sign in as in the demonstration; `link` signs in with one click."""

    name: str
    network: str
    role: str
    language: str
    link: str


def serve(home: Path, door: Door, *, workers: int, with_web: bool = True, with_jobs: bool = True) -> None:
    """Run database, web server and worker until Ctrl-C."""
    if with_web:
        door = serving.free(door)
    os.environ.setdefault("TEQUIO_ORIGIN", door.origin)
    with ground.standing(home) as own:
        ground.set_up_django()
        _bring_up_to_date()
        with ground.loading():
            application = serving.load_application() if with_web else None
        tree.supervise(
            _children(application, door, workers=workers, with_jobs=with_jobs),
            check=lambda: _keep_database(home, own=own),
            ready=lambda: _greet(door, with_web),
        )


def demo(home: Path, port: int) -> None:
    """Run the demonstration on loopback: sample networks, and a link to sign in as each character."""
    door = serving.free(Door("127.0.0.1", port))
    os.environ |= {"TEQUIO_DEMO": "1", "TEQUIO_ORIGIN": door.origin}
    told = home / "demo.json"
    told.unlink(missing_ok=True)
    with ground.standing(home) as own:
        ground.set_up_django()
        _bring_up_to_date()
        with ground.loading():
            application = serving.load_application()
        draft = told.with_suffix(".new")
        if not tree.run_apart(lambda: _build_demo(draft, door)):
            raise SystemExit(_("The sample networks could not be made."))

        def ready() -> None:
            serving.answers(door, seconds=30)
            draft.replace(told)
            _introduce(door, home, json.loads(told.read_text()))

        tree.supervise(
            _children(application, door, workers=min(2, os.cpu_count() or 1), with_jobs=True),
            check=lambda: _keep_database(home, own=own),
            ready=ready,
        )


def _keep_database(home: Path, *, own: bool) -> None:
    # Its address stays the same, so the children find it again by themselves. One that dies on its way up, or that a
    # full disk keeps down, is tried again a second later: the tree must outlive it.
    try:
        if own and server.has_ended(home):
            ground.announce(server.ensure(home))
    except (DatabaseTrouble, OSError) as trouble:
        print(trouble, file=sys.stderr, flush=True)


def _children(
    application: Callable[..., Any] | None, door: Door, *, workers: int, with_jobs: bool
) -> list[tree.Child]:
    # In the order in which they are ended: first no new requests, then no more jobs.
    children = []
    if application is not None:
        children.append(tree.Child("web", lambda: serving.web(application, door, workers=workers)))
    if with_jobs:
        children.append(tree.Child("worker", serving.jobs))
    return children


def _bring_up_to_date() -> None:
    pending = ground.pending_migrations()
    from django.db import connections

    connections.close_all()
    if pending:
        print(_("Bringing the database up to date …"), flush=True)
        if not tree.run_apart(ground.migrate):
            raise SystemExit(_("The database could not be brought up to date; the lines above say why."))


def _build_demo(draft: Path, door: Door) -> None:
    """Found the sample networks through the services, once, and write who may be signed in as."""
    from tequio.cli.samples.build import build

    lines = [
        Character(who.name, who.network, who.role, who.language, door.origin + who.path) for who in build()
    ]
    told = {"address": door.origin + "/", "characters": [asdict(line) for line in lines]}
    write_private(draft, json.dumps(told, ensure_ascii=False, indent=1))


def _greet(door: Door, with_web: bool) -> None:
    if with_web and serving.answers(door, seconds=30):
        print(_("Tequio answers at %(address)s") % {"address": door.path or door.origin}, flush=True)
    else:
        print(_("The worker waits for jobs."), flush=True)
    print(_("Ctrl-C stops it."), flush=True)


def _introduce(door: Door, home: Path, told: dict[str, Any]) -> None:
    print(_("Tequio's demonstration: %(address)s") % {"address": told["address"]})
    print(_("It listens on this machine only. Mail is not sent: it waits on the outbox page."))
    for who in told["characters"]:
        print(f"\n  {who['name']} · {who['role']} · {who['network']} ({who['language']})\n  {who['link']}")
    print("\n" + _("Data: %(home)s. Ctrl-C stops everything.") % {"home": home}, flush=True)

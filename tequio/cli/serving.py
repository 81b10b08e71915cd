"""The bodies of the tree's children: the web server and the worker of jobs."""

import contextlib
import multiprocessing
import os
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tequio.cli import processes
from tequio.cli.trouble import Trouble
from tequio.cli.words import gettext_now as _


class PortTaken(Trouble):
    """Somebody else listens there."""


@dataclass(frozen=True)
class Door:
    """Where the web server listens: an address and port, or a Unix socket for a proxy in front."""

    address: str = "127.0.0.1"
    port: int = 8000
    path: Path | None = None

    @property
    def origin(self) -> str:
        """Write the address for a browser."""
        host = f"[{self.address}]" if ":" in self.address else self.address
        return f"http://{host}:{self.port}"


def free(door: Door) -> Door:
    """Return the door with the port it will have: for port 0 one that is free now.

    Raise PortTaken where somebody listens already: the workers share their port, and would share it with strangers.
    """
    if door.path:
        if not os.access(door.path.parent, os.W_OK | os.X_OK):
            raise Trouble(_("%(folder)s is no folder that can be written.") % {"folder": door.path.parent})
        return door
    family = socket.AF_INET6 if ":" in door.address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((door.address, door.port))
            probe.listen(1)
            return replace(door, port=probe.getsockname()[1])
        except OSError as trouble:
            raise PortTaken(
                _("%(origin)s cannot be used: %(why)s. Choose another with --port.")
                % {"origin": door.origin, "why": trouble.strerror}
            ) from trouble


def load_application() -> Callable[..., Any]:
    """Load the whole application before the children are forked, so that they share its memory."""
    from django.core.wsgi import get_wsgi_application
    from django.template import engines
    from django.urls import get_resolver

    application = get_wsgi_application()

    get_resolver().url_patterns  # noqa: B018 - imports every view
    engines.all()
    return application


def web(application: Callable[..., Any], door: Door, *, workers: int) -> None:
    """Answer requests: one blocking thread per worker, the workers forked from here."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    multiprocessing.set_start_method("fork", force=True)
    Server(
        "tequio.config.wsgi:application",
        address=door.address,
        port=door.port,
        uds=door.path,
        uds_permissions=0o660 if door.path else None,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=1,
        log_level=LogLevels.warning,
        log_access=False,  # no addresses anywhere
        respawn_failed_workers=True,
        workers_kill_timeout=8,
    ).serve(target_loader=loader_of(application), wrap_loader=False)


def loader_of(application: Callable[..., Any]) -> Callable[[], Callable[..., Any]]:
    """Return what a worker calls before it answers: it ends with this process, also where that one has ended already.

    A worker that lived on would keep the door, and no new start could open it.
    """
    server = os.getpid()
    ask = processes.die_with_parent(signal.SIGKILL)

    def load() -> Callable[..., Any]:
        if ask and os.getpid() != server:
            ask()
        return application

    return load


def jobs() -> None:
    """Do the jobs of the queue as they come, until told to end; the one at hand is finished first."""
    import asyncio

    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector
    from procrastinate.contrib.django.utils import connector_params

    async def work() -> None:
        async with app.open_async():
            await app.run_worker_async(shutdown_graceful_timeout=8, delete_jobs="successful")

    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    # Where the database is gone for good, as after kill -9 of the whole tree, each last word waits so many seconds.
    few = PsycopgConnector(kwargs=connector_params(connector.alias), min_size=1, max_size=3, timeout=10)
    # A job that defers another one does so in its own transaction: both are safe, or neither.
    few.get_sync_connector = lambda: connector  # type: ignore[method-assign]
    replaced = app.replace_connector(few)
    with contextlib.suppress(asyncio.CancelledError), replaced:
        asyncio.run(work())


def answers(door: Door, *, seconds: float) -> bool:
    """Wait until a worker answers at the door: an open port alone may be one that just opens and closes again."""
    return processes.until(lambda: _replies(door), seconds=seconds, step=0.02)


def _replies(door: Door) -> bool:
    family = socket.AF_UNIX if door.path else socket.AF_INET6 if ":" in door.address else socket.AF_INET
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - asked, not listened to
    with socket.socket(family) as probe, contextlib.suppress(OSError):
        probe.settimeout(5)
        probe.connect(
            str(door.path) if door.path else (everywhere.get(door.address, door.address), door.port)
        )
        probe.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return probe.recv(16).startswith(b"HTTP/")
    return False

"""The test run's own PostgreSQL: thrown away at the end, shared by the parallel workers of one run."""

import atexit
import json
import os
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

from tequio.cli import processes, server
from tequio.cli.cluster import Addresses

SHARED = "TEQUIO_TEST_SERVER"


def start_test_server() -> Addresses:
    """Answer with the addresses of the run's server; the first to ask starts it, workers inherit it.

    The role tequio_owner may create databases here, and each new one is born with extensions and grants.
    """
    if inherited := os.environ.get(SHARED):
        return Addresses(**json.loads(inherited))
    _sweep()
    home = Path(tempfile.mkdtemp(prefix=f"tequio-test-{os.getpid()}-"))
    home.chmod(0o711)  # as root, the server's account passes through
    addresses = server.ensure(home, throwaway=True)
    os.environ[SHARED] = json.dumps(asdict(addresses))
    atexit.register(_end, home, os.getpid())
    return addresses


def _end(home: Path, starter: int) -> None:
    if os.getpid() != starter:  # a fork of the run is not its end
        return
    os.environ.pop(SHARED, None)
    server.stop(home)
    shutil.rmtree(home, ignore_errors=True)


def _sweep() -> None:
    # What a killed run left: its server died with it, its folder did not.
    for left in Path(tempfile.gettempdir()).glob("tequio-test-*-*"):
        number = left.name.split("-")[2]
        if number.isdigit() and not processes.alive(int(number)):
            shutil.rmtree(left, ignore_errors=True)

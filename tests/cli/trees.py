"""The whole tree of processes, started as people start it, and a home with the sample networks for it."""

import subprocess
import tempfile
from collections.abc import Callable, Iterator
from http.client import HTTPException
from pathlib import Path
from shutil import rmtree

import pytest

from tequio.cli import processes, server
from tests.cli.browser import Browser
from tests.cli.conftest import descendants
from tests.homes import TEQUIO, grown_home, tequio
from tests.ports import free_port

Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A home with the sample networks, one for all tests of a file that takes it from here."""
    folder = Path(tempfile.mkdtemp(prefix="tequio-cli-"))
    folder.chmod(0o711)
    made = grown_home(folder)
    yield made
    server.stop(made)
    rmtree(folder)


def started(
    running: Start, home: Path, command: str = "serve", port: int = 0, **more: str
) -> tuple["subprocess.Popen[bytes]", str]:
    """Start the tree and wait until a worker answers."""
    port = port or free_port()
    tree = running(*TEQUIO, command, "--home", home, "--port", port, **more)
    origin = f"http://127.0.0.1:{port}"
    assert processes.until(lambda: tree.poll() is not None or healthy(origin), seconds=240, step=0.05)
    assert tree.poll() is None
    return tree, origin


def stopped(tree: "subprocess.Popen[bytes]", number: int) -> None:
    """Send the signal and check that nobody of the tree is left."""
    everybody = descendants(tree.pid)
    assert len(everybody) > 5
    tree.send_signal(number)
    tree.wait(timeout=90)
    assert processes.until(lambda: not any(map(processes.alive, everybody)), seconds=60)


def healthy(origin: str) -> bool:
    try:
        return Browser(origin).ask("/")[0] == 200
    except (OSError, HTTPException):
        return False


def link_for(home: Path, origin: str, email: str) -> str:
    made = tequio("createadmin", email, "--home", home, TEQUIO_ORIGIN=origin)
    assert made.returncode == 0, made.stderr
    return made.stdout.strip().splitlines()[-1]

"""Homes and commands for the tests of the command line."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tequio.cli import processes, server

ROOT = Path(__file__).resolve().parents[2]
PROOF = os.environ.get("PROOF") == "1"


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder with a short path that every account can pass through; what runs in it ends with the test."""
    folder = Path(tempfile.mkdtemp(prefix="tequio-cli-"))
    folder.chmod(0o711)
    yield folder
    for kept in folder.rglob("database.json"):
        server.stop(kept.parent)
    shutil.rmtree(folder)


@pytest.fixture
def home(room: Path) -> Path:
    """A home that is not made yet."""
    return room / "home"


def surroundings(**more: str) -> dict[str, str]:
    """An environment without the test run's own database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TEQUIO_", "DJANGO_"))}
    return kept | {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"} | more


def tequio(*arguments: object, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run the command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "tequio.cli.main", *map(str, arguments)],
        capture_output=True, text=True, timeout=180, check=False, cwd="/", env=surroundings(**more),
    )  # fmt: skip


@pytest.fixture
def running() -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Start programs that are ended with the test, whatever becomes of it."""
    started: list[subprocess.Popen[str]] = []

    def start(*command: object, **more: str) -> "subprocess.Popen[str]":
        child = subprocess.Popen(
            list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd="/",
            env=surroundings(**more),
        )  # fmt: skip
        started.append(child)
        return child

    yield start
    for child in started:
        processes.send([child.pid], signal.SIGKILL)
        child.wait()
        if child.stdout:
            child.stdout.close()


def descendants(pid: int) -> set[int]:
    """Every process below this one."""
    parents = {
        int(entry.name): processes.parent_of(int(entry.name))
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit()
    }
    below: set[int] = set()
    more = {pid}
    while more:
        more = {child for child, parent in parents.items() if parent in more} - below
        below |= more
    return below

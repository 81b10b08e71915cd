"""Homes and commands for the tests of the command line."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tequio.cli import processes, server
from tests.homes import surroundings

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


@pytest.fixture
def running(room: Path) -> Iterator[Callable[..., "subprocess.Popen[bytes]"]]:
    """Start programs that are ended with the test, whatever becomes of it; what they say goes to a file."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*command: object, **more: str) -> "subprocess.Popen[bytes]":
        with said_by(room, len(started)).open("wb") as out:
            child = subprocess.Popen(
                list(map(str, command)),
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd="/",
                env=surroundings(**more),
            )
        started.append(child)
        return child

    yield start
    for number, child in enumerate(started):
        if child.poll() is None:  # the number of one that ended may be another program's by now
            child.kill()
        child.wait()
        print(said_by(room, number).read_text()[-4000:])


def said_by(room: Path, number: int) -> Path:
    """Name the file of what the program that was started as this number said."""
    return room / f"said-{number}.txt"


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

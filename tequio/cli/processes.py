"""What the operating system knows of processes: who works in a folder, who is alive, who dies with its parent."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

LINUX = sys.platform.startswith("linux")
PR_SET_PDEATHSIG = 1


def die_with_parent(number: int) -> Callable[[], None] | None:
    """Prepare what a child runs before its program: ask Linux for a signal when the parent ends, even by kill -9."""
    if not LINUX:
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
        if os.getppid() != parent:  # it ended between the fork and the request
            os.kill(os.getpid(), signal.SIGKILL)

    return ask


def stat_fields(pid: int) -> list[str]:
    """Read the fields of /proc/PID/stat after the name: state first, then the parent; empty where it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def alive(pid: int) -> bool:
    """Tell whether a process exists and is more than a zombie."""
    if LINUX:
        fields = stat_fields(pid)
        return bool(fields) and fields[0] not in ("Z", "X")
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def parent_of(pid: int) -> int | None:
    """Name the parent of a process."""
    fields = stat_fields(pid)
    return int(fields[1]) if fields else None


def identity(pid: int) -> str:
    """Name a process so that a later one with the same number is told apart: its number and its moment of birth."""
    fields = stat_fields(pid)
    return f"{pid}:{fields[19]}" if len(fields) > 19 else str(pid)


def working_in(folder: Path) -> list[int]:
    """List the living processes whose working folder is this one: for a data folder, PostgreSQL's own."""
    inside = []
    for entry in Path("/proc").iterdir() if LINUX else []:
        if not entry.name.isdigit():
            continue
        try:
            if (entry / "cwd").samefile(folder) and alive(int(entry.name)):
                inside.append(int(entry.name))
        except OSError:
            continue
    return inside


def send(pids: Iterable[int], number: int) -> None:
    """Send a signal to those of the processes that are still there."""
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def until(done: Callable[[], bool], *, seconds: float, step: float = 0.01) -> bool:
    """Wait until something is so, at most some seconds, and tell whether it came to be."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            return False
        time.sleep(step)
    return True

"""Serve an application with one worker of the real web server, ask it, and read what its CPU cost."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tequio.cli.processes import stat_fields
from tests.ports import free_port

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Served:
    """A running server: its port, and its process with all children."""

    port: int
    process: subprocess.Popen[bytes]

    def cpu(self) -> float:
        """The CPU seconds that the server and its children have used."""
        return cpu_below(self.process.pid)

    def ask(self, path: str, times: int, headers: Mapping[str, str]) -> bytes:
        """Ask for a page again and again on one connection; return the last answer's body."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        for _ in range(times):
            line.request("GET", path, headers=dict(headers))
            answer = line.getresponse()
            body = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status}")
        line.close()
        return body

    def cost(self, path: str, times: int, headers: Mapping[str, str]) -> float:
        """Return the CPU seconds of one request, the mean of ``times`` of them after a warm-up."""
        self.ask(path, max(3, times // 10), headers)
        before = self.cpu()
        self.ask(path, times, headers)
        return (self.cpu() - before) / times


def family(pid: int) -> Iterator[int]:
    """Yield a process and all below it."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _said(task).split():
            yield from family(int(child))


def _said(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:  # it ended meanwhile
        return ""


def cpu_below(pid: int) -> float:
    """Return the CPU seconds that a process and all below it have used."""
    return sum(_cpu_of(each) for each in family(pid))


def _cpu_of(pid: int) -> float:
    fields = stat_fields(pid)  # none of one that ended meanwhile
    return (int(fields[11]) + int(fields[12])) / TICK if fields else 0.0


@contextmanager
def serve(application: str, environment: Mapping[str, str], *, workers: int = 1) -> Iterator[Served]:
    """Serve ``module:application`` until the block ends, with one thread a worker."""
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", str(workers), "--blocking-threads", "1",
        "--port", str(port), "--no-ws", "--log-level", "error", application,
    ]  # fmt: skip
    process = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    try:
        _wait(port)
        yield Served(port, process)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def _wait(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The server did not come up.")

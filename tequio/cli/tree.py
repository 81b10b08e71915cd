"""One tree of processes: a supervisor and its children, forked from it with everything already loaded.

The supervisor alone hears Ctrl-C; it ends its children in order and starts again one that died. A child asks the
system to be ended with its parent, so that a kill -9 of the supervisor leaves nobody behind.
"""

import contextlib
import gc
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType

from tequio.cli import processes
from tequio.cli.words import gettext_now as _

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 12.0


@dataclass
class Child:
    """One child: its name, what it runs, and how it is."""

    name: str
    run: Callable[[], None]
    pid: int = 0
    born: float = 0.0
    again_at: float = 0.0
    wait: float = 0.0


def fork(run: Callable[[], None]) -> int:
    """Run a function in a child process of its own session, and answer with the child's number."""
    ask = processes.die_with_parent(signal.SIGTERM)
    sys.stdout.flush()
    sys.stderr.flush()
    gc.collect()
    gc.freeze()  # what is loaded by now stays shared between parent and child
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        os.setsid()
        for number in (*ENDING, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        signal.set_wakeup_fd(-1)
        if ask:
            ask()
        run()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 - the last stop before the process ends
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def run_apart(run: Callable[[], None]) -> bool:
    """Run a function to its end in a child, so that what it loads leaves no trace here; tell whether it went well."""
    child = Child("", run)
    child.pid = fork(run)
    try:
        _pid, status = os.waitpid(child.pid, 0)
    except BaseException:
        end(child)
        raise
    return os.waitstatus_to_exitcode(status) == 0


def supervise(children: list[Child], *, check: Callable[[], None], ready: Callable[[], None]) -> None:
    """Keep the children alive until Ctrl-C or SIGTERM; `check` is called every second, `ready` once, at the start."""
    with _waking() as (wake, ended):
        for child in children:
            _start(child)
        ready()
        try:
            while not ended:
                select.select([wake], [], [], 1.0)
                with contextlib.suppress(BlockingIOError):
                    os.read(wake, 512)
                if ended:
                    break
                check()
                for child in children:
                    _tend(child)
        finally:
            for child in children:
                end(child)


@contextlib.contextmanager
def _waking() -> Iterator[tuple[int, list[int]]]:
    """Hear signals as bytes on a pipe, so that the loop sleeps and yet answers at once."""
    ended: list[int] = []

    def hear(number: int, _frame: FrameType | None) -> None:
        ended.append(number)

    wake, write = os.pipe()
    os.set_blocking(wake, False)
    os.set_blocking(write, False)
    before = {number: signal.signal(number, hear) for number in ENDING}
    before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    try:
        yield wake, ended
    finally:
        signal.set_wakeup_fd(-1)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(wake)
        os.close(write)


def _start(child: Child) -> None:
    child.pid = fork(child.run)
    child.born = time.monotonic()


def _tend(child: Child) -> None:
    now = time.monotonic()
    if child.pid and os.waitpid(child.pid, os.WNOHANG)[0]:
        child.pid = 0
        # One that dies again and again is given more and more time, up to half a minute.
        child.wait = 0.0 if now - child.born > 30 else min(30.0, max(0.5, child.wait * 2))
        child.again_at = now + child.wait
        print(_("%(name)s ended by itself; starting it again.") % {"name": child.name}, file=sys.stderr)
    if not child.pid and now >= child.again_at:
        _start(child)


def end(child: Child) -> None:
    """End a child: it may finish what it does, but not for ever."""
    for number, patience in ((signal.SIGTERM, PATIENCE), (signal.SIGKILL, 5.0)):
        if not child.pid:
            return
        processes.send([child.pid], number)
        if processes.until(lambda: os.waitpid(child.pid, os.WNOHANG)[0] != 0, seconds=patience):
            child.pid = 0

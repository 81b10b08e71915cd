"""Who is born while the parent is being killed ends too: an orphan would keep the door, and no new start could open it."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tequio.cli import processes, serving, tree

linux_alone = pytest.mark.skipif(not processes.LINUX, reason="only Linux tells a child of its parent's end")


def lives_on(be_born) -> bool:
    """Run, in a process that is killed at once, what makes a child; tell whether the child lives on.

    ``be_born(orphaned, say)`` makes the child: it waits with ``orphaned`` until its parent is gone, and says that it lives.
    """
    read, write = os.pipe()
    parent = os.fork()
    if not parent:
        os.close(read)
        me = os.getpid()

        def orphaned() -> None:
            while os.getppid() == me:
                time.sleep(0.001)

        try:
            be_born(orphaned, lambda: os.write(write, b"alive"))
        finally:  # whoever comes here, the child too, is no test run
            os.kill(os.getpid(), signal.SIGKILL)
    os.close(write)
    os.waitpid(parent, 0)
    said = os.read(read, 10)  # nothing, once the last one who could write has ended
    os.close(read)
    return said == b"alive"


@linux_alone
def test_a_child_of_the_tree_ends(monkeypatch) -> None:
    def be_born(orphaned, say) -> None:
        monkeypatch.setattr(os, "setsid", orphaned)  # the first thing that it does
        tree.fork(say)

    assert not lives_on(be_born)


@linux_alone
def test_a_worker_of_the_web_server_ends() -> None:
    def be_born(orphaned, say) -> None:
        load = serving.loader_of(lambda: None)
        if not os.fork():
            orphaned()
            load()
            say()
            os._exit(0)

    assert not lives_on(be_born)


def test_the_server_itself_goes_on_when_it_loads() -> None:
    """It may look whether the application loads, before it forks."""
    program = "from tequio.cli import serving; print(serving.loader_of(len)() is len)"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "True"

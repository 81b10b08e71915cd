"""A worker killed while it sends: no letter is lost, and one is doubled only between the server's yes and our commit."""

import asyncio
import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.test import override_settings

from tequio.core import clock
from tequio.notify.models import Letter, State
from tequio.notify.services.letters import post
from tests import settings as run

KILLS = 50 if os.environ.get("PROOF") == "1" else 5
LETTERS = 12
# Loads the program once; then, for each line it reads, starts a worker and says its number.
NURSERY = """
import os, signal, sys, django
django.setup()
from tequio.cli import serving
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        serving.jobs()
        os._exit(0)
    print(child, flush=True)
"""


class Mailbox:
    """A mail server that takes its time to say yes, and remembers what it took; a class as aiosmtpd asks."""

    def __init__(self):
        self.begun, self.taken = [], []

    async def handle_DATA(self, server, session, envelope):
        headers = envelope.content.decode().split("\r\n\r\n", 1)[0]
        message_id = next(line for line in headers.splitlines() if line.lower().startswith("message-id"))[
            12:
        ].strip()
        self.begun.append(message_id)
        await asyncio.sleep(0.02)
        self.taken.append(message_id)
        return "250 taken"


@pytest.fixture
def mailbox():
    handler = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        handler.port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    yield handler
    controller.stop()


@pytest.fixture
def committed(bare, django_db_blocker):
    """The real database, where this test commits; what it wrote is deleted by its owner afterwards."""
    with django_db_blocker.unblock():
        yield
        connection.close()
    with psycopg.connect(run.of(run.ADDRESSES.owner_url, run.DATABASE), autocommit=True) as owner:
        owner.execute("TRUNCATE notify_letter, notify_heartbeat, procrastinate_jobs, procrastinate_workers, "
                      "procrastinate_events, procrastinate_periodic_defers CASCADE")  # fmt: skip


@contextlib.contextmanager
def nursery(port):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tequio.config.settings",
        "TEQUIO_DATABASE_URL": run.of(run.ADDRESSES.app_url, run.DATABASE),
        "TEQUIO_SMTP_URL": f"smtp://127.0.0.1:{port}",
    }
    command = [sys.executable, "-c", NURSERY]
    with subprocess.Popen(
        command, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:

        def start():
            parent.stdin.write("\n")
            parent.stdin.flush()
            return int(parent.stdout.readline())

        yield start
        parent.stdin.close()


@contextlib.contextmanager
def working(start, *, end=signal.SIGKILL):
    """Start a worker, and end it: by default as a power cut would."""
    worker = start()
    try:
        yield
    finally:
        os.kill(worker, end)
        wait_until(lambda: not alive(worker), seconds=30)


def alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def write(count):
    letters = [
        Letter(
            key=f"kill:{n}", message_id=f"<{n}@test>", address="rosa@example.org", language="es", kind="decision",
            subject="x", text="x", html="<p>x</p>", written_at=clock.now(),
        )
        for n in range(count)
    ]  # fmt: skip
    Letter.objects.bulk_create(letters)
    with override_settings(SMTP_URL="smtp://x"):
        for letter in letters:
            post(letter=letter)


def release_the_dead():
    """Do what ``tasks.sweep`` does a minute after a worker died, without the minute."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 minutes'")
    from tequio.notify.tasks import sweep

    with ThreadPoolExecutor(1) as aside:  # a browser's journey leaves a loop running in this thread
        aside.submit(lambda: asyncio.run(sweep(timestamp=0))).result()


def wait_until(true, *, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "nothing happens"
        time.sleep(0.005)


def test_killed_while_sending_loses_no_letter(committed, mailbox):
    chance = random.Random(20)
    total = LETTERS * KILLS
    write(total)
    with nursery(mailbox.port) as start:
        for _kill in range(KILLS):
            target = len(mailbox.begun) + chance.randint(1, LETTERS // 2)
            with working(start):
                wait_until(lambda n=target: len(mailbox.begun) >= n)
                time.sleep(chance.random() * 0.03)
            release_the_dead()
        with working(start):
            wait_until(lambda: Letter.objects.filter(state=State.SENT).count() == total, seconds=120)

    times = Counter(mailbox.taken)
    assert set(times) == {f"<{n}@test>" for n in range(total)}  # none lost
    assert (
        sum(times.values()) - total <= KILLS
    )  # at most the one in hand, each time, under the same Message-ID


def test_letters_wait_for_a_server_that_is_down(committed, mailbox):
    write(3)
    tried = Letter.objects.filter(attempts__gte=1, state=State.WAITING)
    with nursery(1) as start, working(start):  # nobody listens on port 1
        wait_until(lambda: tried.count() == 3)
    release_the_dead()
    with nursery(mailbox.port) as start, working(start):
        wait_until(lambda: Letter.objects.filter(state=State.SENT).count() == 3)
    assert Counter(mailbox.taken) == Counter({f"<{n}@test>": 1 for n in range(3)})


def test_what_is_rolled_back_is_never_sent(committed):
    from django.db import transaction
    from procrastinate.contrib.django.models import ProcrastinateJob

    with transaction.atomic():
        write(1)
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.filter(task_name="tequio.notify.tasks.send").exists()

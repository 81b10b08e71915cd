"""Answers a second, through HTTP, when everybody answers at once while others read: none lost, none doubled.

As many web workers as the machine has cores, as ``tequio serve`` has; the crowd shares these cores with them.
"""

import http.client
import itertools
import os
import re
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction

from tequio.core.scoping import network_scope
from tequio.decisions import services as decisions
from tequio.decisions.models import Answer
from tequio.decisions.rules import Matter
from tequio.people.selectors import actor_of
from tests.bench.ground import look_over, sessions_of
from tests.bench.serving import serve
from tests.decisions.world import crowd, delegates
from tests.template import empty
from tests.world import make_network

THREADS = 8
READERS = 50
READS_EVERY = 10  # seconds
WORKERS = os.cpu_count() or 1


def voices(electorate: int) -> str:
    """Let that many delegates answer one round at once, each twice, while some read it; say how it went."""
    slug, number, sessions = _gather(electorate)
    environment = {name: os.environ[name] for name in os.environ if name.startswith("TEQUIO_")}
    environment["DJANGO_SETTINGS_MODULE"] = "tequio.config.settings"
    with serve("tequio.config.wsgi:application", environment, workers=WORKERS) as served:
        over = threading.Event()
        path, readers = f"/{slug}/decisions/{number}/", sessions[:READERS]
        _read(served.port, path, readers, pause=0)  # each worker puts its reads together
        idle = _read(served.port, path, readers, pause=0)
        start, used = time.perf_counter(), served.cpu()
        with ThreadPoolExecutor(THREADS + 1) as crowd:
            reading = crowd.submit(_read, served.port, path, readers, pause=READS_EVERY / READERS, over=over)
            shares = [sessions[turn::THREADS] for turn in range(THREADS)]
            taken = sum(crowd.map(lambda share: _answer(served.port, slug, number, share), shares))
            seconds, cost = time.perf_counter() - start, (served.cpu() - used) / electorate
            over.set()
            meanwhile = reading.result()
    kept = _kept(slug)
    connection.close()
    empty()
    lost, doubled = taken - kept, kept - electorate
    return (
        f"{electorate} voices at once: {taken / seconds:.0f} answers a second on {WORKERS} web workers, "
        f"{cost * 1000:.0f} ms of their CPU each (the page, the answer, and the answer sent again); "
        f"{taken} taken, {kept} kept, {max(0, lost)} lost, {max(0, doubled)} doubled\n"
        f"{READERS} people read it meanwhile ({len(meanwhile)} times): p95 {_p95(meanwhile) / _p95(idle):.1f} x "
        f"the p95 of the idle page ({_p95(meanwhile) * 1000:.0f} ms, {_p95(idle) * 1000:.0f} ms)"
    )


def _p95(seconds: Sequence[float]) -> float:
    return sorted(seconds)[len(seconds) * 95 // 100]


def _read(
    port: int, path: str, sessions: Sequence[str], *, pause: float, over: threading.Event | None = None
) -> list[float]:
    """Open the page as each of these in turn, once or until it is over; return the seconds that each page took."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    took: list[float] = []
    for session in sessions if over is None else itertools.cycle(sessions):
        if over is not None and over.wait(pause):
            break
        start = time.perf_counter()
        headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}", "Host": "testserver"}
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        answer.read()
        took.append(time.perf_counter() - start)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
    line.close()
    return took


def _gather(electorate: int) -> tuple[str, int, list[str]]:
    """Open a round for so many voices, and sign each in; the crowd itself is written at once."""
    start = time.perf_counter()
    with transaction.atomic():
        network = make_network("grande", "Red Grande")
        with network_scope(network.pk):
            voters = delegates(crowd(network, electorate))
            first = actor_of(voters[0])
            proposal = decisions.propose(
                by=first,
                title={"es": "¿Seguimos?"},
                summary={"es": "Seguir."},
                body={},
                matter=Matter.STRATEGIC,
            )
            opening = time.perf_counter()
            decisions.open_round(by=first, proposal=proposal)
            print(
                f"the round opened for {electorate} voices in {time.perf_counter() - opening:.1f} s",
                flush=True,
            )
    sessions = sessions_of([one.person for one in voters])
    look_over()
    print(f"all of it was gathered in {time.perf_counter() - start:.1f} s", flush=True)
    return network.slug, proposal.number, sessions


def _kept(slug: str) -> int:
    from tequio.networks.models import Network

    with network_scope(Network.objects.get(slug=slug).pk):
        return Answer.objects.count()


def _answer(port: int, slug: str, number: int, sessions: Sequence[str]) -> int:
    """Answer for each session, as a browser does, and press the button twice; return how many were taken."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    path, taken = f"/{slug}/decisions/{number}/", 0
    for session in sessions:
        cookie = f"{settings.SESSION_COOKIE_NAME}={session}"
        token = _token(line, path, cookie)
        form = urlencode({"csrfmiddlewaretoken": token[1], "once": uuid4(), "answer": "yes"})
        statuses = {
            _send(line, path, f"{cookie}; {settings.CSRF_COOKIE_NAME}={token[0]}", form) for _ in range(2)
        }
        taken += statuses <= {302, 303}
    line.close()
    return taken


def _token(line: http.client.HTTPConnection, path: str, cookie: str) -> tuple[str, str]:
    line.request("GET", path, headers={"Cookie": cookie, "Host": "testserver"})
    answer = line.getresponse()
    body = answer.read().decode()
    kept = re.search(rf"{settings.CSRF_COOKIE_NAME}=([^;]+)", answer.headers.get("Set-Cookie", ""))
    form = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body)
    if kept is None or form is None:
        raise RuntimeError(f"{answer.status}: no form for this voice")
    return kept.group(1), form.group(1)


def _send(line: http.client.HTTPConnection, path: str, cookie: str, form: str) -> int:
    headers: dict[str, Any] = {
        "Cookie": cookie,
        "Host": "testserver",
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": "http://testserver",
    }
    line.request("POST", path, body=form, headers=headers)
    answer = line.getresponse()
    answer.read()
    return answer.status

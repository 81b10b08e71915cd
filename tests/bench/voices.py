"""Answers through HTTP when everybody answers while others read: how many a second, none lost, none doubled.

As many web workers as the machine has cores, as ``tequio serve`` has; the crowd shares these cores with them. The
readers are a process of their own, so that what they wait for is the server and not the crowd.
"""

import http.client
import itertools
import multiprocessing
import os
import re
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction

from tequio.cli.processes import parent_of
from tequio.core.scoping import network_scope
from tequio.decisions import services as decisions
from tequio.decisions.models import Answer
from tequio.decisions.rules import Matter
from tequio.people.selectors import actor_of
from tests.bench.ground import look_over, sessions_of
from tests.bench.serving import cpu_below, serve
from tests.decisions.world import crowd, delegates
from tests.template import empty
from tests.world import make_network

THREADS = 8
READERS = 50
READS_EVERY = 10  # seconds
WORKERS = os.cpu_count() or 1


def voices(electorate: int, *, within: float = 0) -> str:
    """Let that many delegates answer one round, each twice, while some read it; say how it went.

    All at once, or as they come ``within`` so many seconds: who is late then goes on at once.
    """
    slug, number, sessions = _gather(electorate)
    environment = {name: os.environ[name] for name in os.environ if name.startswith("TEQUIO_")}
    environment["DJANGO_SETTINGS_MODULE"] = "tequio.config.settings"
    database, context = _database_server(), multiprocessing.get_context("fork")
    connection.close()
    with ProcessPoolExecutor(1, mp_context=context) as apart, context.Manager() as manager:
        over = manager.Event()
        with serve("tequio.config.wsgi:application", environment, workers=WORKERS) as served:
            path, readers = f"/{slug}/decisions/{number}/", sessions[:READERS]
            _read(served.port, path, readers, pause=0)  # each worker puts its reads together
            idle = apart.submit(_read, served.port, path, readers, pause=0).result()
            before, start = (served.cpu(), cpu_below(database)), time.perf_counter()
            reading = apart.submit(_read, served.port, path, readers, pause=READS_EVERY / READERS, over=over)
            took = _answered(served.port, slug, number, sessions, every=within / electorate)
            seconds = time.perf_counter() - start
            spent = [
                now - then for now, then in zip((served.cpu(), cpu_below(database)), before, strict=True)
            ]
            over.set()
            meanwhile = reading.result()
    kept = _kept(slug)
    connection.close()
    empty()
    web, base = (1000 * one / electorate for one in spent)
    lost, doubled = took - kept, kept - electorate
    how = f"as they came within {within:.0f} s" if within else "at once"
    return (
        f"{electorate} voices {how}: {took / seconds:.0f} answers a second, all in {seconds:.0f} s on {WORKERS} web "
        f"workers, {web:.0f} ms of their CPU each and {base:.0f} ms of the database's (the page, the answer, and the "
        f"answer sent again); {took} taken, {kept} kept, {max(0, lost)} lost, {max(0, doubled)} doubled\n"
        f"{READERS} people read it meanwhile ({len(meanwhile)} times): p95 {_p95(meanwhile) / _p95(idle):.1f} x "
        f"the p95 of the idle page ({_p95(meanwhile) * 1000:.0f} ms, {_p95(idle) * 1000:.0f} ms)"
    )


def _answered(port: int, slug: str, number: int, sessions: Sequence[str], *, every: float) -> int:
    """Let all answer, one each ``every`` so many seconds; return how many were taken."""
    start = time.perf_counter()
    due = [(start + at * every, session) for at, session in enumerate(sessions)]
    with ThreadPoolExecutor(THREADS) as crowd:
        shares = [due[turn::THREADS] for turn in range(THREADS)]
        return sum(crowd.map(lambda share: _answer(port, slug, number, share), shares))


def _database_server() -> int:
    """Return the process that all of the database's are below."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return parent_of(cursor.fetchone()[0]) or 0


def _p95(seconds: Sequence[float]) -> float:
    return sorted(seconds)[len(seconds) * 95 // 100]


def _read(port: int, path: str, sessions: Sequence[str], *, pause: float, over: Any = None) -> list[float]:
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


def _answer(port: int, slug: str, number: int, due: Sequence[tuple[float, str]]) -> int:
    """Answer for each session when it is due, as a browser does, and press the button twice; return how many were taken."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    path, taken = f"/{slug}/decisions/{number}/", 0
    for moment, session in due:
        time.sleep(max(0.0, moment - time.perf_counter()))
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

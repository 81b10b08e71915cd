"""Answers a second, through HTTP, when everybody answers at once: none lost, none doubled."""

import http.client
import os
import re
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


def voices(electorate: int) -> str:
    """Let that many delegates answer one round at once, each twice; say how it went."""
    slug, number, sessions = _gather(electorate)
    environment = {name: os.environ[name] for name in os.environ if name.startswith("TEQUIO_")}
    environment["DJANGO_SETTINGS_MODULE"] = "tequio.config.settings"
    with serve("tequio.config.wsgi:application", environment) as served:
        start, used = time.perf_counter(), served.cpu()
        with ThreadPoolExecutor(THREADS) as crowd:
            shares = [sessions[turn::THREADS] for turn in range(THREADS)]
            taken = sum(crowd.map(lambda share: _answer(served.port, slug, number, share), shares))
        seconds, cost = time.perf_counter() - start, (served.cpu() - used) / electorate
    kept = _kept(slug)
    connection.close()
    empty()
    lost, doubled = taken - kept, kept - electorate
    return (
        f"{electorate} voices at once: {taken / seconds:.0f} answers a second on one web worker, "
        f"{cost * 1000:.0f} ms of its CPU each (the page, the answer, and the answer sent again); "
        f"{taken} taken, {kept} kept, {max(0, lost)} lost, {max(0, doubled)} doubled"
    )


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

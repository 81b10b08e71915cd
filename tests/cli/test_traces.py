"""Nothing that is kept says where a visitor was or what they came with. Source: SECURITY S15."""

import base64
import zlib
from hashlib import sha256
from pathlib import Path

from tequio.cli import server
from tests.cli import traces
from tests.cli.browser import Browser
from tests.cli.conftest import PROOF
from tests.cli.trees import Start, home, link_for, started, stopped
from tests.homes import tequio
from tests.house.forms_in import forms_in

__all__ = ["home"]  # the home with the sample networks

VISITORS = 50
REQUESTS = 1000 if PROOF else 120
PAGES = ("/", "/cila/", "/aguas/", "/cila/organizations/", "/entrar/", "/not-there/", "/healthz", "/%00")
FORMS = ("/entrar/", "/entrar/codigo/", "/entrar/sin-acceso/", "/cila/join/")


def visit(browser: Browser, number: int) -> None:
    """Do one of the things that leave something behind: letters, codes, limits, refusals, requests to join."""
    if number % 3 == 0:
        browser.ask(PAGES[number // 3 % len(PAGES)])
        return
    path = FORMS[number // 3 % len(FORMS)]
    for form in forms_in(browser.ask(path)[2]):
        if form.method != "post" or form.action not in ("", path):
            continue
        for name in {"email", "name", "code", "cities", *form.free} & form.values.keys():
            form.values[name] = [f"kept-{number}@example.org"]
        if number % 3 == 2:
            form.values.pop("csrfmiddlewaretoken", None)  # refused, which is written into the log
        browser.ask(path, form.values)


def test_nothing_says_where_a_visitor_was(home: Path, room: Path, running: Start) -> None:
    """Visitors from fifty addresses, told by a proxy too; then every byte of home, logs and backup is looked through."""
    tree, origin = started(running, home, TEQUIO_TRUST_PROXY="1")
    browsers = []
    for number in range(VISITORS):
        source, headers = traces.visitor(number)
        browsers.append(Browser(origin, source=source, headers=headers))
    browsers[0].come_in(link_for(home, origin, "kept-1@example.org"))
    browsers[0].ask("/cuenta/")
    for number in range(REQUESTS):
        visit(browsers[number % VISITORS], number)
    written = tequio("backup", room / "all.age", "--home", home)
    kept = list(traces.rows(server.ensure(home).superuser_url))
    stopped(tree, 2)
    brought = tequio(
        "restore", room / "all.age", "--identity", home.parent / "key.txt", "--home", room / "new"
    )
    assert written.returncode == brought.returncode == 0, written.stderr + brought.stderr

    everything = [*kept, *traces.files(home, room)]

    assert traces.found_in(everything, traces.marks(VISITORS)) == []
    # What is meant to be kept is found in the same way, so the search sees rows, the files of the database and the backup.
    known = [where for where, raw in everything if b"kept-1@example.org" in raw]
    assert "public.people_person" in known
    for folder in (home, room / "new"):
        assert any(where.startswith(f"{folder}/") for where in known)


def test_the_search_finds_a_mark_however_it_is_written() -> None:
    seen, headers = traces.visitor(0)
    wanted = traces.marks(1)
    for value in (seen, headers["X-Real-IP"], headers["User-Agent"], headers["Referer"]):
        for shift in range(3):
            packed = base64.b64encode(b"-" * shift + value.encode())
            assert traces.found_in([("here", b"..." + packed + b"...")], wanted), (value, shift)
        for form in (value.encode(), value.encode("utf-16-le"), value.encode().hex().encode()):
            assert traces.found_in([("here", form)], wanted), form
    session = b"." + base64.urlsafe_b64encode(zlib.compress(headers["User-Agent"].encode())).rstrip(b"=")
    assert traces.found_in([("here", traces.opened(session))], wanted)
    assert traces.found_in([("here", sha256(seen.encode()).hexdigest().encode())], wanted)
    assert not traces.found_in([("here", b"nothing")], wanted)

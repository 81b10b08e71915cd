"""The whole tree as people run it: started, asked through HTTP, killed, started again, stopped."""

import json
import os
import re
import signal
import subprocess
import threading
import time
import uuid
from http.client import HTTPException
from pathlib import Path
from statistics import median

import psycopg
import pytest

from tequio.cli import cluster, processes, server
from tests.cli.browser import Browser
from tests.cli.conftest import PROOF, descendants, said_by
from tests.cli.trees import Start, healthy, home, link_for, started, stopped
from tests.homes import tequio
from tests.ports import free_port

KILLS = int(os.environ.get("KILLS", 1000 if PROOF else 5))


__all__ = ["home"]  # the home with the sample networks


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nobody_is_left_when_the_tree_ends(home: Path, running: Start, number: int) -> None:
    tree, origin = started(running, home)
    assert Browser(origin).ask("/healthz")[0] == 200

    stopped(tree, number)

    assert not server.is_running(home)
    if number == signal.SIGINT:
        assert tree.returncode == 0


def children(tree: "subprocess.Popen[bytes]") -> list[int]:
    return [child for child in descendants(tree.pid) if processes.parent_of(child) == tree.pid]


def test_who_dies_is_started_again(home: Path, running: Start) -> None:
    tree, origin = started(running, home)
    for _round in range(2):
        assert processes.until(lambda: len(children(tree)) == 3, seconds=120)  # database, web, worker
        victims = children(tree)
        processes.send(victims, signal.SIGKILL)
        assert processes.until(lambda v=victims: not any(map(processes.alive, v)), seconds=20)

    assert processes.until(lambda: healthy(origin), seconds=120, step=0.2)
    stopped(tree, signal.SIGINT)


def test_a_database_that_dies_on_its_way_up_is_tried_again(home: Path, room: Path, running: Start) -> None:
    """A damaged setting, or a disk that takes no file, stops PostgreSQL at every start; the tree outlives both."""
    tree, origin = started(running, home)
    kept = cluster.read(home)
    assert kept
    settings, lock = kept.data / "postgresql.conf", home / "database.lock"
    sound = settings.read_bytes()

    settings.write_bytes(sound + b"\nthis is no setting\n")
    try:
        processes.send([head_of(kept)], signal.SIGKILL)
        assert processes.until(lambda: said_by(room, 0).read_text().count("did not start") >= 3, seconds=120)
    finally:
        settings.write_bytes(sound)
    assert processes.until(lambda: healthy(origin), seconds=120, step=0.2)

    lock.unlink()
    lock.mkdir()
    try:
        processes.send([head_of(kept)], signal.SIGKILL)
        assert processes.until(lambda: said_by(room, 0).read_text().count(str(lock)) >= 3, seconds=120)
    finally:
        lock.rmdir()
    assert processes.until(lambda: healthy(origin), seconds=120, step=0.2)
    stopped(tree, signal.SIGINT)


def head_of(kept: cluster.Cluster) -> int:
    return int((kept.data / "postmaster.pid").read_text().split()[0])


def test_a_second_tree_on_the_same_port_is_refused(home: Path, running: Start) -> None:
    tree, origin = started(running, home)

    second = tequio("serve", "--home", home, "--port", origin.rpartition(":")[2])

    assert second.returncode == 1
    assert "--port" in second.stderr
    stopped(tree, signal.SIGINT)


def test_nothing_confirmed_is_lost_when_everything_is_killed(
    home: Path, running: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    """Four browsers send forms; all processes get a kill -9, again and again; each confirmed form is there.

    KILLS says how often; the proof takes a thousand.
    """
    confirmed: set[str] = set()
    port = free_port()
    tree, origin = started(running, home, port=port)
    browsers = [Browser(origin) for _lane in range(4)]
    for number, browser in enumerate(browsers[:2]):
        browser.come_in(link_for(home, origin, f"person{number}@example.org"))
        browsers[number + 2].cookies = dict(
            browser.cookies
        )  # a second window: a link costs a start of the command
    tokens = [browser.token("/cuenta/") for browser in browsers]
    waits: list[float] = []

    for _round in range(KILLS):
        before = len(confirmed)
        senders = [
            threading.Thread(target=send_forms, args=(browser, token, confirmed))
            for browser, token in zip(browsers, tokens, strict=True)
        ]
        for sender in senders:
            sender.start()
        assert processes.until(lambda b=before: len(confirmed) > b + 10, seconds=120)
        processes.send([*descendants(tree.pid), tree.pid], signal.SIGKILL)
        tree.wait()
        for sender in senders:
            sender.join()
        began = time.monotonic()
        tree, origin = started(running, home, port=port)
        waits.append(time.monotonic() - began)

    with psycopg.connect(server.ensure(home).app_url) as connection:
        there = {str(key) for (key,) in connection.execute("SELECT key FROM core_once")}
    assert confirmed <= there
    assert healthy(origin)
    stopped(tree, signal.SIGINT)
    with capsys.disabled():
        print(
            f"\n{len(waits)} kills: {len(confirmed)} confirmed forms, none lost;"
            f" back within {median(waits):.1f} s, at most {max(waits):.1f} s"
        )


def send_forms(browser: Browser, token: str, confirmed: set[str]) -> None:
    """Send forms, each with a key of its own, until nobody answers; remember those that were taken."""
    try:
        while True:
            key = str(uuid.uuid4())
            form = {"csrfmiddlewaretoken": token, "once": key, "name": key, "language": "es", "theme": ""}
            status, _where, text = browser.ask("/cuenta/", form)
            if status >= 500:  # the database died first; nobody was told that this form is kept
                return
            assert status in (302, 303), text[:1000]
            confirmed.add(key)
    except (OSError, HTTPException):
        return


def proportional(pid: int) -> float:
    """Memory of a process in MB, what it shares counted in parts (PSS)."""
    found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    assert found
    return int(found[1]) / 1024


def test_the_demonstration_is_small_and_says_whom_one_can_be(home: Path, running: Start) -> None:
    tree, origin = started(running, home, "demo")
    browser = Browser(origin)
    for _page in range(20):
        assert browser.ask("/")[0] == 200
    time.sleep(1)

    everybody = {tree.pid, *descendants(tree.pid)}
    web = [child for child in everybody if processes.parent_of(processes.parent_of(child) or 0) == tree.pid]
    assert sum(map(proportional, everybody)) < 300
    assert max(map(proportional, web)) < 90

    assert processes.until((home / "demo.json").exists, seconds=30)
    told = json.loads((home / "demo.json").read_text())
    assert told["address"] == origin + "/"
    for who in told["characters"]:
        assert set(who) == {"name", "network", "role", "language", "link"}
        assert Browser(origin).ask(who["link"].removeprefix(origin))[0] in (302, 303)
    assert listening(int(origin.rpartition(":")[2])) == {"0100007F"}  # 127.0.0.1, as the kernel writes it
    stopped(tree, signal.SIGINT)


def listening(port: int) -> set[str]:
    """The addresses at which somebody listens on a port."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    ends = [row[1].split(":") for row in rows if row[3] == "0A"]
    return {address for address, number in ends if int(number, 16) == port}


# --- looking after it ---------------------------------------------------------------------------------------

"""The whole tree as people run it: started, asked through HTTP, killed, started again, stopped."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from http.client import HTTPException
from pathlib import Path
from statistics import median

import psycopg
import pytest
from pyrage import x25519

from tequio.cli import cluster, processes, server
from tests.cli.browser import Browser
from tests.cli.conftest import PROOF, descendants, said_by, surroundings, tequio

Start = Callable[..., "subprocess.Popen[bytes]"]
TEQUIO = (sys.executable, "-m", "tequio.cli.main")
KILLS = int(os.environ.get("KILLS", 1000 if PROOF else 5))


FOUND = """
import sys
from pathlib import Path
from tequio.cli import ground
with ground.standing(Path(sys.argv[1])):
    ground.set_up_django()
    from tequio.cli.samples.build import build
    build()
"""


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A home with the sample networks, made once for all tests of this file."""
    folder = Path(tempfile.mkdtemp(prefix="tequio-cli-"))
    folder.chmod(0o711)
    made = tequio("init", "--home", folder / "home", "--backup-key", folder / "key.txt")
    assert made.returncode == 0, made.stderr
    subprocess.run(
        [sys.executable, "-c", FOUND, folder / "home"],
        check=True,
        timeout=400,
        cwd="/",
        env=surroundings(TEQUIO_DEMO="1"),
    )
    yield folder / "home"
    server.stop(folder / "home")
    shutil.rmtree(folder)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started(
    running: Start, home: Path, command: str = "serve", port: int = 0, **more: str
) -> tuple["subprocess.Popen[bytes]", str]:
    """Start the tree and wait until a worker answers."""
    port = port or free_port()
    tree = running(*TEQUIO, command, "--home", home, "--port", port, **more)
    origin = f"http://127.0.0.1:{port}"
    assert processes.until(lambda: tree.poll() is not None or healthy(origin), seconds=240, step=0.05)
    assert tree.poll() is None
    return tree, origin


def stopped(tree: "subprocess.Popen[bytes]", number: int) -> None:
    """Send the signal and check that nobody of the tree is left."""
    everybody = descendants(tree.pid)
    assert len(everybody) > 5
    tree.send_signal(number)
    tree.wait(timeout=90)
    assert processes.until(lambda: not any(map(processes.alive, everybody)), seconds=60)


def link_for(home: Path, origin: str, email: str) -> str:
    made = tequio("createadmin", email, "--home", home, TEQUIO_ORIGIN=origin)
    assert made.returncode == 0, made.stderr
    return made.stdout.strip().splitlines()[-1]


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


def healthy(origin: str) -> bool:
    try:
        return Browser(origin).ask("/")[0] == 200
    except (OSError, HTTPException):
        return False


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
    for number, browser in enumerate(browsers):
        browser.come_in(link_for(home, origin, f"person{number}@example.org"))
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


def test_doctor_finds_a_new_home_well(home: Path) -> None:
    looked = tequio("doctor", "--home", home)

    assert looked.returncode == 0, looked.stdout
    assert "✗" not in looked.stdout
    assert "tequio_app" in looked.stdout


def test_doctor_hears_the_worker(home: Path, running: Start) -> None:
    tree, origin = started(running, home)

    looked = tequio("doctor", "--home", home, TEQUIO_ORIGIN=origin)

    assert looked.returncode == 0, looked.stdout
    assert "✓ A worker was heard of" in looked.stdout
    assert f"✓ {origin} answers." in looked.stdout
    stopped(tree, signal.SIGINT)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            {"TEQUIO_ORIGIN": "https://tequio.example.org", "TEQUIO_SMTP_URL": "smtp://127.0.0.1:1"},
            ["TEQUIO_TRUST_PROXY=1", "127.0.0.1:1 refuses"],
        ),
        (
            {"TEQUIO_ORIGIN": "http://tequio.example.org", "TEQUIO_TRUST_PROXY": "1"},
            ["is not https", "without an https address", "TEQUIO_SMTP_URL"],
        ),
    ],
)
def test_doctor_says_what_is_wrong(home: Path, settings: dict[str, str], said: list[str]) -> None:
    looked = tequio("doctor", "--home", home, **settings)

    assert looked.returncode == 1, looked.stdout
    for words in said:
        assert words in looked.stdout


def test_doctor_sees_open_keys_and_lost_walls(home: Path) -> None:
    key = next((home / "keys").iterdir())
    key.chmod(0o644)
    with psycopg.connect(server.ensure(home).superuser_url, autocommit=True) as connection:
        connection.execute("ALTER TABLE people_organization NO FORCE ROW LEVEL SECURITY")
        connection.execute("ALTER TABLE core_once OWNER TO tequio_app")
    try:
        looked = tequio("doctor", "--home", home)
    finally:
        key.chmod(0o600)
        with psycopg.connect(server.ensure(home).superuser_url, autocommit=True) as connection:
            connection.execute("ALTER TABLE people_organization FORCE ROW LEVEL SECURITY")
            connection.execute("ALTER TABLE core_once OWNER TO tequio_owner")

    assert looked.returncode == 1
    for said in (key.name, "people_organization", "owns tables"):
        assert said in looked.stdout


def test_a_backup_comes_back_into_an_empty_home(home: Path, running: Start) -> None:
    folder = home.parent
    (home / "files").mkdir(exist_ok=True)
    (home / "files" / "acta.txt").write_text("ñandú")
    with psycopg.connect(server.ensure(home).superuser_url, autocommit=True) as connection:
        connection.execute("INSERT INTO people_person (uuid, email, name, language, theme, time_zone, is_active, is_operator, password) VALUES (gen_random_uuid(), 'kept@example.org', '', 'es', '', '', true, false, '') ON CONFLICT DO NOTHING")  # fmt: skip
    server.stop(home)

    written = tequio("backup", folder / "all.age", "--home", home)
    brought = tequio(
        "restore", folder / "all.age", "--identity", folder / "key.txt", "--home", folder / "new"
    )

    assert written.returncode == 0, written.stderr
    assert brought.returncode == 0, brought.stderr
    assert (folder / "all.age").read_bytes().startswith(b"age-encryption.org/v1")
    assert (folder / "all.age").stat().st_mode & 0o077 == 0
    assert (folder / "new" / "files" / "acta.txt").read_text() == "ñandú"
    for key in (home / "keys").iterdir():
        assert (folder / "new" / "keys" / key.name).read_bytes() == key.read_bytes()
    with psycopg.connect(server.ensure(folder / "new").app_url) as connection:
        found = connection.execute("SELECT 1 FROM people_person WHERE email = 'kept@example.org'").fetchall()
    assert found == [(1,)]
    server.stop(folder / "new")
    assert tequio("doctor", "--home", folder / "new").returncode == 0
    assert tequio("export", "cila", folder / "cila.jsonl", "--home", folder / "new").returncode == 0
    checked = tequio("verify", folder / "cila.jsonl")
    assert checked.returncode == 0, checked.stderr
    tree, origin = started(running, folder / "new")
    assert healthy(origin)
    stopped(tree, signal.SIGINT)


def test_a_backup_opens_with_its_own_key_only_and_into_an_empty_home_only(home: Path) -> None:
    folder = home.parent
    (folder / "other.txt").write_text(f"{x25519.Identity.generate()}\n")
    assert tequio("backup", folder / "one.age", "--home", home).returncode == 0

    wrong = tequio(
        "restore", folder / "one.age", "--identity", folder / "other.txt", "--home", folder / "never"
    )
    full = tequio("restore", folder / "one.age", "--identity", folder / "key.txt", "--home", home)
    whole = (folder / "one.age").read_bytes()
    (folder / "one.age").write_bytes(whole[:-5000])
    cut = tequio("restore", folder / "one.age", "--identity", folder / "key.txt", "--home", folder / "never")

    for refused in (wrong, full, cut):
        assert refused.returncode == 1
        assert "Traceback" not in refused.stderr
        assert refused.stderr.strip()
    assert not (folder / "never").exists() or not list((folder / "never").iterdir())


def test_any_postgresql_will_do(home: Path, room: Path) -> None:
    """The server of the other home plays the one of somebody else."""
    addresses = server.ensure(home)
    with psycopg.connect(addresses.app_url) as database:
        # Other tests let a worker run on it: here nobody has worked for an hour.
        database.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    elsewhere = {
        "TEQUIO_DATABASE_URL": addresses.app_url,
        "TEQUIO_DATABASE_OWNER_URL": addresses.owner_url,
        "TEQUIO_DATABASE_BACKUP_URL": addresses.superuser_url,
    }

    made = tequio("init", "--home", room / "mine", "--backup-key", room / "key.txt", **elsewhere)
    looked = tequio("doctor", "--home", room / "mine", **elsewhere)
    kept = tequio("backup", room / "all.age", "--home", room / "mine", **elsewhere)

    assert made.returncode == 0, made.stderr
    assert not (room / "mine" / "database.json").exists()
    assert "✗ No worker" in looked.stdout
    assert looked.stdout.count("✗ ") == 1, looked.stdout
    assert kept.returncode == 0, kept.stderr


# --- with the outside ---------------------------------------------------------------------------------------


def test_what_was_exported_is_verified_without_a_home(home: Path, room: Path) -> None:
    assert tequio("export", "cila", room / "cila.jsonl", "--home", home).returncode == 0
    server.stop(home)

    whole = tequio("verify", room / "cila.jsonl", LANG="es_CO.UTF-8", TEQUIO_HOME=str(room / "never"))
    lines = (room / "cila.jsonl").read_bytes().splitlines(keepends=True)
    (room / "cut.jsonl").write_bytes(b"".join(lines[:5] + lines[6:]))
    cut = tequio("verify", room / "cut.jsonl")

    assert whole.returncode == 0, whole.stderr
    assert "CILA" in whole.stdout
    assert cut.returncode == 1
    assert cut.stderr.strip()
    assert not (room / "never").exists()


def test_organizations_are_imported(home: Path, room: Path) -> None:
    (room / "list.csv").write_text(
        "Nombre;País;Ciudad\nFundación Río Manso;Colombia;Medellin\n;Chile;Valparaíso\nCasa Lejana;Brasil;Xyzlandia\n"
    )

    said = tequio("import", "organizations", room / "list.csv", "--network", "cila", "--json", "--home", home)
    again = tequio("import", "organizations", room / "list.csv", "--network", "cila", "--home", home)
    nowhere = tequio("import", "organizations", room / "list.csv", "--network", "none", "--home", home)

    told = json.loads(said.stdout)
    assert set(told) == {"read", "imported", "rejected", "duplicates", "places_found", "places_unknown"}
    assert (told["read"], told["imported"], told["places_found"]) == (3, 2, 1)
    assert told["places_unknown"] == ["Xyzlandia"]
    assert [set(row) for row in told["rejected"]] == [{"row", "reason"}]
    assert "Organizations imported: 0" in again.stdout
    assert nowhere.returncode == 1
    assert "none" in nowhere.stderr

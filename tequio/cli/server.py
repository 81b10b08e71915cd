"""The embedded PostgreSQL: one server per home, on a Unix socket, that recovers by itself from a kill -9.

`ensure(home)` answers with the addresses of a running server and starts it when needed; `stop(home)` ends it.
"""

import contextlib
import os
import signal
import socket
import subprocess
from dataclasses import replace
from pathlib import Path

from tequio.cli import account, binaries, contents, processes
from tequio.cli import cluster as place
from tequio.cli.binaries import DatabaseTrouble
from tequio.cli.cluster import PORT, Addresses, Cluster
from tequio.cli.words import gettext_now as _

SETTINGS = {
    "shared_buffers": "32MB",
    "max_connections": "40",
    "jit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "256MB",
    "max_worker_processes": "2",
    "max_parallel_workers_per_gather": "0",
    "autovacuum_max_workers": "2",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    # No text of a statement, and with it nobody's data, reaches the log.
    "log_min_error_statement": "panic",
    "log_statement": "none",
}
SINCE = {
    16: {"scram_iterations": "1024"},
    17: {"allow_alter_system": "off"},
    18: {"io_method": "sync"},
}
THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "128MB",
}


def ensure(home: Path, *, throwaway: bool = False) -> Addresses:
    """Answer with the addresses of the home's running server, started and made ready when needed.

    `throwaway` trades safety for speed, for tests. The server ends with the process that started it.
    Raises DatabaseTrouble with what to do where the server cannot run.
    """
    home = home.resolve()
    if not home.exists():
        home.mkdir(parents=True)
        home.chmod(0o711)  # as root, the server's account passes through
    with place.only_one(home):
        cluster = place.read(home) or place.found(home)
        as_whom = account.for_server(cluster.data)
        place.check_owner(cluster, as_whom)
        if not _running(cluster):
            cluster = _start(home, cluster, as_whom, throwaway=throwaway)
        if not cluster.ready:
            contents.prepare(cluster, throwaway=throwaway)
            cluster = place.write(home, replace(cluster, ready=True))
    return cluster.addresses()


def stop(home: Path) -> None:
    """End the home's server, first gently, then at once; nothing happens where none runs."""
    home = home.resolve()
    if not (home / "database.json").exists():
        return
    with place.only_one(home):
        cluster = place.read(home)
        if cluster is not None:
            _end(cluster, patience=20)


def is_running(home: Path) -> bool:
    """Tell whether the home's server is up."""
    cluster = place.read(home.resolve())
    return cluster is not None and _state(cluster) == "ready"


def log_of(home: Path) -> Path | None:
    """Name the server's log, for people who look for a fault."""
    cluster = place.read(home.resolve())
    return Path(cluster.folder) / "log" if cluster else None


def _pid_file(cluster: Cluster) -> list[str]:
    try:
        return (cluster.data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return []


def _state(cluster: Cluster) -> str:
    """Read how the server is: ready, starting, stopping, orphaned (its processes without its head) or absent."""
    lines = _pid_file(cluster)
    pid = abs(int(lines[0])) if lines and lines[0].strip().lstrip("-").isdigit() else 0
    inside = processes.working_in(cluster.data)
    if processes.LINUX and pid not in inside:
        return "orphaned" if inside else "absent"
    if not pid or not processes.alive(pid):
        return "absent"
    if cluster.starter and not _starter_lives(cluster, pid):
        return "stopping"
    status = lines[7].strip() if len(lines) > 7 else "starting"
    return status if status in ("ready", "stopping") else "starting"


def _starter_lives(cluster: Cluster, pid: int) -> bool:
    # A server whose starter was killed has been told to end: it must not be used any more.
    starter = int(cluster.starter.partition(":")[0])
    return processes.identity(starter) == cluster.starter and processes.parent_of(pid) == starter


def _running(cluster: Cluster) -> bool:
    """Wait for a server on its way up or down, clear what an ended one left, and tell whether one is ready."""
    processes.until(
        lambda: _state(cluster) in ("ready", "absent"),
        seconds=60 if _recovering(cluster) else 15,
    )
    state = _state(cluster)
    if state == "ready":
        return True
    if state != "absent":
        _end(cluster, patience=5)
    return False


def _recovering(cluster: Cluster) -> bool:
    return _state(cluster) == "starting"


def _end(cluster: Cluster, *, patience: float) -> None:
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        inside = processes.working_in(cluster.data) if processes.LINUX else []
        lines = _pid_file(cluster)
        head = [int(lines[0])] if lines and (int(lines[0]) in inside or not processes.LINUX) else inside
        processes.send(head if number == signal.SIGINT else inside or head, number)
        if processes.until(lambda: _state(cluster) == "absent", seconds=patience):
            if child := CHILDREN.pop(str(cluster.data), None):
                child.wait()
            return
    raise DatabaseTrouble(_("The database in %(data)s does not end.") % {"data": cluster.data})


def _clear_remains(cluster: Cluster) -> None:
    # Safe only because no process works in the data folder: a number in these files may be another program's by now.
    if not processes.LINUX:
        return
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)
    if cluster.sockets:
        for name in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
            (Path(cluster.sockets) / name).unlink(missing_ok=True)


def _start(home: Path, cluster: Cluster, as_whom: account.Account, *, throwaway: bool) -> Cluster:
    place.own_folder(Path(cluster.folder), as_whom)
    programs = _programs(cluster, as_whom)
    if not cluster.data.exists():
        contents.initialize(cluster, programs, as_whom, throwaway=throwaway)
    sockets = place.socket_folder(cluster, as_whom)
    port = 0 if place.sockets_work(sockets) else _port_for(cluster)
    cluster = replace(
        cluster,
        sockets=str(sockets),
        port=port,
        starter=processes.identity(os.getpid()),
    )
    _clear_remains(cluster)
    place.write(home, cluster)
    child = _launch(cluster, programs, as_whom, throwaway=throwaway)
    up = processes.until(lambda: _state(cluster) == "ready" or child.poll() is not None, seconds=120)
    if not up or child.poll() is not None:
        raise DatabaseTrouble(
            _("PostgreSQL did not start. The end of %(log)s says: %(why)s")
            % {"log": Path(cluster.folder) / "log", "why": _last_words(cluster)}
        )
    CHILDREN[str(cluster.data)] = child
    return cluster


CHILDREN: dict[str, "subprocess.Popen[bytes]"] = {}


def _programs(cluster: Cluster, as_whom: account.Account) -> binaries.Binaries:
    version = cluster.data / "PG_VERSION"
    programs = binaries.find(int(version.read_text()) if version.exists() else None)
    if not as_whom.other or binaries.runs_as(as_whom, programs):
        return programs
    place.STORE.mkdir(mode=0o755, parents=True, exist_ok=True)
    return binaries.reachable_by(as_whom, programs, store=place.STORE)


def _launch(
    cluster: Cluster,
    programs: binaries.Binaries,
    as_whom: account.Account,
    *,
    throwaway: bool,
) -> "subprocess.Popen[bytes]":
    settings = SETTINGS | (THROWAWAY if throwaway else {})
    for major, more in SINCE.items():
        settings |= more if programs.major >= major else {}
    settings["unix_socket_directories"] = "" if cluster.port else cluster.sockets
    settings["listen_addresses"] = "127.0.0.1" if cluster.port else ""
    settings["port"] = str(cluster.port or PORT)
    arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with _log(cluster).open("ab") as log:
        return subprocess.Popen(
            [programs.path("postgres"), "-D", str(cluster.data), *arguments],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", env=contents.environment(),
            start_new_session=True,  # Ctrl-C in the terminal reaches the supervisor, which ends the database last
            preexec_fn=processes.die_with_parent(signal.SIGQUIT if throwaway else signal.SIGINT),
            **as_whom.launch(),
        )  # fmt: skip


def _log(cluster: Cluster) -> Path:
    log = Path(cluster.folder) / "log"
    if log.exists() and log.stat().st_size > 5_000_000:
        log.replace(log.with_name("log.old"))
    return log


def _last_words(cluster: Cluster) -> str:
    log = Path(cluster.folder) / "log"
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return " / ".join(lines[-3:])


def _port_for(cluster: Cluster) -> int:
    # The last one where it is free, so that addresses given out before stay good.
    for wanted in (cluster.port, 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", wanted))
            return int(probe.getsockname()[1])
    raise DatabaseTrouble(_("No port on this machine is free for the database."))


def has_ended(home: Path) -> bool:
    """Tell whether the server that this process uses is gone; False where the home has none of its own."""
    cluster = place.read(home.resolve())
    if cluster is None:
        return False
    child = CHILDREN.get(str(cluster.data))
    return child.poll() is not None if child else _state(cluster) == "absent"

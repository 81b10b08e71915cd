"""Where a home's database lives: `HOME/database.json` keeps the place and the passwords, for its owner alone."""

import contextlib
import fcntl
import json
import os
import secrets
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tequio.cli import account
from tequio.cli.binaries import DatabaseTrouble
from tequio.cli.private import write_private
from tequio.cli.words import gettext_now as _

DATABASE = "tequio"
STORE = Path("/var/lib/tequio")
PORT = 5432
LONGEST_SOCKET_FOLDER = 85  # the whole path, with .s.PGSQL.5432.lock, must stay below 107 bytes


@dataclass(frozen=True)
class Addresses:
    """Where the database answers, for each of its three roles."""

    app_url: str
    owner_url: str
    superuser_url: str


@dataclass(frozen=True)
class Cluster:
    """What `database.json` keeps: the folder of the data, the server's port (0 = socket only) and the passwords."""

    folder: str
    sockets: str
    superuser: str
    owner: str
    app: str
    ready: bool = False
    port: int = 0
    starter: str = ""

    @property
    def data(self) -> Path:
        """Name PostgreSQL's own data folder."""
        return Path(self.folder) / "data"

    def url(self, role: str, password: str, database: str = DATABASE) -> str:
        """Write one role's address."""
        where = (
            f"127.0.0.1:{self.port}/{database}"
            if self.port
            else f"/{database}?host={self.sockets}&port={PORT}"
        )
        return f"postgresql://{role}:{password}@{where}"

    def addresses(self) -> Addresses:
        """Write all three addresses."""
        return Addresses(
            app_url=self.url("tequio_app", self.app),
            owner_url=self.url("tequio_owner", self.owner),
            superuser_url=self.url("postgres", self.superuser),
        )


@contextlib.contextmanager
def only_one(home: Path) -> Iterator[None]:
    # Two commands at once: the second waits, and finds the server running.
    with (home / "database.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def read(home: Path) -> Cluster | None:
    try:
        kept = json.loads((home / "database.json").read_text())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as trouble:
        raise DatabaseTrouble(
            _("%(file)s cannot be read: %(why)s") % {"file": home / "database.json", "why": trouble}
        ) from trouble
    # A home that was moved keeps its data inside itself.
    folder = (home / kept["folder"]).resolve()
    return Cluster(**{**kept, "folder": str(folder)})


def write(home: Path, cluster: Cluster) -> Cluster:
    kept = asdict(cluster)
    folder = Path(cluster.folder)
    kept["folder"] = str(folder.relative_to(home)) if folder.is_relative_to(home) else str(folder)
    write_private(home / "database.json", json.dumps(kept, indent=1))
    return cluster


def found(home: Path) -> Cluster:
    as_whom = account.for_server(home / "database" / "data")
    folder = home / "database"
    if as_whom.other and not account.can_enter(as_whom, home):
        folder = STORE / f"home-{secrets.token_hex(6)}"
    if (folder / "data").exists():
        raise DatabaseTrouble(
            _("%(data)s holds a database, but its passwords in %(file)s are gone. Put that file back from a "
              "backup, or move the folder away to start empty.")
            % {"data": folder / "data", "file": home / "database.json"}
        )  # fmt: skip
    superuser, owner, app = (secrets.token_hex(24) for _role in range(3))
    return write(home, Cluster(str(folder), "", superuser=superuser, owner=owner, app=app))


def check_owner(cluster: Cluster, as_whom: account.Account) -> None:
    if os.geteuid() != 0 and cluster.data.exists() and cluster.data.stat().st_uid != os.geteuid():
        raise DatabaseTrouble(
            _("The data in %(data)s belongs to another account, and %(name)s cannot run it. Start as root, or "
              "choose another home with --home.") % {"data": cluster.data, "name": as_whom.name}
        )  # fmt: skip


def own_folder(folder: Path, as_whom: account.Account, mode: int = 0o700) -> None:
    if folder.parent == STORE:
        STORE.mkdir(mode=0o755, parents=True, exist_ok=True)
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    if as_whom.other:
        os.chown(folder, as_whom.uid, as_whom.gid)


def socket_folder(cluster: Cluster, as_whom: account.Account) -> Path:
    inside = Path(cluster.folder) / "socket"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
        own_folder(inside, as_whom)
        return inside
    last = Path(cluster.sockets) if cluster.sockets else None
    if last and last.is_dir() and not last.is_symlink() and last.stat().st_uid == as_whom.uid:
        return last
    short = Path(tempfile.mkdtemp(prefix="tequio-", dir="/tmp"))
    if as_whom.other:
        os.chown(short, as_whom.uid, as_whom.gid)
    return short


def sockets_work(folder: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe, contextlib.suppress(OSError):
        path = folder / f"probe-{os.getpid()}"
        probe.bind(str(path))
        path.unlink()
        return True
    return False

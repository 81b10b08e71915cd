"""Homes that the commands made once in a run, and copies of them for whoever needs one."""

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tequio.cli import processes

ROOT = Path(__file__).resolve().parents[1]
ROOM = Path(os.environ["TEQUIO_TEST_HOME"]) / "homes"
TEQUIO = (sys.executable, "-m", "tequio.cli.main")


def surroundings(**more: str) -> dict[str, str]:
    """An environment without the test run's own database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TEQUIO_", "DJANGO_"))}
    return kept | {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"} | more


def tequio(*arguments: object, seconds: float = 180, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run the command to its end, which it reaches in so many seconds."""
    return subprocess.run(
        [*TEQUIO, *map(str, arguments)],
        capture_output=True, text=True, timeout=seconds, check=False, cwd="/", env=surroundings(**more),
    )  # fmt: skip


def bare_home(folder: Path) -> Path:
    """Put a home as ``tequio init`` makes it into a folder, without the keys: the next command makes its own."""
    home = _copy(_bare(), folder) / "home"
    for key in (home / "keys").iterdir():
        key.unlink()
    (home / "backup-recipient.txt").unlink()
    (folder / "key.txt").unlink()
    return home


def grown_home(folder: Path) -> Path:
    """Put a home with the sample networks into a folder, and the key of its backups beside it (``key.txt``)."""
    return _copy(_grown(), folder) / "home"


def _bare() -> Path:
    with _once("bare") as draft:
        if draft:
            made = tequio("init", "--home", draft / "home", "--backup-key", draft / "key.txt", seconds=400)
            assert made.returncode == 0, made.stderr
    return ROOM / "bare"


def _grown() -> Path:
    with _once("grown") as draft:
        if draft:
            _copy(_bare(), draft)
            _demonstrate(draft / "home")
    return ROOM / "grown"


def _demonstrate(home: Path) -> None:
    """Let the demonstration found its networks, and end it as Ctrl-C does."""
    log = home.parent / "log.txt"
    with log.open("wb") as out:
        demo = subprocess.Popen(
            [*TEQUIO, "demo", "--port", "0", "--home", str(home)],
            stdout=out, stderr=out, cwd="/", env=surroundings(),
        )  # fmt: skip
    told = home / "demo.json"
    processes.until(lambda: told.exists() or demo.poll() is not None, seconds=400, step=0.1)
    demo.send_signal(signal.SIGINT)
    assert demo.wait(90) == 0, log.read_text()[-4000:]
    assert told.exists(), log.read_text()[-4000:]
    told.unlink()


@contextlib.contextmanager
def _once(name: str) -> Iterator[Path | None]:
    """Give the first who asks in a run a folder to make it in; all others wait for it."""
    ROOM.mkdir(exist_ok=True)
    for folder in (ROOM.parent, ROOM):
        folder.chmod(0o711)  # as root, the server's account passes through
    with (ROOM / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if (ROOM / name).exists():
            yield None
            return
        draft = Path(tempfile.mkdtemp(prefix=f"{name}.", dir=ROOM))
        draft.chmod(0o711)
        yield draft
        draft.rename(ROOM / name)


def _copy(kept: Path, folder: Path) -> Path:
    """Copy what lies in a folder with its owners, whose database nobody runs."""
    subprocess.run(["cp", "-a", "--", f"{kept}/.", str(folder)], check=True)
    return folder

"""The commands `backup` and `restore`: database, files and keys in one archive, encrypted with age."""

import contextlib
import datetime
import io
import json
import os
import subprocess
import tarfile
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, BinaryIO
from urllib.parse import unquote, urlsplit

from tequio.cli import binaries, ground
from tequio.cli.keeping import RECIPIENT
from tequio.cli.private import write_private
from tequio.cli.trouble import Trouble
from tequio.cli.words import gettext_now as _

FORMAT = "tequio backup/1"
LAST = "last-backup.txt"
PARTS = ("keys", "files", "backup-recipient.txt")  # of the home, beside the database
STALE = datetime.timedelta(days=8)


def write(home: Path, file: Path, *, recipients: list[str] | None) -> None:
    """Write everything a home holds into one file that only the holders of the secret keys can open."""
    keys = _recipients(home, recipients)
    if not ground.is_elsewhere() and not (home / "database.json").exists():
        raise Trouble(_("%(home)s is not a home of Tequio; tequio init makes one.") % {"home": home})
    with ground.standing(home), _workroom(home) as room:
        ground.set_up_django()
        dump = room / "database.dump"
        _dump(dump)
        draft = file.with_name(f".{file.name}.{os.getpid()}")
        try:
            _pack(home, dump, draft, keys)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
        write_private(home / LAST, _now().isoformat(timespec="seconds") + "\n")
    print(_("Written: %(file)s, %(size)s MB.") % {"file": file, "size": f"{file.stat().st_size / 1e6:.1f}"})


def restore(home: Path, file: Path, *, identity: Path) -> None:
    """Bring a backup back into an empty home, and the database with it."""
    if home.exists() and any(home.iterdir()):
        raise Trouble(_("%(home)s is not empty: restore into a new home.") % {"home": home})
    secret = _identities(identity)
    with file.open("rb") as archive:  # before anything is made
        home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o711)
        _bring_back(home, archive, secret)
    print(_("Restored into %(home)s. Start it with: tequio serve --home %(home)s") % {"home": home})


def _bring_back(home: Path, archive: BinaryIO, secret: list["object"]) -> None:
    with _workroom(home) as room:
        _unpack(archive, room, secret)
        for part in PARTS:
            if (room / part).exists():
                (room / part).rename(home / part)
        with ground.standing(home) as own:
            _load(room / "database.dump", whose=READER if own else READER[1:])
            ground.set_up_django()
            if ground.pending_migrations():
                ground.migrate()


def wanting(home: Path) -> Iterator[str]:
    """Say what is missing about backups, for the doctor."""
    if not _known_recipients(home):
        yield _("No key for backups is set: tequio init --backup-key FILE makes one.")
    try:
        last = datetime.datetime.fromisoformat((home / LAST).read_text().strip())
    except (OSError, ValueError):
        yield _("No backup was made from this home yet.")
        return
    if _now() - last > STALE:
        yield _("The last backup is of %(date)s.") % {"date": last.date().isoformat()}


def _now() -> datetime.datetime:
    from tequio.core import clock

    return clock.now()


# --- keys ---------------------------------------------------------------------------------------------------


def _known_recipients(home: Path) -> list[str]:
    if said := os.environ.get("TEQUIO_BACKUP_RECIPIENT"):
        return said.replace(",", " ").split()
    kept = home / RECIPIENT
    return kept.read_text().split() if kept.exists() else []


def _recipients(home: Path, given: list[str] | None) -> list["object"]:
    from pyrage import RecipientError, x25519

    said = given or _known_recipients(home)
    if not said:
        raise Trouble(
            _("Nobody could open this backup: name a key with --recipient age1…, or make one with"
              " tequio init --backup-key FILE.")
        )  # fmt: skip
    try:
        return [x25519.Recipient.from_str(one) for one in said]
    except RecipientError as wrong:
        raise Trouble(_("This is not a public key of age: %(key)s") % {"key": ", ".join(said)}) from wrong


def _identities(file: Path) -> list["object"]:
    from pyrage import IdentityError, x25519

    try:
        lines = [line.strip() for line in file.read_text().splitlines()]
        found = [x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError, IdentityError) as wrong:
        raise Trouble(_("%(file)s holds no secret key: %(why)s") % {"file": file, "why": wrong}) from wrong
    if not found:
        raise Trouble(_("%(file)s holds no secret key.") % {"file": file})
    return list(found)


# --- the database -------------------------------------------------------------------------------------------


READER = ("TEQUIO_DATABASE_BACKUP_URL", "TEQUIO_DATABASE_OWNER_URL", "TEQUIO_DATABASE_URL")


def _address(names: Sequence[str]) -> str:
    for name in names:
        if address := os.environ.get(name):
            return address
    raise Trouble(_("TEQUIO_DATABASE_URL is not set."))


def _without_password(address: str) -> tuple[str, dict[str, str]]:
    # A command line can be read by every account of the machine, an environment by its own alone.
    parts = urlsplit(address)
    if not parts.password:
        return address, {}
    bare = parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", "@", 1)).geturl()
    return bare, {"PGPASSWORD": unquote(parts.password)}


def _run_program(name: str, *arguments: str, whose: Sequence[str]) -> None:
    import psycopg

    with psycopg.connect(_address(whose)) as connection:
        major = connection.info.server_version // 10000
    address, secret = _without_password(_address(whose))
    done = subprocess.run(
        [binaries.client(name, at_least=major), f"--dbname={address}", *arguments],
        check=False, capture_output=True, text=True, env={**os.environ, **secret, "LC_ALL": "C"},
    )  # fmt: skip
    if done.returncode:
        raise Trouble(_("%(program)s failed: %(why)s") % {"program": name, "why": done.stderr.strip()[-800:]})


def _dump(target: Path) -> None:
    # Row-level security holds the owner too, so a whole copy needs a role above it.
    _run_program("pg_dump", "--format=custom", "--compress=6", f"--file={target}", whose=READER)


def _load(source: Path, *, whose: Sequence[str]) -> None:
    # On a server of somebody's own the reader of backups may write nothing, and what an extension says of itself is not
    # its owner's to say again.
    more = ["--exit-on-error", "--single-transaction", "--no-comments"]
    _run_program("pg_restore", *more, str(source), whose=whose)


# --- the archive --------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _workroom(home: Path) -> Iterator[Path]:
    # What is not encrypted yet stays inside the home, closed to others, and goes when the work ends.
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=home) as room:
        yield Path(room)


def _pack(home: Path, dump: Path, target: Path, keys: list["object"]) -> None:
    import pyrage

    target.touch(0o600)
    read, write = os.pipe()
    faults: list[BaseException] = []

    def fill() -> None:
        try:
            with open(write, "wb") as out, tarfile.open(fileobj=out, mode="w|") as archive:  # noqa: PTH123
                _add_text(archive, "about.json", json.dumps({"format": FORMAT, "at": _now().isoformat()}))
                archive.add(dump, "database.dump")
                for part in PARTS:
                    if (home / part).exists():
                        archive.add(home / part, part)
        except BaseException as fault:  # noqa: BLE001 - told by the thread that waits
            faults.append(fault)

    filler = threading.Thread(target=fill)
    with target.open("wb") as out, open(read, "rb") as source:  # noqa: PTH123
        filler.start()  # only now: whoever writes waits for whoever reads
        pyrage.encrypt_io(source, out, keys)
        out.flush()
        os.fsync(out.fileno())
    filler.join()
    if faults:
        raise faults[0]


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    line = tarfile.TarInfo(name)
    line.size = len(text.encode())
    line.mode = 0o600
    archive.addfile(line, io.BytesIO(text.encode()))


def _unpack(file: BinaryIO, room: Path, secret: list["object"]) -> None:
    import pyrage

    read, write = os.pipe()
    faults: list[BaseException] = []

    def decrypt() -> None:
        try:
            with open(write, "wb") as out:  # noqa: PTH123
                pyrage.decrypt_io(file, out, secret)
        except BaseException as fault:  # noqa: BLE001 - told by the thread that waits
            faults.append(fault)

    source = threading.Thread(target=decrypt)
    source.start()
    broken: list[BaseException] = []
    try:
        with open(read, "rb") as stream:  # noqa: PTH123
            _extract(stream, room)
    except tarfile.TarError as wrong:
        broken.append(wrong)
    source.join()
    faults += broken  # what the key says comes first
    if faults:
        raise Trouble(
            _("%(file)s cannot be opened with this key, or is damaged: %(why)s")
            % {"file": file.name, "why": faults[0]}
        ) from faults[0]


def _extract(stream: IO[bytes], room: Path) -> None:
    # Anybody can encrypt to a public key: what an archive holds is looked at before it touches the disk.
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for line in archive:
            place = (room / line.name).resolve()
            if not (line.isfile() or line.isdir()) or not place.is_relative_to(room.resolve()):
                raise tarfile.TarError(line.name)
            line.mode &= 0o700
            archive.extract(line, room)
    if json.loads((room / "about.json").read_text())["format"] != FORMAT:
        raise tarfile.TarError("format")

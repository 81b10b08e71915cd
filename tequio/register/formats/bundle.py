"""The register as people carry it away: a ZIP with the export, the program that checks it, and a page that says how."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from tequio.register.formats.assembling import verifier

EXPORT_NAME = "register.jsonl"
PROGRAM = "verify.py"
READ_ME = "READ-ME.txt"
REPORT = "report.json"
INSIDE = (
    EXPORT_NAME,
    f"register/{EXPORT_NAME}",
)  # the second is where it lies in the archive of a whole network
OUTLINE = "register/leaves.csv"
UNREADABLE = b"\0"  # as a line: what nobody writes


def write_bundle(out: IO[bytes], *, lines: Iterable[bytes], read_me: str) -> None:
    """Write the lines of an export into a ZIP, with the program beside them."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(READ_ME, read_me)
        archive.writestr(PROGRAM, verifier())
        with archive.open(EXPORT_NAME, "w", force_zip64=True) as member:
            member.writelines(lines)


def is_public_copy(path: Path) -> bool:
    """Say whether a file is what strangers may carry away of a network: hashes of entries, without words."""
    if not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            there = archive.namelist()
    except Exception:  # noqa: BLE001 (a ZIP that was cut or changed fails in many ways)
        return False
    return OUTLINE in there and not any(name in there for name in INSIDE)


def report_digest(path: Path) -> str:
    """Return the SHA-256 of a report that was published, alone or in its data package, as the register holds it."""
    if zipfile.is_zipfile(path):
        try:
            with zipfile.ZipFile(path) as archive:
                return hashlib.sha256(archive.read(REPORT)).hexdigest()
        except Exception:  # noqa: BLE001, S110 (no package of a report, or a broken one: the file itself is asked about)
            pass
    return hashlib.sha256(path.read_bytes()).hexdigest()


def lines_of(path: Path) -> Iterator[bytes]:
    """Yield the lines of an export, also out of its ZIP or of a whole network's; a ZIP that breaks ends in no line at all."""
    if not zipfile.is_zipfile(path):
        with path.open("rb") as file:
            yield from file
        return
    try:
        with zipfile.ZipFile(path) as archive:
            there = archive.namelist()
            with archive.open(next((name for name in INSIDE if name in there), EXPORT_NAME)) as member:
                yield from member
    except Exception:  # noqa: BLE001 (a ZIP that was cut or changed fails in many ways)
        yield UNREADABLE

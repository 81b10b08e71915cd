"""Files that people hand in: known by their content, kept under a neutral name, one place a network.

Every file of a network lies in Django's storage (the folder ``files`` of the home, or S3) as
``networks/<network>/<app>/<SHA-256>``. Rows hold it in a FileField, by which exports find it, and the register its SHA-256,
with which whoever holds the file can compare it.
"""

from __future__ import annotations

import hashlib
import lzma
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tequio.core import sounds

LARGEST = 10 * 1024 * 1024
BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, OSError, RuntimeError, ValueError, EOFError,
)  # fmt: skip
_ODF = "application/vnd.oasis.opendocument."
_OOXML = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Format:
    """A sort of file that is taken: how it is called, and how a browser is told what it is."""

    extension: str
    mime: str


FORMATS = {
    one.extension: one
    for one in (
        Format("pdf", "application/pdf"),
        Format("odt", f"{_ODF}text"),
        Format("ods", f"{_ODF}spreadsheet"),
        Format("odp", f"{_ODF}presentation"),
        Format("docx", f"{_OOXML}wordprocessingml.document"),
        Format("xlsx", f"{_OOXML}spreadsheetml.sheet"),
        Format("pptx", f"{_OOXML}presentationml.presentation"),
        Format("png", "image/png"),
        Format("jpg", "image/jpeg"),
        Format("webp", "image/webp"),
        Format("mp3", "audio/mpeg"),
        Format("ogg", "audio/ogg"),
        Format("m4a", "audio/mp4"),
        Format("wav", "audio/wav"),
        Format("txt", "text/plain; charset=utf-8"),
        Format("csv", "text/csv; charset=utf-8"),
    )
}
_BEGINNINGS = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"OggS", "ogg"),
    (b"ID3", "mp3"),
    (b"\xff\xfb", "mp3"),
    (b"\xff\xf3", "mp3"),
    (b"\xff\xf2", "mp3"),
)
_OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_PROGRAMS = ("vbaproject.bin", "basic/", "scripts/", "activex/")


def format_of(content: bytes, *, name: str = "") -> str | None:
    """Return which sort of file this is, by what is in it, or None for what is not taken.

    ``name`` only tells a table from other plain text. Pages, pictures made of code and documents that hold programs
    are not taken.
    """
    for beginning, found in _BEGINNINGS:
        if content.startswith(beginning):
            return found
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if (sort := sounds.sort_of(content)) in ("m4a", "wav"):
        return sort
    if content.startswith(b"PK\x03\x04"):
        return _document(content)
    if _is_plain_text(content):
        return "csv" if name.lower().endswith(".csv") else "txt"
    return None


def _document(content: bytes) -> str | None:
    """Return which office document a ZIP file is; only its list of parts is read, nothing is unpacked but one line."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            names = parts.namelist()
            if any(program in name.lower() for name in names for program in _PROGRAMS):
                return None
            if names and names[0] == "mimetype":
                with parts.open("mimetype") as line:
                    said = line.read(100).decode("ascii", "replace")
                return next((one.extension for one in FORMATS.values() if one.mime == said), None)
    except BROKEN:
        return None
    if "[Content_Types].xml" not in names:
        return None
    return next((found for part, found in _OFFICE.items() if part in names), None)


def _is_plain_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if text.lstrip().startswith("<"):
        return False  # a page or a picture made of code, which a browser could run
    return bool(text.strip()) and all(
        mark.isprintable() or mark in "\t\r\n\f\u200b\u200d\ufeff\u2028" for mark in text
    )


def path_of(*, network_id: int, app: str, sha256: str) -> str:
    """Return where a file lies in the storage."""
    return f"networks/{network_id}/{app}/{sha256}"


@dataclass(frozen=True)
class Kept:
    """A file as it is kept: its name in the storage, for a FileField, and its SHA-256."""

    name: str
    sha256: str


def keep(*, network_id: int, app: str, content: bytes) -> Kept:
    """Keep a file once, however often it is handed in."""
    sha256 = hashlib.sha256(content).hexdigest()
    name = path_of(network_id=network_id, app=app, sha256=sha256)
    if not default_storage.exists(name):
        stored = default_storage.save(name, ContentFile(content))
        if stored != name:  # somebody kept the same one in the same moment
            default_storage.delete(stored)
    return Kept(name, sha256)


def read(*, name: str) -> IO[bytes] | None:
    """Open a file that is kept, or return None when the storage has lost it."""
    try:
        return default_storage.open(name, "rb")
    except FileNotFoundError:
        return None


def drop(*, name: str) -> None:
    """Let go of a file that no row speaks of any more."""
    default_storage.delete(name)

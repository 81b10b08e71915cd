"""Reading an archive that came from anywhere: nothing in it is believed before it is looked at."""

import hashlib
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tequio.archive.formats.writing import PACKAGE, SEAL
from tequio.archive.rules import FORMAT

MOST_MEMBERS = 200_000
LONGEST_PACKAGE = 64 * 1024 * 1024
SAFE = re.compile(r"(?!.*(?:^|/)\.{1,2}(?:/|$))[A-Za-z0-9][\w.\-]*(?:/[A-Za-z0-9_][\w.\-]*){0,8}", re.ASCII)
_HEX = re.compile(r"[0-9a-f]{64}")


class Broken(ValueError):
    """An archive that is not as it was written; the sentence says where and why, for people."""

    def __init__(self, sentence: str | Promise, **values: Any) -> None:
        super().__init__(sentence)
        self.sentence, self.values = sentence, values

    def __str__(self) -> str:
        return str(self.sentence) % self.values


NO_ZIP = _("This file is not an archive of a network, or it was cut.")
OTHER_FORMAT = _("This file is not an archive that this version reads.")
BAD_MEMBER = _("The archive holds a file that does not belong there: %(name)s.")
PACKED = _(
    "The archive was packed again by another program: %(name)s is compressed. Use the file as it was made."
)
CHANGED = _("%(name)s is not as it was when the archive was made.")
MISSING = _("%(name)s is missing in the archive.")
NO_TABLE = _("%(name)s cannot be read as a table.")


@dataclass(frozen=True)
class Reading:
    """An archive whose members are what its data package says; ``digest`` is what its seal signs."""

    package: Mapping[str, Any]
    digest: str
    seal: str
    _zip: zipfile.ZipFile

    @property
    def about(self) -> Mapping[str, Any]:
        said: Mapping[str, Any] = self.package["tequio"]
        return said

    def has(self, path: str) -> bool:
        return path in self.about["files"]

    def read(self, path: str) -> bytes:
        """Return one member; raise Broken for one that is missing or was changed."""
        wanted = self.about["files"].get(path)
        if wanted is None:
            raise Broken(MISSING, name=path)
        content = _content(self._zip, path)
        if hashlib.sha256(content).hexdigest() != wanted:
            raise Broken(CHANGED, name=path)
        return content

    def json(self, path: str) -> Any:
        """Return one member as JSON; raise Broken for one that is none."""
        return _json(self.read(path), path)

    def table(self, name: str) -> list[dict[str, Any]]:
        """Return the rows of a table; raise Broken for anything but a list of objects."""
        rows = self.json(f"data/{name}.json")
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise Broken(NO_TABLE, name=name)
        return rows


def open_archive(file: IO[bytes]) -> Reading:
    """Open an archive and look at how it is packed, before any of it is used.

    Raises Broken for anything that ``Writing`` does not write: members that are compressed, twice there, too many,
    or under a name that leads out of a folder. What is not compressed cannot grow while it is read.
    """
    try:
        archive = zipfile.ZipFile(file)
        lines = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as wrong:
        raise Broken(NO_ZIP) from wrong
    _look_at(lines)
    if not {PACKAGE, SEAL} <= {line.filename for line in lines}:
        raise Broken(OTHER_FORMAT)
    if archive.getinfo(PACKAGE).file_size > LONGEST_PACKAGE or archive.getinfo(SEAL).file_size > 10_000:
        raise Broken(OTHER_FORMAT)
    content = _content(archive, PACKAGE)
    package = _json(content, PACKAGE)
    _require_shape(package)
    names = {line.filename for line in lines} - {PACKAGE, SEAL}
    if strange := names ^ package["tequio"]["files"].keys():
        name = min(strange)
        raise Broken(BAD_MEMBER if name in names else MISSING, name=name)
    try:
        seal = _content(archive, SEAL).decode()
    except UnicodeDecodeError as wrong:
        raise Broken(CHANGED, name=SEAL) from wrong
    return Reading(package, hashlib.sha256(content).hexdigest(), seal, archive)


def _look_at(lines: list[zipfile.ZipInfo]) -> None:
    if len(lines) > MOST_MEMBERS:
        raise Broken(NO_ZIP)
    seen: set[str] = set()
    for line in lines:
        name = line.filename
        if SAFE.fullmatch(name) is None or name in seen or line.flag_bits & 1:
            raise Broken(BAD_MEMBER, name=name[:120])
        if line.compress_type != zipfile.ZIP_STORED or line.file_size != line.compress_size:
            raise Broken(PACKED, name=name)
        seen.add(name)


def _content(archive: zipfile.ZipFile, path: str) -> bytes:
    try:
        return archive.read(path)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as wrong:
        raise Broken(CHANGED, name=path) from wrong


def _json(content: bytes, path: str) -> Any:
    try:
        return json.loads(content.decode())
    except (ValueError, RecursionError) as wrong:
        raise Broken(CHANGED, name=path) from wrong


def _require_shape(package: Any) -> None:
    about = package.get("tequio") if isinstance(package, dict) else None
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise Broken(OTHER_FORMAT)
    texts = [about.get(key) for key in ("kind", "network", "slug", "key", "version")]
    files = about.get("files")
    whole = (
        all(isinstance(text, str) for text in texts)
        and isinstance(about.get("id"), int)
        and isinstance(about.get("tables"), dict)
        and isinstance(files, dict)
        and all(isinstance(sum_, str) and _HEX.fullmatch(sum_) for sum_ in files.values())
    )
    if not whole:
        raise Broken(OTHER_FORMAT)

"""Writing an archive: a ZIP that has the same bytes whenever and wherever it is written.

Nothing is compressed, since libraries compress differently; every member has the same day, mode and order. The member
``datapackage.json`` says what every other is, with its SHA-256; ``seal.txt`` is a signed note over that one.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

from tequio.archive.formats.cells import spreadsheet
from tequio.archive.rules import FORMAT

PACKAGE = "datapackage.json"
SEAL = "seal.txt"
DAY = (1980, 1, 1, 0, 0, 0)
MODE = 0o600 << 16


def seal_text(origin: str, digest: str) -> str:
    """Return what the seal of an archive signs; it can be read neither as a checkpoint nor as a register's seal."""
    return f"{FORMAT} seal\n{origin}\nsha256 {digest}\n"


class Writing:
    """An archive that is being written."""

    def __init__(self, out: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_STORED)
        self._sums: dict[str, str] = {}
        self._resources: list[dict[str, Any]] = []

    def add(self, path: str, content: bytes) -> None:
        """Add one member under its path."""
        if path in self._sums:
            raise ValueError(f"{path} is in the archive already.")
        self._sums[path] = hashlib.sha256(content).hexdigest()
        self._put(path, content)

    def add_table(self, name: str, schema: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> None:
        """Add a table twice, as JSON (what is read back) and as CSV (what people open), with its schema."""
        self.add(f"schemas/{name}.json", dump(schema))
        self.add(f"data/{name}.json", json_table(rows))
        self.add(f"data/{name}.csv", csv_table([field["name"] for field in schema["fields"]], rows))
        for end, media in (("json", "application/json"), ("csv", "text/csv")):
            self._resources.append(
                {
                    "name": name if end == "json" else f"{name}.csv",
                    "path": f"data/{name}.{end}",
                    "profile": "tabular-data-resource",
                    "format": end,
                    "mediatype": media,
                    "encoding": "utf-8",
                    "schema": f"schemas/{name}.json",
                }
            )

    def close(self, about: Mapping[str, Any]) -> str:
        """Write the data package and return the SHA-256 of it, which a seal can sign."""
        said = {**about, "resources": self._resources}
        said["tequio"] = {"format": FORMAT, **about["tequio"], "files": self._sums}
        content = dump(said)
        self._put(PACKAGE, content)
        return hashlib.sha256(content).hexdigest()

    def seal(self, note: str) -> None:
        """Put the seal on, the last member of all."""
        self._put(SEAL, note.encode())
        self._zip.close()

    def _put(self, path: str, content: bytes) -> None:
        line = zipfile.ZipInfo(path, DAY)
        line.create_system, line.external_attr = 3, MODE
        self._zip.writestr(line, content)


def dump(value: Any) -> bytes:
    """Write plain data as JSON that people can read, the same bytes every time."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def json_table(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Write a table as a JSON list, one row a line."""
    lines = (json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")) for row in rows)
    body = ",\n".join(lines)
    return (f"[\n{body}\n]\n" if body else "[]\n").encode()


def csv_table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Write a table as CSV. Source: RFC 4180."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([spreadsheet(row[column]) for column in columns] for row in rows)
    return out.getvalue().encode()

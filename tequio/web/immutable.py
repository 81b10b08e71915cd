"""Static files under an address that changes with their content, so that phones keep them for ever."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


@cache
def fingerprint(name: str) -> str:
    """Return ten characters that change with the file's content, or nothing when there is no such file."""
    path = finders.find(name)
    return sha256(Path(path).read_bytes()).hexdigest()[:10] if isinstance(path, str) else ""


class Storage(StaticFilesStorage):
    """Adds the fingerprint to the address; a class because Django's storages are classes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str | None, str] = {}

    def url(self, name: str | None) -> str:
        if name not in self._addresses:
            address = super().url(name)
            mark = fingerprint(name) if name else ""
            self._addresses[name] = f"{address}?v={mark}" if mark else address
        return self._addresses[name]

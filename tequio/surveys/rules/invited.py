"""Names and addresses out of a pasted list, one a line, as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST = 500
_ADDRESS = re.compile(r"[^\s<>,;\"()]+@[^\s<>,;\"()]+\.[^\s<>,;\"()]+")


@dataclass(frozen=True)
class Invited:
    """Whom a survey asks: a name, an address, or both."""

    name: str
    email: str


def people_in(text: str) -> tuple[list[Invited], list[str]]:
    """Return who stands in a list, and the lines that cannot be read; who stands there twice is asked once."""
    found: dict[str, Invited] = {}
    unread = []
    for line in filter(None, (" ".join(line.split()) for line in text.splitlines())):
        one = _read(line)
        if one is None:
            unread.append(line[:200])
        else:
            found.setdefault(one.email or one.name.casefold(), one)
    return list(found.values()), unread


def _read(line: str) -> Invited | None:
    addresses = _ADDRESS.findall(line)
    if len(addresses) > 1 or (not addresses and "@" in line):
        return None
    email = addresses[0].strip(".'").lower() if addresses else ""
    name = re.sub(r"[<>()\"\t,;]+", " ", line.replace(addresses[0], " ") if addresses else line)
    name = " ".join(name.split())
    if len(email) > 254 or len(name) > 200 or not (name or email):
        return None
    return Invited(name, email)

"""What other apps put on the public page of a network: each says at start-up how its lines are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypedDict

from tequio.networks.models import Network


class Line(TypedDict):
    """Something that everybody can read: where it is, what it is called, since when."""

    url: str
    title: str
    day: datetime


Read = Callable[[Network], list[Line]]
_offered: dict[str, Read] = {}


def offer(name: str, read: Read) -> None:
    """Put the lines that ``read`` returns on the public page, under this name."""
    _offered[name] = read


def lines(network: Network) -> dict[str, list[Line]]:
    """Return what each app shows of a network, by the app's name."""
    return {name: read(network) for name, read in _offered.items()}

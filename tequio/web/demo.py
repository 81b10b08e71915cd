"""The characters of a demonstration, as the command that started it wrote them down."""

import json
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Character:
    """Somebody as whom one may sign in with one click."""

    name: str
    network: str
    role: str
    language: str
    link: str


def characters() -> list[Character]:
    """Return whom one may be here: nobody, unless this is a demonstration."""
    if not settings.DEMO:
        return []
    try:
        told = json.loads((settings.HOME / "demo.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [Character(**one) for one in told.get("characters", [])]

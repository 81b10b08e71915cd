"""The characters of a demonstration, as the command that started it wrote them down."""

import json
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

DUTIES = {
    "coordination": _("coordinates the network"),
    "delegate": _("carries the voice of a member"),
    "contact person": _("listens to whoever suffered violence"),
    "founder": _("founded the network"),
}


@dataclass(frozen=True)
class Character:
    """Somebody as whom one may sign in with one click."""

    name: str
    network: str
    role: str
    language: str
    link: str

    @property
    def duty(self) -> str:
        """What they do there, in the reader's words."""
        return str(DUTIES.get(self.role, self.role))


def characters() -> list[Character]:
    """Return whom one may be here: nobody, unless this is a demonstration."""
    if not settings.DEMO:
        return []
    try:
        told = json.loads((settings.HOME / "demo.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [Character(**one) for one in told.get("characters", [])]

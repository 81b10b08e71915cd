"""Who may do what: one declaration a verb, shared by services, pages, templates and the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from django.core.exceptions import PermissionDenied

from tequio.core.actor import Actor

Answer = Literal[True] | str
REGISTRY: dict[str, Permission] = {}


class Refused(PermissionDenied):
    """The actor may not do this; the message is the reason, in the reader's language."""


@dataclass(frozen=True)
class Permission:
    """One verb that somebody may do, or the reason why not."""

    code: str
    answer: Callable[..., Answer]

    def why_not(self, actor: Actor, *subject: Any) -> str | None:
        """Return the reason for refusing, in the reader's language, or None."""
        if actor.is_system:
            return None
        answer = self.answer(actor, *subject)
        if answer is True:
            return None
        if not answer:
            raise TypeError(f"{self.code} answered neither True nor a reason.")
        return str(answer)

    def allows(self, actor: Actor, *subject: Any) -> bool:
        """Say whether the actor may."""
        return self.why_not(actor, *subject) is None

    def require(self, actor: Actor, *subject: Any) -> None:
        """Raise ``Refused`` with the reason unless the actor may."""
        if reason := self.why_not(actor, *subject):
            raise Refused(reason)


def permission(code: str) -> Callable[[Callable[..., Answer]], Permission]:
    """Turn a function that answers ``True`` or a translated reason into a permission."""

    def declare(answer: Callable[..., Answer]) -> Permission:
        if code in REGISTRY:
            raise TypeError(f"The permission {code} is declared twice.")
        REGISTRY[code] = Permission(code, answer)
        return REGISTRY[code]

    return declare

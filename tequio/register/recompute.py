"""Recomputing what was decided, by the id of the rule that decided it.

An app whose events carry a ``rule`` among their facts registers a function when it starts; the function receives
those facts and answers the problems it finds, as sentences, or an empty list:

    recompute.register("decisions.consent/1", recompute_consent)

The function is pure: ``tequio verify`` runs it without a database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Recomputer = Callable[[Mapping[str, Any]], list[str]]
REGISTRY: dict[str, Recomputer] = {}


def register(rule: str, function: Recomputer) -> None:
    """Answer for a rule from now on; raise TypeError if somebody else already does."""
    if REGISTRY.get(rule, function) is not function:
        raise TypeError(f"Two functions recompute {rule}.")
    REGISTRY[rule] = function

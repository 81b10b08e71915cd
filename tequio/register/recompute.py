"""Recomputing what was decided, by the id of the rule that decided it, and holding it against what came before.

An app whose events carry a ``rule`` among their facts registers a function when it starts; the function receives
those facts and answers the problems it finds, as sentences, or an empty list:

    recompute.register("decisions.consent/1", recompute_consent)

Where an outcome rests on earlier entries (what was frozen, what was announced), the app registers a function by the
kind of the event. It receives the facts (None once they were erased), when the entry was written, and a notebook that
lasts as long as the reading:

    recompute.follow("elections.lot_drawn", lot_drawn)

The functions are pure, and the modules in which they stand import nothing but the standard library and other such
modules: ``tequio verify`` runs them without a database, and the program that strangers get holds them word for word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Recomputer = Callable[[Mapping[str, Any]], list[str]]
Follower = Callable[[Mapping[str, Any] | None, str, dict[Any, Any]], list[str]]
REGISTRY: dict[str, Recomputer] = {}
FOLLOWERS: dict[str, Follower] = {}


def register(rule: str, function: Recomputer) -> None:
    """Answer for a rule from now on; raise TypeError if somebody else already does."""
    if REGISTRY.get(rule, function) is not function:
        raise TypeError(f"Two functions recompute {rule}.")
    REGISTRY[rule] = function


def follow(kind: str, function: Follower) -> None:
    """Hold each event of a kind against what came before; raise TypeError if somebody else already does."""
    if FOLLOWERS.get(kind, function) is not function:
        raise TypeError(f"Two functions follow {kind}.")
    FOLLOWERS[kind] = function

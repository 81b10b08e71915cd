"""Whom entries name by a code: an app above says who it is, to readers who may know. What is sealed stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from tequio.core.actor import Actor

CODE = re.compile(r"\b[0-9a-f]{8}\b")
Names = Callable[[Actor, Collection[str]], Mapping[str, str]]
Facts = Mapping[str, Any]
_known: dict[str, Names] = {}


def name(kinds: Iterable[str], names: Names) -> None:
    """Let an app say who stands behind the codes in entries of these kinds; called once, when it is ready."""
    _known.update(dict.fromkeys(kinds, names))


def named(actor: Actor, said: Iterable[tuple[str, Facts]]) -> dict[str, str]:
    """Return names by code, of all that these entries name by one; asks nothing where none does."""
    wanted: dict[Names, set[str]] = {}
    for kind, facts in said:
        if names := _known.get(kind):
            wanted.setdefault(names, set()).update(_codes(facts))
    found: dict[str, str] = {}
    for names, codes in wanted.items():
        found |= names(actor, codes) if codes else {}
    return found


def with_names(kind: str, facts: Facts, names: Mapping[str, str]) -> Facts:
    """Return facts as a sentence speaks them to somebody who may know these names."""
    if kind not in _known or not names:
        return facts
    return {key: _spoken(value, names) if isinstance(value, str) else value for key, value in facts.items()}


def _codes(facts: Facts) -> set[str]:
    return {code for value in facts.values() if isinstance(value, str) for code in CODE.findall(value)}


def _spoken(text: str, names: Mapping[str, str]) -> str:
    return CODE.sub(lambda found: names.get(found[0], found[0]), text)

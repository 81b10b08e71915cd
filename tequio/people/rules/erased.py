"""Taking a name out of words that others wrote."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

SHORTEST = 3  # letters of a part of a name that is looked for by itself


def without_names(value: Any, names: Collection[str], instead: str, *, parts: bool = True) -> Any:
    """Return plain data with each whole name replaced by what stands for it, and its capitalized ``parts`` too."""
    if isinstance(value, str):
        return _words(value, names, instead, parts)
    if isinstance(value, dict):
        return {key: without_names(one, names, instead, parts=parts) for key, one in value.items()}
    if isinstance(value, list):
        return [without_names(one, names, instead, parts=parts) for one in value]
    return value


def unmistakable(names: Collection[str]) -> frozenset[str]:
    """Return the names of two words or more: of a single one nobody can tell whom, or what, it means."""
    return frozenset(name for name in names if len(name.split()) > 1)


def _words(text: str, names: Collection[str], instead: str, parts: bool) -> str:
    whole = [name for name in sorted(names, key=len, reverse=True) if name.strip()]
    for name in whole:
        text = re.sub(_bounded(name), lambda _found: instead, text, flags=re.IGNORECASE)
    for part in _parts(whole) if parts else ():
        text = re.sub(_bounded(part), lambda _found: instead, text)
    return text


def _parts(names: Collection[str]) -> set[str]:
    words = {part for name in names for part in name.split()}
    return {part for part in words if len(part) >= SHORTEST and part[0].isupper()}


def _bounded(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?!\w)"

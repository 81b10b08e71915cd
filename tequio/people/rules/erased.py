"""Taking a name out of words that others wrote."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

SHORTEST = 3  # letters of a part of a name that is looked for by itself


def without_names(value: Any, names: Collection[str], instead: str) -> Any:
    """Return plain data with each whole name, and each capitalized part of one, replaced by what stands for it."""
    if isinstance(value, str):
        return _words(value, names, instead)
    if isinstance(value, dict):
        return {key: without_names(one, names, instead) for key, one in value.items()}
    if isinstance(value, list):
        return [without_names(one, names, instead) for one in value]
    return value


def _words(text: str, names: Collection[str], instead: str) -> str:
    whole = [name for name in sorted(names, key=len, reverse=True) if name.strip()]
    for name in whole:
        text = re.sub(_bounded(name), lambda _found: instead, text, flags=re.IGNORECASE)
    for part in {
        part for name in whole for part in name.split() if len(part) >= SHORTEST and part[0].isupper()
    }:
        text = re.sub(_bounded(part), lambda _found: instead, text)
    return text


def _bounded(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?!\w)"

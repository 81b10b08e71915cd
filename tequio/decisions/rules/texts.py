"""The fingerprint of a text, by which anybody can see that it was not changed after it was put to decide."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from tequio.register.rules.canonical import canonical

LAID_DOWN = ("title", "summary", "body", "cost_now", "cost_then")


def fingerprint(texts: Mapping[str, Mapping[str, str]]) -> str:
    """Return the SHA-256 of a version's parts, each in all its languages, as canonical JSON."""
    return sha256(canonical({name: dict(texts.get(name) or {}) for name in LAID_DOWN})).hexdigest()

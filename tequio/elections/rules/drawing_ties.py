"""The public lot that decides ties: an order of the candidates, made from a seed that all can read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

TIE_ORDER = "elections.tie-order/1"


def seed_of(*, secret: str, codes: Iterable[str]) -> str:
    """Make the seed from what was sealed before the first ballot and from the ballots that came after."""
    said = sha256(b"tequio tie seed/1\n" + secret.encode())
    for code in sorted(codes):
        said.update(b"\n" + code.encode())
    return said.hexdigest()


def sealed(secret: str) -> str:
    """Return what is published of a secret before the ballots are open."""
    return sha256(b"tequio tie secret/1\n" + secret.encode()).hexdigest()


def drawn_order(names: Sequence[str], *, seed: str) -> tuple[str, ...]:
    """Put the candidates in the order of the lot: by the hash of the seed with each name."""
    return tuple(
        sorted(names, key=lambda name: (sha256(f"tequio tie/1\n{seed}\n{name}".encode()).digest(), name))
    )

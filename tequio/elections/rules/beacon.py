"""A number that nobody can foresee or choose: rounds of the public beacon drand, and what stands in for it.

A round is named before it is published; its signature is checked here against the beacon's public key, so it does
not matter who brings it. Without a beacon, organizations that do not trust each other each promise a secret and
show it afterwards. Source: GOVERNANCE 5.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import md5, sha256

from tequio.elections.rules.pairing import G1, G2, signature_holds

PROMISES = 3  # by how many organizations a secret is promised, at least
_TAG = "BLS_SIG_BLS12381G%d_XMD:SHA-256_SSWU_RO_NUL_"


@dataclass(frozen=True)
class Chain:
    """A beacon: how often it speaks, since when (seconds since 1970), and with which key."""

    name: str
    hash: str
    period: int
    genesis: int
    public_key: str
    chained: bool = False


QUICKNET = Chain(
    name="quicknet",
    hash="52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
    period=3,
    genesis=1692803367,
    public_key="83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
    "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
)
DEFAULT = Chain(
    name="default",
    hash="8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce",
    period=30,
    genesis=1595431050,
    public_key="868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a569937c529eeda66c7293784a9402801af31",
    chained=True,
)
CHAINS = {chain.hash: chain for chain in (QUICKNET, DEFAULT)}


def round_at(chain: Chain, *, seconds: int) -> int:
    """Return the round that is the latest at an instant, given in seconds since 1970."""
    return (seconds - chain.genesis) // chain.period + 1


def time_of(chain: Chain, *, round_number: int) -> int:
    """Return when a round is published, in seconds since 1970."""
    return chain.genesis + (round_number - 1) * chain.period


def randomness_of(signature: bytes) -> str:
    """Return the number that a round gives, in hexadecimal: the SHA-256 of its signature."""
    return sha256(signature).hexdigest()


@lru_cache(maxsize=32)
def round_holds(chain: Chain, *, round_number: int, signature: str, previous: str = "") -> bool:
    """Tell whether this is the beacon's own signature of this round; a chained one signs the previous one too."""
    try:
        signed, before = bytes.fromhex(signature), bytes.fromhex(previous) if chain.chained else b""
    except ValueError:
        return False
    if round_number < 1:
        return False
    return signature_holds(
        signed,
        message=sha256(before + round_number.to_bytes(8, "big")).digest(),
        public_key=bytes.fromhex(chain.public_key),
        signatures_in=G2 if chain.chained else G1,
        tag=(_TAG % (2 if chain.chained else 1)).encode(),
    )


# --- without a beacon: promised first, shown afterwards -------------------------------------------------------


def promise_of(secret: str) -> str:
    """Return what is published before: the SHA-256 of the secret's 32 bytes; raise ValueError for another secret."""
    if not is_digest(secret):
        raise ValueError("A secret is 64 hexadecimal digits.")
    return sha256(bytes.fromhex(secret)).hexdigest()


def is_digest(said: str) -> bool:
    """Tell whether this is written as a SHA-256, as secrets are too: 64 hexadecimal digits."""
    return re.fullmatch(r"[0-9a-f]{64}", said) is not None


def broken_promises(promises: Mapping[str, str], secrets: Mapping[str, str]) -> list[str]:
    """Return who did not show the secret that they had promised."""
    return [who for who, promise in sorted(promises.items()) if not _kept(promise, secrets.get(who, ""))]


def promised_enough(countries: Sequence[str], *, there: int) -> bool:
    """Tell whether three at least promised, from three countries, or from as many as there are in the network."""
    return len(countries) >= PROMISES and len({*countries} - {""}) >= min(PROMISES, there)


def _kept(promise: str, secret: str) -> bool:
    try:
        return promise_of(secret) == promise
    except ValueError:
        return False


# --- numbers that others publish, such as a national lottery's -------------------------------------------------


def source_key(sources: Iterable[int | list[int]]) -> str:
    """Write published numbers as one text, the same for everybody: sorted, each with its dot. Source: RFC 3797 §4."""
    parts = [[one] if isinstance(one, int) else sorted(one) for one in sources]
    return "".join("".join(f"{number}." for number in part) + "/" for part in parts)


def select(key: str, *, pool: int, count: int) -> list[int]:
    """Return which places of a numbered pool are drawn, in order, from one. Source: RFC 3797 §4, §6."""
    places = list(range(1, pool + 1))
    drawn = []
    for turn in range(min(count, pool)):
        mark = turn.to_bytes(2, "big")
        # The algorithm of the RFC uses MD5: here it only mixes numbers that are public anyway.
        digest = md5(mark + key.encode() + mark, usedforsecurity=False).digest()
        drawn.append(places.pop(int.from_bytes(digest, "big") % len(places)))
    return drawn

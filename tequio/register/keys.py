"""The key that signs checkpoints: a file outside the database, one for the whole installation."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from tequio.core.keys import secret_bytes
from tequio.register.rules.notes import Signer

FILE = "register.ed25519"


def origin_of(network: UUID) -> str:
    """Return the name of a network's register, in checkpoints and keys."""
    return f"tequio/{network}"


def signer_of(network: UUID) -> Signer:
    """Return the network's signer, making the key on its first use."""
    return Signer(origin_of(network), Ed25519PrivateKey.from_private_bytes(_seed()))


def ensure_key() -> Path:
    """Make the key unless there is one, readable by its owner alone, and return its path."""
    _seed()
    return _folder() / FILE


def _seed() -> bytes:
    return secret_bytes(_folder(), FILE)


def _folder() -> Path:
    return Path(settings.TEQUIO_KEYS_DIR)

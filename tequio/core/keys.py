"""Secrets that live in files outside the database, readable by their owner alone."""

import os
import secrets
from functools import cache
from pathlib import Path


def secret_bytes(folder: Path, name: str, *, size: int = 32) -> bytes:
    """Return the secret kept in ``folder/name``; make it on first use (0600, never overwritten)."""
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_new(path, secrets.token_bytes(size))
    return path.read_bytes()


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all, even when two processes start at once."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def letters(length: int, allowed_chars: str) -> str:
    """Return secret letters, each as likely as any other, from one read of the system's randomness.

    ``secrets.choice`` reads it once for each letter, and every page with a form carries some thirty.
    """
    table, left_out = _fair(allowed_chars)
    drawn = b""
    while len(drawn) < length:
        drawn += secrets.token_bytes(2 * length).translate(table, left_out)
    return drawn[:length].decode()


@cache
def _fair(alphabet: str) -> tuple[bytes, bytes]:
    """Return which letter each byte stands for, and the bytes left out so that none stands for more than another."""
    table = bytes(ord(alphabet[byte % len(alphabet)]) for byte in range(256))
    return table, bytes(range(256 - 256 % len(alphabet), 256))


def secret_key(folder: Path) -> str:
    """Return Django's secret key."""
    return secret_bytes(folder, "secret_key").hex()

"""Looking for traces of a visitor in every byte that is kept, however it is written."""

import base64
import re
import zlib
from collections.abc import Iterable, Iterator
from hashlib import md5, sha1, sha256
from ipaddress import ip_address
from pathlib import Path

import psycopg

BROWSER = "Kanarienbrowser/7.3 (traces)"
SEEN = "127.7.3."
TOLD = "2001:db8:5e1f:77a9:"
_PACKED = re.compile(rb"\.?[A-Za-z0-9_-]{24,}")


def visitor(number: int) -> tuple[str, dict[str, str]]:
    """A loopback address to come from, and the headers of a browser behind a proxy that tells where it is."""
    told = f"{TOLD}:{number + 1:x}"
    headers = {
        "User-Agent": f"{BROWSER} {number}",
        "X-Forwarded-For": told,
        "X-Real-IP": told,
        "Forwarded": f'for="[{told}]"',
        "X-Forwarded-Proto": "http",
        "Referer": f"https://kanarienvogel.example/{number}",
    }
    return f"{SEEN}{number + 1}", headers


def marks(visitors: int) -> dict[str, bytes]:
    """What must not be found: the words, written in several ways, and plain hashes of the first visitors."""
    found = {}
    for word in (BROWSER[:15], SEEN, TOLD, "kanarienvogel"):
        found |= {f"{word} as {how}": form for how, form in _written(word.encode())}
    found["the told network, packed"] = ip_address(f"{TOLD}:1").packed[:8]
    for number in range(min(visitors, 1)):
        seen, headers = visitor(number)
        for value in (seen, headers["X-Real-IP"], headers["User-Agent"]):
            for function in (md5, sha1, sha256):
                digest = function(value.encode()).digest()
                found |= {f"{function.__name__} of {value}": digest}
                found |= {f"{function.__name__} of {value} in hex": digest.hex().encode()}
    return found


def _written(word: bytes) -> Iterator[tuple[str, bytes]]:
    yield "text", word
    yield "UTF-16", word.decode().encode("utf-16-le")
    yield "hex", word.hex().encode()
    yield "reversed", word[::-1]
    for shift in range(3):
        # Base64 looks different at each of three places; what the neighbours decide is left out.
        whole = base64.b64encode(bytes(shift) + word)
        yield f"base64 at {shift}", whole[(0, 2, 3)[shift] : (shift + len(word)) * 8 // 6]


def found_in(content: Iterable[tuple[str, bytes]], wanted: dict[str, bytes]) -> list[str]:
    """Name each place and each mark that it holds."""
    return [f"{where}: {what}" for where, raw in content for what, mark in wanted.items() if mark in raw]


def files(*folders: Path) -> Iterator[tuple[str, bytes]]:
    """Every byte of every file below these folders."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                yield str(path), path.read_bytes()


def rows(address: str) -> Iterator[tuple[str, bytes]]:
    """Every row of every table as text, with what is packed in it opened."""
    with psycopg.connect(address) as connection:
        tables = connection.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        for (table,) in tables:
            for (text,) in connection.execute(f"SELECT t::text FROM {table} t".encode()):
                raw = text.encode()
                yield table, raw + b"".join(map(opened, _PACKED.findall(raw)))


def opened(word: bytes) -> bytes:
    """Undo base64, and the compression that sessions use before it."""
    try:
        raw = base64.urlsafe_b64decode(word.lstrip(b".") + b"==")
        return zlib.decompress(raw) if word.startswith(b".") else raw
    except (ValueError, zlib.error):
        return b""

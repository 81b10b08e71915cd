"""One way of writing a value as bytes, and promises made over those bytes."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable, Mapping
from json import encoder
from typing import Any

SALT_BYTES = 32


class NotCanonical(ValueError):
    """A value or a line that the register does not write: a float, a surrogate, another spacing."""


def canonical(value: Any) -> bytes:
    """Write plain data as the only bytes it may have: sorted keys, UTF-8, NFC, no spaces, no floats.

    Raises NotCanonical for anything but dict, list, tuple, str, int, bool and None.
    """
    return dump(normal(value))


def normal(value: Any) -> Any:
    """Return the same data with every text in NFC and every sequence a list; raise NotCanonical otherwise."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, (list, tuple)):
        return [normal(item) for item in value]
    raise NotCanonical(
        f"The register holds texts, whole numbers, lists and objects, not {type(value).__name__}."
    )


def _text(value: str) -> str:
    if "\0" in value:
        raise NotCanonical("A text in the register has no NUL character.")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("A text in the register is Unicode that can be written as UTF-8.") from error
    return unicodedata.normalize("NFC", value)


def _mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise NotCanonical("A key in the register is a text.")
        name = _text(key)
        if name in found:
            raise NotCanonical("Two keys of one object are the same text.")
        found[name] = normal(item)
    return found


def dump(value: Any) -> bytes:
    """Write data that is already normal; this is canonical() without the walk."""
    return _written(value).encode()


def load(line: bytes) -> dict[str, Any]:
    """Read one canonical object; raise NotCanonical if a single byte could have been written otherwise."""
    try:
        return load_text(text_of(line))
    except UnicodeDecodeError as error:
        raise NotCanonical("This is not one line of canonical JSON.") from error


def text_of(line: bytes) -> str:
    """Read bytes as a text in the one form there is; raise NotCanonical or UnicodeDecodeError."""
    text = line.decode()
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    raise NotCanonical("This is not a text in NFC.")


def load_text(text: str) -> dict[str, Any]:
    """Read one object from a text in NFC; raise NotCanonical if it could have been written otherwise."""
    try:
        value, end = _SCAN(text, 0)
        if end == len(text) and isinstance(value, dict) and _written(value) == text:
            return value
    except (ValueError, RecursionError, StopIteration) as error:
        raise NotCanonical("This is not one line of canonical JSON.") from error
    raise NotCanonical("This is not one line of canonical JSON.")


def _writer() -> Callable[[Any], str]:
    """Return what writes a value, built once: the standard library builds it anew for every text, which takes longer."""
    # What was read or made normal is a tree: looking for circles would double the time.
    plain = json.JSONEncoder(
        ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
    )
    build = getattr(encoder, "c_make_encoder", None)
    if build is None:  # another Python
        return plain.encode
    quick = build(None, plain.default, encoder.encode_basestring, None, ":", ",", True, False, False)
    return lambda value: "".join(quick(value, 0))


def _no_float(text: str) -> Any:
    raise NotCanonical(f"The register holds no fractions such as {text[:20]}.")


_written = _writer()
_SCAN = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float).scan_once  # type: ignore[attr-defined]


def commitment(salt: bytes, value: Any) -> str:
    """Promise a value without showing it: hex of SHA-256(salt ‖ canonical JSON), with a salt of 32 bytes."""
    if len(salt) != SALT_BYTES:
        raise ValueError("A salt has 32 bytes.")
    return hashlib.sha256(salt + canonical(value)).hexdigest()


def body(*, facts: Mapping[str, Any] | None, private: str | None) -> dict[str, Any]:
    """Return what an entry promises: the facts for members, and the promise of the private part if it has one."""
    return {"facts": facts, "private": private}
